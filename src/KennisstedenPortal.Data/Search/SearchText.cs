using System.Globalization;
using System.Text;

namespace KennisstedenPortal.Data.Search;

/// <summary>How texts and queries are made comparable before PostgreSQL stems them.</summary>
public static class SearchText
{
    public const int MaxWords = 12;

    /// <summary>Lower case letters and digits without accents, words parted by one space: "TU/e Science Park" becomes "tu e science park".</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var folded = new StringBuilder(text.Length);
        // Half a character can't be normalised; U+FFFE neither.
        foreach (var c in string.Concat(text.Replace('\uFFFE', ' ').EnumerateRunes()).Normalize(NormalizationForm.FormKD))
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(c);
            if (category == UnicodeCategory.NonSpacingMark || category == UnicodeCategory.Format) continue;
            if (char.IsLetterOrDigit(c)) folded.Append(char.ToLowerInvariant(c));
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }
        return folded.ToString().TrimEnd(' ');
    }

    /// <summary>The words of a text, folded, each once, at most <see cref="MaxWords"/>.</summary>
    public static IReadOnlyList<string> Words(string? text) =>
        [.. Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length <= SearchWord.MaxLength).Distinct(StringComparer.Ordinal).Take(MaxWords)];
}

/// <summary>What the register can be filtered by, as <c>group:value</c>. A new facet is: a group here, its values in <see cref="SearchIndex"/>, its label on the page.</summary>
public static class Facet
{
    /// <summary>Held by every entry; its total is the size of the register.</summary>
    public const string All = "all:";
    public const string Kind = "kind", City = "city", Theme = "theme", Sort = "sort", Access = "access", Verification = "check", Municipality = "municipality";

    public static string Of(string group, string value) => $"{group}:{value}";
    /// <summary>A sort belongs to a kind: two kinds may have sorts of one name.</summary>
    public static string OfSort(string kind, string sort) => $"{Sort}:{kind}/{sort}";
}
