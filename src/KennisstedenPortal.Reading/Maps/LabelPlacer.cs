namespace KennisstedenPortal.Reading.Maps;

/// <summary>
/// Finds for each name a spot inside its area: far from the edge, and free of pins and of the names already placed.
/// </summary>
/// <param name="frame">The drawing; names stay within it.</param>
/// <param name="pins">Middles of the pins.</param>
internal sealed class LabelPlacer(Box frame, IReadOnlyList<(double X, double Y)> pins)
{
    private const double Step = 4;
    private const double Margin = 4;
    private const double Gap = 8;
    private const int Turns = 24;
    private const double Clearly = 1.5;

    // A name is wider than it is high, so horizontal distance counts for less.
    private const double Flatten = .55;

    private readonly List<Box> _taken = [];

    /// <summary>Keeps names away from here.</summary>
    public void Reserve(Box box) => _taken.Add(box);

    /// <summary>The middle of the name, or null when it fits nowhere.</summary>
    /// <param name="size">Of the letters, in drawing units.</param>
    /// <param name="pinRadius">What the pins cover at that size.</param>
    public (double X, double Y)? Place(IReadOnlyList<(double X, double Y)[]> rings, string name, double size, double pinRadius)
    {
        var spot = Best(rings, (x, y) => IsFree(Around(x, y, name, size), pinRadius), pins);
        if (spot is { } s) _taken.Add(Around(s.X, s.Y, name, size));
        return spot;
    }

    /// <summary>For an area too full for its name: just below, above, right or left of it.</summary>
    public (double X, double Y)? PlaceBeside(IReadOnlyList<(double X, double Y)[]> rings, string name, double size, double pinRadius)
    {
        if (Shapes.Around(rings.SelectMany(r => r)) is not { } around) return null;
        var half = Around(0, 0, name, size);
        var (x, y) = ((around.Left + around.Right) / 2, (around.Top + around.Bottom) / 2);
        (double X, double Y)[] spots =
        [
            (x, around.Bottom + half.Bottom), (x, around.Bottom + half.Bottom + Gap), (x, around.Top + half.Top), (x, around.Top + half.Top - Gap),
            (around.Right + half.Right, y), (around.Left + half.Left, y),
        ];
        foreach (var spot in spots)
        {
            var box = Around(spot.X, spot.Y, name, size);
            if (!IsFree(box, pinRadius)) continue;
            _taken.Add(box);
            return spot;
        }
        return null;
    }

    /// <summary>The nearest free spot around a point; null when there is none.</summary>
    /// <param name="others">Points that have a name as well: a name that is not clearly nearer to its own point would be taken for theirs.</param>
    /// <param name="most">Distance beyond which there is no looking.</param>
    public (double X, double Y)? PlaceNear((double X, double Y) point, IReadOnlyList<(double X, double Y)> others, double most, string name, double size, double pinRadius)
    {
        for (var distance = size; distance <= most; distance += Step)
            for (var turn = 0; turn < Turns; turn++)
            {
                var angle = turn * Math.Tau / Turns;
                var (x, y) = (point.X + (Math.Cos(angle) * (distance + Around(0, 0, name, size).Right)), point.Y + (Math.Sin(angle) * distance));
                var box = Around(x, y, name, size);
                if (!IsFree(box, pinRadius) || others.Any(o => box.DistanceTo(o) <= box.DistanceTo(point) * Clearly)) continue;
                _taken.Add(box);
                return (x, y);
            }
        return null;
    }

    private static Box Around(double x, double y, string name, double size)
    {
        var width = name.Length * size * .55;
        return new Box(x - (width / 2), y - (size / 2), x + (width / 2), y + (size / 2));
    }

    private bool IsFree(Box box, double pinRadius) =>
        box.Left >= frame.Left + Margin && box.Right <= frame.Right - Margin && box.Top >= frame.Top + Margin && box.Bottom <= frame.Bottom - Margin
        && !_taken.Exists(box.Overlaps)
        && !pins.Any(p => box.Overlaps(new Box(p.X - pinRadius, p.Y - pinRadius, p.X + pinRadius, p.Y + pinRadius)));

    /// <summary>The point furthest from the edge.</summary>
    public static (double X, double Y)? Middle(IReadOnlyList<(double X, double Y)[]> rings) => Best(rings, (_, _) => true, []);

    private static (double X, double Y)? Best(IReadOnlyList<(double X, double Y)[]> rings, Func<double, double, bool> allowed, IReadOnlyList<(double X, double Y)> pins)
    {
        if (Shapes.Around(rings.SelectMany(r => r)) is not { } around) return null;
        (double X, double Y)? best = null;
        var room = 0d;
        for (var x = around.Left + (Step / 2); x < around.Right; x += Step)
        {
            for (var y = around.Top + (Step / 2); y < around.Bottom; y += Step)
            {
                if (!allowed(x, y) || !Shapes.Contains(rings, x, y)) continue;
                var here = Room(rings, x, y, pins, room);
                if (here <= room) continue;
                (best, room) = ((x, y), here);
            }
        }
        return best;
    }

    /// <summary>The distance to the nearest edge or pin; stops measuring once it is no more than <paramref name="enough"/>.</summary>
    private static double Room(IReadOnlyList<(double X, double Y)[]> rings, double x, double y, IReadOnlyList<(double X, double Y)> pins, double enough)
    {
        var room = double.MaxValue;
        foreach (var pin in pins)
        {
            room = Math.Min(room, double.Hypot((x - pin.X) * .45, y - pin.Y) - 8);
            if (room <= enough) return room;
        }
        foreach (var ring in rings)
        {
            var b = ring[^1];
            foreach (var a in ring)
            {
                room = Math.Min(room, ToSegment((x - a.X) * Flatten, y - a.Y, (b.X - a.X) * Flatten, b.Y - a.Y));
                if (room <= enough) return room;
                b = a;
            }
        }
        return room;
    }

    private static double ToSegment(double px, double py, double dx, double dy)
    {
        var length = (dx * dx) + (dy * dy);
        var along = length > 0 ? Math.Clamp(((px * dx) + (py * dy)) / length, 0, 1) : 0;
        return Math.Sqrt(Math.Pow(px - (along * dx), 2) + Math.Pow(py - (along * dy), 2));
    }
}
