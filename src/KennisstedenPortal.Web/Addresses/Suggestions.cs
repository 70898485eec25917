using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;

namespace KennisstedenPortal.Web.Addresses;

/// <summary>What the search field proposes while somebody types. Nothing depends on it: the field is a form of its own.</summary>
internal static class Suggestions
{
    private const int Themes = 3, Objects = 7, MendedFrom = 5;

    /// <param name="Naam">Name of an object or theme.</param>
    private sealed record Suggestion(string Naam, string Soort, string Adres);

    public static void MapSuggestions(this WebApplication app)
    {
        foreach (var language in new[] { "nl", "en" })
            app.MapGet((language == "en" ? "/en" : "") + "/zoeken/suggesties", (string? q, SearchQuery query, ReferenceData reference, HttpContext http) => AnswerAsync(q, language, query, reference, http));
    }

    private static async Task<IResult> AnswerAsync(string? q, string language, SearchQuery query, ReferenceData reference, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var typed = SearchText.Fold(q is { Length: <= SearchFilter.TextMaxLength } ? q : null);
        if (typed.Length < 2) return Results.Json(Array.Empty<Suggestion>());
        var prefix = language == "en" ? "/en" : "";
        var all = (await reference.GetAsync(http.RequestAborted)).EntryThemes.Select(t => (t.Code, Name: language == "en" ? t.NameEn : t.NameNl)).ToList();
        List<Suggestion> Named(string words) => [.. all.Where(t => (" " + SearchText.Fold(t.Name)).Contains(" " + words, StringComparison.Ordinal)).Take(Themes)
            .Select(t => new Suggestion(t.Name, language == "en" ? "theme" : "thema", $"{prefix}/themas/{t.Code}"))];
        var themes = Named(typed);
        try
        {
            var found = await query.SuggestAsync(typed, Objects, http.RequestAborted);
            if (themes.Count + found.Count == 0 && typed.Length >= MendedFrom && await query.MendAsync(typed, http.RequestAborted) is { } meant)
                (themes, found) = (Named(meant), await query.SuggestAsync(meant, Objects, http.RequestAborted));
            return Results.Json(themes.Concat(found.Select(f => new Suggestion(f.Name, f.Kind.Singular.In(language).ToLowerInvariant().Replace("r&d", "R&D", StringComparison.Ordinal), $"{prefix}/{f.Kind.Path}/{f.Slug}"))));
        }
        catch (Exception e) when (e is SearchTooSlowException or SearchIsFullException)
        {
            return Results.Json(themes);
        }
    }
}
