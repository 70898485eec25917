using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KennisstedenPortal.Reading.Search;

/// <summary>A value in the address of a list that can't be used: the field it belongs to, and what to do.</summary>
public sealed record AddressProblem(string Field, Text Message);

/// <summary>The query string of a list or view. Wrong input never reaches a query: it becomes a problem with a sentence.</summary>
public abstract class QueryAddress
{
    public const string City = "stad", Theme = "thema", Sort = "soort", Checked = "verificatie", Element = "onderdeel", Search = "q", Order = "sorteer", Page = "pagina", After = "na";
    private const int LongestPage = 9999;

    private readonly List<AddressProblem> _problems = [];

    /// <summary>The page that was asked for; beyond <see cref="SearchFilter.MaxPage"/> a filter has the last that can be, so that the answer can say how many there are.</summary>
    public int Asked { get; private set; } = 1;
    public IReadOnlyList<AddressProblem> Problems => _problems;
    /// <summary>What was typed, also when it can't be used.</summary>
    public Dictionary<string, string> Typed { get; } = new(StringComparer.Ordinal);

    protected string? CityOf(IQueryCollection query, ReferenceSnapshot reference) => ValueOf(query, City) is not { } city || reference.Cities.Any(c => string.Equals(c.Slug, city, StringComparison.Ordinal)) ? Typed.GetValueOrDefault(City)
        : Refuse(City, new("Deze kennisstad kennen we niet. Kies een stad uit de lijst.", "We do not know this knowledge city. Choose one from the list."));

    protected string? ThemeOf(IQueryCollection query, ReferenceSnapshot reference) => ValueOf(query, Theme) is not { } theme || reference.Themes.ContainsKey(theme) ? Typed.GetValueOrDefault(Theme)
        : Refuse(Theme, new("Dit thema kennen we niet. Kies een thema uit de lijst.", "We do not know this theme. Choose one from the list."));

    protected string? ElementOf(IQueryCollection query, ReferenceSnapshot reference) => ValueOf(query, Element) is not { } element || reference.Elements.ContainsKey(element) ? Typed.GetValueOrDefault(Element)
        : Refuse(Element, new("Dit onderdeel van de agenda kennen we niet. Kies er een uit de lijst.", "We do not know this element of the agenda. Choose one from the list."));

    protected Verification? CheckedOf(IQueryCollection query) => Choice<Verification>(query, Checked, new("Deze verificatie kennen we niet. Kies er een uit de lijst.", "We do not know this verification. Choose one from the list."));

    /// <summary>A member of a vocabulary by its slug.</summary>
    protected T? Choice<T>(IQueryCollection query, string key, Text unknown) where T : struct, Enum
    {
        if (ValueOf(query, key) is not { } slug) return null;
        if (Codes<T>.TryParseSlug(slug, out var known)) return known;
        Refuse(key, unknown);
        return null;
    }

    /// <summary>From 1 to <see cref="SearchFilter.MaxPage"/>; <see cref="Asked"/> keeps what was asked.</summary>
    protected int PageOf(IQueryCollection query)
    {
        var page = Whole(query, Page, 1, LongestPage, new("Vul voor de pagina een getal in: 1, 2, 3 enzovoort.", "Use a number for the page: 1, 2, 3 and so on.")) ?? 1;
        Asked = page;
        return Math.Min(page, SearchFilter.MaxPage);
    }

    protected int? Whole(IQueryCollection query, string key, int least, int most, Text wrong)
    {
        if (ValueOf(query, key) is not { } typed) return null;
        if (int.TryParse(typed, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Refuse(key, wrong);
        return null;
    }

    protected string? ValueOf(IQueryCollection query, string key, int maxLength = SearchFilter.TextMaxLength)
    {
        if (!query.TryGetValue(key, out var values) || StringValues.IsNullOrEmpty(values)) return null;
        if (values.Count > 1 && key == Search) return Refuse(key, new("De zoekwoorden staan twee keer in het adres. Typ ze één keer.", "The search words are in the address twice. Type them once."));
        if (values.Count > 1) return Refuse(key, new("Dit filter staat twee keer in het adres. Kies één waarde.", "This filter is in the address twice. Choose one value."));
        var value = values[0]!.Trim();
        if (value.Length == 0) return null;
        if (value.Length > maxLength)
            return Refuse(key, new($"Dit is te lang. Gebruik hoogstens {maxLength} tekens.", $"This is too long. Use at most {maxLength} characters."));
        if (value.Any(c => char.IsControl(c) || char.IsSurrogate(c) && !IsPaired(value)))
            return Refuse(key, new("Hierin staan tekens die we niet kunnen gebruiken. Typ gewone letters en cijfers.", "This holds characters that we cannot use. Type plain letters and digits."));
        Typed[key] = value;
        return value;
    }

    protected string? Refuse(string field, Text message)
    {
        _problems.Add(new AddressProblem(field, message));
        return null;
    }

    private static bool IsPaired(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 >= text.Length || !char.IsLowSurrogate(text[++i])) return false;
        }
        return true;
    }
}
