using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Tests.Geography;

public sealed class NearnessCountTests
{
    private const int Samples = 1_000;
    private const string Delft = "GM0503", Rijswijk = "GM0603", DenHaag = "GM0518", Venlo = "GM0983";

    private static readonly string[] Municipalities = [.. Enumerable.Range(1, 9).Select(i => $"GM000{i}")];

    private static readonly Gen<string> AnyMunicipality = Gen.Int[0, Municipalities.Length - 1].Select(i => Municipalities[i]);

    private static readonly Gen<CountedSite> AnySite = Gen.Select(Gen.Frequency((9, AnyMunicipality.Select(m => (string?)m)), (1, Gen.Const((string?)null))), Gen.Int[0, 2].Select(i => i == 2 ? null : (Sector?)i),
        (municipality, sector) => new CountedSite(municipality, sector));

    private static readonly Gen<(string A, string B)> AnyBorder = Gen.Select(AnyMunicipality, AnyMunicipality).Where(b => b.Item1 != b.Item2);

    /// <summary>Sites, municipalities of cities and borders; cities and borders may repeat.</summary>
    private static readonly Gen<(CountedSite[] Sites, string[] Cities, (string A, string B)[] Borders)> AnyCase =
        Gen.Select(AnySite.Array[0, 40], AnyMunicipality.Array[0, 5], AnyBorder.Array[0, 12]);

    [Fact]
    public void Total_OfAnyList_IsItsSectorsAndItsLength() => AnyCase.Sample(c =>
    {
        var count = Count(c);
        NearnessTally[] sectors = [count.OfSector(Sector.Private), count.OfSector(Sector.Public), count.OfSector(null)];
        return count.Total == new NearnessTally(sectors.Sum(s => s.In), sectors.Sum(s => s.Adjacent), sectors.Sum(s => s.Elsewhere), sectors.Sum(s => s.Unknown))
            && count.Total.Total == c.Sites.Length && count.OfSector(null).Total == c.Sites.Count(s => s.Sector is null);
    }, iter: Samples);

    /// <summary>Computed again the long way: by the words of the rule, without the code that counts.</summary>
    [Fact]
    public void Total_OfAnyList_FollowsTheRule() => AnyCase.Sample(c =>
    {
        var (inside, next, elsewhere, unknown) = (0, 0, 0, 0);
        foreach (var site in c.Sites)
        {
            if (site.Municipality is not { } m) unknown++;
            else if (c.Cities.Contains(m)) inside++;
            else if (c.Borders.Any(b => b.A == m && c.Cities.Contains(b.B) || b.B == m && c.Cities.Contains(b.A))) next++;
            else elsewhere++;
        }
        return Count(c).Total == new NearnessTally(inside, next, elsewhere, unknown);
    }, iter: Samples);

    [Fact]
    public void Count_OfTheSameInAnyOrder_IsTheSame() => Gen.Select(AnyCase, Gen.Int).Sample((c, seed) =>
    {
        var random = new Random(seed);
        T[] Shuffled<T>(T[] items) { var copy = items.ToArray(); random.Shuffle(copy); return copy; }
        var (one, other) = (Count(c), Count((Shuffled(c.Sites), Shuffled(c.Cities), [.. Shuffled(c.Borders).Select(b => (b.B, b.A))])));
        return one.Total == other.Total && one.NearSeveral == other.NearSeveral && one.Cities.ToHashSet().SetEquals(other.Cities)
            && Codes<Sector>.All.Cast<Sector?>().Append(null).All(s => one.OfSector(s) == other.OfSector(s));
    }, iter: Samples);

    [Fact]
    public void Near_WithOneNeighbourMore_IsNeverLower() => Gen.Select(AnyCase, AnyBorder).Sample((c, border) =>
    {
        var (before, after) = (Count(c), Count((c.Sites, c.Cities, [.. c.Borders, border])));
        return after.Total.Near >= before.Total.Near && after.Total.In == before.Total.In && after.Total.Known == before.Total.Known
            && before.Cities.Zip(after.Cities).All(p => p.Second.Near >= p.First.Near && p.Second.In == p.First.In);
    }, iter: Samples);

