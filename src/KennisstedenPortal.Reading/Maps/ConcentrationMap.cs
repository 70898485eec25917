using System.Globalization;
using System.Text;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using static KennisstedenPortal.Reading.Maps.MapText;

namespace KennisstedenPortal.Reading.Maps;

/// <summary>The country with one mark per R&amp;D concentration, by colour and shape how near it is to a kennisstad. All methods return markup.</summary>
public static class ConcentrationMap
{
    private const string TitleId = "concentration-map-title";
    private const double Radius = 4.2;

    // Marks just don't touch. Further apart they would leave the municipality they stand in.
    private const double Distance = 9.4;

    // A name further off gets a line to its city; beyond the farthest it is left out.
    private const double NearestName = 34, FarthestName = 110;

    // Letters and marks of site.css on a wide and on a narrow screen.
    private static readonly (double Letters, double Marks) Wide = (13.5, 5.5);
    private static readonly (double Letters, double Marks) Narrow = (20, 6.5);

    /// <summary>The map. Empty when there are no boundaries.</summary>
    public static string Svg(ReferenceSnapshot data, IReadOnlyList<NearSite> sites, string title, string language)
    {
        var geometry = CountryGeometry.Of(data);
        if (geometry.Land.Length == 0) return "";
        var frame = new Box(0, 0, CountryGeometry.Width, CountryGeometry.Height);
        var placed = sites.Where(s => s.Place is not null).Select(s => (Site: s, Point: CountryGeometry.Projection.Project(s.Place!.Longitude, s.Place.Latitude))).Where(s => frame.Holds(s.Point)).ToList();
        var spots = PinSpreader.Spread([.. placed.Select(p => p.Point)], Distance, new Box(6, 6, CountryGeometry.Width - 6, CountryGeometry.Height - 6));
        var cities = data.CityMunicipalities.Keys.Order(StringComparer.Ordinal).Select(c => data.Municipalities.GetValueOrDefault(c)).OfType<Municipality>().ToList();

        var svg = new StringBuilder(96 * 1024);
        svg.Append(CultureInfo.InvariantCulture, $"""<svg viewBox="0 0 {CountryGeometry.Width} {CountryGeometry.Height}" role="img" aria-labelledby="{TitleId}"><title id="{TitleId}">{Encode(title)}</title>""");
        svg.Append(CultureInfo.InvariantCulture, $"""{SvgPath.Group}<path class="map-land" d="{geometry.Land}"/><path class="map-neighbour" d="{geometry.Neighbours}"/><path class="map-line" d="{geometry.Borders}"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<path class="map-home" d="{SvgPath.Of(cities.SelectMany(c => c.Rings), CountryGeometry.Projection)}"/></g>""");
        // First, so that their lines pass under the marks; the names themselves keep clear of them.
        AppendNames(svg, frame, cities, spots);
        for (var i = 0; i < placed.Count; i++)
            svg.Append(CultureInfo.InvariantCulture, $"""<g><title>{Encode(Describe(placed[i].Site, language))}</title>{Mark(placed[i].Site.Nearness, spots[i].X, spots[i].Y, Radius)}</g>""");
        return svg.Append("</svg>").ToString();
    }

    /// <summary>The mark of one nearness; null is an unknown municipality.</summary>
    public static string Mark(Nearness? nearness, double x, double y, double radius) => nearness switch
    {
        Nearness.In => $"""<circle class="near near-in" cx="{Number(x)}" cy="{Number(y)}" r="{Number(radius)}"/>""",
        Nearness.Adjacent => Polygon("near-next", x, y, radius, (0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        Nearness.Elsewhere => Polygon("near-far", x, y, radius, (0, -1.1), (1.15, .9), (-1.15, .9)),
        _ => Polygon("near-unknown", x, y, radius, (-.9, -.9), (.9, -.9), (.9, .9), (-.9, .9)),
    };

    private static string Polygon(string name, double x, double y, double radius, params (double X, double Y)[] corners) =>
        $"""<path class="near {name}" d="M{string.Join('L', corners.Select(c => $"{Number(x + (c.X * radius))} {Number(y + (c.Y * radius))}"))}z"/>""";

    private static string Describe(NearSite site, string language)
    {
        var nearness = site.Nearness is { } known ? Codes<Nearness>.Label(known).In(language) : new Text("Gemeente onbekend", "Municipality unknown").In(language);
        var cities = site.Cities.Where(c => c.Nearness == site.Nearness).Select(c => c.Name).ToList();
        return $"{site.Name}{(site.Municipality is { } m ? $", {m}" : "")}. {nearness}{(cities.Count > 0 ? $": {string.Join(", ", cities)}" : "")}";
    }

    /// <summary>
    /// Beside the city where there is room in the large letters of a narrow screen, else further off with a line, else in the
    /// small letters of a wide screen only.
    /// </summary>
    private static void AppendNames(StringBuilder svg, Box frame, List<Municipality> cities, IReadOnlyList<(double X, double Y)> spots)
    {
        var placer = new LabelPlacer(frame, spots);
        var all = cities.Select(c => (c.Name, Middle: LabelSpots.Middle(Shapes.Project(c, CountryGeometry.Projection)))).Where(c => c.Middle is not null).Select(c => (c.Name, Middle: c.Middle!.Value)).ToList();
        var waiting = all.ToList();
        foreach (var (letters, marks) in new[] { Narrow, Wide })
            foreach (var far in new[] { false, true })
                waiting.RemoveAll(c => Append(c.Name, c.Middle, letters, marks, far));

        bool Append(string name, (double X, double Y) middle, double letters, double marks, bool far)
        {
            // Bold letters are wider; the extra one makes up for that.
            if (placer.PlaceNear(middle, far ? [] : [.. all.Select(c => c.Middle).Where(m => m != middle)], far ? FarthestName : NearestName, name + "x", letters, marks) is not var (x, y)) return false;
            var extra = letters < Narrow.Letters ? " map-wide-only" : "";
            if (far) svg.Append(CultureInfo.InvariantCulture, $"""<path class="map-scale{extra}" d="M{Number(middle.X)} {Number(middle.Y)}L{x:0} {y:0}"/>""");
            svg.Append(CultureInfo.InvariantCulture, $"""<text class="map-label near-name{extra}" x="{x:0}" y="{y + 5:0}">{Encode(name)}</text>""");
            return true;
        }
    }
}
