using System.Globalization;
using KennisstedenPortal.Benchmarks;
using KennisstedenPortal.Data.Registry;
using Npgsql;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>A register larger than the starter data, made by the generator of the benchmarks; counted by SQL of its own.</summary>
public sealed class GeneratedRegisterTests(Site site) : IAsyncLifetime
{
    private const int Objects = 2500;
    private const string Public = "o.state = 'published' and o.visibility = 'public'";
    private TestDatabase? _database;
    private PortalUnderTest? _portal;

    private TestDatabase Database => _database!;
    private HttpClient Client => _portal!.Client;

    public async ValueTask InitializeAsync()
    {
        _database = await site.Server.FilledAsync();
        await Generator.FillAsync(site.Server.Server.ConnectionString(new NpgsqlConnectionStringBuilder(_database.Application).Database!), Objects);
        await _database.RebuildSearchAsync();
        _portal = PortalUnderTest.Start(_database);
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null) await _portal.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    [Fact]
    public async Task Fill_ToANumber_GivesThatManyObjectsWithDraftsAmongThem()
    {
        (await Database.ScalarAsync<long>("select count(*) from register_object")).Should().Be(Objects);
        (await Database.ScalarAsync<long>("select count(*) from register_object where state = 'draft'")).Should().BePositive();
        (await Database.ScalarAsync<long>("select count(*) from relation r left join register_object f on f.id = r.from_id left join register_object t on t.id = r.to_id where f.id is null or t.id is null")).Should().Be(0);
        (await Database.ScalarAsync<long>("select count(distinct kind) from register_object where slug ~ '-g[0-9]+$'")).Should().Be(6);
    }

    [Theory, InlineData("organisaties", "organisation", "organisaties"), InlineData("faciliteiten", "facility", "faciliteiten")]
    public async Task List_ByCity_CountsWhatSqlCounts(string path, string kind, string plural)
    {
        var count = await Database.ScalarAsync<long>($"""
            select count(*) from register_object o where o.kind = '{kind}' and {Public} and (
                o.municipality_code = (select municipality_code from register_object where kind = 'city' and slug = 'delft')
                or exists (select 1 from object_location l where l.object_id = o.id and l.municipality_code = (select municipality_code from register_object where kind = 'city' and slug = 'delft'))
                or exists (select 1 from relation r join register_object c on c.id = r.to_id where r.from_id = o.id and c.kind = 'city' and c.slug = 'delft' and r.kind in ('belongs-to', 'serves')))
            """);

        count.Should().BeGreaterThan(25);
        Html.Text(await Client.GetStringAsync($"/{path}?stad=delft")).Should().Contain($"{count.ToString(CultureInfo.InvariantCulture)} {plural} gevonden");
    }

    [Fact]
    public async Task Detail_OfAGeneratedObject_ShowsItAndADraftIsNotFound()
    {
        var (slug, name) = (await Database.ScalarAsync<string>($"select slug from register_object o where kind = 'facility' and slug like '%-g%' and {Public} order by slug limit 1"), "");
        name = await Database.ScalarAsync<string>($"select name from register_object where kind = 'facility' and slug = '{slug}'");
        var draft = await Database.ScalarAsync<string>("select slug from register_object where kind = 'organisation' and state = 'draft' order by slug limit 1");

        Html.Headings1(await Client.GetStringAsync($"/faciliteiten/{slug}")).Should().Equal(name);
        (await Client.GetAsync($"/organisaties/{draft}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task City_WithMoreThanAPageHolds_ShowsTheFirstAndTheWayToAll()
    {
        var count = await Database.ScalarAsync<int>("select count from search_total where facet = 'in:organisation/city:amsterdam'");
        count.Should().BeGreaterThan(CityQuery.Most);

        var html = await Client.GetStringAsync("/kennissteden/amsterdam");

        Html.Text(html).Should().Contain($"Bekijk alle {count.ToString(CultureInfo.InvariantCulture)} organisaties van Amsterdam");
        System.Text.RegularExpressions.Regex.Count(html, "href=\"/organisaties/[^\"?]+\"").Should().BeInRange(CityQuery.Most, CityQuery.Most + 20, "partners and owners are named too");
        Html.Text(await Client.GetStringAsync("/organisaties?stad=amsterdam")).Should().Contain($"{count.ToString(CultureInfo.InvariantCulture)} organisaties gevonden");
        Html.Text(await Client.GetStringAsync("/kennissteden/amsterdam/factsheet")).Should().Contain($"{(count - 9).ToString(CultureInfo.InvariantCulture)} meer");
    }

    [Fact]
    public async Task Search_AWordOfOneGeneratedName_FindsAsManyAsHoldIt()
    {
        // An abbreviation ending in a number is in one name only, and nothing else begins with it.
        var name = await Database.ScalarAsync<string>($"select short_name from register_object o where short_name ~ '[0-9]{{3,}}$' and slug like '%-g%' and {Public} order by short_name limit 1");
        var count = await Database.ScalarAsync<long>($"select count(*) from register_object o where {Public} and (short_name ilike '{name}%' or exists (select 1 from relation r join register_object t on t.id = r.to_id where r.from_id = o.id and t.short_name ilike '{name}%' and t.state = 'published'))");

        var html = await Client.GetStringAsync($"/zoeken?q={name}");

        count.Should().BePositive();
        Html.Text(html).Should().Contain(count == 1 ? "1 resultaat" : $"{count.ToString(CultureInfo.InvariantCulture)} resultaten").And.Contain(name);
    }
}
