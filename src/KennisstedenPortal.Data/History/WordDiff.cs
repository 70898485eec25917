using DiffPlex;
using DiffPlex.Chunkers;

namespace KennisstedenPortal.Data.History;

/// <summary>Part of a text, changed or not.</summary>
public sealed record Piece(string Text, bool IsChanged);

/// <summary>Two texts, each in the pieces that it shares with the other and that it does not.</summary>
public static class WordDiff
{
    /// <summary>Texts shorter than this are easier to read whole.</summary>
    private const int Short = 60;

    /// <returns>The older text with what went, and the newer with what came.</returns>
    public static (IReadOnlyList<Piece> Before, IReadOnlyList<Piece> After) Of(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Length < Short && after.Length < Short) return ([new(before, false)], [new(after, false)]);
        var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, new WordChunker());
        return (Pieces(diff.PiecesOld, diff.DiffBlocks.Select(b => (b.DeleteStartA, b.DeleteCountA))), Pieces(diff.PiecesNew, diff.DiffBlocks.Select(b => (b.InsertStartB, b.InsertCountB))));
    }

    private static List<Piece> Pieces(IReadOnlyList<string> words, IEnumerable<(int Start, int Count)> changed)
    {
        var pieces = new List<Piece>();
        var at = 0;
        foreach (var (start, count) in changed.Where(c => c.Count > 0))
        {
            Add(at, start, false);
            Add(start, at = start + count, true);
        }
        Add(at, words.Count, false);
        return pieces;

        void Add(int from, int to, bool isChanged)
        {
            if (to > from) pieces.Add(new Piece(string.Concat(words.Skip(from).Take(to - from)), isChanged));
        }
    }
}
