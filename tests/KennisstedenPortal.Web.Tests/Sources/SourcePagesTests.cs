using KennisstedenPortal.Web.Tests.Hosting;

namespace KennisstedenPortal.Web.Tests.Sources;

public sealed class SourcePagesTests(Site site)
{
    [Fact]
    public async Task Sources_PageByPage_ShowEveryOneOnceAndEachHasAPage()
    {
        var found = new List<string>();
        for (string? next = "/bronnen"; next is not null;)
        {
            var html = await site.Client.GetStringAsync(next);
            found.AddRange(Html.Links(html).Where(l => l.StartsWith("/bronnen/", StringComparison.Ordinal)));
            next = html.Contains("rel=\"next\"", StringComparison.Ordinal) ? Html.Links(html).Last(l => l.StartsWith("/bronnen?pagina=", StringComparison.Ordinal)) : null;
        }

        found.Should().OnlyHaveUniqueItems().And.HaveCount((int)await site.Portal.Database.ScalarAsync<long>("select count(*) from source"));
        (await site.PagesAsync()).Where(p => p.Status == HttpStatusCode.OK).Select(p => p.Path).Should().Contain(found);
    }

    [Fact]
    public async Task SourceList_OfAnyPage_LinksEverySourceToItsPage()
    {
        var pages = (await site.PagesAsync()).Where(p => p.Html.Contains("class=\"sources\"", StringComparison.Ordinal)).ToList();

        pages.Should().NotBeEmpty();
        pages.Where(p => Html.Ids(p.Html).Count(i => i.StartsWith("bron-", StringComparison.Ordinal)) != Html.Links(p.Html).Count(l => l.Contains("/bronnen/", StringComparison.Ordinal) && l.StartsWith('/'))).Select(p => p.Path).ShouldBeNone();
    }

    [Theory]
    [InlineData("pagina=0")]
    [InlineData("pagina=-1")]
    [InlineData("pagina=x")]
    [InlineData("pagina=99999999999")]
    [InlineData("pagina=100001")]
    [InlineData("pagina=%00")]
    [InlineData("pagina=9999")]
    [InlineData("pagina=1&pagina=2")]
    public async Task Sources_PageThatCannotBe_Answers400WithASentence(string query)
    {
        var source = await site.Portal.Database.ScalarAsync<Guid>("select source_id from observation limit 1");
        foreach (var path in new[] { "/bronnen", "/en/bronnen", $"/bronnen/{source}" })
        {
            using var answer = await site.Client.GetAsync($"{path}?{query}");
            var html = await answer.Content.ReadAsStringAsync();

            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, $"{path}?{query}");
            Html.Headings1(html).Should().ContainSingle();
            Html.Inline(html).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("sorteer=willekeurig")]
    [InlineData("sorteer=0")]
    [InlineData("sorteer=%00")]
    [InlineData("sorteer=naam&sorteer=naam")]
    [InlineData("sorteer=%3Cscript%3E")]
    public async Task Sources_OrderThatCannotBe_Answers400(string query)
    {
        using var answer = await site.Client.GetAsync($"/bronnen?{query}");
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Html.Inline(await answer.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Sources_InAnotherOrder_ComeFromTheCacheTheSecondTime()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        foreach (var address in new[] { "/bronnen?sorteer=meest-gebruikt&pagina=2", "/en/bronnen?sorteer=datum-van-de-bron" })
        {
            (await own.Client.ReadAsync(address)).FromCache.Should().BeFalse();
            (await own.Client.ReadAsync(address)).FromCache.Should().BeTrue();
        }
        await own.Client.ReadAsync("/bronnen?q=x");
        (await own.Client.ReadAsync("/bronnen?q=x")).FromCache.Should().BeFalse("no link leads there");
    }

    [Fact]
    public async Task Source_OfSomethingHidden_DoesNotNameIt()
    {
        await using var own = await site.OwnAsync();
        var shared = await own.Database.ScalarAsync<Guid>("select c.source_id from citation c join register_object o on o.id = c.object_id where o.slug = 'high-tech-campus-eindhoven' and o.kind = 'campus' limit 1");
        var only = Guid.CreateVersion7();
        await own.Database.ExecuteAsync($"insert into source (id, title, locator) values ('{only}', 'Geheime nota', 'https://example.org/geheim'); insert into citation (id, source_id, object_id) select '{Guid.CreateVersion7()}', '{only}', id from register_object where slug = 'high-tech-campus-eindhoven' and kind = 'campus'");
        (await own.Client.GetStringAsync($"/bronnen/{only}")).Should().Contain("High Tech Campus Eindhoven");
        (await own.Client.GetStringAsync($"/bronnen/{shared}")).Should().Contain("High Tech Campus Eindhoven");

        await own.Database.ExecuteAsync("update register_object set state = 'draft' where slug = 'high-tech-campus-eindhoven' and kind = 'campus'");
        own.Generation.Advance();

        (await own.Client.GetAsync($"/bronnen/{only}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var left = await own.Client.GetAsync($"/bronnen/{shared}");
        Html.Links(await left.Content.ReadAsStringAsync()).Should().NotContain("/campussen/high-tech-campus-eindhoven");
        (await own.Client.GetStringAsync("/sitemap.xml")).Should().NotContain(only.ToString());
        for (var page = 1; page <= 5; page++) (await own.Client.GetStringAsync($"/bronnen?pagina={page}")).Should().NotContain("Geheime nota");
    }

    [Fact]
    public async Task Source_WithLicenceHashAndPlace_ShowsThem()
    {
        var id = await site.Portal.Database.ScalarAsync<Guid>("select id from source where sha256 is not null limit 1");
        var (hash, licence) = (await site.Portal.Database.ScalarAsync<string>($"select sha256 from source where id = '{id}'"), await site.Portal.Database.ScalarAsync<string>($"select licence from source where id = '{id}'"));

        Html.Text(await site.Client.GetStringAsync($"/bronnen/{id}")).Should().Contain(hash).And.Contain(licence);
    }

    [Fact]
    public async Task Origin_OfTheRegister_CountsAndLinksToTheFilteredLists()
    {
        var html = await site.Client.GetStringAsync("/herkomst");
        var facilities = await site.Portal.Database.ScalarAsync<long>("select count(*) from register_object where kind = 'facility' and verification = 'source-verified'");

        Html.Links(html).Should().Contain("/faciliteiten?verificatie=in-bron-gezien");
        html.Should().MatchRegex($"href=\"/faciliteiten\\?verificatie=in-bron-gezien\">{facilities}<");
        Html.Text(await site.Client.GetStringAsync("/faciliteiten?verificatie=in-bron-gezien")).Should().Contain($"{facilities} faciliteiten gevonden");
    }

    [Fact]
    public async Task Footer_OfEveryPage_LeadsToSourcesAndOrigin()
    {
        var pages = await site.PagesAsync();

        pages.Where(p => !Html.Links(p.Html).Contains((p.IsEnglish ? "/en" : "") + "/bronnen", StringComparer.Ordinal) || !Html.Links(p.Html).Contains((p.IsEnglish ? "/en" : "") + "/herkomst", StringComparer.Ordinal)).Select(p => p.Path).ShouldBeNone();
    }
}
