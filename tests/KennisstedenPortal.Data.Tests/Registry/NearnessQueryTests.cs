using System.Globalization;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Tests.StarterData;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Registry;

/// <summary>The count of the shipped data, against SQL and against what the files say.</summary>
public sealed class NearnessQueryTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    /// <summary>Each public concentration with its sector and nearness, by the words of the rule.</summary>
    private const string Placed = """
        with town as (select municipality_code as code from register_object where kind = 'city' and state = 'published' and visibility = 'public'),
        placed as (select o.sector, case
            when o.municipality_code is null then 'unknown'
            when o.municipality_code in (select code from town) then 'in'
            when exists (select 1 from municipality_neighbour n join town on town.code = n.neighbour_code where n.municipality_code = o.municipality_code) then 'adjacent'
            else 'elsewhere' end as nearness
            from register_object o where o.kind = 'rd-concentration' and o.state = 'published' and o.visibility = 'public' and o.verification <> 'example')
        """;

    [Fact]
    public async Task Run_ShippedData_CountsWhatSqlCounts()
    {
        var data = await RunAsync(filled.Database);

        data.Count.Total.Should().Be(new NearnessTally(62, 14, 24, 0)).And.Be(await SqlAsync("true"));
        data.Count.OfSector(Sector.Private).Should().Be(new NearnessTally(35, 9, 15, 0)).And.Be(await SqlAsync("sector = 'private'"));
        data.Count.OfSector(Sector.Public).Should().Be(new NearnessTally(27, 5, 9, 0)).And.Be(await SqlAsync("sector = 'public'"));
        data.Count.OfSector(null).Should().Be(new NearnessTally(0, 0, 0, 0)).And.Be(await SqlAsync("sector is null"));
        data.Count.Total.NearPercentage.Should().Be(76.0m);
    }

    [Fact]
    public async Task Run_ShippedData_PlacesEachWhereItsFileSays()
    {
        var files = Starter.Items("rd-concentrations.json").ToDictionary(i => i.Id(), i => i.Text("relation") switch { "in" => Nearness.In, "adjacent" => Nearness.Adjacent, _ => Nearness.Elsewhere }, StringComparer.Ordinal);

        var sites = (await RunAsync(filled.Database)).Sites;

        sites.Should().HaveCount(100);
        sites.ToDictionary(s => s.Slug, s => s.Nearness!.Value, StringComparer.Ordinal).Should().Equal(files);
        sites.Should().BeInAscendingOrder(s => s.Nearness);
        sites.Should().OnlyContain(s => (s.Cities.Count == 0 ? Nearness.Elsewhere : s.Cities[0].Nearness) == s.Nearness);
        sites.Should().OnlyContain(s => s.Place != null && s.Municipality != null && s.MunicipalityCode != null);
    }

    [Fact]
    public async Task Run_SiteBetweenCities_NamesThemAll()
    {
        var sites = (await RunAsync(filled.Database)).Sites.ToDictionary(s => s.Slug, StringComparer.Ordinal);

        sites["tno-rijswijk"].Cities.Should().Equal(new NearCity("delft", "Delft", Nearness.Adjacent), new NearCity("den-haag", "Den Haag", Nearness.Adjacent));
        sites["deltares-delft"].Cities.Should().Equal(new NearCity("delft", "Delft", Nearness.In), new NearCity("den-haag", "Den Haag", Nearness.Adjacent), new NearCity("rotterdam", "Rotterdam", Nearness.Adjacent));
        sites.Values.First(s => s.MunicipalityCode == "GM0518").Municipality.Should().Be("Den Haag", "a kennisstad goes by its own name");
    }

    /// <summary>The page of a city counts by its own query.</summary>
    [Fact]
    public async Task Run_EachCity_CountsWhatThePageOfTheCityShows()
    {
        var data = await RunAsync(filled.Database);
        await using var db = filled.Database.CreateDbContext();

        data.Cities.Should().HaveCount(13);
        foreach (var (city, tally) in data.Cities)
        {
            var around = (await new CityQuery(filled.Database).RunAsync(await db.BySlugAsync<City>(city.Slug), default)).Objects.Where(o => o.KindCode == "rd-concentration").ToList();
            tally.Should().Be(new CityTally(tally.CityMunicipality, around.Count(o => o.Nearness == Nearness.In), around.Count(o => o.Nearness == Nearness.Adjacent)), city.Name);
        }
        data.Cities.Sum(c => c.Tally.Adjacent).Should().BeGreaterThan(data.Count.Total.Adjacent, "some lie between two");
    }

    [Fact]
    public async Task Run_ShippedData_StatesWhatTheSourceDocumentSaysAndTheDates()
    {
        var data = await RunAsync(filled.Database);

        data.Claims.Select(c => (c.Code, c.Value)).Should().Equal((NearnessQuery.TotalClaim, 65m), (NearnessQuery.NearClaim, 47m), (NearnessQuery.ShareClaim, 75m), (NearnessQuery.PrivateClaim, 10_000m));
        data.Claims.Should().OnlyContain(c => c.IndependentCheck.Length > 0);
        data.On.Should().Be(filled.Database.Time.Today());
        data.Changed.Should().NotBeNull().And.BeOnOrBefore(data.On);
    }

    /// <summary>The boundaries don't carry their date into the database.</summary>
    [Fact]
    public void MunicipalDivision_OfTheRegister_IsThatOfTheFiles() =>
        Starter.Root("gemeente-buren-2023.json").GetProperty("metadata").Text("vintage").Should().StartWith(MunicipalDivision.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public async Task Slugs_OfTheRegister_AreNeverTheAddressOfAPage()
    {
        await using var db = filled.Database.CreateDbContext();

        KindRegistry.Of<RdConcentration>().ReservedSlugs.Should().Contain("nabijheid");
        (await db.Objects.ToListAsync()).Where(o => KindRegistry.Of(o).ReservedSlugs.Contains(o.Slug)).Should().BeEmpty();
    }

    private static Task<NearnessData> RunAsync(TestDatabase database) => new NearnessQuery(database, database.Time).RunAsync(default);

    private async Task<NearnessTally> SqlAsync(string where)
    {
        return new NearnessTally(await CountAsync("in"), await CountAsync("adjacent"), await CountAsync("elsewhere"), await CountAsync("unknown"));

        async Task<int> CountAsync(string nearness) => (int)await filled.Database.ScalarAsync<long>($"{Placed} select count(*) from placed where {where} and nearness = '{nearness}'");
    }
}

