using System.Text.RegularExpressions;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Agenda;

public enum PolicyDocumentSort
{
    [Label("Kamerbrief", "Letter to parliament")] Letter,
    [Label("Motie", "Motion")] Motion,
    [Label("Toezegging", "Undertaking")] Undertaking,
    [Label("Besluit", "Decision")] Decision,
    [Label("Convenant", "Covenant")] Covenant,
    [Label("Overig", "Other")] Other,
}

/// <summary>
/// A document of the Rijk: what it says and what it answers of the agenda. Who sent it is its steward, so that the ministry
/// keeps it; its numbered actions are commitments; the address of its text is the website.
/// </summary>
public sealed class PolicyDocument : AgendaObject
{
    public PolicyDocumentSort Sort { get; set; } = PolicyDocumentSort.Other;
    /// <summary>Number of the parliamentary paper as <see cref="Agenda.PaperNumber"/> writes it, 33009-120.</summary>
    public string? PaperNumber { get; set; }
    public DateOnly? DatedOn { get; set; }
}

/// <summary>The number of a parliamentary paper (Kamerstuk): file, chapter of the budget where there is one, and number in the file.</summary>
public static partial class PaperNumber
{
    public const int MaxLength = 30;

    /// <summary>What the database accepts as well.</summary>
    public const string Pattern = "^[0-9]{5}(-[IVXLCDM]{1,6}[A-Z]?)?-[0-9]{1,5}$";

    /// <summary>Also read are 33 009, nr. 120 and kst-33009-120; null when it is no such number.</summary>
    public static string? Parse(string? text)
    {
        if (text is not { Length: <= MaxLength }) return null;
        var match = Written().Match(text.Trim());
        if (!match.Success) return null;
        var chapter = match.Groups["chapter"].Value.ToUpperInvariant();
        var plain = $"{match.Groups["file"].Value.Replace(" ", "", StringComparison.Ordinal)}{(chapter.Length > 0 ? "-" + chapter : "")}-{match.Groups["number"].Value.TrimStart('0')}";
        return Kept().IsMatch(plain) ? plain : null;
    }

    /// <summary>Why a text is no such number, or null when it is.</summary>
    public static Text? Problem(string text) => Parse(text) is not null ? null
        : new("Vul het nummer in van het Kamerstuk: dossier en nummer, bijvoorbeeld 33009-120 of 36410-XIII-45.", "Enter the number of the parliamentary paper: file and number, for example 33009-120 or 36410-XIII-45.");

    [GeneratedRegex(Pattern, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Kept();

    [GeneratedRegex(@"^(kst-)?(?<file>[0-9]{2} ?[0-9]{3})( |-)?(?<chapter>[IVXLCDM]{1,6}[A-Z]?)?(, ?nr\.? ?|-| )(?<number>[0-9]{1,5})$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Written();
}
