using System.Globalization;
using System.Text;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Editing;

/// <summary>What may stand in a text that somebody typed. The same rule for every field, proposal, reason and name.</summary>
public static class InputText
{
    /// <summary>Without space around it, with one sort of line end; null when nothing is left that can be seen.</summary>
    public static string? Clean(string? text)
    {
        var clean = text?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim();
        return IsBlank(clean) ? null : clean;
    }

    /// <summary>Whether nothing can be seen of a text: there is none, or only space and signs without width.</summary>
    public static bool IsBlank(string? text)
    {
        foreach (var sign in (text ?? "").EnumerateRunes())
            if (!Rune.IsWhiteSpace(sign) && Rune.GetUnicodeCategory(sign) != UnicodeCategory.Format && !IsEmptySign(sign.Value)) return false;
        return true;
    }

    /// <summary>Why a text can't be kept, or null when it can. The sentence follows the label of the field.</summary>
    /// <param name="maxLength">In UTF-16 units, as the database and the browser count.</param>
    public static Text? Problem(string? text, int maxLength, bool multiline = false)
    {
        if (text is null) return null;
        // Fields take twice as much as may be kept; what a browser cut off at that is not here to be counted.
        if (text.Length == maxLength * 2) return new($"Maak de tekst korter: hooguit {maxLength} tekens. Wat na teken {text.Length} kwam, is niet meegekomen.", $"Shorten the text to at most {maxLength} characters. What came after character {text.Length} was left out.");
        if (text.Length > maxLength) return new($"Maak de tekst korter: hooguit {maxLength} tekens. Nu zijn het er {text.Length}.", $"Shorten the text to at most {maxLength} characters. It now has {text.Length}.");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n' && !multiline) return new("Zet de tekst op één regel.", "Put the text on one line.");
            if (char.IsControl(c) && c is not ('\n' or '\t') || IsHidden(c)) return new("Er staat een onzichtbaar teken in de tekst dat hier niet mag. Typ de tekst opnieuw of plak hem zonder opmaak.", "The text holds an invisible character that is not allowed here. Type it again or paste it without formatting.");
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            // U+FFFD is what browsers, JSON and the database make of half a character.
            else if (char.IsSurrogate(c) || c == '\uFFFD') return new("Er staat een beschadigd teken in de tekst. Typ de tekst opnieuw.", "The text holds a damaged character. Type it again.");
        }
        return null;
    }

    /// <summary>A text of at most so many signs, not cut through the middle of a character.</summary>
    public static string Shortened(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)].TrimEnd() + "…";
    }

    /// <summary>Why an address on the web can't be kept, or null when it can (or is empty).</summary>
    public static Text? WebAddressProblem(string? text) =>
        text is null || Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Contains('.', StringComparison.Ordinal) && uri.UserInfo.Length == 0 && !text.Any(char.IsWhiteSpace)
            ? null
            : new("Vul een webadres in dat met https:// begint, bijvoorbeeld https://www.voorbeeld.nl.", "Enter a web address that begins with https://, for example https://www.example.org.");

    /// <summary>Why the place where a source is found can't be kept: what looks like an address in a browser must be one on the web; other words will do.</summary>
    public static Text? LocatorProblem(string? text) =>
        text is not null && (text.Contains("://", StringComparison.Ordinal) || Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "javascript" or "data" or "vbscript") ? WebAddressProblem(text) : null;

    /// <summary>Why a date of reduced precision can't be kept, or null when it can (or is empty).</summary>
    public static Text? PeriodProblem(string? text) =>
        text is null || text.Length <= Period.MaxLength && Period.FirstDay(text) is { Year: >= FieldDefinition.MinYear and <= FieldDefinition.MaxYear }
            ? null
            : new($"Vul een jaar, maand of dag in van {FieldDefinition.MinYear} tot en met {FieldDefinition.MaxYear}, bijvoorbeeld 2023, 2023-10 of 2023-10-01.", $"Enter a year, month or day from {FieldDefinition.MinYear} to {FieldDefinition.MaxYear}, for example 2023, 2023-10 or 2023-10-01.");

    /// <summary>Whether a text can be a code (of an area, theme or indicator) at all. What cannot is never put in a query.</summary>
    public static bool IsCode(string? text) => text is { Length: > 0 and <= 100 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Letters and marks that are drawn as nothing at all, though Unicode calls them something else than format.</summary>
    private static bool IsEmptySign(int sign) => sign is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 or >= 0x180B and <= 0x180F or >= 0xFE00 and <= 0xFE0F;

    /// <summary>Marks that turn the reading direction around, and the byte order mark: they hide what a text says.</summary>
    private static bool IsHidden(char c) => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\uFEFF' or '\uFFFE' or '\uFFFF';
}
