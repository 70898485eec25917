using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Web.Tests.Pages;

public sealed class ListTests(Site site)
{
    public static TheoryData<string, int, string, string> Lists => new()
    {
        { "kennissteden", 13, "13 kennissteden gevonden", "13 knowledge cities found" },
        { "campussen", 37, "37 campussen gevonden", "37 campuses found" },
        { "innovatiedistricten", 20, "20 innovatiedistricten gevonden", "20 innovation districts found" },
        { "rd-concentraties", 100, "100 R&D-concentraties gevonden", "100 R&D concentrations found" },
        { "faciliteiten", 92, "92 faciliteiten gevonden", "92 facilities found" },
        { "organisaties", 336, "336 organisaties gevonden", "336 organisations found" },
        { "agenda/acties", 24, "24 voorbeelden gevonden, geen actie", "24 examples found, no action" },
    };

    [Theory, MemberData(nameof(Lists))]
    public async Task List_Whole_CountsItsObjectsInBothLanguages(string path, int count, string dutch, string english)
    {
        Html.Text(await site.Client.GetStringAsync("/" + path)).Should().Contain(dutch);
        Html.Text(await site.Client.GetStringAsync("/en/" + path)).Should().Contain(english);
        (await site.PagesAsync()).Count(p => p.IsObjectOf(KindRegistry.FindByPath(path)!)).Should().Be(count);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task List_PageByPage_ShowsEveryObjectOnce(string path, int count, string dutch, string english)
    {
        _ = (dutch, english);
        var found = new List<string>();
        for (string? next = "/" + path; next is not null;)
        {
            var html = await site.Client.GetStringAsync(next);
            found.AddRange(Html.Links(html[html.IndexOf("id=\"resultaat\"", StringComparison.Ordinal)..]).Where(l => l.StartsWith($"/{path}/", StringComparison.Ordinal)));
            next = html.Contains("rel=\"next\"", StringComparison.Ordinal) ? Html.Links(html).Last(l => l.StartsWith($"/{path}?pagina=", StringComparison.Ordinal)) : null;
        }

        found.Should().OnlyHaveUniqueItems().And.HaveCount(count);
    }

    [Fact]
    public async Task Organisations_OfWhichOnlyTheNameIsKnown_AreCountedApart()
    {
        const int all = 336, notDerived = 143;

        (await site.Portal.Database.ScalarAsync<long>("select count(*) from register_object where kind = 'organisation' and not is_derived")).Should().Be(notDerived);
        Html.Text(await site.Client.GetStringAsync("/")).Should().Contain($"waarvan {all - notDerived} alleen bij naam bekend");
    }

    [Fact]
    public async Task Sitemap_OfTheRegister_HoldsEveryPublicObject()
    {
        var pages = await site.PagesAsync();
        var paths = pages.Select(p => p.Path).ToHashSet(StringComparer.Ordinal);

        foreach (var kind in KindRegistry.All)
        {
            paths.Should().Contain([$"/{kind.Path}", $"/en/{kind.Path}"]);
            (await site.Portal.Database.ScalarAsync<long>($"select count(*) from register_object where kind = '{kind.Code}' and state = 'published' and visibility = 'public'"))
                .Should().Be(pages.Count(p => p.IsObjectOf(kind))).And.BeGreaterThanOrEqualTo(kind.Type == typeof(Domain.Agenda.Meeting) ? 0 : 1, "of meetings the starter data have none");
        }
    }

    [Fact]
    public async Task List_FilteredByEverything_ShowsWhatFitsAndHowToTakeEachFilterAway()
    {
        var html = await site.Client.GetStringAsync("/faciliteiten?stad=enschede&soort=gedeelde-faciliteit&verificatie=in-bron-gezien&sorteer=gemeente");
        var whole = await site.Client.GetStringAsync("/faciliteiten?stad=enschede&sorteer=gemeente");

        Results(html, "faciliteiten").Should().NotBeEmpty().And.BeSubsetOf(Results(whole, "faciliteiten"));
        Html.Links(html).Should().Contain("/faciliteiten?stad=enschede&soort=gedeelde-faciliteit&sorteer=gemeente");
        Html.Links(html).Should().Contain("/en/faciliteiten?stad=enschede&soort=gedeelde-faciliteit&verificatie=in-bron-gezien&sorteer=gemeente");
    }

    [Fact]
    public async Task List_WithoutAnyMatch_SaysSoAndOffersTheWholeList()
    {
        using var answer = await site.Client.GetAsync("/campussen?q=bestaatbeslistniet");
        var html = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        Html.Text(html).Should().Contain("0 campussen gevonden").And.Contain("Hier staat nog niets");
        Html.Links(html).Should().Contain("/campussen");
    }

    private static List<string> Results(string html, string path) =>
        [.. Html.Links(html[html.IndexOf("id=\"resultaat\"", StringComparison.Ordinal)..]).Where(l => l.StartsWith($"/{path}/", StringComparison.Ordinal))];
}
