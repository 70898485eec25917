using System.Runtime.InteropServices;

namespace KennisstedenPortal.Reading.Maps;

/// <summary>
/// Where in an area a name could stand, whatever else is drawn: every spot of a grid with its distance to the edge, the
/// furthest first. Finding them is most of the work of a map, and it is the same for every map of that area.
/// </summary>
internal sealed class LabelSpots
{
    private const double Step = 4;

    // A name is wider than it is high, so horizontal distance counts for less.
    private const double Flatten = .55;

    private LabelSpots(IReadOnlyList<(double X, double Y)[]> rings, Spot[] spots) => (Rings, Spots) = (rings, spots);

    public IReadOnlyList<(double X, double Y)[]> Rings { get; }
    public IReadOnlyList<Spot> Spots { get; }

    public static LabelSpots Of(IReadOnlyList<(double X, double Y)[]> rings, Box frame)
    {
        var spots = new List<Spot>();
        if (Shapes.Around(rings.SelectMany(r => r)) is { } around)
            for (var x = around.Left + (Step / 2); x < around.Right; x += Step)
                for (var y = around.Top + (Step / 2); y < around.Bottom; y += Step)
                    if (frame.Holds((x, y)) && Shapes.Contains(rings, x, y)) spots.Add(new Spot((float)x, (float)y, (float)ToEdge(rings, x, y)));
        return new LabelSpots(rings, [.. spots.OrderByDescending(s => s.Edge)]);
    }

    /// <summary>The point furthest from the edge; null for an area without any inside.</summary>
    public static (double X, double Y)? Middle(IReadOnlyList<(double X, double Y)[]> rings) =>
        Of(rings, new Box(double.MinValue, double.MinValue, double.MaxValue, double.MaxValue)).Spots is [var first, ..] ? (first.X, first.Y) : null;

    private static double ToEdge(IReadOnlyList<(double X, double Y)[]> rings, double x, double y)
    {
        var nearest = double.MaxValue;
        foreach (var ring in rings)
        {
            var b = ring[^1];
            foreach (var a in ring)
            {
                nearest = Math.Min(nearest, ToSegmentSquared((x - a.X) * Flatten, y - a.Y, (b.X - a.X) * Flatten, b.Y - a.Y));
                b = a;
            }
        }
        return Math.Sqrt(nearest);
    }

    private static double ToSegmentSquared(double px, double py, double dx, double dy)
    {
        var length = (dx * dx) + (dy * dy);
        var along = length > 0 ? Math.Clamp(((px * dx) + (py * dy)) / length, 0, 1) : 0;
        var (x, y) = (px - (along * dx), py - (along * dy));
        return (x * x) + (y * y);
    }

    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Spot(float X, float Y, float Edge);
}
