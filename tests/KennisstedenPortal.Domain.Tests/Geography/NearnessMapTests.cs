using KennisstedenPortal.Domain.Geography;

namespace KennisstedenPortal.Domain.Tests.Geography;

public sealed class NearnessMapTests
{
    private const string Delft = "GM0503", Rijswijk = "GM0603", Rotterdam = "GM0599", Groningen = "GM0014";
    private readonly NearnessMap _map = new([.. Border(Delft, Rijswijk), .. Border(Delft, Rotterdam)]);

    [Fact]
    public void Of_MunicipalityOfTheCity_IsIn() => _map.Of(Delft, Delft).Should().Be(Nearness.In);

    [Fact]
    public void Of_MunicipalityWithoutNeighbours_IsInItself() => _map.Of(Groningen, Groningen).Should().Be(Nearness.In);

    [Theory]
    [InlineData(Rijswijk, Delft)]
    [InlineData(Delft, Rijswijk)]
    public void Of_SharedBorder_IsAdjacentFromBothSides(string municipality, string city) => _map.Of(municipality, city).Should().Be(Nearness.Adjacent);

    [Theory]
    [InlineData(Groningen, Delft)]
    [InlineData(Delft, Groningen)]
    [InlineData(Rijswijk, Rotterdam)]
    public void Of_NoSharedBorder_IsElsewhere(string municipality, string city) => _map.Of(municipality, city).Should().Be(Nearness.Elsewhere);

    [Fact]
    public void Of_UnknownMunicipality_IsElsewhere() => _map.Of(null, Delft).Should().Be(Nearness.Elsewhere);

    [Fact]
    public void ToAny_SeveralCities_IsTheNearest()
    {
        _map.ToAny(Rotterdam, [Groningen, Delft, Rotterdam]).Should().Be(Nearness.In);
        _map.ToAny(Rijswijk, [Groningen, Delft]).Should().Be(Nearness.Adjacent);
        _map.ToAny(Rijswijk, [Groningen, Rotterdam]).Should().Be(Nearness.Elsewhere);
    }

    [Fact]
    public void ToAny_NoCitiesOrNoMunicipality_IsElsewhere()
    {
        _map.ToAny(Delft, []).Should().Be(Nearness.Elsewhere);
        _map.ToAny(null, [Delft]).Should().Be(Nearness.Elsewhere);
    }

    [Theory]
    [InlineData(52.0, 4.4, true)]
    [InlineData(Netherlands.MinLatitude, Netherlands.MinLongitude, true)]
    [InlineData(Netherlands.MaxLatitude, Netherlands.MaxLongitude, true)]
    [InlineData(50.69, 4.4, false)]
    [InlineData(53.61, 4.4, false)]
    [InlineData(52.0, 3.29, false)]
    [InlineData(52.0, 7.31, false)]
    [InlineData(4.4, 52.0, false)]
    [InlineData(double.NaN, 4.4, false)]
    public void Contains_Point_SaysWhetherItIsInTheCountry(double latitude, double longitude, bool inside) =>
        Netherlands.Contains(latitude, longitude).Should().Be(inside);

    private static MunicipalityNeighbour[] Border(string a, string b) =>
        [new() { MunicipalityCode = a, NeighbourCode = b }, new() { MunicipalityCode = b, NeighbourCode = a }];
}
