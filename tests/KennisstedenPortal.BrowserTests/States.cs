namespace KennisstedenPortal.BrowserTests;

/// <summary>An address for every template in every state.</summary>
internal static class States
{
    public static readonly string[] All =
    [
        "/", "/kaart", "/kaart?type=faciliteiten&stad=enschede", "/kaart?type=x&q=%00", "/kennissteden", "/campussen", "/innovatiedistricten", "/rd-concentraties", "/faciliteiten", "/organisaties", "/programmas",
        "/kennissteden/enschede", "/kennissteden/amsterdam", "/campussen/kennispark-twente", "/faciliteiten/mesa-nanolab", "/rd-concentraties/nabijheid", "/over", "/toegankelijkheid",
        "/themas", "/themas/hightech-systemen", "/themas/onderwijs-talent", "/themas/ts-htsm", "/themas/nts-quantum",
        "/agenda", "/agenda/stukken", "/agenda/stukken/kamerbrief-innovatie-en-impact-11-november-2022", "/agenda/toezeggingen", "/agenda/toezeggingen?status=x", "/agenda/toezeggingen/halfjaar", "/agenda/leemten", "/agenda/overleggen", "/agenda/overleggen?jaar=x", "/agenda/leemten?voorbeelden=ja", "/agenda/acties?stad=eindhoven&licht=onbekend", "/agenda/acties/va-014", "/agenda/bord", "/agenda/bord?onderdeel=lijn-2", "/agenda/tijdlijn?van=2025&jaren=4", "/agenda/tijdlijn?van=x", "/agenda/matrix", "/agenda/lijn-2", "/agenda/vraag-1?voorbeelden=ja", "/agenda/partner-roms", "/agenda/brondocument",
        "/agenda/voortgang", "/agenda/voortgang?voorbeelden=ja", "/agenda/voortgang?op=x&sinds=9999-01-01", "/agenda/voortgang/edities", "/agenda/voortgang/bestuur", "/agenda/voortgang/bestuur/enschede?voorbeelden=ja",
        "/zoeken", "/zoeken?q=energie", "/zoeken?q=fotonika", "/zoeken?q=xqzwv", "/zoeken?q=lab&type=faciliteiten&stad=delft&soort=fieldlab", "/zoeken?q=windtunnel+protonentherapie", "/zoeken?type=x&stad=x&na=x&q=%00",
        "/faciliteiten?stad=enschede&soort=fieldlab&q=lab", "/organisaties?pagina=3", "/faciliteiten?stad=x&soort=x&thema=x&verificatie=x&q=%00&pagina=x", "/campussen?q=bestaatbeslistniet", "/campussen?pagina=99",
        "/bronnen", "/bronnen?sorteer=meest-gebruikt&pagina=2", "/bronnen?pagina=99", "/bronnen?sorteer=x", "/herkomst", "/kennissteden/amsterdam/factsheet", "/campussen/high-tech-campus-eindhoven/factsheet",
        "/kennissteden/enschede/geschiedenis", "/campussen/kennispark-twente/geschiedenis?van=2020-01-01&tot=2026-01-01", "/campussen/kennispark-twente/geschiedenis?van=x&tot=", "/campussen/kennispark-twente?op=2020-01-01", "/campussen/kennispark-twente?op=x",
        "/bestaat-niet", "/fout/500", "/fout/503",
    ];

    /// <summary>Templates that differ in what they load, one of each.</summary>
    public static readonly string[] OneOfEach = ["/", "/kaart", "/faciliteiten", "/kennissteden/enschede", "/agenda/acties?stad=eindhoven&licht=onbekend", "/agenda/voortgang", "/zoeken?q=energie", "/bestaat-niet"];

    /// <summary>The longest page of each kind that has no address above; found on the lists.</summary>
    public static readonly string[] ListsOfOthers = ["/innovatiedistricten", "/rd-concentraties", "/organisaties", "/programmas"];

    /// <summary>Pages whose address holds an identity: where a link leads to them, and the beginning of its name.</summary>
    public static readonly (string From, string Link)[] Linked =
    [
        ("/kennissteden/enschede", "Citeer Hbo-studenten"), ("/over", "Citeer Totale R&D-uitgaven"), ("/bronnen?sorteer=meest-gebruikt", "CBS/Kadaster"), ("/bronnen", "About Brightlands"),
    ];

    public static string English(string path) => path == "/" ? "/en" : "/en" + path;
}
