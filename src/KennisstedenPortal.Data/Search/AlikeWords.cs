using KennisstedenPortal.Data.Registry;

namespace KennisstedenPortal.Data.Search;

/// <summary>What begins like a word that nothing has: Dutch puts what matters first ("windmolens", "windenergie").</summary>
public static class AlikeWords
{
    /// <summary>Shorter beginnings are shared by chance.</summary>
    internal const int Beginning = 4;
    private const int Most = 3;

    /// <summary>Codes of the entry themes whose name has such a word, the most alike first.</summary>
    public static IReadOnlyList<string> Themes(string text, ReferenceSnapshot reference)
    {
        var typed = SearchWords.Of(text).Typed;
        return [.. reference.EntryThemes.Select(t => (t.Code, Alike: new[] { t.NameNl, t.NameEn }.SelectMany(n => SearchText.Fold(n).Split(' ')).SelectMany(n => typed.Select(w => Shared(w, n))).DefaultIfEmpty().Max()))
            .Where(t => t.Alike >= Beginning).OrderByDescending(t => t.Alike).Take(Most).Select(t => t.Code)];
    }

    /// <summary>Of these words the most alike.</summary>
    internal static IReadOnlyList<string> Best(IReadOnlyList<string> typed, IEnumerable<string> words) =>
        [.. words.Select(w => (Word: w, Alike: typed.Max(t => Shared(t, w)))).OrderByDescending(w => w.Alike).ThenBy(w => w.Word.Length).ThenBy(w => w.Word, StringComparer.Ordinal).Take(Most).Select(w => w.Word)];

    /// <summary>How many letters two words begin with together.</summary>
    private static int Shared(string a, string b)
    {
        var n = 0;
        while (n < a.Length && n < b.Length && a[n] == b[n]) n++;
        return n;
    }
}
