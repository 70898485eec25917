using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KennisstedenPortal.Reading.Search;

/// <summary>A value in the address of a list that can't be used: the field it belongs to, and what to do.</summary>
public sealed record AddressProblem(string Field, Text Message);

/// <summary>
/// The query string of a list, of search and of the map, in both directions. Wrong input never reaches a query: it becomes
/// a problem with a sentence.
/// </summary>
public sealed class SearchAddress
{
    public const string Type = "type", City = "stad", Theme = "thema", Sort = "soort", Access = "toegang", Checked = "verificatie", Element = "onderdeel", Search = "q", Order = "sorteer", Page = "pagina", After = "na";
    private const int CursorMaxLength = 600, LongestPage = 9999;

    /// <summary>The keys it knows; others are ignored.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Type, City, Theme, Sort, Access, Checked, Element, Search, Order, Page, After];

    private readonly List<AddressProblem> _problems = [];

    private SearchAddress(SearchFilter filter) => Filter = filter;

    public SearchFilter Filter { get; private set; }
    /// <summary>The page that was asked for; beyond <see cref="SearchFilter.MaxPage"/> the filter has the last that can be, so that the answer can say how many there are.</summary>
    public int Asked { get; private set; } = 1;
    public IReadOnlyList<AddressProblem> Problems => _problems;
    /// <summary>What was typed, also when it can't be used.</summary>
    public Dictionary<string, string> Typed { get; } = new(StringComparer.Ordinal);

    /// <param name="listed">The kind of a list; null where the address may name one.</param>
    public static SearchAddress Read(IQueryCollection query, ObjectKind? listed, ReferenceSnapshot reference)
    {
        var usual = Usual(listed);
        var address = new SearchAddress(new SearchFilter());
        string? Value(string key) => address.Single(query, key);

        var kind = listed;
        if (listed is null && Value(Type) is { } path && (kind = KindRegistry.FindBySegment(path)) is null)
            address.Refuse(Type, new("Deze soort gegevens kennen we niet. Kies er een uit de lijst.", "We do not know this kind of data. Choose one from the list."));
        var city = Value(City);
        if (city is not null && !reference.Cities.Any(c => string.Equals(c.Slug, city, StringComparison.Ordinal)))
            city = address.Refuse(City, new("Deze kennisstad kennen we niet. Kies een stad uit de lijst.", "We do not know this knowledge city. Choose one from the list."));
        var theme = Value(Theme);
        if (theme is not null && !reference.Themes.ContainsKey(theme))
            theme = address.Refuse(Theme, new("Dit thema kennen we niet. Kies een thema uit de lijst.", "We do not know this theme. Choose one from the list."));
        var sort = Value(Sort);
        if (sort is not null && (kind is null || KindSorts.Of(kind)?.Has(sort) != true))
            sort = address.Refuse(Sort, new("Deze soort kennen we niet. Kies een soort uit de lijst.", "We do not know this sort. Choose one from the list."));
        FacilityAccess? access = null;
        if (Value(Access) is { } entry)
        {
            if (Codes<FacilityAccess>.TryParseSlug(entry, out var known)) access = known;
            else address.Refuse(Access, new("Deze vorm van toegang kennen we niet. Kies er een uit de lijst.", "We do not know this form of access. Choose one from the list."));
        }
        Verification? verification = null;
        if (Value(Checked) is { } code)
        {
            if (Codes<Verification>.TryParseSlug(code, out var known)) verification = known;
            else address.Refuse(Checked, new("Deze verificatie kennen we niet. Kies er een uit de lijst.", "We do not know this verification. Choose one from the list."));
        }
        var element = Value(Element);
        if (element is not null && !reference.Elements.ContainsKey(element))
            element = address.Refuse(Element, new("Dit onderdeel van de agenda kennen we niet. Kies er een uit de lijst.", "We do not know this element of the agenda. Choose one from the list."));
        var order = usual;
        if (Value(Order) is { } by && !Codes<SearchOrder>.TryParseSlug(by, out order))
            address.Refuse(Order, new("Zo kunnen we niet sorteren. Kies naam, gemeente of laatst gewijzigd.", "We cannot sort that way. Choose name, municipality or last changed."));
        var page = 1;
        if (Value(Page) is { } number && (!int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out page) || page is < 1 or > LongestPage))
        {
            address.Refuse(Page, new("Vul voor de pagina een getal in: 1, 2, 3 enzovoort.", "Use a number for the page: 1, 2, 3 and so on."));
            page = 1;
        }
        address.Asked = page;
        SearchCursor? after = null;
        if (address.Single(query, After, CursorMaxLength) is { } place && ((after = SearchCursor.TryParse(place)) is null || !SearchQuery.Fits(after, order)))
        {
            after = null;
            address.Refuse(After, new("Deze plek in de lijst bestaat niet meer. Begin bij de eerste pagina.", "This place in the list no longer exists. Begin at the first page."));
        }
        address.Filter = new SearchFilter(Value(Search), kind, city, theme, sort, access, verification, order, Math.Min(page, SearchFilter.MaxPage), after, element);
        return address;
    }

    /// <summary>The query string of a filter, with what is usual there left out.</summary>
    public static string Query(SearchFilter filter, ObjectKind? listed = null)
    {
        var query = new QueryString();
        if (filter.Text is { } text) query = query.Add(Search, text);
        if (listed is null && filter.Kind is { } kind) query = query.Add(Type, kind.Segment);
        if (filter.City is { } city) query = query.Add(City, city);
        if (filter.Theme is { } theme) query = query.Add(Theme, theme);
        if (filter.Sort is { } sort) query = query.Add(Sort, sort);
        if (filter.Access is { } access) query = query.Add(Access, Codes<FacilityAccess>.Slug(access));
        if (filter.Verification is { } verification) query = query.Add(Checked, Codes<Verification>.Slug(verification));
        if (filter.Element is { } element) query = query.Add(Element, element);
        if (filter.Order != Usual(listed)) query = query.Add(Order, Codes<SearchOrder>.Slug(filter.Order));
        if (filter.After is { } after) query = query.Add(After, after.ToString());
        else if (filter.Page != 1) query = query.Add(Page, filter.Page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return query.Value ?? "";
    }

    /// <summary>A list goes by name, a search by what fits best.</summary>
    public static SearchOrder Usual(ObjectKind? listed) => listed is null ? SearchOrder.Relevance : SearchOrder.Name;

    private string? Single(IQueryCollection query, string key, int maxLength = SearchFilter.TextMaxLength)
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

    private static bool IsPaired(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 >= text.Length || !char.IsLowSurrogate(text[++i])) return false;
        }
        return true;
    }

    private string? Refuse(string field, Text message)
    {
        _problems.Add(new AddressProblem(field, message));
        return null;
    }
}
