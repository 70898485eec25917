using System.Text;

namespace KennisstedenPortal.Domain.Editing;

/// <summary>What may stand in a text that somebody typed. The same rule for every field, proposal, reason and name.</summary>
public static class InputText
{
    /// <summary>Without space around it, with one sort of line end; null when nothing is left.</summary>
    public static string? Clean(string? text)
    {
        var clean = text?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim();
        return string.IsNullOrEmpty(clean) ? null : clean;
    }

    /// <summary>Why a text can't be kept, or null when it can. The sentence follows the label of the field.</summary>
    /// <param name="maxLength">In UTF-16 units, as the database and the browser count.</param>
    public static Text? Problem(string? text, int maxLength, bool multiline = false)
    {
        if (text is null) return null;
        if (text.Length > maxLength) return new($"Maak de tekst korter: hooguit {maxLength} tekens. Nu zijn het er {text.Length}.", $"Shorten the text to at most {maxLength} characters. It now has {text.Length}.");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n' && !multiline) return new("Zet de tekst op één regel.", "Put the text on one line.");
            if (char.IsControl(c) && c is not ('\n' or '\t') || IsHidden(c)) return new("Er staat een onzichtbaar teken in de tekst dat hier niet mag. Typ de tekst opnieuw of plak hem zonder opmaak.", "The text holds an invisible character that is not allowed here. Type it again or paste it without formatting.");
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(c)) return new("Er staat een beschadigd teken in de tekst. Typ de tekst opnieuw.", "The text holds a damaged character. Type it again.");
        }
        return null;
    }

    /// <summary>Why an address on the web can't be kept, or null when it can (or is empty).</summary>
    public static Text? WebAddressProblem(string? text) =>
        text is null || Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Contains('.', StringComparison.Ordinal) && uri.UserInfo.Length == 0 && !text.Any(char.IsWhiteSpace)
            ? null
            : new("Vul een webadres in dat met https:// begint, bijvoorbeeld https://www.voorbeeld.nl.", "Enter a web address that begins with https://, for example https://www.example.org.");

    /// <summary>Whether a text can be a code (of an area, theme or indicator) at all. What cannot is never put in a query.</summary>
    public static bool IsCode(string? text) => text is { Length: > 0 and <= 100 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Marks that turn the reading direction around, and the byte order mark: they hide what a text says.</summary>
    private static bool IsHidden(char c) => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\uFEFF' or '\uFFFE' or '\uFFFF';
}
