namespace KennisstedenPortal.Reading.Factsheets;

/// <summary>A list that must fit: the first few, and how many it leaves out.</summary>
public sealed record Limited<T>(IReadOnlyList<T> Shown, int More);

/// <summary>Makes what has no fixed length fit on one sheet of paper.</summary>
public static class Limited
{
    /// <summary>At most so many; one more is never left out alone, since saying so takes as much room.</summary>
    public static Limited<T> Of<T>(IEnumerable<T> items, int most)
    {
        var all = items.ToList();
        return all.Count <= most + 1 ? new(all, 0) : new([.. all.Take(most)], all.Count - most);
    }

    /// <summary>At most so many characters, cut after a sentence where there is one, else after a word.</summary>
    public static string Text(string text, int most)
    {
        if (text.Length <= most) return text;
        var sentence = text.LastIndexOf(". ", most - 1, StringComparison.Ordinal);
        if (sentence > most / 2) return text[..(sentence + 1)];
        var word = text.LastIndexOf(' ', most - 2);
        if (word <= 0) word = char.IsHighSurrogate(text[most - 3]) ? most - 3 : most - 2;
        return text[..word] + " …";
    }
}
