using System.Globalization;
using System.Text;

namespace KennisstedenPortal.Reading.Maps;

/// <summary>
/// Short path data: points rounded to fifths of a unit and written as relative whole numbers. Draw them within
/// <see cref="Group"/>, which scales them back.
/// </summary>
internal static class SvgPath
{
    public const int StepsPerUnit = 5;
    public const string Group = """<g transform="scale(.2)">""";

    // Far outside any drawing; keeps a wrong coordinate from overflowing.
    private const double Limit = 1_000_000;

    public static string Of(IEnumerable<IReadOnlyList<(double X, double Y)>> rings, Mercator projection)
    {
        var data = new StringBuilder();
        foreach (var ring in rings) AppendRing(data, Quantise(ring, projection));
        return data.ToString();
    }

    /// <summary>The ring without its closing point, without repeated points and without points that cannot be drawn.</summary>
    public static List<(int X, int Y)> Quantise(IReadOnlyList<(double X, double Y)> ring, Mercator projection)
    {
        var points = new List<(int X, int Y)>(ring.Count);
        foreach (var (longitude, latitude) in ring)
        {
            var (x, y) = projection.Project(longitude, latitude);
            if (!(Math.Abs(x) < Limit && Math.Abs(y) < Limit)) continue; // also true for NaN
            var point = (Round(x), Round(y));
            if (points.Count == 0 || points[^1] != point) points.Add(point);
        }
        while (points.Count > 1 && points[0] == points[^1]) points.RemoveAt(points.Count - 1);
        return points;
    }

    /// <summary>Appends nothing for a ring that has collapsed into a point or a line.</summary>
    public static void AppendRing(StringBuilder data, IReadOnlyList<(int X, int Y)> points)
    {
        if (points.Count < 3) return;
        AppendLine(data, points);
        data.Append('z');
    }

    public static void AppendLine(StringBuilder data, IReadOnlyList<(int X, int Y)> points)
    {
        if (points.Count < 2) return;
        var (x, y) = points[0];
        data.Append(CultureInfo.InvariantCulture, $"M{x} {y}l");
        for (var i = 1; i < points.Count; i++)
        {
            // A minus sign separates by itself.
            var (dx, dy) = (points[i].X - x, points[i].Y - y);
            if (i > 1 && dx >= 0) data.Append(' ');
            data.Append(CultureInfo.InvariantCulture, $"{dx}");
            if (dy >= 0) data.Append(' ');
            data.Append(CultureInfo.InvariantCulture, $"{dy}");
            (x, y) = points[i];
        }
    }

    private static int Round(double units) => (int)Math.Floor((units * StepsPerUnit) + .5);
}
