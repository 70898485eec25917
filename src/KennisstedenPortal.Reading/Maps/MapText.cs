using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace KennisstedenPortal.Reading.Maps;

/// <summary>Words on and about the maps, in Dutch or English, and what makes them safe in markup.</summary>
internal static class MapText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly string[] Dutch = ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien",
        "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig"];
    private static readonly string[] English = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"];

    public static string Encode(string text) => Encoder.Encode(text);

    /// <summary>At most one decimal, the same in every culture.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    public static string CountryTitle(int cities, string language) => (IsEnglish(language), cities) switch
    {
        (false, 0) => "Kaart van Nederland",
        (false, 1) => "Kaart van Nederland met één kennisstad en haar buurgemeenten",
        (false, _) => $"Kaart van Nederland met de {InWords(cities, Dutch)} kennissteden en hun buurgemeenten",
        (true, 0) => "Map of the Netherlands",
        (true, 1) => "Map of the Netherlands with one knowledge city and its neighbouring municipalities",
        (true, _) => $"Map of the Netherlands with the {InWords(cities, English)} knowledge cities and their neighbouring municipalities",
    };

    public static string AreaTitle(string name, string language) =>
        IsEnglish(language) ? $"Map of {name} and the neighbouring municipalities" : $"Kaart van {name} en de buurgemeenten";

    public static string AreaDescription(IReadOnlyList<MapPin> pins, IReadOnlyList<string> neighbours, string language)
    {
        var parts = new List<string>(2);
        if (pins.Count > 0) parts.Add(string.Join("; ", pins.Select(p => p.Number is null ? p.Label : $"{p.Number}: {p.Label}")) + ".");
        if (neighbours.Count > 0) parts.Add($"{(IsEnglish(language) ? "Neighbouring municipalities" : "Buurgemeenten")}: {string.Join(", ", neighbours)}.");
        return string.Join(' ', parts);
    }

    public static string East(int degrees, string language) => string.Create(CultureInfo.InvariantCulture, $"{degrees}° {(IsEnglish(language) ? "E" : "OL")}");

    public static string North(int degrees, string language) => string.Create(CultureInfo.InvariantCulture, $"{degrees}° {(IsEnglish(language) ? "N" : "NB")}");

    private static bool IsEnglish(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    private static string InWords(int number, string[] words) => number < words.Length ? words[number] : number.ToString(CultureInfo.InvariantCulture);
}
