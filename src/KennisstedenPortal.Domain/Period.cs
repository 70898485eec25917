using System.Globalization;

namespace KennisstedenPortal.Domain;

/// <summary>Dates of reduced precision as sources give them: yyyy, yyyy-mm, yyyy-mm-dd or an academic year yyyy/yy.</summary>
public static class Period
{
    public const int MaxLength = 20;

    /// <summary>First day of the period, or null when the text is not a period.</summary>
    public static DateOnly? FirstDay(string? period) => period switch
    {
        null => null,
        { Length: 4 } when Year(period) is { } y => new DateOnly(y, 1, 1),
        { Length: 7 } when period[4] == '/' => Year(period[..4]) is { } y && string.Equals(period[5..], ((y + 1) % 100).ToString("00", CultureInfo.InvariantCulture), StringComparison.Ordinal) ? new DateOnly(y, 9, 1) : null,
        { Length: 7 } => Exact(period + "-01"),
        _ => Exact(period),
    };

    /// <summary>Last day of the period, or null when the text is not a period.</summary>
    public static DateOnly? LastDay(string? period) => (FirstDay(period), period?.Length) switch
    {
        (null, _) => null,
        ({ } first, 4) => new DateOnly(first.Year, 12, 31),
        ({ } first, 7) when period![4] == '/' => new DateOnly(first.Year + 1, 8, 31),
        ({ } first, 7) => new DateOnly(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month)),
        ({ } first, _) => first,
    };

    public static bool EndsBefore(string? period, DateOnly day) => LastDay(period) is { } last && last < day;

    private static int? Year(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1000 and <= 9998 ? year : null;

    private static DateOnly? Exact(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
