using System.Text;

namespace KennisstedenPortal.Data.Search;

/// <summary>
/// Whether a word that occurs nowhere is another one, misspelled. Only a slip of one letter counts, beside writing by ear:
/// a word that is merely alike ("waterschap", "waterstof") is another word, and the answer to another question.
/// </summary>
internal static class Misspelling
{
    /// <summary>Of a shorter word, one letter makes another word.</summary>
    private const int LeastLetters = 5;
    /// <summary>Letters that sound alike in Dutch, longest first.</summary>
    private static readonly (string Written, string Heard)[] Sounds =
    [
        ("sch", "sg"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("gh", "g"), ("qu", "kw"), ("ck", "k"), ("ij", "i"), ("ei", "i"), ("au", "ou"), ("ie", "i"), ("x", "ks"), ("y", "i"), ("z", "s"), ("v", "f"), ("c", "k"), ("dt", "t"),
    ];

    /// <summary>Both folded, as <see cref="SearchText.Fold"/> does.</summary>
    public static bool Explains(string typed, string meant) =>
        typed.Length >= LeastLetters && meant.Length >= LeastLetters && Math.Min(Distance(typed, meant), Distance(Heard(typed), Heard(meant))) <= 1;

    /// <summary>How a word sounds, roughly: the same for whatever is written for one sound, and every letter once.</summary>
    private static string Heard(string word)
    {
        var heard = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length;)
        {
            var (written, sound) = Array.Find(Sounds, s => string.CompareOrdinal(word, i, s.Written, 0, s.Written.Length) == 0);
            written ??= word[i].ToString();
            foreach (var c in sound ?? written)
                if (heard.Length == 0 || heard[^1] != c) heard.Append(c);
            i += written.Length;
        }
        return heard.ToString();
    }

    /// <summary>Letters to add, take out, change, or swap with the next one (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        var (before, last, row) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }
}
