using System.Text;
using System.Text.Json;

namespace KennisstedenPortal.Data.Search;

/// <summary>Turns what somebody typed into a PostgreSQL tsquery. Only folded letters and digits get into it.</summary>
public sealed class SearchWords
{
    /// <summary>Shorter words match whole only: "ai" is not the beginning of "air".</summary>
    private const int PrefixFrom = 4;

    private static readonly Lazy<Synonyms> Known = new(Synonyms.Load);

    private readonly IReadOnlyList<Term> _terms;

    private SearchWords(IReadOnlyList<Term> terms) => _terms = terms;

    public bool IsEmpty => _terms.Count == 0;
    /// <summary>The words that were typed themselves, folded.</summary>
    public IReadOnlyList<string> Typed => [.. _terms.Where(t => t.Typed.Length > 0 && !t.Typed.Contains(' ', StringComparison.Ordinal)).Select(t => t.Typed)];
    /// <summary>Names that mean the whole question, for <see cref="SearchEntry.Keys"/>.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    public static SearchWords Of(string? text)
    {
        var words = Known.Value.WithoutFillers(SearchText.Words(text));
        var terms = new List<Term>();
        for (var i = 0; i < words.Count;)
        {
            var (length, others) = Known.Value.At(words, i);
            terms.Add(new Term(string.Join(' ', words.Skip(i).Take(length)), others));
            i += length;
        }
        var whole = SearchText.Fold(text);
        var keys = terms.Count == 1 ? terms[0].Others.Append(terms[0].Typed) : [];
        return new SearchWords(terms) { Keys = [.. keys.Append(whole).Append(string.Join(' ', words)).Where(k => k.Length > 0).Distinct(StringComparer.Ordinal)] };
    }

    /// <summary>All terms, each by itself, as a prefix, or by a synonym.</summary>
    /// <param name="weights">For example <c>A</c>: only in names.</param>
    public string All(string weights = "", bool lastIsBeginning = false) =>
        string.Join(" & ", _terms.Select((t, i) => t.Query(weights, lastIsBeginning && i == _terms.Count - 1)));

    /// <summary>All terms as they were typed or by a synonym, but said of the object itself, not of its surroundings.</summary>
    public string Direct() => All("ABC");

    /// <summary>Any of the terms.</summary>
    public string Any() => string.Join(" | ", _terms.Select(t => t.Query("", false)));

    private sealed record Term(string Typed, IReadOnlyList<string> Others)
    {
        public string Query(string weights, bool beginning) => $"({string.Join(" | ", new[] { Phrase(Typed, weights, beginning ? 1 : PrefixFrom) }.Concat(Others.Select(o => Phrase(o, weights, int.MaxValue))))})";

        private static string Phrase(string text, string weights, int prefixFrom)
        {
            var words = text.Split(' ');
            var query = new StringBuilder();
            for (var i = 0; i < words.Length; i++)
            {
                var prefix = words.Length == 1 && words[i].Length >= prefixFrom ? "*" : "";
                if (i > 0) query.Append(" <-> ");
                query.Append('\'').Append(words[i]).Append('\'').Append(prefix.Length + weights.Length > 0 ? ":" : "").Append(prefix).Append(weights);
            }
            return words.Length > 1 ? $"({query})" : query.ToString();
        }
    }
}

/// <summary>Words and phrases that mean the same to somebody who searches, and those that mean nothing to a search (synonyms.json).</summary>
internal sealed class Synonyms
{
    private const string File = "synonyms.json";
    private const int LongestFiller = 5;

    private readonly Dictionary<string, List<string>> _others = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fillers = new(StringComparer.Ordinal);
    private int _longest = 1;

    public static Synonyms Load()
    {
        using var stream = typeof(Synonyms).Assembly.GetManifestResourceStream(typeof(Synonyms), File);
        var synonyms = new Synonyms();
        if (stream is null) return synonyms;
        using var json = JsonDocument.Parse(stream);
        foreach (var group in json.RootElement.GetProperty("groups").EnumerateArray())
        {
            var terms = group.GetProperty("terms").EnumerateArray().Select(t => SearchText.Fold(t.GetString())).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).ToList();
            var from = group.TryGetProperty("direction", out var direction) && direction.ValueEquals("first-to-rest") ? terms.Take(1) : terms;
            foreach (var term in from) synonyms.Add(term, terms.Where(t => t != term));
        }
        foreach (var filler in json.RootElement.GetProperty("fillers").EnumerateArray()) synonyms._fillers.Add(SearchText.Fold(filler.GetString()));
        return synonyms;
    }

    /// <summary>The longest known term that begins at this word, with what else it is called; one word and nothing when none is known.</summary>
    public (int Length, IReadOnlyList<string> Others) At(IReadOnlyList<string> words, int start)
    {
        for (var length = Math.Min(_longest, words.Count - start); length >= 1; length--)
            if (_others.TryGetValue(string.Join(' ', words.Skip(start).Take(length)), out var others)) return (length, others);
        return (1, []);
    }

    /// <summary>Without the words and phrases of a question that say nothing about what is sought; when nothing else is left, they count after all.</summary>
    public IReadOnlyList<string> WithoutFillers(IReadOnlyList<string> words)
    {
        var telling = new List<string>();
        for (var i = 0; i < words.Count;)
        {
            var length = Enumerable.Range(1, Math.Min(LongestFiller, words.Count - i)).Reverse().FirstOrDefault(n => _fillers.Contains(string.Join(' ', words.Skip(i).Take(n))));
            if (length == 0) telling.Add(words[i]);
            i += Math.Max(1, length);
        }
        return telling.Count > 0 ? telling : words;
    }

    private void Add(string term, IEnumerable<string> others)
    {
        if (!_others.TryGetValue(term, out var known)) _others[term] = known = [];
        known.AddRange(others.Except(known, StringComparer.Ordinal));
        _longest = Math.Max(_longest, term.Split(' ').Length);
    }
}
