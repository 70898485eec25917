using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Reading.Search;

/// <summary>
/// The query string of a list, of search and of the map, in both directions. Wrong input never reaches a query: it becomes
/// a problem with a sentence.
/// </summary>
public sealed class SearchAddress : QueryAddress
{
    public const string Type = "type", Access = "toegang";
    private const int CursorMaxLength = 600;

    /// <summary>The keys it knows; others are ignored.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Type, City, Theme, Sort, Access, Checked, Element, Search, Order, Page, After];

    private SearchAddress(SearchFilter filter) => Filter = filter;

    public SearchFilter Filter { get; private set; }

    /// <param name="listed">The kind of a list; null where the address may name one.</param>
    public static SearchAddress Read(IQueryCollection query, ObjectKind? listed, ReferenceSnapshot reference)
    {
        var usual = Usual(listed);
        var address = new SearchAddress(new SearchFilter());
        string? Value(string key) => address.ValueOf(query, key);

        var kind = listed;
        if (listed is null && Value(Type) is { } path && (kind = KindRegistry.FindBySegment(path)) is null)
            address.Refuse(Type, new("Deze soort gegevens kennen we niet. Kies er een uit de lijst.", "We do not know this kind of data. Choose one from the list."));
        var (city, theme) = (address.CityOf(query, reference), address.ThemeOf(query, reference));
        var sort = Value(Sort);
        if (sort is not null && (kind is null || KindSorts.Of(kind)?.Has(sort) != true))
            sort = address.Refuse(Sort, new("Deze soort kennen we niet. Kies een soort uit de lijst.", "We do not know this type. Choose one from the list."));
        var access = address.Choice<FacilityAccess>(query, Access, new("Deze vorm van toegang kennen we niet. Kies er een uit de lijst.", "We do not know this form of access. Choose one from the list."));
        var (verification, element) = (address.CheckedOf(query), address.ElementOf(query, reference));
        var order = usual;
        if (Value(Order) is { } by && !Codes<SearchOrder>.TryParseSlug(by, out order))
            address.Refuse(Order, new("Zo kunnen we niet sorteren. Kies naam, gemeente of laatst gewijzigd.", "We cannot sort that way. Choose name, municipality or last changed."));
        var page = address.PageOf(query);
        SearchCursor? after = null;
        if (address.ValueOf(query, After, CursorMaxLength) is { } place && ((after = SearchCursor.TryParse(place)) is null || !SearchQuery.Fits(after, order)))
        {
            after = null;
            address.Refuse(After, new("Deze plek in de lijst bestaat niet meer. Begin bij de eerste pagina.", "This place in the list no longer exists. Begin at the first page."));
        }
        address.Filter = new SearchFilter(Value(Search), kind, city, theme, sort, access, verification, order, page, after, element);
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
}
