using System.Text.RegularExpressions;

namespace KennisstedenPortal.Web.Tests;

/// <summary>What the tests read from a page. Whether the page is well-formed is the business of the validator.</summary>
internal static partial class Html
{
    /// <summary>Decoded, as they stand in the page.</summary>
    public static IReadOnlyList<string> Links(string html) => [.. Anchors().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    public static IReadOnlyList<string> Ids(string html) => [.. IdAttributes().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    public static string Title(string html) => WebUtility.HtmlDecode(Titles().Match(html).Groups[1].Value);

    public static string Language(string html) => Roots().Match(html).Groups[1].Value;

    public static IReadOnlyList<string> Headings1(string html) => [.. FirstHeadings().Matches(html).Select(m => Text(m.Groups[1].Value))];

    public static string? Canonical(string html) => Canonicals().Match(html) is { Success: true } m ? WebUtility.HtmlDecode(m.Groups[1].Value) : null;

    public static IReadOnlyDictionary<string, string> Alternates(string html) =>
        AlternateLinks().Matches(html).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value), StringComparer.Ordinal);

    /// <summary>The text without tags, with white space made single.</summary>
    public static string Text(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html, "")), " ").Trim();

    /// <summary>Everything that could run or style by itself, but for our own modules: the policy forbids it, so it must not be there.</summary>
    public static IReadOnlyList<string> Inline(string html) => [.. Inlines().Matches(html).Select(m => m.Value)];

    [GeneratedRegex("<a\\b[^>]*?\\shref=\"([^\"]*)\"")] private static partial Regex Anchors();
    [GeneratedRegex("<[a-z][^>]*?\\sid=\"([^\"]*)\"")] private static partial Regex IdAttributes();
    [GeneratedRegex("<title>(.*?)</title>")] private static partial Regex Titles();
    [GeneratedRegex("<html lang=\"([a-z-]+)\"")] private static partial Regex Roots();
    [GeneratedRegex("<h1\\b[^>]*>(.*?)</h1>", RegexOptions.Singleline)] private static partial Regex FirstHeadings();
    [GeneratedRegex("<link rel=\"canonical\" href=\"([^\"]*)\"")] private static partial Regex Canonicals();
    [GeneratedRegex("<link rel=\"alternate\" hreflang=\"([a-z-]+)\" href=\"([^\"]*)\"")] private static partial Regex AlternateLinks();
    [GeneratedRegex("<[^>]*>")] private static partial Regex Tags();
    [GeneratedRegex("\\s+")] private static partial Regex Spaces();
    [GeneratedRegex("<script\\b(?! type=\"module\" src=\"/_content/)|<style\\b|<[a-z][a-z0-9-]*(?:\\s+[^\\s\"'=<>]+(?:=\"[^\"]*\")?)*?\\s+(?:style|on[a-z]+)\\s*=|\\shref=\"\\s*javascript:", RegexOptions.IgnoreCase)] private static partial Regex Inlines();
}
