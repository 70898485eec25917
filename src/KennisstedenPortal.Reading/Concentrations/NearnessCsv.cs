using System.Globalization;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Shared;

namespace KennisstedenPortal.Reading.Concentrations;

/// <summary>The list behind the count as a file: one line per concentration, with all that is needed to count again.</summary>
public static class NearnessCsv
{
    /// <summary>Address of the file in Dutch; the English one stands under <c>/en</c>.</summary>
    public const string Path = NearnessPage.Path + ".csv";

    public static string FileName(DateOnly on) => $"rd-concentraties-nabijheid-{Iso(on)}.csv";

    /// <param name="host">Scheme and host of the portal, without a slash at the end.</param>
    /// <param name="language">"nl" or "en".</param>
    public static byte[] Of(NearnessData data, string host, string language)
    {
        var english = new Text("nl", "en").In(language) == "en";
        var (unknown, prefix) = (new Text("onbekend", "unknown").In(language), english ? "/en/" : "/");
        string[] headers = english
            ? ["name", "municipality", "municipality code (CBS)", "sector", "nearness", "in knowledge city", "next to knowledge city", "verification", "address", "register as of", "municipal division of"]
            : ["naam", "gemeente", "gemeentecode (CBS)", "sector", "nabijheid", "in kennisstad", "naast kennisstad", "verificatie", "adres", "stand van het register", "gemeentelijke indeling van"];
        return Csv.Of(data.Sites.Select(s => new[]
        {
            s.Name, s.Municipality ?? unknown, s.MunicipalityCode ?? unknown, s.Sector is { } sector ? Codes<Sector>.Label(sector).In(language) : unknown,
            s.Nearness is { } nearness ? Codes<Nearness>.Label(nearness).In(language) : unknown, Names(s, Nearness.In), Names(s, Nearness.Adjacent),
            Codes<Verification>.Label(s.Verification).In(language), $"{host}{prefix}{KindRegistry.Of<RdConcentration>().Path}/{s.Slug}", Iso(data.On), Iso(MunicipalDivision.Date),
        }).Prepend(headers));
    }

    private static string Names(NearSite site, Nearness nearness) => string.Join(", ", site.Cities.Where(c => c.Nearness == nearness).Select(c => c.Name));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
