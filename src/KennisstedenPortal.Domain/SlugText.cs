using System.Globalization;
using System.Text;

namespace KennisstedenPortal.Domain;

/// <summary>Makes the readable part of an address: lower case ASCII letters, digits and single hyphens, at most <see cref="MaxLength"/>.</summary>
public static class SlugText
{
    public const int MaxLength = 80;

    public static string From(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slug = new StringBuilder(text.Length);
        // Half a character (a lone surrogate) and U+FFFE can't be normalised; they are replaced.
        foreach (var c in string.Concat(text.Replace('\uFFFE', '\uFFFD').EnumerateRunes()).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        if (slug.Length > MaxLength) slug.Length = MaxLength;
        return slug.ToString().Trim('-');
    }

    /// <summary>True for exactly the texts that <see cref="From"/> can yield.</summary>
    public static bool IsValid(string? slug) =>
        slug is { Length: > 0 and <= MaxLength } && slug[0] != '-' && slug[^1] != '-' &&
        slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && !slug.Contains("--", StringComparison.Ordinal);
}
