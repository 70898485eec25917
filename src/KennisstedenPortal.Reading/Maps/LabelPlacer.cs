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

    private readonly List<Box> _taken = [];

    /// <summary>Keeps names away from here.</summary>
    public void Reserve(Box box) => _taken.Add(box);

    /// <summary>The middle of the name, or null when it fits nowhere.</summary>
    /// <param name="size">Of the letters, in drawing units.</param>
    /// <param name="pinRadius">What the pins cover at that size.</param>
    public (double X, double Y)? Place(LabelSpots area, string name, double size, double pinRadius)
    {
        var spot = Best(area, (x, y) => IsFree(Around(x, y, name, size), pinRadius));
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

    /// <summary>The allowed spot furthest from the edge and from pins.</summary>
    private (double X, double Y)? Best(LabelSpots area, Func<double, double, bool> allowed)
    {
        (double X, double Y)? best = null;
        var room = 0d;
        foreach (var (x, y, edge) in area.Spots)
        {
            // What follows is nearer to the edge still.
            if (edge <= room) break;
            if (!allowed(x, y)) continue;
            var here = pins.Aggregate((double)edge, (least, p) => Math.Min(least, double.Hypot((x - p.X) * .45, y - p.Y) - 8));
            if (here > room) (best, room) = ((x, y), here);
        }
        return best;
    }
}