/// <summary>What changes the count, each in a database of its own.</summary>
public sealed class NearnessQueryChangesTests(TestServer server)
{
    private const string InEindhoven = "philips-research-eindhoven", NextToEindhoven = "asml-veldhoven";
    private static readonly NearnessTally Shipped = new(62, 14, 24, 0);

    public static TheoryData<ObjectState, Visibility, Verification> LeftOut => new()
    {
        { ObjectState.Draft, Visibility.Public, Verification.SourceVerified },
        { ObjectState.Archived, Visibility.Public, Verification.SourceVerified },
        { ObjectState.Published, Visibility.Partners, Verification.SourceVerified },
        { ObjectState.Published, Visibility.Secretariat, Verification.SourceVerified },
        { ObjectState.Published, Visibility.Public, Verification.Example },
    };

    [Theory, MemberData(nameof(LeftOut))]
    public async Task Run_ConcentrationThatDoesNotCount_IsLeftOut(ObjectState state, Visibility visibility, Verification verification)
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<RdConcentration>(InEindhoven, r => (r.State, r.Visibility, r.Verification) = (state, visibility, verification));

        var data = await RunAsync(database);

        data.Count.Total.Should().Be(Shipped with { In = 61 });
        data.Sites.Should().HaveCount(99).And.NotContain(s => s.Slug == InEindhoven);
        data.Cities.Single(c => c.City.Slug == "eindhoven").Tally.In.Should().Be(8);
    }

    [Theory, MemberData(nameof(LeftOut))]
    public async Task Run_CityThatDoesNotCount_IsOnlyAMunicipality(ObjectState state, Visibility visibility, Verification verification)
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<City>("eindhoven", c => (c.State, c.Visibility, c.Verification) = (state, visibility, verification));

        var data = await RunAsync(database);

        data.Cities.Should().HaveCount(12).And.NotContain(c => c.City.Slug == "eindhoven");
        data.Sites.SelectMany(s => s.Cities).Should().NotContain(c => c.Slug == "eindhoven");
        data.Sites.Single(s => s.Slug == NextToEindhoven).Nearness.Should().Be(Nearness.Elsewhere);
        data.Count.Total.Total.Should().Be(100);
    }

    [Fact]
    public async Task Run_MunicipalityUnknown_IsCountedApart()
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<RdConcentration>(NextToEindhoven, r => r.MunicipalityCode = null);

        var data = await RunAsync(database);

        data.Count.Total.Should().Be(Shipped with { Adjacent = 13, Unknown = 1 });
        data.Sites[^1].Should().Match<NearSite>(s => s.Slug == NextToEindhoven && s.Nearness == null && s.Municipality == null && s.Cities.Count == 0);
    }

    [Fact]
    public async Task Run_SectorUnknown_IsCountedApart()
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<RdConcentration>(NextToEindhoven, r => r.Sector = null);

        var count = (await RunAsync(database)).Count;

        count.OfSector(null).Should().Be(new NearnessTally(0, 1, 0, 0));
        count.OfSector(Sector.Private).Should().Be(new NearnessTally(35, 8, 15, 0));
        count.Total.Should().Be(Shipped);
    }

    [Fact]
    public async Task Run_HiddenHost_GivesNoPlace()
    {
        await using var database = await server.FilledAsync();
        (await SiteAsync()).Place!.Precision.Should().Be(PlacePrecision.Host);
        await database.ChangeAsync<Campus>("high-tech-campus-eindhoven", c => c.State = ObjectState.Draft);

        (await SiteAsync()).Place!.Precision.Should().Be(PlacePrecision.Municipality);

        async Task<NearSite> SiteAsync() => (await RunAsync(database)).Sites.Single(s => s.Slug == InEindhoven);
    }

    [Fact]
    public async Task Run_EmptyRegister_CountsNothing()
    {
        await using var database = await server.EmptyAsync();

        var data = await RunAsync(database);

        data.Count.Total.Should().Be(new NearnessTally(0, 0, 0, 0));
        (data.Sites.Count, data.Cities.Count, data.Claims.Count, data.Changed).Should().Be((0, 0, 0, null));
    }

    [Fact]
    public async Task Save_SlugOfAPage_IsRefused()
    {
        await using var database = await server.FilledAsync();

        var save = () => database.ChangeAsync<RdConcentration>(InEindhoven, r => r.Slug = "nabijheid");

        await save.Should().ThrowAsync<SlugIsReservedException>();
        await database.ChangeAsync<Facility>("samxl", f => f.Slug = "nabijheid");
    }

    private static Task<NearnessData> RunAsync(TestDatabase database) => new NearnessQuery(database, database.Time).RunAsync(default);
}
