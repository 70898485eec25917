namespace KennisstedenPortal.Domain.Geography;

/// <summary>
/// Finds a point inside a polygon to place what has no point of its own. Scans horizontal lines and takes the middle of the
/// widest stretch that lies inside: not the pole of inaccessibility, but always inside and stable.
/// </summary>
public static class InteriorPoint
{
    private const int Lines = 33;
    /// <summary>Part of the height below which two points lie at the same height but for rounding.</summary>
    private const double Thinnest = 1e-9;

    /// <param name="rings">All rings, outer and holes, of all parts; points as longitude, latitude in degrees.</param>
    /// <returns>Longitude and latitude, or null when the rings enclose nothing.</returns>
    public static (double Longitude, double Latitude)? Of(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings)
    {
        var points = rings.SelectMany(r => r).ToList();
        if (points.Count < 3) return null;
        var heights = points.Select(p => p.Y).Distinct().Order().ToList();
        double low = heights[0], high = heights[^1], widest = 0;
        (double, double)? best = null;
        for (var i = 1; i <= Lines; i++)
        {
            // Halfway between two heights of points: a line along an edge would not see that edge, and end up on it.
            var above = heights.FindIndex(h => h > low + (high - low) * i / (Lines + 1));
            if (above < 1 || heights[above] - heights[above - 1] < (high - low) * Thinnest) continue;
            var y = (heights[above - 1] + heights[above]) / 2;
            var crossings = Crossings(rings, y);
            for (var j = 0; j + 1 < crossings.Count; j += 2)
            {
                var width = crossings[j + 1] - crossings[j];
                if (width <= widest) continue;
                widest = width;
                best = ((crossings[j] + crossings[j + 1]) / 2, y);
            }
        }
        return best;
    }

    /// <summary>Even-odd rule: true when the point lies inside.</summary>
    public static bool Contains(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, double longitude, double latitude) =>
        Crossings(rings, latitude).Count(x => x < longitude) % 2 == 1;

    private static List<double> Crossings(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, double y)
    {
        var crossings = new List<double>();
        foreach (var ring in rings)
            for (var i = 0; i < ring.Count; i++)
            {
                var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
                if (a.Y <= y == b.Y <= y) continue;
                crossings.Add(a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
            }
        crossings.Sort();
        return crossings;
    }
}
