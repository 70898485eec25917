using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using KennisstedenPortal.Data.Registry;
using static KennisstedenPortal.Reading.Maps.MapText;

namespace KennisstedenPortal.Reading.Maps;

/// <param name="HomeMunicipality">CBS code of the municipality in the middle.</param>
/// <param name="HomeName">Its name as shown; a city may call itself otherwise than the CBS does.</param>
/// <param name="NeighbourCodes">CBS codes; unknown ones are left out.</param>
public sealed record AreaMapRequest(string HomeMunicipality, string HomeName, IReadOnlyList<string> NeighbourCodes, IReadOnlyList<MapPin> Pins);

/// <param name="KindClass">The class that gives the colour of the kind, such as k-campus.</param>
/// <param name="Number">What a list beside the map calls it; a pin without a number is drawn smaller.</param>
public sealed record MapPin(string Label, double Latitude, double Longitude, string KindClass, string? Number);

/// <summary>A municipality, its neighbours and what stands there.</summary>
public static class AreaMap
{
    private const int Width = 540;
    private const int Height = 430;

    // The pins are larger on a narrow screen (see site.css); at this distance their numbers stay free there as well.
    private const double PinDistance = 26;
    private const double NumberedRadius = 10;
    private const double PlainRadius = 7;

    // Letters and pins of site.css on a wide and on a narrow screen.
    private static readonly (double Letters, double Pins) Wide = (13, 11);
    private static readonly (double Letters, double Pins) Narrow = (19, 16);

    private static readonly Box Frame = new(0, 0, Width, Height);

    /// <summary>As long as the boundaries stay the same ones: some hundred kilobytes for each municipality that is shown.</summary>
    private static readonly ConditionalWeakTable<ReferenceSnapshot, ConcurrentDictionary<string, Ground?>> Grounds = [];

    /// <summary>
    /// Markup of the map. Empty when the municipality is unknown or has no boundary. Pins outside the drawing are left out.
    /// Names that would run into others in the larger letters of a narrow screen have the class map-wide-only.
    /// </summary>
    public static string Svg(ReferenceSnapshot data, AreaMapRequest request, string language)
    {
        if (!data.Municipalities.TryGetValue(request.HomeMunicipality ?? "", out var home)) return "";
        var ground = Grounds.GetOrCreateValue(data).GetOrAdd($"{home.Code} {string.Join(' ', request.NeighbourCodes)}", _ => Ground.Of(data, home, request.NeighbourCodes));
        if (ground is not { Projection: var projection, Neighbours: var neighbours }) return "";

        var pins = request.Pins.Select(p => (Pin: p, Point: projection.Project(p.Longitude, p.Latitude))).Where(p => Frame.Holds(p.Point)).ToList();
        var spots = PinSpreader.Spread([.. pins.Select(p => p.Point)], PinDistance, new Box(14, 14, Width - 14, Height - 14));
        var id = Encode($"area-map-{home.Code}");
        var svg = new StringBuilder(24 * 1024);
        svg.Append(CultureInfo.InvariantCulture, $"""<svg viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="{id}-title {id}-text"><title id="{id}-title">{Encode(AreaTitle(request.HomeName, language))}</title>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<desc id="{id}-text">{Encode(AreaDescription([.. pins.Select(p => p.Pin)], [.. neighbours.Select(n => n.Name)], language))}</desc>""");
        svg.Append(ground.Areas);
        var scale = Scale(projection.UnitsPerKilometre(ground.Latitude));
        AppendNames(svg, ground.Home, request.HomeName, neighbours, spots, new Box(0, Height - 34, 16 + scale.Length + 56, Height));
        for (var i = 0; i < pins.Count; i++) AppendLeader(svg, pins[i].Point, spots[i]);
        for (var i = 0; i < pins.Count; i++) AppendPin(svg, pins[i].Pin, spots[i]);
        svg.Append(CultureInfo.InvariantCulture, $"""<path class="map-scale" d="M16 {Height - 22}v6h{Number(scale.Length)}v-6"/><text class="map-note map-note-on" x="{Number(16 + scale.Length + 8)}" y="{Height - 14}">{scale.Kilometres} km</text></svg>""");
        return svg.ToString();
    }

    /// <summary>What every map of one municipality has in common.</summary>
    private sealed record Ground(Mercator Projection, double Latitude, string Areas, LabelSpots Home, IReadOnlyList<(string Name, LabelSpots Spots)> Neighbours)
    {
        /// <summary>Null when the municipality has no boundary.</summary>
        public static Ground? Of(ReferenceSnapshot data, Municipality home, IReadOnlyList<string> neighbourCodes)
        {
            var neighbours = neighbourCodes.Distinct(StringComparer.Ordinal).Where(c => c != home.Code).Select(c => data.Municipalities.GetValueOrDefault(c)).OfType<Municipality>().ToList();
            if (Fit([home, .. neighbours]) is not var (projection, latitude)) return null;
            LabelSpots Spots(Municipality municipality) => LabelSpots.Of(Shapes.Project(municipality, projection), Frame);
            return new Ground(projection, latitude, AreasOf(data, projection, home, neighbours), Spots(home), neighbours.ConvertAll(n => (n.Name, Spots(n))));
        }
    }

