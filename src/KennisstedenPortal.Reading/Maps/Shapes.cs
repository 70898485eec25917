using System.Runtime.InteropServices;
using KennisstedenPortal.Data.Registry;

namespace KennisstedenPortal.Reading.Maps;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    /// <summary>0 for a point inside.</summary>
    public double DistanceTo((double X, double Y) point) =>
        double.Hypot(Math.Max(0, Math.Max(Left - point.X, point.X - Right)), Math.Max(0, Math.Max(Top - point.Y, point.Y - Bottom)));

    public bool Holds((double X, double Y) point) => point.X >= Left && point.X <= Right && point.Y >= Top && point.Y <= Bottom;
}

internal static class Shapes
{
    public static bool IsFinite((double X, double Y) point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    /// <summary>The smallest box around the points, or null when there are none.</summary>
    public static Box? Around(IEnumerable<(double X, double Y)> points)
    {
        Box? box = null;
        foreach (var p in points.Where(IsFinite))
            box = box is { } b ? new Box(Math.Min(b.Left, p.X), Math.Min(b.Top, p.Y), Math.Max(b.Right, p.X), Math.Max(b.Bottom, p.Y)) : new Box(p.X, p.Y, p.X, p.Y);
        return box;
    }

    /// <summary>The rings in drawing units; rings that enclose nothing are left out.</summary>
    public static IReadOnlyList<(double X, double Y)[]> Project(Municipality municipality, Mercator projection) =>
        [.. municipality.Rings.Select(r => r.Select(p => projection.Project(p.X, p.Y)).Where(IsFinite).ToArray()).Where(r => r.Length > 2)];

    /// <summary>By the even-odd rule over all rings, so that holes and islands come out right.</summary>
    public static bool Contains(IReadOnlyList<(double X, double Y)[]> rings, double x, double y)
    {
        var inside = false;
        foreach (var ring in rings)
        {
            var b = ring[^1];
            foreach (var a in ring)
            {
                if (a.Y > y != b.Y > y && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X) inside = !inside;
                b = a;
            }
        }
        return inside;
    }
}
