namespace KennisstedenPortal.Testing;

/// <summary>What no field may stumble over: each is either refused with a sentence, or kept as harmless words.</summary>
public static class Hostile
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["script"] = "<script>alert(1)</script>",
        ["markup"] = "\"><img src=x onerror=alert(1)>",
        ["sql"] = "'); drop table register_object; --",
        ["javascript"] = "javascript:alert(document.cookie)",
        ["data address"] = "data:text/html,<script>alert(1)</script>",
        ["emoji"] = "👩🏽‍🔬🇳🇱",
        ["nothing to see"] = "\u200B\u200D\u2060\u3164\uFE0F",
        ["NUL"] = "a\0b",
        ["escape"] = "a\u001B[31mb",
        ["right to left"] = "gnp.\u202Eexe",
        ["isolate"] = "a\u2066b",
        ["first half"] = "a\uD800b",
        ["second half"] = "\uDC00",
        ["halves swapped"] = "\uDC00\uD800",
        ["replaced"] = "a\uFFFDb",
        ["no character"] = "a\uFFFFb",
        ["megabyte"] = new string('x', 1_048_576),
        ["megabyte of lines"] = string.Concat(Enumerable.Repeat("😀\n", 262_144)),
        ["nowhere"] = "999 -999",
        ["Paris"] = "48.8566 2.3522",
        ["no place"] = "NaN Infinity",
        ["day that is none"] = "2026-02-30",
        ["day long gone"] = "0001-01-01",
        ["end of days"] = "9999-12-31",
        ["number beyond"] = "1e999",
    };
}
