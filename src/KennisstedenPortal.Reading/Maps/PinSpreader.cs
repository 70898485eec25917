namespace KennisstedenPortal.Reading.Maps;

/// <summary>Moves pins that lie too close together apart, the same way every time, so that their numbers stay readable.</summary>
internal static class PinSpreader
{
    private const int Rounds = 80;

    // Turning by it never comes back to the same direction.
    private const double GoldenAngle = 2.39996;

    public static (double X, double Y)[] Spread(IReadOnlyList<(double X, double Y)> pins, double distance, Box frame)
    {
        var spots = Fan(pins, distance);
        for (var round = 0; round < Rounds; round++)
        {
            var moved = false;
            for (var i = 0; i < spots.Length; i++)
                for (var j = i + 1; j < spots.Length; j++)
                    moved |= Part(ref spots[i], ref spots[j], distance);
            if (!moved) break;
            for (var i = 0; i < spots.Length; i++)
                spots[i] = (Math.Clamp(spots[i].X, frame.Left, frame.Right), Math.Clamp(spots[i].Y, frame.Top, frame.Bottom));
        }
        return spots;
    }

    /// <summary>Pins on one spot start as a spiral around it; pushed apart from there they would form a line.</summary>
    private static (double X, double Y)[] Fan(IReadOnlyList<(double X, double Y)> pins, double distance)
    {
        var spots = pins.ToArray();
        for (var i = 1; i < spots.Length; i++)
        {
            var before = pins.Take(i).Count(p => double.Hypot(p.X - pins[i].X, p.Y - pins[i].Y) < 1);
            var radius = distance * .6 * Math.Sqrt(before);
            spots[i] = (pins[i].X + (radius * Math.Cos(before * GoldenAngle)), pins[i].Y + (radius * Math.Sin(before * GoldenAngle)));
        }
        return spots;
    }

    private static bool Part(ref (double X, double Y) a, ref (double X, double Y) b, double distance)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var apart = double.Hypot(dx, dy);
        // A hair less than asked counts as enough, else the rounds creep on.
        if (apart >= distance - .1) return false;
        var angle = Math.Atan2(dy, dx);
        var push = (distance - apart) / 2;
        (dx, dy) = (Math.Cos(angle) * push, Math.Sin(angle) * push);
        a = (a.X - dx, a.Y - dy);
        b = (b.X + dx, b.Y + dy);
        return true;
    }
}
