using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KennisstedenPortal.Reading.Lists;

/// <summary>A value in the address of a list that can't be used: the field it belongs to, and what to do.</summary>
public sealed record AddressProblem(string Field, Text Message);

/// <summary>
/// The query string of a list, in both directions. Wrong input never reaches a query: it becomes a problem with a sentence.
/// </summary>
public sealed class ListAddress
{
    public const string City = "stad", Theme = "thema", Sort = "soort", Checked = "verificatie", Search = "q", Order = "sorteer", Page = "pagina";

    /// <summary>The keys a list knows; others are ignored.</summary>
    public static IReadOnlyList<string> Keys { get; } = [City, Theme, Sort, Checked, Search, Order, Page];

    private readonly List<AddressProblem> _problems = [];

    private ListAddress(ListFilter filter) => Filter = filter;

    public ListFilter Filter { get; private set; }
    public IReadOnlyList<AddressProblem> Problems => _problems;
    /// <summary>What was typed, also when it can't be used; at most <see cref="ListFilter.TextMaxLength"/> characters each.</summary>
    public Dictionary<string, string> Typed { get; } = new(StringComparer.Ordinal);

    public static ListAddress Read(IQueryCollection query, ObjectKind kind, ReferenceSnapshot reference)
    {
        var address = new ListAddress(new ListFilter());
        string? Value(string key) => address.Single(query, key);

        var city = Value(City);
        if (city is not null && !reference.Cities.Any(c => string.Equals(c.Slug, city, StringComparison.Ordinal)))
            city = address.Refuse(City, new("Deze kennisstad kennen we niet. Kies een stad uit de lijst.", "We do not know this knowledge city. Choose one from the list."));
        var theme = Value(Theme);
        if (theme is not null && !reference.Themes.ContainsKey(theme))
            theme = address.Refuse(Theme, new("Dit thema kennen we niet. Kies een thema uit de lijst.", "We do not know this theme. Choose one from the list."));
        var sort = Value(Sort);
        if (sort is not null && KindSorts.Of(kind)?.Has(sort) != true)
            sort = address.Refuse(Sort, new("Deze soort kennen we niet. Kies een soort uit de lijst.", "We do not know this sort. Choose one from the list."));
        Verification? verification = null;
        if (Value(Checked) is { } code)
        {
            if (Codes<Verification>.TryParseSlug(code, out var known)) verification = known;
            else address.Refuse(Checked, new("Deze verificatie kennen we niet. Kies er een uit de lijst.", "We do not know this verification. Choose one from the list."));
        }
        var order = ListOrder.Name;
        if (Value(Order) is { } by && !Codes<ListOrder>.TryParseSlug(by, out order))
            address.Refuse(Order, new("Zo kunnen we niet sorteren. Kies naam, gemeente of laatst gewijzigd.", "We cannot sort that way. Choose name, municipality or last changed."));
        var page = 1;
        if (Value(Page) is { } number && (!int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out page) || page is < 1 or > ListFilter.MaxPage))
        {
            address.Refuse(Page, new("Vul voor de pagina een getal in vanaf 1.", "Use a number from 1 for the page."));
            page = 1;
        }
        address.Filter = new ListFilter(city, theme, sort, verification, Value(Search), order, page);
        return address;
    }

    /// <summary>The query string of a filter, with the defaults left out.</summary>
    public static string Query(ListFilter filter)
    {
        var query = new QueryString();
        if (filter.City is { } city) query = query.Add(City, city);
        if (filter.Theme is { } theme) query = query.Add(Theme, theme);
        if (filter.Sort is { } sort) query = query.Add(Sort, sort);
        if (filter.Verification is { } verification) query = query.Add(Checked, Codes<Verification>.Slug(verification));
        if (filter.Text is { } text) query = query.Add(Search, text);
        if (filter.Order != ListOrder.Name) query = query.Add(Order, Codes<ListOrder>.Slug(filter.Order));
        if (filter.Page != 1) query = query.Add(Page, filter.Page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return query.Value ?? "";
    }

    private string? Single(IQueryCollection query, string key)
    {
        if (!query.TryGetValue(key, out var values) || StringValues.IsNullOrEmpty(values)) return null;
        if (values.Count > 1) return Refuse(key, new("Dit filter staat twee keer in het adres. Kies één waarde.", "This filter is in the address twice. Choose one value."));
        var value = values[0]!.Trim();
        if (value.Length == 0) return null;
        if (value.Length > ListFilter.TextMaxLength)
            return Refuse(key, new($"Dit is te lang. Gebruik hoogstens {ListFilter.TextMaxLength} tekens.", $"This is too long. Use at most {ListFilter.TextMaxLength} characters."));
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
