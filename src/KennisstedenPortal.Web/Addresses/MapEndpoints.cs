using System.Globalization;
using System.Text;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Reading.Maps;
using KennisstedenPortal.Reading.Search;
using KennisstedenPortal.Reading.Shared;
using KennisstedenPortal.Web.Caching;

namespace KennisstedenPortal.Web.Addresses;

/// <summary>What the map page asks for beside its HTML: objects and boundaries as GeoJSON, and the map as a picture.</summary>
internal static class MapEndpoints
{
    /// <summary>The part of the map that is looked at: west, south, east, north.</summary>
    private const string BoxKey = "vak";
    private const int BoxMaxLength = 100;
    private const string GeoJson = "application/geo+json";

    public static void MapMap(this WebApplication app)
    {
        foreach (var language in new[] { "", "/en" })
        {
            app.MapGet(language + "/kaart/objecten.json", Objects).CacheOutput(ReadingCachePolicy.Name);
            app.MapGet(language + "/kaart/beeld.svg", Picture).CacheOutput(ReadingCachePolicy.Name);
        }
        app.MapGet("/kaart/gemeenten.json", async (ReferenceData reference, CancellationToken cancellation) =>
            Results.Bytes(MapGeoJson.Municipalities(await reference.GetAsync(cancellation)), GeoJson)).CacheOutput(ReadingCachePolicy.Name);
    }

    private static Task<IResult> Objects(HttpContext http, MapQuery query, ReferenceData reference, CancellationToken cancellation) =>
        AnswerAsync(http, query, reference, (_, points, _) => Results.Bytes(MapGeoJson.Points(points, Language(http)), GeoJson), cancellation);

    private static Task<IResult> Picture(HttpContext http, MapQuery query, ReferenceData reference, PublicAddress address, TimeProvider time, CancellationToken cancellation) =>
        AnswerAsync(http, query, reference, (snapshot, points, filter) =>
        {
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{(Language(http) == "en" ? "map-knowledge-cities-country" : "kaart-kennissteden-nederland")}.svg\"";
            return Results.Text(MapPicture.Svg(snapshot, points, FilterWords.Of(filter, snapshot, Language(http)), $"{address.Of(http.Request)}{(Language(http) == "en" ? "/en" : "")}/kaart{SearchAddress.Query(filter)}", time.Today(), Language(http)), "image/svg+xml", Encoding.UTF8);
        }, cancellation);

    private static async Task<IResult> AnswerAsync(HttpContext http, MapQuery query, ReferenceData reference, Func<ReferenceSnapshot, MapPoints, SearchFilter, IResult> answer, CancellationToken cancellation)
    {
        var snapshot = await reference.GetAsync(cancellation);
        var address = SearchAddress.Read(http.Request.Query, null, snapshot);
        if (address.Problems is [var problem, ..]) return Refused(problem.Message);
        if (!TryBox(http.Request.Query[BoxKey], out var box))
            return Refused(new("Het vak klopt niet. Schrijf west, zuid, oost en noord in graden, met komma's ertussen.", "The box is wrong. Write west, south, east and north in degrees, with commas between them."));
        try
        {
            return answer(snapshot, await query.RunAsync(address.Filter, box, cancellation), address.Filter);
        }
        catch (SearchTooSlowException)
        {
            return Sentence(new("Deze zoekvraag duurt te lang. Gebruik minder woorden.", "This search takes too long. Use fewer words."), StatusCodes.Status503ServiceUnavailable);
        }

        IResult Refused(Text message) => Sentence(message, StatusCodes.Status400BadRequest);
        IResult Sentence(Text message, int status) => Results.Json(new { fout = message.In(Language(http)) }, statusCode: status);
    }

    /// <summary>No box is fine; anything else must be one.</summary>
    private static bool TryBox(Microsoft.Extensions.Primitives.StringValues values, out Box? box)
    {
        box = null;
        if (values.Count == 0) return true;
        if (values is not [{ Length: <= BoxMaxLength } text] || text.Any(char.IsControl) || text.Split(',') is not { Length: 4 } parts) return false;
        var sides = new double[4];
        for (var i = 0; i < 4; i++)
            if (!double.TryParse(parts[i], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out sides[i])) return false;
        if (sides is not [>= -180 and <= 180, >= -90 and <= 90, >= -180 and <= 180, >= -90 and <= 90] || sides[0] >= sides[2] || sides[1] >= sides[3]) return false;
        box = new Box(sides[0], sides[1], sides[2], sides[3]);
        return true;
    }

    private static string Language(HttpContext http) => http.Items[ReadingComponent.LanguageItem] as string ?? "nl";
}
