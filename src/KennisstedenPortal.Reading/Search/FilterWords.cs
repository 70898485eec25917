using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Shared;

namespace KennisstedenPortal.Reading.Search;

/// <summary>Filters, themes and places in words: the same on lists, search and map.</summary>
public static class FilterWords
{
    /// <summary>Each filter with its label and what remains without it, in the order of the form.</summary>
    /// <param name="listed">The kind of a list, which is its subject and no filter.</param>
    public static IReadOnlyList<(string Label, SearchFilter Without)> Active(SearchFilter filter, ReferenceSnapshot data, string language, ObjectKind? listed = null)
    {
        var active = new List<(string, SearchFilter)>();
        if (filter.Text is { } text) active.Add(($"“{text}”", filter with { Text = null }));
        if (listed is null && filter.Kind is { } kind) active.Add((kind.Plural.In(language), filter with { Kind = null, Sort = null }));
        if (filter.City is { } city) active.Add((CityName(city, data), filter with { City = null }));
        if (filter.Sort is { } sort && filter.Kind is { } of) active.Add((ReadingComponent.Capital(KindSorts.Of(of)?.LabelOf(sort)?.In(language) ?? sort), filter with { Sort = null }));
        if (filter.Theme is { } theme) active.Add((ThemeName(theme, data, language), filter with { Theme = null }));
        if (filter.Element is { } element) active.Add((data.Elements.GetValueOrDefault(element)?.Title ?? element, filter with { Element = null }));
        if (filter.Access is { } access) active.Add(($"{(language == "en" ? "access" : "toegang")}: {Codes<FacilityAccess>.Label(access).In(language).ToLowerInvariant()}", filter with { Access = null }));
        if (filter.Verification is { } verification) active.Add((Codes<Verification>.Label(verification).In(language), filter with { Verification = null }));
        return active;
    }

    /// <summary>All filters on one line, or null when there are none.</summary>
    public static string? Of(SearchFilter filter, ReferenceSnapshot data, string language) =>
        Active(filter, data, language) is { Count: > 0 } active ? string.Join(" · ", active.Select(a => a.Label)) : null;

    public static string ThemeName(string code, ReferenceSnapshot data, string language) =>
        data.Themes.GetValueOrDefault(code) is { } theme ? language == "en" ? theme.NameEn ?? theme.NameNl : theme.NameNl : code;

    public static string CityName(string slug, ReferenceSnapshot data) => data.Cities.FirstOrDefault(c => c.Slug == slug)?.Name ?? slug;

    /// <summary>The municipality in which something stands, and the kennissteden it belongs to where these differ.</summary>
    public static string Where(SearchItem item, ReferenceSnapshot data, string language)
    {
        if (item.Kind.Type == typeof(City)) return KindRegistry.Of<City>().Singular.In(language).ToLowerInvariant();
        var code = item.Kind.NumberedAs is null ? null : item.Slug.ToUpperInvariant();
        var cities = item.Cities.Select(c => CityName(c, data)).ToList();
        var names = string.Join(", ", cities);
        if (code is not null) return names.Length == 0 ? code : $"{code} · {names}";
        if (names.Length == 0) return item.Municipality ?? (language == "en" ? "municipality unknown" : "gemeente onbekend");
        return item.Municipality is null || cities.Contains(item.Municipality, StringComparer.Ordinal) ? names : $"{item.Municipality} ({names})";
    }
}
