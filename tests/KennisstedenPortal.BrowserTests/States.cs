namespace KennisstedenPortal.BrowserTests;

/// <summary>An address for every template in every state.</summary>
internal static class States
{
    public static readonly string[] All =
    [
        "/", "/kennissteden", "/campussen", "/innovatiedistricten", "/rd-concentraties", "/faciliteiten", "/organisaties", "/programmas",
        "/kennissteden/enschede", "/kennissteden/amsterdam", "/campussen/kennispark-twente", "/faciliteiten/mesa-nanolab", "/over", "/toegankelijkheid",
        "/themas", "/themas/hightech-systemen", "/themas/onderwijs-talent", "/themas/ts-htsm", "/themas/nts-quantum",
        "/faciliteiten?stad=enschede&soort=fieldlab&q=lab", "/organisaties?pagina=3", "/faciliteiten?stad=x&soort=x&thema=x&verificatie=x&q=%00&pagina=x", "/campussen?q=bestaatbeslistniet", "/campussen?pagina=99",
        "/bestaat-niet", "/fout/500", "/fout/503",
    ];

    /// <summary>The longest page of each kind that has no address above; found on the lists.</summary>
    public static readonly string[] ListsOfOthers = ["/innovatiedistricten", "/rd-concentraties", "/organisaties", "/programmas"];

    public static string English(string path) => path == "/" ? "/en" : "/en" + path;
}
