using System.Globalization;

namespace KennisstedenPortal.Domain.Editing;

/// <summary>An amount in euros as people type it: 1.250.000,50 or 1,2 mln.</summary>
public static class AmountText
{
    /// <summary>Below this; twelve digits before the comma.</summary>
    public const decimal Limit = 1_000_000_000_000m;
    private const int LongestText = 40, Decimals = 2;

    private static readonly (string Word, decimal Times)[] Words =
        [("miljoen", 1_000_000m), ("million", 1_000_000m), ("mln", 1_000_000m), ("miljard", 1_000_000_000m), ("billion", 1_000_000_000m), ("mld", 1_000_000_000m), ("duizend", 1000m), ("dzd", 1000m)];

    /// <summary>Null when it is no amount that can be kept.</summary>
    public static decimal? Parse(string? text) => Problem(text) is null ? Read(text) : null;

    /// <summary>Why an amount can't be kept, or null when it can.</summary>
    public static Text? Problem(decimal amount) => amount < 0 ? new("Een bedrag is 0 of meer.", "An amount is 0 or more.")
        : amount >= Limit ? new("Dit bedrag is te groot: hooguit 12 cijfers voor de komma.", "This amount is too large: at most 12 digits before the comma.")
        : decimal.Round(amount, Decimals) != amount ? new("Vul hooguit twee cijfers achter de komma in.", "Enter at most two decimals.")
        : null;

    /// <summary>The same of what was typed.</summary>
    public static Text? Problem(string? text) => text is null ? null
        : IsTwofold(text) ? new("Dit bedrag is op twee manieren te lezen. Schrijf het voluit, bijvoorbeeld 1.250.000, of met hooguit twee cijfers achter de komma, bijvoorbeeld 1,25 mln.", "This amount can be read in two ways. Write it in full, for example 1.250.000, or with at most two decimals, for example 1,25 mln.")
        : Read(text) is { } amount ? Problem(amount)
        : new("Vul een bedrag in euro's in, bijvoorbeeld 1.250.000 of 1,2 mln. Gebruik een komma voor centen.", "Enter an amount in euros, for example 1.250.000 or 1,2 mln. Use a comma for cents.");

    /// <summary>
    /// What separates thousands in one language separates cents in the other: 1,250 and 1,250 mln, and 1.250 mln as well. A point
    /// and three digits without a word are thousands: nobody writes cents in threes.
    /// </summary>
    private static bool IsTwofold(string text)
    {
        var digits = text.Where(c => char.IsAsciiDigit(c) || c is '.' or ',').ToArray();
        var at = Array.FindIndex(digits, c => !char.IsAsciiDigit(c));
        return at is > 0 and <= 3 && digits[0] != '0' && at == digits.Length - 4 && Array.TrueForAll(digits[(at + 1)..], char.IsAsciiDigit) && (digits[at] == ',' || Words.Any(w => text.Contains(w.Word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Without spaces and euro sign: digits, whole or in threes by points, then a comma and digits, then perhaps a word.</summary>
    private static decimal? Read(string? text)
    {
        if (text is null || text.Length > LongestText) return null;
        var plain = new string([.. text.Where(c => c is not ' ' and not '\u00A0' and not '\u202F' and not '€')]).ToLowerInvariant();
        var times = 1m;
        if (Words.FirstOrDefault(w => plain.EndsWith(w.Word, StringComparison.Ordinal)) is { Word: { } word } found) (plain, times) = (plain[..^word.Length], found.Times);
        else if (plain.EndsWith("euro", StringComparison.Ordinal)) plain = plain[..^4];
        var isNegative = plain.StartsWith('-');
        if (isNegative) plain = plain[1..];
        var parts = plain.Split(',');
        var groups = parts[0].Split('.');
        var isWhole = groups is [{ Length: > 0 }] || groups[0].Length is > 0 and <= 3 && groups.Skip(1).All(g => g.Length == 3);
        if (!isWhole || parts.Length > 2 || parts is [_, { Length: 0 }] || !groups.Concat(parts.Skip(1)).All(p => p.All(char.IsAsciiDigit))) return null;
        if (!decimal.TryParse(string.Concat(groups) + (parts.Length == 2 ? "." + parts[1] : ""), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > Limit) return number > Limit ? Limit : null;
        return (isNegative ? -number : number) * times;
    }
}
