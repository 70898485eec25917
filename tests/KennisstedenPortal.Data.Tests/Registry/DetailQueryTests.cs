using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Data.Tests.StarterData;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Registry;

/// <summary>Pages of one object, of a city and of the front, on the shipped data.</summary>
public sealed class DetailQueryTests(TestServer server, FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private TestDatabase Database => filled.Database;

    [Fact]
    public async Task Run_EveryPublicObject_IsFoundAtItsAddressWithAPlace()
    {
        await using var db = Database.CreateDbContext();
        var objects = await db.Objects.AsNoTracking().Where(o => o is Campus || o is InnovationDistrict || o is City || o is Programme).ToListAsync();

        foreach (var item in objects)
        {
            var detail = (await new DetailQuery(Database, Database.Source).RunAsync(KindRegistry.Of(item), item.Slug, default)).Detail;
            detail!.Item.Id.Should().Be(item.Id);
            (detail.Place is null).Should().Be(item is Programme, $"{item.Slug} stands somewhere");
        }
    }

    [Fact]
    public async Task Run_UnknownAddressOrOtherKind_FindsNothing()
    {
        (await RunAsync<Campus>("kelder")).Should().Be(new DetailResult(null, null));
        (await RunAsync<Campus>("samxl")).Should().Be(new DetailResult(null, null), "it is a facility");
    }

    [Fact]
    public async Task Run_FormerAddress_GivesThePresentOne()
    {
        await using var database = await server.FilledAsync();
        await using (var db = database.CreateDbContext())
        {
            var facility = await db.BySlugAsync<Facility>("samxl");
            db.Add(new FormerSlug { Kind = "facility", Slug = "samxl", ObjectId = facility.Id });
            facility.Slug = "sam-xl";
            await db.SaveAsync(People.Editor, "Ander adres");
        }

        (await new DetailQuery(database, database.Source).RunAsync(KindRegistry.Of<Facility>(), "samxl", default)).Should().Be(new DetailResult(null, "sam-xl"));
        (await new DetailQuery(database, database.Source).RunAsync(KindRegistry.Of<Campus>(), "samxl", default)).MovedTo.Should().BeNull("addresses are those of one kind");
        (await new DetailQuery(database, database.Source).RunAsync(KindRegistry.Of<Facility>(), "sam-xl", default)).Detail!.Item.Name.Should().Be("SAM|XL");
    }

    [Fact]
    public async Task SlugOf_PermanentIdentity_IsThePresentAddress()
    {
        await using var db = Database.CreateDbContext();
        var facility = await db.BySlugAsync<Facility>("samxl");

        (await new DetailQuery(Database, Database.Source).SlugOfAsync(KindRegistry.Of<Facility>(), facility.Id, default)).Should().Be("samxl");
        (await new DetailQuery(Database, Database.Source).SlugOfAsync(KindRegistry.Of<Campus>(), facility.Id, default)).Should().BeNull();
        (await new DetailQuery(Database, Database.Source).SlugOfAsync(KindRegistry.Of<Facility>(), Guid.NewGuid(), default)).Should().BeNull();
    }

    [Fact]
    public async Task Run_Detail_HoldsWhatBelongsToIt()
    {
        var record = Starter.Items("campuses.json").Single(c => c.Id() == "high-tech-campus-eindhoven");

        var detail = (await RunAsync<Campus>("high-tech-campus-eindhoven")).Detail!;

        detail.ProvinceName.Should().Be("Noord-Brabant");
        detail.Item.Municipality!.Name.Should().Be("Eindhoven");
        detail.Item.Steward!.Slug.Should().Be("eindhoven");
        detail.Item.Citations.Should().HaveCount(record.Texts("sources").Length).And.OnlyContain(c => c.Source != null);
        detail.Item.Specialisations.Select(s => s.ThemeCode).Should().Contain(record.Texts("theme_codes"));
        detail.Item.Specialisations.Should().OnlyContain(s => s.Theme!.Taxonomy != null);
        detail.Item.Relations.Should().OnlyContain(r => r.To != null);
        detail.Item.InverseRelations.Select(r => r.From!.Slug).Should().Contain(Starter.Items("facilities.json").Where(f => f.Text("host_campus") == "high-tech-campus-eindhoven").Select(f => f.Id()));
    }

    [Fact]
    public async Task Run_DevelopmentCompany_NamesItsWorkingArea()
    {
        var record = Starter.Items("cities.json", "regional_development_companies").Single(r => r.Id() == "rom-inwest");

        (await RunAsync<Organisation>("rom-inwest")).Detail!.WorkingAreaName.Should().Be(record.Text("region"));
    }

    [Fact]
    public async Task Place_OwnPoint_IsExact()
    {
        var campus = Starter.Items("campuses.json").Single(c => c.Id() == "high-tech-campus-eindhoven");

        (await RunAsync<Campus>("high-tech-campus-eindhoven")).Detail!.Place
            .Should().Be(new Place((double)campus.Number("lat")!.Value, (double)campus.Number("lon")!.Value, PlacePrecision.Own));
    }

    [Fact]
    public async Task Place_NoPointButAHost_IsThatOfTheHost()
    {
        var facility = Starter.Items("facilities.json").First(f => f.Text("host_campus") is not null);
        var host = Starter.Items("campuses.json").Single(c => c.Id() == facility.Text("host_campus"));

        (await RunAsync<Facility>(facility.Id())).Detail!.Place
            .Should().Be(new Place((double)host.Number("lat")!.Value, (double)host.Number("lon")!.Value, PlacePrecision.Host));
    }

    [Fact]
    public async Task Place_NoPointAndNoHost_IsInTheMunicipalityAndNotStored()
    {
        var facility = Starter.Items("facilities.json").First(f => f.Text("host_campus") is null && f.Text("host_district") is null);
        var municipality = Starter.Items("gemeenten-2023.geojson", "features").Single(f => f.Part("properties").Text("code") == facility.Text("city"));

        var detail = (await RunAsync<Facility>(facility.Id())).Detail!;

        detail.Place!.Precision.Should().Be(PlacePrecision.Municipality);
        InteriorPoint.Contains(Boundaries.Rings(municipality.Part("geometry")), detail.Place.Longitude, detail.Place.Latitude).Should().BeTrue();
        (detail.Item.Latitude, detail.Item.Longitude).Should().Be((null, null));
    }

    [Fact]
    public async Task City_Surroundings_HoldWhatStandsThereNextToItOrBelongsToIt()
    {
        const string delft = "GM0503";
        var around = Starter.Root("gemeente-buren-2023.json").Part("neighbours").Texts(delft);
        await using var db = Database.CreateDbContext();
        var city = await db.Objects.AsNoTracking().OfType<City>().SingleAsync(c => c.Slug == "delft");

        var surroundings = await new CityQuery(Database).RunAsync(city, default);

        foreach (var (file, kind) in new[] { ("facilities.json", "facility"), ("campuses.json", "campus"), ("innovation-districts.json", "innovation-district"), ("rd-concentrations.json", "rd-concentration") })
        {
            var expected = Starter.Items(file).Where(r => r.Text("city") == delft || around.Contains(r.Text("city")) || r.Text("knowledge_city") == delft || r.Text("region_of") == delft || r.Texts("also_city").Contains(delft)).ToList();
            var objects = surroundings.Objects.Where(o => o.KindCode == kind).ToList();
            objects.Select(o => o.Slug).Should().BeEquivalentTo(expected.Select(r => r.Id()));
            objects.Should().AllSatisfy(o =>
            {
                var record = expected.Single(r => r.Id() == o.Slug);
                o.Nearness.Should().Be(record.Text("city") == delft ? Nearness.In : around.Contains(record.Text("city")) ? Nearness.Adjacent : Nearness.Elsewhere);
                (o.Belongs is not null).Should().Be(record.Text("knowledge_city") == delft || record.Text("region_of") == delft);
            });
        }
        surroundings.Objects.Where(o => o.KindCode == "organisation").Should().NotBeEmpty().And.NotContain(o => o.Nearness == Nearness.Adjacent && o.Belongs == null && !TeachesIn(o.Slug, delft), "organisations next door are not of this city");
        surroundings.Objects.Should().NotContain(o => o.KindCode == "city");
        surroundings.Neighbours.Select(n => n.Code).Should().BeEquivalentTo(around);
        surroundings.CoropName.Should().Be(Starter.Items("cities.json", "cities").Single(c => c.Id() == "delft").Part("corop").Text("name"));
    }

    [Fact]
    public async Task Home_Counts_AreThoseOfTheFiles()
    {
        var home = await new HomeQuery(Database).RunAsync(default);

        home.Counts.Should().Contain("city", 13).And.Contain("campus", 37).And.Contain("innovation-district", 20).And.Contain("rd-concentration", 100)
            .And.Contain("facility", 92).And.Contain("organisation", 143 + 193);
        (home.DerivedOrganisations, home.Confirmed).Should().Be((193, 0));
        home.Total.Should().Be(home.Counts.Values.Sum()).And.Be(home.Verifications.Values.Sum());
        home.Claims.Should().HaveCount(10);
        home.Claims["claim-conc-near"].Value.Should().Be(47);
        home.Cities.Should().HaveCount(13).And.AllSatisfy(c =>
        {
            var city = Starter.Items("cities.json", "cities").Single(r => r.Id() == c.Slug);
            var code = city.Text("cbs_code");
            (c.Population, c.PopulationPeriod).Should().Be((city.Part("population").Number("value"), "2023-01-01"));
            c.Campuses.Should().Be(Starter.Items("campuses.json").Count(r => r.Text("knowledge_city") == code));
            c.Facilities.Should().Be(Starter.Items("facilities.json").Count(r => r.Text("knowledge_city") == code));
            c.RdConcentrations.Should().Be(Starter.Items("rd-concentrations.json").Count(r => r.Text("knowledge_city") == code || r.Text("region_of") == code));
        });
    }

    [Fact]
    public async Task Home_TwoRelationsOfOneObjectWithACity_CountOnce()
    {
        await using var database = await server.FilledAsync();
        var before = (await new HomeQuery(database).RunAsync(default)).Cities.Single(c => c.Slug == "delft").Campuses;
        await using (var db = database.CreateDbContext())
        {
            var (campus, delft) = (await db.BySlugAsync<Campus>("tu-delft-campus"), await db.BySlugAsync<City>("delft"));
            db.Add(new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.Serves, FromId = campus.Id, ToId = delft.Id });
            await db.SaveAsync(People.Editor, "Ook regionaal");
        }

        (await new HomeQuery(database).RunAsync(default)).Cities.Single(c => c.Slug == "delft").Campuses.Should().Be(before);
        (await database.Search.ListAsync(new SearchFilter(Text: "TU Delft Campus", Kind: KindRegistry.Of<Campus>(), Order: SearchOrder.Name), default)).Items
            .Single(i => i.Slug == "tu-delft-campus").Cities.Should().ContainSingle("a city is named once");
    }

    [Fact]
    public async Task Reference_WithoutAChange_IsReadOnce()
    {
        var reference = new ReferenceData(Database, Database.Generation);

        var first = await reference.GetAsync(default);

        (await reference.GetAsync(default)).Should().BeSameAs(first);
        first.Municipalities.Should().HaveCount(342);
        first.Themes.Should().HaveCount(111 + first.EntryThemes.Count);
        first.CityMunicipalities["GM0503"].Should().Be("delft");
        first.Neighbours["GM0503"].Should().BeEquivalentTo(Starter.Root("gemeente-buren-2023.json").Part("neighbours").Texts("GM0503"));
    }

    [Fact]
    public async Task Reference_AfterAChange_IsReadAgain()
    {
        await using var database = await server.FilledAsync();
        var reference = new ReferenceData(database, database.Generation);
        (await reference.GetAsync(default)).Cities.Should().Contain(new Link("delft", "Delft"));

        await database.ChangeAsync<City>("delft", c => c.Name = "Delft aan de Schie");

        (await reference.GetAsync(default)).Cities.Should().Contain(new Link("delft", "Delft aan de Schie"));
    }

    private static bool TeachesIn(string slug, string municipality) => Starter.Items("institutions.json", "institutions")
        .Any(i => Domain.SlugText.From(i.Text("name_nl")!) == slug && i.Parts("locations").Any(l => l.Text("code") == municipality));

    private Task<DetailResult> RunAsync<T>(string slug) where T : RegisterObject => new DetailQuery(Database, Database.Source).RunAsync(KindRegistry.Of<T>(), slug, default);
}