    [Fact]
    public void Near_WithOneCityMore_IsNeverLower() => Gen.Select(AnyCase, AnyMunicipality).Sample((c, city) =>
    {
        var (before, after) = (Count(c).Total, Count((c.Sites, [.. c.Cities, city], c.Borders)).Total);
        return after.Near >= before.Near && after.In >= before.In && after.Unknown == before.Unknown;
    }, iter: Samples);

    /// <summary>Each is in one city at most; what is near several is in the tally of each.</summary>
    [Fact]
    public void Cities_OfAnyList_AddUpToTheTotalButForWhatIsNearSeveral() => AnyCase.Sample(c =>
    {
        var count = Count(c);
        var (sum, total) = (count.Cities.Sum(t => t.Near), count.Total);
        return count.Cities.Sum(t => t.In) == total.In && count.Cities.All(t => t.Near <= total.Near) && sum >= total.Near + count.NearSeveral && sum > total.Near == count.NearSeveral > 0
            && count.Cities.Select(t => t.CityMunicipality).SequenceEqual(c.Cities.Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
    }, iter: Samples);

    [Fact]
    public void Percentages_OfAnyList_LieBetweenNothingAndAll() => AnyCase.Sample(c => Count(c).Total switch
    {
        { Known: 0 } none => none.InPercentage is null && none.NearPercentage is null,
        var total => total.InPercentage >= 0 && total.InPercentage <= total.NearPercentage && total.NearPercentage <= 100,
    }, iter: Samples);

    [Fact]
    public void Count_SiteBetweenTwoCities_CountsForBothAndOnceInTheTotal()
    {
        var count = Count(([new(Rijswijk, Sector.Public)], [Delft, DenHaag], [(Rijswijk, Delft), (Rijswijk, DenHaag)]));

        count.Total.Should().Be(new NearnessTally(0, 1, 0, 0));
        count.Cities.Should().Equal(new CityTally(Delft, 0, 1), new CityTally(DenHaag, 0, 1));
        count.NearSeveral.Should().Be(1);
    }

    [Fact]
    public void Count_SiteInACityNextToAnother_IsInInTheTotal()
    {
        var count = Count(([new(Delft, null)], [DenHaag, Delft], [(Delft, DenHaag)]));

        count.Total.Should().Be(new NearnessTally(1, 0, 0, 0));
        count.Cities.Should().Equal(new CityTally(DenHaag, 0, 1), new CityTally(Delft, 1, 0));
    }

    [Fact]
    public void Count_MunicipalityUnknown_IsNotElsewhereAndInNoPercentage()
    {
        var total = Count(([new(Delft, null), new(Venlo, null), new(null, null)], [Delft], [])).Total;

        total.Should().Be(new NearnessTally(1, 0, 1, 1));
        (total.Known, total.Total, total.NearPercentage).Should().Be((2, 3, 50));
    }

    [Theory]
    [InlineData(47, 65, 72.3)]
    [InlineData(1, 3, 33.3)]
    [InlineData(1, 16, 6.3)]
    [InlineData(0, 5, 0)]
    public void Percentage_OfAWhole_HasOneDecimal(int part, int whole, double expected) => NearnessTally.Percentage(part, whole).Should().Be((decimal)expected);

    [Fact]
    public void Percentage_OfNothing_IsUnknown() => NearnessTally.Percentage(0, 0).Should().BeNull();

    [Fact]
    public void Near_OfAMunicipality_IsTheCityItIsAndThenThoseItBorders()
    {
        var map = Map([(Delft, DenHaag), (Rijswijk, Delft)]);

        map.Near(Delft, [DenHaag, Delft, Venlo]).Should().Equal((Delft, Nearness.In), (DenHaag, Nearness.Adjacent));
        map.Near(Venlo, [Delft]).Should().BeEmpty();
        map.Near(null, [Delft]).Should().BeEmpty();
    }

    private static NearnessCount Count((CountedSite[] Sites, string[] Cities, (string A, string B)[] Borders) c) => new(c.Sites, c.Cities, Map(c.Borders));

    private static NearnessMap Map(IEnumerable<(string A, string B)> borders) => new(borders.SelectMany(b => new[] { Neighbour(b.A, b.B), Neighbour(b.B, b.A) }));

    private static MunicipalityNeighbour Neighbour(string from, string to) => new() { MunicipalityCode = from, NeighbourCode = to };
}
