using KennisstedenPortal.Domain.Geography;
using Ring = System.Collections.Generic.IReadOnlyList<(double X, double Y)>;

namespace KennisstedenPortal.Domain.Tests.Geography;

public sealed class InteriorPointTests
{
    private const int Samples = 2_000;
    private const double CentreX = 5.2, CentreY = 52.1;

    /// <summary>Distances from the middle at even angles: any polygon that can be seen whole from its middle.</summary>
    private static readonly Gen<double[]> Distances = Gen.Double[0.05, 1].Array[3, 40];

    [Fact]
    public void Of_AnyStarShapedPolygon_IsInside() => Distances.Sample(distances => IsInside([Star(distances, 1)]), iter: Samples);

    [Fact]
    public void Of_AnyPolygonWithAHole_IsInsideAndOutsideTheHole() => Gen.Select(Distances, Gen.Double[0.1, 0.99]).Sample((distances, size) =>
    {
        var (outer, hole) = (Star(distances, 1), Star(distances, size));
        return IsInside([outer, hole]) && InteriorPoint.Of([outer, hole]) is { } p && !Winds(hole, p.Longitude, p.Latitude);
    }, iter: Samples);

    [Fact]
    public void Of_AnyPolygonTurnedTheOtherWay_IsInsideAsWell() => Distances.Sample(distances => IsInside([[.. Star(distances, 1).Reverse()]]), iter: Samples);

    [Fact]
    public void Of_ALineAlongTheEdgeOfAHole_IsNotOnThatEdge()
    {
        Ring outer = [(0, 0), (10, 0), (10, 34), (0, 34), (0, 0)], hole = [(1, 0.5), (1, 33), (9, 33), (9, 0.5), (1, 0.5)];

        var (x, y) = InteriorPoint.Of([outer, hole])!.Value;

        (x is >= 1 and <= 9 && y is >= 0.5 and <= 33).Should().BeFalse($"({x}, {y}) would be in the hole or on its edge");
    }

    [Fact]
    public void Of_TwoParts_IsInTheWidest()
    {
        Ring narrow = Square(4, 52, 0.1), wide = Square(6, 52, 0.5);

        var (longitude, latitude) = InteriorPoint.Of([narrow, wide])!.Value;

        Winds(wide, longitude, latitude).Should().BeTrue();
    }

    [Fact]
    public void Of_HorseShoe_IsNotInItsMouth()
    {
        Ring shoe = [(0, 0), (4, 0), (4, 3), (3, 3), (3, 1), (1, 1), (1, 3), (0, 3), (0, 0)];

        var (x, y) = InteriorPoint.Of([shoe])!.Value;

        Winds(shoe, x, y).Should().BeTrue();
    }

    [Fact]
    public void Of_NothingEnclosed_IsNull()
    {
        InteriorPoint.Of([]).Should().BeNull();
        InteriorPoint.Of([[]]).Should().BeNull();
        InteriorPoint.Of([[(5, 52), (6, 53)]]).Should().BeNull();
        InteriorPoint.Of([[(5, 52), (6, 52), (7, 52), (5, 52)]]).Should().BeNull();
        InteriorPoint.Of([[(5, 52), (5, 52), (5, 52)]]).Should().BeNull();
    }

    [Fact]
    public void Contains_Square_IsTrueInsideOnly()
    {
        Ring square = Square(5, 52, 1), hole = Square(5.4, 52.4, 0.2);

        InteriorPoint.Contains([square, hole], 5.1, 52.5).Should().BeTrue();
        InteriorPoint.Contains([square, hole], 5.5, 52.5).Should().BeFalse();
        InteriorPoint.Contains([square, hole], 6.5, 52.5).Should().BeFalse();
        InteriorPoint.Contains([square, hole], 5.5, 53.5).Should().BeFalse();
    }

    private static bool IsInside(IReadOnlyList<Ring> rings) =>
        InteriorPoint.Of(rings) is { } point
        && InteriorPoint.Contains(rings, point.Longitude, point.Latitude)
        && rings.Count(r => Winds(r, point.Longitude, point.Latitude)) == 1;

    private static (double X, double Y)[] Star(double[] distances, double scale) =>
        [.. distances.Append(distances[0]).Select((distance, i) => (
            CentreX + scale * distance * Math.Cos(2 * Math.PI * i / distances.Length),
            CentreY + scale * distance * Math.Sin(2 * Math.PI * i / distances.Length)))];

    private static (double X, double Y)[] Square(double x, double y, double size) => [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)];

    /// <summary>The other way to tell: how often the ring turns around the point.</summary>
    private static bool Winds(Ring ring, double x, double y)
    {
        var turned = 0d;
        for (var i = 0; i < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
            var angle = Math.Atan2(b.Y - y, b.X - x) - Math.Atan2(a.Y - y, a.X - x);
            turned += Math.IEEERemainder(angle, 2 * Math.PI);
        }
        return Math.Abs(turned) > Math.PI;
    }
}
