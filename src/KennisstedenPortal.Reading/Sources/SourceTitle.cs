using KennisstedenPortal.Data.Search;

namespace KennisstedenPortal.Reading.Sources;

/// <summary>
/// The language of a title, for who has it read aloud. No source says its language; small words that only one of the two has
/// tell it, and a title without such words passes for Dutch.
/// </summary>
internal static class SourceTitle
{
    private static readonly HashSet<string> English = new(StringComparer.Ordinal)
    {
        "the", "and", "with", "by", "from", "as", "seen", "about", "each", "figures", "population", "municipality", "municipal", "list", "lists", "record", "records", "reported", "named", "sites", "pages",
        "stored", "mission", "universities", "sciences", "attribution", "terms", "boundaries", "growth", "for", "generated", "total", "companies", "more", "officially", "launched", "opened", "starts", "student",
        "students", "stable", "enrolment", "provisional", "association", "members", "regional", "independent", "review", "discontinued", "opening", "released", "published",
    };
    private static readonly HashSet<string> Dutch = new(StringComparer.Ordinal)
    {
        "de", "het", "een", "van", "voor", "met", "door", "naar", "bij", "op", "uit", "tot", "en", "over", "wordt", "nieuwe", "onderzoek", "gemeente", "stad", "provincie", "aantal", "studenten", "daling", "totaal",
        "stichting", "telt", "kennis", "herindeling", "cijfers", "inschrijvingen", "herijkte", "opgericht", "bouw", "uitgaven",
    };

    /// <summary>"en", or null for Dutch.</summary>
    public static string? Language(string title)
    {
        var words = SearchText.Fold(title).Split(' ');
        return words.Count(English.Contains) > words.Count(Dutch.Contains) ? "en" : null;
    }
}
