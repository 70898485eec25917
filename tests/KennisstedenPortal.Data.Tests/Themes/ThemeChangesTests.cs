using KennisstedenPortal.Data.Themes;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.Tests.Themes;

/// <summary>Themes after people changed something: what is hidden or invented counts nowhere, and nothing counts twice.</summary>
public sealed class ThemeChangesTests(TestServer server)
{
    private const string Entry = "halfgeleiders", Code = "nts-halfgeleiders";

    public static TheoryData<ObjectState, Visibility, Verification> OutOfSight => new()
    {
        { ObjectState.Draft, Visibility.Public, Verification.SourceVerified },
        { ObjectState.Archived, Visibility.Public, Verification.SourceVerified },
        { ObjectState.Published, Visibility.Partners, Verification.SourceVerified },
        { ObjectState.Published, Visibility.Secretariat, Verification.SourceVerified },
        { ObjectState.Published, Visibility.Public, Verification.Example },
    };

    [Theory]
    [MemberData(nameof(OutOfSight))]
    public async Task Queries_HiddenOrInventedObjects_AreNamedAndCountedNowhere(ObjectState state, Visibility visibility, Verification verification)
    {
        await using var database = await server.FilledAsync();
        var (before, countsBefore, directBefore) = (await ThemeAsync(database, Entry), (await IndexAsync(database)).Entries.Single(e => e.Theme.Code == Entry).Counts, (await IndexAsync(database)).Direct[Code]);
        before.Of<City>()!.Items.Should().Contain(o => o.Item.Slug == "nijmegen");
        before.Behind.Should().Contain(o => o.Slug == "asml").And.Contain(o => o.Places.Any(p => p.Slug == "kavli-nanolab-delft"));

        await database.ChangeAsync<City>("nijmegen", Hide);
        await database.ChangeAsync<Facility>("kavli-nanolab-delft", Hide);
        await database.ChangeAsync<Organisation>("asml", Hide);

        var after = await ThemeAsync(database, Entry);
        after.Of<City>()!.Total.Should().Be(before.Of<City>()!.Total - 1);
        after.Of<Facility>()!.Total.Should().Be(before.Of<Facility>()!.Total - 1);
        after.Groups.SelectMany(g => g.Items).Select(o => o.Item.Slug).Should().NotContain(["nijmegen", "kavli-nanolab-delft"]);
        after.Behind.Should().NotContain(o => o.Slug == "asml" || o.Places.Any(p => p.Slug == "kavli-nanolab-delft"));
        after.Codes.Single(c => c.Theme.Code == Code).Objects.Should().Be(before.Codes.Single(c => c.Theme.Code == Code).Objects - 2);
        if (verification != Verification.Example) after.Groups.SelectMany(g => g.Items).SelectMany(o => o.Cities).Should().NotContain(c => c.Slug == "nijmegen");
        var index = await IndexAsync(database);
        var summary = index.Entries.Single(e => e.Theme.Code == Entry);
        summary.Cities.Should().NotBeEmpty().And.NotContain(c => c.Slug == "nijmegen");
        (summary.Counts["facility"], summary.Counts["city"]).Should().Be((countsBefore["facility"] - 1, countsBefore["city"] - 1));
        index.Direct[Code].Should().Be(directBefore - 2);

        void Hide(RegisterObject item) => (item.State, item.Visibility, item.Verification) = (state, visibility, verification);
    }

