using System.Globalization;

namespace KennisstedenPortal.Domain.Editing;

/// <summary>A figure as people type it in a language: 159.000 or 12,5 in Dutch, 159,000 or 12.5 in English.</summary>
public static class NumberText
{
    /// <summary>
    /// Null when it is no number, or could be meant otherwise: a mark between thousands stands between groups of three only, so
    /// that the decimals of the other language ("52.5" in Dutch) are not read as ten times as much.
    /// </summary>
    public static decimal? Parse(string? text, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        if (!decimal.TryParse(text?.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, culture, out var number)) return null;
        var groups = text!.Trim().TrimStart('-', '+').Split(culture.NumberFormat.NumberDecimalSeparator)[0].Split(culture.NumberFormat.NumberGroupSeparator);
        return groups.Length == 1 || groups[0].Length is > 0 and <= 3 && groups[0] != "0" && groups.Skip(1).All(g => g.Length == 3) ? number : null;
    }
}
