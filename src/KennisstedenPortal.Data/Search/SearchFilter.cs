using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Npgsql;

namespace KennisstedenPortal.Data.Search;

public enum SearchOrder
{
    [Label("Best passend", "Best match")] Relevance,
    [Label("Naam", "Name")] Name,
    [Label("Gemeente", "Municipality")] Municipality,
    [Label("Laatst gewijzigd", "Last changed")] Changed,
}

/// <summary>What a list, the search page or the map shows. All members are valid values: the page checks what the address says first.</summary>
/// <param name="Text">What somebody typed.</param>
/// <param name="City">Slug of a kennisstad: what belongs to it, is in its region or stands in it.</param>
/// <param name="Theme">Code of any theme; an entry theme takes everything that rolls up to it.</param>
/// <param name="Sort">Slug of a sort of the kind, see <see cref="KindSorts"/>; only with a kind.</param>
/// <param name="Element">Code of an element of the agenda: actions that serve it, or a part of it.</param>
/// <param name="Page">From 1 to <see cref="MaxPage"/>.</param>
/// <param name="After">Instead of a page: what follows this place, see <see cref="SearchResult.Next"/>.</param>
public sealed record SearchFilter(string? Text = null, ObjectKind? Kind = null, string? City = null, string? Theme = null, string? Sort = null,
    FacilityAccess? Access = null, Verification? Verification = null, SearchOrder Order = SearchOrder.Relevance, int Page = 1, SearchCursor? After = null, string? Element = null)
{
    public const int PageSize = 25, TextMaxLength = 100;
    /// <summary>Counts are exact up to here; beyond it reads "meer dan 1.000".</summary>
    public const int CountLimit = 1000;
    public const int MaxPage = CountLimit / PageSize;

    /// <summary>The facets that an object must have.</summary>
    public IReadOnlyList<string> Facets
    {
        get
        {
            var facets = new List<string>();
            if (Kind is { } kind) facets.Add(Facet.Of(Facet.Kind, kind.Code));
            if (City is { } city) facets.Add(Facet.Of(Facet.City, city));
            if (Theme is { } theme) facets.Add(Facet.Of(Facet.Theme, theme));
            if (Sort is { } sort && Kind is { } of) facets.Add(Facet.OfSort(of.Code, sort));
            if (Access is { } access) facets.Add(Facet.Of(Facet.Access, Codes<FacilityAccess>.Slug(access)));
            if (Verification is { } verification) facets.Add(Facet.Of(Facet.Verification, Codes<Verification>.Slug(verification)));
            if (Element is { } element) facets.Add(Facet.Of(Facet.Element, element));
            return facets;
        }
    }
}

/// <param name="Cities">Slugs of the kennissteden it belongs to or whose region it is in.</param>
/// <param name="Themes">Codes of entry themes, strongest first.</param>
/// <param name="Marked">The name with what was found between <see cref="SearchQuery.MarkStart"/> and <see cref="SearchQuery.MarkEnd"/>; null without a text.</param>
/// <param name="Snippet">The same for the passage that fits best.</param>
public sealed record SearchItem(Guid Id, ObjectKind Kind, string Slug, string Name, string? ShortName, Text? Sort, string? Summary, string? Municipality, IReadOnlyList<string> Cities,
    IReadOnlyList<string> Themes, Verification Verification, Freshness Freshness, DateTimeOffset ChangedAt, string? Marked = null, string? Snippet = null);

/// <param name="Total">Number found, or null when there are more than <see cref="SearchFilter.CountLimit"/> and the number is not known.</param>
/// <param name="Facets">How many of what was found have each facet. Lower bounds when <paramref name="FacetsAreBounds"/>: counted among the first thousand.</param>
/// <param name="Next">Where the page after this one begins, beyond the last numbered page; else null.</param>
/// <param name="Correction">The words that were searched instead of misspelled ones; null when nothing was corrected.</param>
/// <param name="IsPartial">Nothing has all words: what is shown has some of them.</param>
public sealed record SearchResult(IReadOnlyList<SearchItem> Items, int? Total, IReadOnlyDictionary<string, int> Facets, bool FacetsAreBounds, int Page, SearchCursor? Next, string? Correction = null, bool IsPartial = false)
{
    /// <summary>Numbered pages.</summary>
    public int Pages => Math.Clamp(((Total ?? SearchFilter.CountLimit) + SearchFilter.PageSize - 1) / SearchFilter.PageSize, 1, SearchFilter.MaxPage);
}

/// <summary>The place of an object in an order: its value there, and its id.</summary>
public sealed record SearchCursor(string Key, string Second, Guid Id)
{
    private const char Separator = '\u001f';

    public override string ToString() => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(string.Join(Separator, Key, Second, Id.ToString("N")))).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>Null for anything that <see cref="ToString"/> did not make.</summary>
    public static SearchCursor? TryParse(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - text.Length % 4) % 4), bytes, out var length)) return null;
        string decoded;
        try
        {
            decoded = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (System.Text.DecoderFallbackException)
        {
            return null;
        }
        return decoded.Contains('\0', StringComparison.Ordinal) || decoded.Split(Separator) is not [var key, var second, var id] || !Guid.TryParseExact(id, "N", out var guid) ? null : new SearchCursor(key, second, guid);
    }
}

/// <summary>The database gave up on a search within its time: too many words that occur everywhere.</summary>
public sealed class SearchTooSlowException(Exception inner) : Exception("The search took too long.", inner)
{
    /// <summary>Whether this is what the database or the driver says when its time is over.</summary>
    public static bool Explains(NpgsqlException e) => e.InnerException is TimeoutException || e is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };
}
