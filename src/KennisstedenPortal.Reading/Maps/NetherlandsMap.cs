using System.Globalization;
using System.Text;
using KennisstedenPortal.Data.Registry;
using static KennisstedenPortal.Reading.Maps.MapText;

namespace KennisstedenPortal.Reading.Maps;

/// <summary>A city with a pin on the map of the country.</summary>
/// <param name="Latitude">Its own point; without one the middle of its shape is used.</param>
public sealed record MapCity(string Slug, string Name, string? MunicipalityCode, double? Latitude, double? Longitude);

/// <summary>The map of the front page, and the shapes of the cities beside their names. All methods return markup.</summary>
public static class NetherlandsMap
{
    private const string TitleId = "netherlands-map-title";
    private const int SilhouetteWidth = 460;
    private const int SilhouetteHeight = 345;
    private const int LabelGap = 12;

    /// <summary>
    /// Where a label stands from its point, set by hand so that the labels in the Randstad stay clear of each other; by
    /// municipality, because that is what stays the same when a city is renamed.
    /// </summary>
    private static readonly Dictionary<string, (double Dx, double Dy, bool End)> Labels = new(StringComparer.Ordinal)
    {
        ["GM0363"] = (-LabelGap, 4.5, true), // Amsterdam
        ["GM0518"] = (-LabelGap, 2, true), // Den Haag
        ["GM0503"] = (LabelGap, 7, false), // Delft
        ["GM0772"] = (LabelGap, 5, false), // Eindhoven
        ["GM0153"] = (-LabelGap, 13, true), // Enschede
        ["GM0014"] = (-LabelGap, -2, true), // Groningen
        ["GM0546"] = (-LabelGap, 2, true), // Leiden
        ["GM0935"] = (-LabelGap, 5, true), // Maastricht
        ["GM0268"] = (LabelGap, 5, false), // Nijmegen
        ["GM0599"] = (-LabelGap, 12, true), // Rotterdam
        ["GM0855"] = (-LabelGap, 5, true), // Tilburg
        ["GM0344"] = (LabelGap, 0, false), // Utrecht
        ["GM0289"] = (LabelGap, 1, false), // Wageningen
    };

