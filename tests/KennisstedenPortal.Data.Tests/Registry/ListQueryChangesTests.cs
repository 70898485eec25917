using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.Registry;

/// <summary>The list after people changed something.</summary>
public sealed class ListQueryChangesTests(TestServer server)
{
    private static readonly ObjectKind Facilities = KindRegistry.Of<Facility>();

    [Theory]
    [InlineData("100%", "procent")]
    [InlineData("water_stof", "streep")]
    [InlineData("a\\b", "schuin")]
    [InlineData("'; drop table x --", "aanhaling")]
    public async Task Run_TextWithSigns_FindsItsWords(string text, string slug)
    {
        await using var database = await server.EmptyAsync();
        await AddAsync(database, ("procent", "100% schoon"), ("duizend", "1000 schoon"), ("streep", "water_stof"), ("zonder", "waterXstof"), ("schuin", "a\\b"), ("recht", "ab"), ("aanhaling", "x'; drop table x --"));

        (await RunAsync(database, new SearchFilter(Text: text))).Items.Select(i => i.Slug).Should().Equal(slug);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("& | ! <-> :*")]
    public async Task Run_TextWithoutAWord_FindsNothing(string text)
    {
        await using var database = await server.EmptyAsync();
        await AddAsync(database, ("procent", "100% schoon"));

        (await RunAsync(database, new SearchFilter(Text: text))).Total.Should().Be(0);
    }

    [Fact]
    public async Task Run_TextInAliasOrSubjectWithASign_FindsItLiterally()
    {
        await using var database = await server.EmptyAsync();
        await AddAsync(database, ("een", "Een"), ("twee", "Twee"), ("drie", "Drie"));
        await database.ChangeAsync<Facility>("een", f => f.Aliases = ["50% korting"]);
        await database.ChangeAsync<Facility>("twee", f => f.Keywords = ["half", "50% water"]);

        (await RunAsync(database, new SearchFilter(Text: "50%"))).Items.Select(i => i.Slug).Should().Equal("een", "twee");
    }

    [Fact]
    public async Task Run_OrderedByName_SortsCapitalsAndAccentsAsInADutchIndex()
    {
        await using var database = await server.EmptyAsync();
        await AddAsync(database, ("c", "Zon"), ("b", "éénhoorn"), ("a", "aardwarmte"), ("d", "Bio"), ("e", "Één"));

        (await RunAsync(database, new SearchFilter())).Items.Select(i => i.Name).Should().Equal("aardwarmte", "Bio", "Één", "éénhoorn", "Zon");
    }

    [Fact]
    public async Task Run_OrderedByChange_StartsWithTheLastOne()
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<Facility>("samxl", f => f.Note = "Eerst");
        await database.ChangeAsync<Facility>("robohouse", f => f.Note = "Daarna");

        (await RunAsync(database, new SearchFilter(Order: SearchOrder.Changed))).Items.Take(2).Select(i => i.Slug).Should().Equal("robohouse", "samxl");
    }

    [Fact]
    public async Task Run_SameNames_ShowsEachOnceOverThePages()
    {
        await using var database = await server.EmptyAsync();
        await AddAsync(database, [.. Enumerable.Range(0, 2 * SearchFilter.PageSize + 1).Select(i => ($"lab-{i}", "Lab"))]);

        var slugs = new List<string>();
        for (var page = 1; page <= 3; page++) slugs.AddRange((await RunAsync(database, new SearchFilter(Page: page))).Items.Select(i => i.Slug));

        slugs.Should().OnlyHaveUniqueItems().And.HaveCount(2 * SearchFilter.PageSize + 1);
    }

    [Fact]
    public async Task Run_Nothing_IsOnePage()
    {
        await using var database = await server.EmptyAsync();

        var page = await RunAsync(database, new SearchFilter());

        (page.Total, page.Pages, page.Items.Count).Should().Be((0, 1, 0));
    }

    [Theory]
    [InlineData("2100-01-01", Freshness.Current)]
    [InlineData("2020-01-01", Freshness.Due)]
    public async Task Run_ConfirmedObject_SaysHowFreshItIs(string reviewBy, Freshness freshness)
    {
        await using var database = await server.EmptyAsync();
        await AddAsync(database, ("een", "Een"));
        await database.ChangeAsync<Facility>("een", f => (f.ConfirmedOn, f.ReviewBy) = (new DateOnly(2019, 1, 1), DateOnly.Parse(reviewBy, System.Globalization.CultureInfo.InvariantCulture)));

        (await RunAsync(database, new SearchFilter())).Items.Should().ContainSingle().Which.Freshness.Should().Be(freshness);
    }

    private static async Task AddAsync(TestDatabase database, params (string Slug, string Name)[] facilities)
    {
        await using var db = database.CreateDbContext();
        db.AddRange(facilities.Select(f => People.NewFacility(f.Slug, f.Name)));
        await db.SaveAsync(People.Editor, "Nieuw");
    }

    private static Task<SearchResult> RunAsync(TestDatabase database, SearchFilter filter) =>
        database.Search.ListAsync(filter with { Kind = Facilities, Order = filter.Order == SearchOrder.Relevance ? SearchOrder.Name : filter.Order }, TestContext.Current.CancellationToken);
}
