using System.Globalization;

namespace KennisstedenPortal.Domain.Editing;

/// <summary>A day as people type it: 31-12-2027, with slashes or points too, or 2027-12-31.</summary>
public static class DayText
{
    public const int MinYear = 1990, MaxYear = 2100;
    private static readonly string[] Notations = ["d-M-yyyy", "d/M/yyyy", "d.M.yyyy", "yyyy-M-d"];

    private static readonly Text Unreadable = new("Vul een dag in als 31-12-2027.", "Enter a day like 31-12-2027.");

    /// <summary>Null when it is no day, or none from <see cref="MinYear"/> to <see cref="MaxYear"/>.</summary>
    public static DateOnly? Parse(string? text) => Read(text) is { Year: >= MinYear and <= MaxYear } day ? day : null;

    /// <summary>As it is kept and compared: yyyy-MM-dd.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Why a text is no day that can be kept, or null when it is (or is empty).</summary>
    public static Text? Problem(string? text)
    {
        if (text is null || Parse(text) is not null) return null;
        if (Read(text) is not null) return new($"Vul een dag in van {MinYear} tot en met {MaxYear}.", $"Enter a day from {MinYear} to {MaxYear}.");
        return LooksLikeADay(text) ? new("Deze dag bestaat niet. Kijk of dag en maand kloppen, zoals in 31-12-2027.", "This day does not exist. Check day and month, as in 31-12-2027.") : Unreadable;
    }

    private static DateOnly? Read(string? text) => text is { Length: <= 20 } && DateOnly.TryParseExact(text.Trim(), Notations, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool LooksLikeADay(string text) =>
        text.Length <= 20 && text.Trim().Split('-', '/', '.') is [var one, var two, var three] && new[] { one, two, three }.All(p => p.Length is > 0 and <= 4 && p.All(char.IsAsciiDigit)) && (one.Length == 4 || three.Length == 4);
}
