using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Registry;

/// <summary>What is not published and public shows nowhere, neither itself nor as part of something else.</summary>
public sealed class PublicOnlyTests(TestServer server)
{
    /// <summary>A facility of Delft on a campus of Delft; RoboHouse is stewarded by Delft.</summary>
    private const string Facility = "robohouse", Campus = "tu-delft-campus", City = "delft";

    public static TheoryData<ObjectState, Visibility> Hidden => new()
    {
        { ObjectState.Draft, Visibility.Public },
        { ObjectState.Archived, Visibility.Public },
        { ObjectState.Published, Visibility.Partners },
        { ObjectState.Published, Visibility.Secretariat },
    };

    [Fact]
    public async Task Queries_PublicObject_IsShownEverywhere()
    {
        await using var database = await server.FilledAsync();

        (await ListAsync<Facility>(database)).Items.Select(i => i.Slug).Should().Contain(Facility);
        (await DetailAsync<Facility>(database, Facility)).Detail.Should().NotBeNull();
        (await DetailAsync<Campus>(database, Campus)).Detail!.Item.InverseRelations.Should().Contain(r => r.From!.Slug == Facility);
        (await CityAsync(database, City)).Objects.Should().Contain(o => o.Slug == Facility);
        var home = await HomeAsync(database);
        home.Counts["facility"].Should().Be(92);
        home.Cities.Should().HaveCount(13);
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task Queries_HiddenFacility_IsShownNowhere(ObjectState state, Visibility visibility)
    {
        await using var database = await server.FilledAsync();
        var delft = (await HomeAsync(database)).Cities.Single(c => c.Slug == City).Facilities;
        var id = await HideAsync<Facility>(database, Facility, state, visibility);

        (await ListAsync<Facility>(database)).Items.Select(i => i.Slug).Should().NotContain(Facility);
        (await ListAsync<Facility>(database, new SearchFilter(Text: "robohouse"))).Total.Should().Be(0);
        (await DetailAsync<Facility>(database, Facility)).Should().Be(new DetailResult(null, null));
        // The permanent address of what was archived in the open leads to the page that says so.
        (await new DetailQuery(database, database.Source).SlugOfAsync(KindRegistry.Of<Facility>(), id, default)).Should().Be(state == ObjectState.Archived && visibility == Visibility.Public ? Facility : null);
        (await DetailAsync<Campus>(database, Campus)).Detail!.Item.InverseRelations.Should().NotContain(r => r.FromId == id);
        (await CityAsync(database, City)).Objects.Should().NotBeEmpty().And.NotContain(o => o.Slug == Facility);
        var home = await HomeAsync(database);
        home.Counts["facility"].Should().Be(91);
        home.Cities.Single(c => c.Slug == City).Facilities.Should().Be(delft - 1);
    }

    [Fact]
    public async Task Detail_FormerAddressOfAHiddenObject_LeadsNowhere()
    {
        await using var database = await server.FilledAsync();
        var id = await HideAsync<Facility>(database, Facility, ObjectState.Draft, Visibility.Public);
        await using (var db = database.CreateDbContext())
        {
            db.Add(new FormerSlug { Kind = "facility", Slug = "oud-adres", ObjectId = id });
            await db.SaveAsync(People.Editor, "Ander adres");
        }

        (await DetailAsync<Facility>(database, "oud-adres")).Should().Be(new DetailResult(null, null));
    }

    [Fact]
    public async Task Queries_HiddenHost_IsNotNamedAndGivesNoPlace()
    {
        await using var database = await server.FilledAsync();
        await HideAsync<Campus>(database, Campus, ObjectState.Draft, Visibility.Public);

        var detail = (await DetailAsync<Facility>(database, Facility)).Detail!;

        detail.Item.Relations.Should().NotContain(r => r.Kind == RelationKind.LocatedOn);
        detail.Place!.Precision.Should().Be(PlacePrecision.Municipality);
        (await CityAsync(database, City)).Objects.Single(o => o.Slug == Facility).Place!.Precision.Should().Be(PlacePrecision.Municipality, "its page says the same");
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task List_HiddenCity_IsNotNamed(ObjectState state, Visibility visibility)
    {
        await using var database = await server.FilledAsync();
        await HideAsync<City>(database, City, state, visibility);

        (await ListAsync<Facility>(database, new SearchFilter(Text: "robohouse"))).Items.Should().ContainSingle().Which.Cities.Should().BeEmpty();
        (await ListAsync<City>(database)).Items.Should().HaveCount(12).And.NotContain(i => i.Slug == City);
    }

    [Fact]
    public async Task Detail_HiddenSteward_IsNotNamed()
    {
        await using var database = await server.FilledAsync();
        await HideAsync<City>(database, City, ObjectState.Draft, Visibility.Public);

        var item = (await DetailAsync<Facility>(database, Facility)).Detail!.Item;

        item.Steward.Should().BeNull();
        item.Relations.Should().NotContain(r => r.To is Domain.Registry.City);
    }

    [Fact]
    public async Task City_HiddenNeighbour_IsOnlyAMunicipality()
    {
        await using var database = await server.FilledAsync();
        (await CityAsync(database, "rotterdam")).Neighbours.Single(n => n.Code == "GM0503").CitySlug.Should().Be(City);
        await HideAsync<City>(database, City, ObjectState.Draft, Visibility.Public);

        (await CityAsync(database, "rotterdam")).Neighbours.Single(n => n.Code == "GM0503").CitySlug.Should().BeNull();
    }

    [Fact]
    public async Task City_ObjectNextDoorOfAHiddenCity_DoesNotNameThatCity()
    {
        await using var database = await server.FilledAsync();
        (await CityAsync(database, "rotterdam")).Objects.Single(o => o.Slug == Facility).OtherCity.Should().Be("Delft");
        await HideAsync<City>(database, City, ObjectState.Draft, Visibility.Public);

        (await CityAsync(database, "rotterdam")).Objects.Single(o => o.Slug == Facility).OtherCity.Should().BeNull();
    }

    [Fact]
    public async Task HomeAndReference_HiddenCity_IsNotShown()
    {
        await using var database = await server.FilledAsync();
        await HideAsync<City>(database, City, ObjectState.Draft, Visibility.Public);

        (await HomeAsync(database)).Cities.Should().HaveCount(12).And.NotContain(c => c.Slug == City);
        var reference = new ReferenceData(database, database.Generation);
        (await reference.GetAsync(default)).Cities.Should().HaveCount(12).And.NotContain(c => c.Slug == City);
    }

    private static async Task<Guid> HideAsync<T>(TestDatabase database, string slug, ObjectState state, Visibility visibility) where T : RegisterObject
    {
        await database.ChangeAsync<T>(slug, o => (o.State, o.Visibility) = (state, visibility));
        await using var db = database.CreateDbContext();
        return (await db.BySlugAsync<T>(slug)).Id;
    }

    private static async Task<SearchResult> ListAsync<T>(TestDatabase database, SearchFilter? filter = null) where T : RegisterObject
    {
        var all = (filter ?? new SearchFilter()) with { Kind = KindRegistry.Of<T>(), Order = SearchOrder.Name };
        var page = await database.Search.ListAsync(all, default);
        var items = page.Items.ToList();
        for (var number = 2; number <= page.Pages; number++) items.AddRange((await database.Search.ListAsync(all with { Page = number }, default)).Items);
        return page with { Items = items };
    }

    private static Task<DetailResult> DetailAsync<T>(TestDatabase database, string slug) where T : RegisterObject =>
        new DetailQuery(database, database.Source).RunAsync(KindRegistry.Of<T>(), slug, default);

    private static async Task<CitySurroundings> CityAsync(TestDatabase database, string slug)
    {
        await using var db = database.CreateDbContext();
        var city = await db.Objects.AsNoTracking().OfType<City>().SingleAsync(c => c.Slug == slug);
        return await new CityQuery(database).RunAsync(city, default);
    }

    private static Task<HomeData> HomeAsync(TestDatabase database) => new HomeQuery(database).RunAsync(default);
}