    /// <summary>The projection that makes the areas fill the drawing, and the latitude of their middle.</summary>
    private static (Mercator Projection, double Latitude)? Fit(IEnumerable<Municipality> areas)
    {
        if (Shapes.Around(areas.SelectMany(a => a.Rings).SelectMany(r => r)) is not { } around) return null;
        var (wide, high) = (around.Right - around.Left, Mercator.Stretch(around.Bottom) - Mercator.Stretch(around.Top));
        var scale = Math.Min((Width - 48) / wide, (Height - 40) / high);
        if (!double.IsFinite(scale) || scale <= 0) return null;
        var projection = new Mercator(around.Left, around.Bottom, scale, (Width - (wide * scale)) / 2, (Height - (high * scale)) / 2);
        return (projection, (around.Top + around.Bottom) / 2);
    }

    private static string AreasOf(ReferenceSnapshot data, Mercator projection, Municipality home, List<Municipality> neighbours)
    {
        var drawn = neighbours.Select(n => n.Code).Append(home.Code).ToHashSet(StringComparer.Ordinal);
        var others = data.Municipalities.Values.Where(m => !drawn.Contains(m.Code)).OrderBy(m => m.Code, StringComparer.Ordinal).SelectMany(m => m.Rings).Where(r => IsInFrame(r, projection));
        return string.Create(CultureInfo.InvariantCulture, $"""<rect class="map-outside" width="{Width}" height="{Height}"/>{SvgPath.Group}<path class="map-municipality" d="{SvgPath.Of(others, projection)}"/><path class="map-neighbour" d="{SvgPath.Of(neighbours.SelectMany(n => n.Rings), projection)}"/><path class="map-home" d="{SvgPath.Of(home.Rings, projection)}"/></g>""");
    }

    private static bool IsInFrame(IReadOnlyList<(double X, double Y)> ring, Mercator projection)
    {
        if (Shapes.Around(ring) is not { } around) return false;
        var (left, bottom) = projection.Project(around.Left, around.Top);
        var (right, top) = projection.Project(around.Right, around.Bottom);
        return Frame.Overlaps(new Box(left, top, right, bottom));
    }

    /// <summary>The name of the middle comes first; then what fits in large letters, then what only fits in small ones.</summary>
    private static void AppendNames(StringBuilder svg, LabelSpots home, string homeName, IReadOnlyList<(string Name, LabelSpots Spots)> neighbours, IReadOnlyList<(double X, double Y)> pins, Box scale)
    {
        var placer = new LabelPlacer(Frame, pins);
        placer.Reserve(scale);
        // Bold letters are wider; the two extra make up for that.
        var wideName = homeName + "xx";
        var spot = placer.Place(home, wideName, Narrow.Letters, Narrow.Pins) ?? placer.Place(home, wideName, Wide.Letters, Wide.Pins)
            ?? placer.PlaceBeside(home.Rings, wideName, Narrow.Letters, Narrow.Pins) ?? placer.PlaceBeside(home.Rings, wideName, Wide.Letters, Wide.Pins);
        var waiting = neighbours.ToList();
        foreach (var (letters, radius) in new[] { Narrow, Wide })
        {
            var extra = letters < Narrow.Letters ? " map-wide-only" : "";
            waiting.RemoveAll(n =>
            {
                if (placer.Place(n.Spots, n.Name, letters, radius) is not var (x, y)) return false;
                svg.Append(CultureInfo.InvariantCulture, $"""<text class="map-label-minor{extra}" x="{x:0}" y="{y + 4:0}">{Encode(n.Name)}</text>""");
                return true;
            });
        }
        if (spot is var (homeX, homeY)) svg.Append(CultureInfo.InvariantCulture, $"""<text class="map-label map-mid" x="{homeX:0}" y="{homeY + 5:0}">{Encode(homeName)}</text>""");
    }

    /// <summary>A line back to where it really is, for a pin that had to move out of the way.</summary>
    private static void AppendLeader(StringBuilder svg, (double X, double Y) point, (double X, double Y) spot)
    {
        if (double.Hypot(point.X - spot.X, point.Y - spot.Y) < NumberedRadius + 2) return;
        svg.Append(CultureInfo.InvariantCulture, $"""<path class="map-scale" d="M{Number(point.X)} {Number(point.Y)}L{Number(spot.X)} {Number(spot.Y)}"/>""");
    }

    private static void AppendPin(StringBuilder svg, MapPin pin, (double X, double Y) spot)
    {
        svg.Append(CultureInfo.InvariantCulture, $"""<g class="{Encode(pin.KindClass)}"><circle class="map-pin-k" cx="{Number(spot.X)}" cy="{Number(spot.Y)}" r="{Number(pin.Number is null ? PlainRadius : NumberedRadius)}"/>""");
        if (pin.Number is not null) svg.Append(CultureInfo.InvariantCulture, $"""<text class="map-pin-no" x="{Number(spot.X)}" y="{Number(spot.Y + 4)}">{Encode(pin.Number)}</text>""");
        svg.Append("</g>");
    }

    /// <summary>The shortest round distance that is still easy to see.</summary>
    private static (int Kilometres, double Length) Scale(double unitsPerKilometre)
    {
        foreach (var kilometres in new[] { 1, 2, 5, 10, 20 })
            if (kilometres * unitsPerKilometre >= 40) return (kilometres, kilometres * unitsPerKilometre);
        return (50, 50 * unitsPerKilometre);
    }
}
