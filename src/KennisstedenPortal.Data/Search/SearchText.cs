using System.Globalization;
using System.Text;
using KennisstedenPortal.Domain;

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
    /// <summary>Of objects that somebody confirmed, and of organisations that are known by name only. No filter, only a total.</summary>
    public const string Confirmed = "confirmed:", NameOnly = "name-only:";
    public const string Kind = "kind", City = "city", Theme = "theme", Sort = "sort", Access = "access", Verification = "check", Municipality = "municipality", Element = "element";
    /// <summary>Groups of totals that are no facet of an entry.</summary>
    internal const string Within = "in:", Belonging = "belongs:";
    /// <summary>Before any key: how many of these are examples. A list shows them, a figure leaves them out (product rule 10).</summary>
    internal const string Example = "example:";
    internal static readonly string ExampleCheck = Of(Verification, Codes<Domain.Provenance.Verification>.Slug(Domain.Provenance.Verification.Example));

    /// <summary>What is counted on a page that shows the facets of everything, as a condition on a column.</summary>
    internal static string IsShown(string column) => $"{column} not like '{Municipality}:%' and {column} not like '{Element}:%' and {column} not like '{Within}%' and {column} not like '{Belonging}%' and {column} not like '{Example}%' and {column} not like '{Agenda.ActionFacet.Prefix}%'";

    public static string Of(string group, string value) => $"{group}:{value}";
    /// <summary>A sort belongs to a kind: two kinds may have sorts of one name.</summary>
    public static string OfSort(string kind, string sort) => $"{Sort}:{kind}/{sort}";
    /// <summary>Key of a total only: objects of a kind that have a facet.</summary>
    public static string OfKind(string kind, string facet) => $"{Within}{kind}/{facet}";
    /// <summary>The same for a city with a theme, the combination that lists are asked for most.</summary>
    public static string OfKind(string kind, string city, string theme) => $"{OfKind(kind, city)}+{theme}";
    /// <summary>Key of a total only: objects of a kind that belong to a city or its region, wherever they stand.</summary>
    public static string OfBelonging(string kind, string city) => $"{Belonging}{kind}/{city}";

    /// <summary>Everything under which an entry is counted: its facets, those by which a list of its kind filters, and the cities it belongs to; an example once more among the examples.</summary>
    internal static IEnumerable<string> Counted(string kind, IReadOnlyList<string> facets, IReadOnlyList<string> cities)
    {
        string[] keys = [.. facets, .. facets.Where(IsCountedByKind).Select(f => OfKind(kind, f)), .. cities.Select(c => OfBelonging(kind, c)),
            .. facets.Where(f => GroupOf(f) == City).SelectMany(c => facets.Where(f => GroupOf(f) == Theme).Select(t => OfKind(kind, c, t)))];
        return facets.Contains(ExampleCheck, StringComparer.Ordinal) ? keys.Concat(keys.Select(k => Example + k)) : keys;
    }

    /// <summary>A kept total without examples.</summary>
    internal static int Real(IReadOnlyDictionary<string, int> totals, string facet) => totals.GetValueOrDefault(facet) - totals.GetValueOrDefault(Example + facet);

    private static string GroupOf(string facet) => facet.Split(':')[0];

    private static bool IsCountedByKind(string facet) => GroupOf(facet) is City or Theme or Access or Verification or Municipality or Element;
}