    /// <summary>The country with its cities as links. Empty when there are no boundaries.</summary>
    /// <param name="cityHref">From the slug of a city to the address of its page.</param>
    public static string Svg(ReferenceSnapshot data, IReadOnlyList<HomeCity> cities, string language, Func<string, string> cityHref)
    {
        var geometry = CountryGeometry.Of(data);
        if (geometry.Land.Length == 0) return "";
        var ordered = cities.OrderBy(c => c.Name, StringComparer.Create(CultureInfo.GetCultureInfo("nl-NL"), ignoreCase: true)).ToList();
        var svg = new StringBuilder(96 * 1024);
        svg.Append(CultureInfo.InvariantCulture, $"""<svg viewBox="0 0 {CountryGeometry.Width} {CountryGeometry.Height}" role="group" aria-labelledby="{TitleId}"><title id="{TitleId}">{Encode(CountryTitle(cities.Count, language))}</title><defs>""");
        foreach (var city in ordered)
            if (Shape(data, city.MunicipalityCode) is { Length: > 0 } shape)
                svg.Append(CultureInfo.InvariantCulture, $"""<path id="{ShapeId(city.Slug)}" d="{shape}"/>""");
        svg.Append("""</defs><g aria-hidden="true">""");
        AppendGrid(svg, language);
        svg.Append(CultureInfo.InvariantCulture, $"""{SvgPath.Group}<path class="map-land" d="{geometry.Land}"/><path class="map-neighbour" d="{geometry.Neighbours}"/><path class="map-line" d="{geometry.Borders}"/></g></g>""");
        foreach (var city in ordered) AppendCity(svg, data, new MapCity(city.Slug, city.Name, city.MunicipalityCode, city.Latitude, city.Longitude), cityHref);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>The country with some of its cities as links; the other kennissteden are only shapes. Empty when there are no boundaries.</summary>
    /// <param name="title">What the map shows, in the language of the page.</param>
    public static string Selection(ReferenceSnapshot data, IReadOnlyList<MapCity> cities, string title, Func<string, string> cityHref)
    {
        var geometry = CountryGeometry.Of(data);
        if (geometry.Land.Length == 0) return "";
        var chosen = cities.Select(c => c.MunicipalityCode).ToHashSet(StringComparer.Ordinal);
        var svg = new StringBuilder(96 * 1024);
        svg.Append(CultureInfo.InvariantCulture, $"""<svg viewBox="0 0 {CountryGeometry.Width} {CountryGeometry.Height}" role="group" aria-labelledby="{TitleId}"><title id="{TitleId}">{Encode(title)}</title><defs>""");
        foreach (var city in cities)
            if (Shape(data, city.MunicipalityCode) is { Length: > 0 } shape)
                svg.Append(CultureInfo.InvariantCulture, $"""<path id="{ShapeId(city.Slug)}" d="{shape}"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""</defs><g aria-hidden="true">{SvgPath.Group}<path class="map-land" d="{geometry.Land}"/>""");
        foreach (var code in data.CityMunicipalities.Keys.Where(c => !chosen.Contains(c)).Order(StringComparer.Ordinal))
            if (Shape(data, code) is { Length: > 0 } shape)
                svg.Append(CultureInfo.InvariantCulture, $"""<path class="map-neighbour" d="{shape}"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<path class="map-line" d="{geometry.Borders}"/></g></g>""");
        foreach (var city in cities) AppendCity(svg, data, city, cityHref);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>
    /// The shape of a city, on the same scale for all. It reuses the shape in <see cref="Svg"/>, so it needs that map on the
    /// same page. Empty for an unknown municipality.
    /// </summary>
    public static string Silhouette(ReferenceSnapshot data, string municipalityCode, string citySlug)
    {
        if (Shape(data, municipalityCode).Length == 0) return "";
        var municipality = data.Municipalities[municipalityCode];
        var points = municipality.Rings.SelectMany(r => SvgPath.Quantise(r, CountryGeometry.Projection)).ToList();
        var left = Middle(points.Min(p => p.X), points.Max(p => p.X)) - (SilhouetteWidth / 2d);
        var top = Middle(points.Min(p => p.Y), points.Max(p => p.Y)) - (SilhouetteHeight / 2d);
        return string.Create(CultureInfo.InvariantCulture,
            $"""<svg viewBox="{left:0} {top:0} {SilhouetteWidth} {SilhouetteHeight}" aria-hidden="true" focusable="false"><use href="#{ShapeId(citySlug)}"/></svg>""");
    }

    /// <summary>20 kilometres on the scale of the silhouettes; the words beside it are the page's.</summary>
    public static string ScaleBar()
    {
        var length = 20 * CountryGeometry.Projection.UnitsPerKilometre(52.1) * SvgPath.StepsPerUnit;
        return string.Create(CultureInfo.InvariantCulture,
            $"""<svg viewBox="0 0 {SilhouetteWidth} 50" aria-hidden="true" focusable="false"><path class="map-scale" d="M5 5v35h{length:0}v-35"/></svg>""");
    }

    /// <summary>Without an agreed place the label stands to the right, or to the left where the drawing would cut it off.</summary>
    internal static (double Dx, double Dy, bool End) LabelOf(string? municipalityCode, double x) => Labels.TryGetValue(municipalityCode ?? "", out var label) ? label
        : x > CountryGeometry.Width - 120 ? (-LabelGap, 4.5, true) : (LabelGap, 4.5, false);

    private static void AppendGrid(StringBuilder svg, string language)
    {
        var (lines, notes) = (new StringBuilder(), new StringBuilder());
        for (var degrees = 4; degrees <= 7; degrees++)
        {
            var x = (int)Math.Round(CountryGeometry.Projection.Project(degrees, 52).X);
            lines.Append(CultureInfo.InvariantCulture, $"M{x} 0V{CountryGeometry.Height}");
            notes.Append(CultureInfo.InvariantCulture, $"""<text class="map-note" x="{x + 4}" y="{CountryGeometry.Height - 3}">{East(degrees, language)}</text>""");
        }
        for (var degrees = 51; degrees <= 53; degrees++)
        {
            var y = (int)Math.Round(CountryGeometry.Projection.Project(4, degrees).Y);
            lines.Append(CultureInfo.InvariantCulture, $"M0 {y}H{CountryGeometry.Width}");
            notes.Append(CultureInfo.InvariantCulture, $"""<text class="map-note" x="0" y="{y - 4}">{North(degrees, language)}</text>""");
        }
        svg.Append(CultureInfo.InvariantCulture, $"""<path class="map-grid" d="{lines}"/>{notes}""");
    }

    private static void AppendCity(StringBuilder svg, ReferenceSnapshot data, MapCity city, Func<string, string> cityHref)
    {
        var hasShape = Shape(data, city.MunicipalityCode).Length > 0;
        if (Spot(data, city) is not var (x, y)) return;
        var (dx, dy, end) = LabelOf(city.MunicipalityCode, x);
        svg.Append(CultureInfo.InvariantCulture, $"""<a href="{Encode(cityHref(city.Slug))}">""");
        if (hasShape) svg.Append(CultureInfo.InvariantCulture, $"""<use class="map-city" href="#{ShapeId(city.Slug)}" transform="scale(.2)"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<circle class="map-pin" cx="{Number(x)}" cy="{Number(y)}" r="5.5"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text class="map-label{(end ? " map-end" : "")}" x="{Number(x + dx)}" y="{Number(y + dy)}">{Encode(city.Name)}</text></a>""");
    }

    /// <summary>The point of the city, else the middle of its shape; null when it has neither, or lies off the map.</summary>
    private static (double X, double Y)? Spot(ReferenceSnapshot data, MapCity city)
    {
        (double X, double Y)? spot = city is { Latitude: { } latitude, Longitude: { } longitude }
            ? CountryGeometry.Projection.Project(longitude, latitude)
            : data.Municipalities.TryGetValue(city.MunicipalityCode ?? "", out var municipality) ? LabelSpots.Middle(Shapes.Project(municipality, CountryGeometry.Projection)) : null;
        return spot is { } s && s.X is >= 0 and <= CountryGeometry.Width && s.Y >= 0 && s.Y <= CountryGeometry.Height ? s : null;
    }

    private static string Shape(ReferenceSnapshot data, string? code) =>
        data.Municipalities.TryGetValue(code ?? "", out var municipality) ? SvgPath.Of(municipality.Rings, CountryGeometry.Projection) : "";

    private static string ShapeId(string slug) => $"v-{Encode(slug)}";

    private static double Middle(int low, int high) => (low + high) / 2d;
}
