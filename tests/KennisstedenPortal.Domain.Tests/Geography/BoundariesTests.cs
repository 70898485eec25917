using System.Text.Json;
using KennisstedenPortal.Domain.Geography;

namespace KennisstedenPortal.Domain.Tests.Geography;

public sealed class BoundariesTests
{
    [Fact]
    public void Rings_Polygon_IsItsRings() => Rings("""{"type":"Polygon","coordinates":[[[5,52],[6,52],[6,53],[5,52]],[[5.5,52.2],[5.6,52.2],[5.6,52.3],[5.5,52.2]]]}""")
        .Should().BeEquivalentTo<IReadOnlyList<(double, double)>>([[(5, 52), (6, 52), (6, 53), (5, 52)], [(5.5, 52.2), (5.6, 52.2), (5.6, 52.3), (5.5, 52.2)]], o => o.WithStrictOrdering());

    [Fact]
    public void Rings_MultiPolygon_IsTheRingsOfAllParts() =>
        Rings("""{"type":"MultiPolygon","coordinates":[[[[5,52],[6,52],[6,53]]],[[[4,51],[5,51],[5,52]],[[4.1,51.1],[4.2,51.1],[4.2,51.2]]]]}""").Should().HaveCount(3);

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[5,52]}""")]
    [InlineData("""{"type":"Polygon"}""")]
    [InlineData("""{"coordinates":[]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[5]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[["5",52]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":12}""")]
    [InlineData("""{"type":12,"coordinates":[]}""")]
    [InlineData("null")]
    public void Rings_AnythingElse_IsRefused(string json)
    {
        var rings = () => Rings(json);

        rings.Should().Throw<FormatException>();
    }

    private static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings(string json) => Boundaries.Rings(JsonDocument.Parse(json).RootElement);
}
