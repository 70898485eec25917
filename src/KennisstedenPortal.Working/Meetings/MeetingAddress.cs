using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Working.Meetings;

/// <summary>Where meetings and briefings stand for who is signed in, or holds a link.</summary>
public static class MeetingAddress
{
    public const string List = "/overleg", Link = "/inzien", Word = "/briefing.docx";

    /// <summary>Key and value in the query string: examples are counted too.</summary>
    public const string ExamplesKey = "voorbeelden", ExamplesValue = "ja";

    /// <summary>Key in the query string: the meetings that were in this year.</summary>
    public const string YearKey = "jaar";

    public static string Of(string slug) => $"{List}/{slug}";
    public static string Briefing(string slug, ObjectLink party) => $"{List}/{slug}/{KindRegistry.OfCode(party.KindCode).Segment}/{party.Slug}";
}