    [Fact]
    public async Task Queries_WeakerLinkUnderAnotherCode_CountsNothingMoreAndRaisesNoStrength()
    {
        await using var database = await server.FilledAsync();
        var before = await ThemeAsync(database, Entry);
        var index = (await IndexAsync(database)).Entries.Single(e => e.Theme.Code == Entry);

        await AddAsync<City>(database, "nijmegen", "gr-halfgeleiders", Strength.Emerging);
        await AddAsync<City>(database, "amsterdam", "gr-halfgeleiders", Strength.Core);

        var after = await ThemeAsync(database, Entry);
        after.Groups.Select(g => (g.Kind.Code, g.Total)).Should().Equal(before.Groups.Select(g => (g.Kind.Code, g.Total)));
        after.Of<City>()!.Items.Single(o => o.Item.Slug == "nijmegen").Should().Match<ThemeObject>(o => o.Strength == Strength.Core && o.Links.Count == 2);
        after.Of<City>()!.Items.Single(o => o.Item.Slug == "amsterdam").Strength.Should().Be(Strength.Core, "the highest counts");
        var summary = (await IndexAsync(database)).Entries.Single(e => e.Theme.Code == Entry);
        summary.Counts.Should().Equal(index.Counts);
        summary.Cities.Single(c => c.Slug == "amsterdam").Strength.Should().Be(Strength.Core);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Queries_InventedLink_IsLeftOut(bool strengthOnly)
    {
        await using var database = await server.FilledAsync();

        await AddAsync<City>(database, "utrecht", "gr-halfgeleiders", Strength.Core, s => _ = strengthOnly ? s.StrengthVerification = Verification.Example : s.Verification = Verification.Example);

        (await ThemeAsync(database, Entry)).Of<City>()!.Items.Should().NotContain(o => o.Item.Slug == "utrecht");
        (await ThemeAsync(database, "gr-halfgeleiders")).Groups.Should().BeEmpty();
        var index = await IndexAsync(database);
        index.Entries.Single(e => e.Theme.Code == Entry).Cities.Should().NotContain(c => c.Slug == "utrecht");
        index.Direct.Should().NotContainKey("gr-halfgeleiders");
    }

    [Fact]
    public async Task Queries_LinkToTheEntryThemeItself_CountsUnderItAndUnderNoOfficialCode()
    {
        await using var database = await server.FilledAsync();
        await AddAsync<City>(database, "utrecht", "onderwijs-talent", Strength.Strong);

        var theme = await ThemeAsync(database, "onderwijs-talent");

        theme.Of<City>()!.Items.Should().ContainSingle().Which.Strength.Should().Be(Strength.Strong);
        theme.Codes.Should().OnlyContain(c => c.Objects == 0);
        (await IndexAsync(database)).Entries.Single(e => e.Theme.Code == "onderwijs-talent").Cities.Should().Equal(new StrongCity("utrecht", "Utrecht", Strength.Strong));
    }

    [Fact]
    public async Task Theme_ObjectWithoutStrength_ComesAfterThoseWithOne()
    {
        await using var database = await server.FilledAsync();
        await AddAsync<City>(database, "delft", Code, null);

        var cities = (await ThemeAsync(database, Entry)).Of<City>()!;

        (cities.Items[^1].Item.Slug, cities.Items[^1].Strength).Should().Be(("delft", null));
        (await IndexAsync(database)).Entries.Single(e => e.Theme.Code == Entry).Cities.Should().NotContain(c => c.Slug == "delft", "working on it is not being strong in it");
    }

    [Fact]
    public async Task Theme_OrganisationWithAThemeOfItsOwn_IsRecordedAndNotDerived()
    {
        await using var database = await server.FilledAsync();
        await AddAsync<Organisation>(database, "asml", Code, null);

        var theme = await ThemeAsync(database, Entry);

        theme.Of<Organisation>()!.Items.Should().ContainSingle().Which.Item.Slug.Should().Be("asml");
        theme.Behind.Should().NotBeEmpty().And.NotContain(o => o.Slug == "asml");
    }

    [Fact]
    public async Task Theme_InventedRelation_BringsNoOrganisation()
    {
        await using var database = await server.FilledAsync();
        await database.ExecuteAsync("update relation set verification = 'example' where to_id = (select id from register_object where kind = 'organisation' and slug = 'asml')");

        (await ThemeAsync(database, Entry)).Behind.Should().NotBeEmpty().And.NotContain(o => o.Slug == "asml");
    }

    private static async Task AddAsync<T>(TestDatabase database, string slug, string code, Strength? strength, Action<Specialisation>? change = null) where T : RegisterObject
    {
        await using var db = database.CreateDbContext();
        var link = new Specialisation { Id = Guid.CreateVersion7(), ObjectId = (await db.BySlugAsync<T>(slug)).Id, ThemeCode = code, Strength = strength };
        change?.Invoke(link);
        db.Add(link);
        await db.SaveAsync(People.Editor, "Thema toegevoegd");
    }

    private static async Task<ThemeDetail> ThemeAsync(TestDatabase database, string code) => (await new ThemeQuery(database).RunAsync(code, TestContext.Current.CancellationToken))!;

    private static Task<ThemeIndex> IndexAsync(TestDatabase database) => new ThemesQuery(database).RunAsync(TestContext.Current.CancellationToken);
}
