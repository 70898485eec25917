using System.Globalization;
using System.Text;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Registry;
using static KennisstedenPortal.Reading.Maps.MapText;

namespace KennisstedenPortal.Reading.Maps;

/// <summary>
/// The map as a picture that stands on its own: boundaries, objects, legend and where it all comes from. Its colours are
/// attributes, since a file on somebody's disk has no stylesheet and the content policy allows none inside.
/// </summary>
public static class MapPicture
{
    public const int Width = CountryGeometry.Width;
    public static readonly int Height = CountryGeometry.Height + Foot;
    private const int Foot = 60, LegendRow = 19, Reach = 15, LongestLine = Width / 6;
    private const string Ink = "#14213d", Soft = "#5c6880", Paper = "#ffffff", Font = "font-family=\"Figtree, 'Segoe UI', sans-serif\"";

    /// <param name="filters">What the objects were chosen by, in words; null is everything.</param>
    /// <param name="address">Where the same can be seen.</param>
    public static string Svg(ReferenceSnapshot data, MapPoints points, string? filters, string address, DateOnly today, string language)
    {
        var english = language == "en";
        var title = english ? "Map of the knowledge cities" : "Kaart van de kennissteden";
        var geometry = CountryGeometry.Of(data);
        var spots = Spots(points);
        var svg = new StringBuilder(160 * 1024);
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 {Width + 24} {Height + 24}" width="{Width + 24}" height="{Height + 24}" role="img" aria-labelledby="titel" xml:lang="{language}" {Font}><title id="titel">{Encode(filters is null ? title : $"{title}: {filters}")}</title><rect x="-12" y="-12" width="{Width + 24}" height="{Height + 24}" fill="{Paper}"/>""");
        svg.Append("<defs>");
        foreach (var kind in KindRegistry.All) svg.Append(CultureInfo.InvariantCulture, $"""<path id="s-{kind.Code}" d="{KindShape.Path(kind)}"/>""");
        svg.Append("</defs>");
        svg.Append(CultureInfo.InvariantCulture, $"""{SvgPath.Group}<path d="{geometry.Land}" fill="#e9e6da"/><path d="{geometry.Neighbours}" fill="#c1ced7"/><path d="{CityShapes(data)}" fill="#bcd2ea" stroke="#2a5f9b" stroke-width="4"/><path d="{geometry.Borders}" fill="none" stroke="#fbfaf7" stroke-width="3"/></g>""");
        foreach (var spot in spots.Where(s => s.Count == 1)) AppendSymbol(svg, spot.First, spot.X, spot.Y, .5);
        foreach (var spot in spots.Where(s => s.Count > 1)) AppendNumber(svg, spot.Count, spot.X, spot.Y);
        foreach (var (name, x, y, end) in CityNames(data))
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Number(x)}" y="{Number(y)}" font-size="12.5" font-weight="650" fill="{Ink}" stroke="{Paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"{(end ? " text-anchor=\"end\"" : "")}>{Encode(name)}</text>""");
        AppendLegend(svg, points, spots.Exists(s => s.Count > 1), title, filters, english);
        var day = today.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo(english ? "en-GB" : "nl-NL"));
        var incomplete = points.More ? english ? $" More objects than fit: an even sample of {MapQuery.Limit.ToString(CultureInfo.InvariantCulture)}." : $" Er zijn meer objecten dan hier passen: een gelijkmatige greep van {MapQuery.Limit.ToString(CultureInfo.InvariantCulture)}." : "";
        svg.Append(CultureInfo.InvariantCulture, $"""<g font-size="11" fill="{Soft}"><text y="{Height - 32}">{Encode((english ? $"Objects: Kennisstedenportaal, as on {day}." : $"Objecten: Kennisstedenportaal, stand van {day}.") + incomplete)}</text><text y="{Height - 16}">{(english ? "Boundaries: Kadaster / CBS, 2023" : "Grenzen: Kadaster / CBS, 2023")}</text><text y="{Height}"{(address.Length > LongestLine ? $" textLength=\"{Width}\" lengthAdjust=\"spacingAndGlyphs\"" : "")}>{Encode(address)}</text></g></svg>""");
        return svg.ToString();
    }

    /// <summary>What stands on one spot of the paper is drawn as one number, so that nothing hides behind something else.</summary>
    private static List<(double X, double Y, MapPoint First, int Count)> Spots(MapPoints points)
    {
        var spots = new List<(double X, double Y, MapPoint First, int Count)>();
        foreach (var point in points.Points)
        {
            var (x, y) = CountryGeometry.Projection.Project(point.Longitude, point.Latitude);
            if (x is < 0 or > Width || y < 0 || y > CountryGeometry.Height) continue;
            var near = spots.FindIndex(s => ((s.X - x) * (s.X - x)) + ((s.Y - y) * (s.Y - y)) < Reach * Reach);
            if (near < 0) spots.Add((x, y, point, 1));
            else spots[near] = spots[near] with { Count = spots[near].Count + 1 };
        }
        return spots;
    }

    private static void AppendSymbol(StringBuilder svg, MapPoint point, double x, double y, double scale)
    {
        var kind = KindRegistry.OfCode(point.KindCode);
        var half = KindShape.Size * scale / 2;
        var (colour, open) = (KindShape.Colour(kind), point.Precision == PlacePrecision.Municipality);
        svg.Append(CultureInfo.InvariantCulture, $"""<use href="#s-{kind.Code}" transform="translate({Number(x - half)} {Number(y - half)}) scale({scale})" fill="{(open ? Paper : colour)}" stroke="{(open ? colour : Paper)}" stroke-width="{(open ? 4 : 2.5)}"><title>{Encode(point.Name)}</title></use>""");
    }

    private static void AppendNumber(StringBuilder svg, int count, double x, double y) =>
        svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{Number(x)}" cy="{Number(y)}" r="{(count < 10 ? 6 : count < 100 ? 7.5 : 9.5)}" fill="{Ink}" stroke="{Paper}"/><text x="{Number(x)}" y="{Number(y + 3)}" font-size="8.5" font-weight="700" fill="{Paper}" text-anchor="middle">{count}</text>""");

    private static void AppendLegend(StringBuilder svg, MapPoints points, bool numbers, string title, string? filters, bool english)
    {
        var y = 14d;
        svg.Append(CultureInfo.InvariantCulture, $"""<g fill="{Ink}" font-size="12"><text y="{y}" font-size="16" font-weight="700">{title}</text>""");
        if (filters is not null) svg.Append(CultureInfo.InvariantCulture, $"""<text y="{y += LegendRow}" fill="{Soft}">{Encode(filters)}</text>""");
        // Of a sample nobody wants the numbers.
        foreach (var group in points.Points.GroupBy(p => p.KindCode, StringComparer.Ordinal).OrderBy(g => KindRegistry.All.Index().First(k => k.Item.Code == g.Key).Index))
        {
            y += LegendRow;
            AppendSymbol(svg, group.First() with { Precision = PlacePrecision.Own, Name = "" }, 7, y - 4, .6);
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="20" y="{y}">{Encode(KindRegistry.OfCode(group.Key).Plural.In(english ? "en" : "nl"))}{(points.More ? "" : $" ({group.Count()})")}</text>""");
        }
        if (points.Points.FirstOrDefault(p => p.Precision == PlacePrecision.Municipality) is { } open)
        {
            AppendSymbol(svg, open with { Name = "" }, 7, (y += LegendRow) - 4, .6);
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="20" y="{y}">{(english ? "open sign: only the municipality is known" : "open teken: alleen de gemeente is bekend")}</text>""");
        }
        if (numbers)
        {
            AppendNumber(svg, 2, 7, (y += LegendRow) - 4);
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="20" y="{y}">{(english ? points.More ? "objects of the sample close together" : "number of objects close together" : points.More ? "objecten uit de greep dicht bij elkaar" : "aantal objecten dicht bij elkaar")}</text>""");
        }
        foreach (var (colour, label) in new[] { ("#bcd2ea", english ? "municipality of a knowledge city" : "gemeente van een kennisstad"), ("#c1ced7", english ? "neighbouring municipality" : "buurgemeente") })
            svg.Append(CultureInfo.InvariantCulture, $"""<rect x="1" y="{(y += LegendRow) - 10}" width="12" height="12" rx="3" fill="{colour}"{(colour == "#bcd2ea" ? " stroke=\"#2a5f9b\"" : "")}/><text x="20" y="{y}">{label}</text>""");
        svg.Append("</g>");
    }

    private static string CityShapes(ReferenceSnapshot data) =>
        SvgPath.Of(data.CityMunicipalities.Keys.Order(StringComparer.Ordinal).Where(data.Municipalities.ContainsKey).SelectMany(c => data.Municipalities[c].Rings), CountryGeometry.Projection);

    private static IEnumerable<(string Name, double X, double Y, bool End)> CityNames(ReferenceSnapshot data) =>
        from code in data.CityMunicipalities.Keys.Order(StringComparer.Ordinal)
        where data.Municipalities.ContainsKey(code)
        let middle = LabelSpots.Middle(Shapes.Project(data.Municipalities[code], CountryGeometry.Projection))
        where middle is not null
        let label = NetherlandsMap.LabelOf(code, middle.Value.X)
        select (data.Municipalities[code].Name, middle.Value.X + label.Dx, middle.Value.Y + label.Dy, label.End);
}
