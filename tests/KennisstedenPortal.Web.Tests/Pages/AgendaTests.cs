using System.Text.RegularExpressions;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>The chain of the agenda, its elements and its gaps, in both languages.</summary>
public sealed class AgendaTests(Site site)
{
    private const string ActionLabel = "class=\"label label-example\"";

    [Theory]
    [InlineData("")]
    [InlineData("/en")]
    public async Task Chain_Whole_LeadsToEveryElement(string prefix)
    {
        var html = await site.Client.GetStringAsync(prefix + "/agenda");
        var codes = await ListAsync("select code from agenda_element");

        codes.Should().HaveCount(88);
        Html.Links(html).Should().Contain(codes.Select(c => $"{prefix}/agenda/{c}"));
    }

    [Theory]
    [InlineData("", "Context", "Knelpunten", "Lijnen", "Vragen en aanbod", "Acties", "Opbrengsten", "Effecten")]
    [InlineData("/en", "Context", "Bottlenecks", "Lines", "Requests and offers", "Actions", "Results", "Effects")]
    public async Task Chain_Headings_AreTheSevenStepsInOrder(string prefix, params string[] steps)
    {
        var headings = Headings(await site.Client.GetStringAsync(prefix + "/agenda"));

        headings.Where(h => h.Level == 2).Select(h => h.Text).Take(7).Should().Equal(steps);
        headings.Zip(headings.Skip(1)).Where(p => p.Second.Level > p.First.Level + 1).Select(p => p.Second.Text).ShouldBeNone("no level is skipped");
        headings.Where(h => h.Level == 1).Select(h => h.Text).Should().Equal("Verbindingsagenda");
    }

    [Fact]
    public async Task Chain_EveryQuote_IsLiteralAndShort()
    {
        var html = await site.Client.GetStringAsync("/agenda");
        var shown = Regex.Matches(html, "<q[^>]*>(.*?)</q>", RegexOptions.Singleline).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
        var quotes = await ListAsync("select quote from agenda_element where quote is not null and kind <> 'partner'");

        shown.Should().BeEquivalentTo(quotes);
        shown.Should().OnlyContain(q => q.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= 15);
        foreach (var section in await ListAsync("select distinct section from agenda_element where section is not null and section is distinct from quote and kind not in ('partner', 'figure', 'line-element')")) Html.Text(html).Should().Contain($"‘{section}’");
    }

    [Fact]
    public async Task Chain_AtEveryElement_NamesTheActionsThatServeIt()
    {
        var html = await site.Client.GetStringAsync("/agenda");
        var served = await ListAsync("select e.title from agenda_element e where e.kind in ('bottleneck', 'line-element', 'ask', 'result') and exists (select 1 from object_element l where l.element_code = e.code)");

        var named = Regex.Matches(html, "<summary><span class=\"none\">Nog geen actie</span> <b>[0-9]+ voorbeeld(?:en)?</b><span class=\"vh\"> bij: <span>(.*?)</span>").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value));

        named.Should().BeEquivalentTo(served).And.HaveCountGreaterThan(25);
        Html.Text(html).Should().Contain("24 acties zijn verzonnen voorbeelden en tellen nergens mee");
    }

    [Fact]
    public async Task Element_WithOneActionThatServesNothingElse_NamesItAndDoesNotSayThereIsNone()
    {
        await using var own = await site.OwnAsync();
        await using (var db = own.Database.CreateDbContext())
        {
            var action = new Domain.Agenda.AgendaAction { Id = Guid.CreateVersion7(), Slug = "va-025", Name = "Alleen voor dit knelpunt" };
            action.Elements.Add(new Domain.Agenda.ObjectElement { ObjectId = action.Id, ElementCode = "knelpunt-1" });
            db.Add(action);
            await db.SaveAsync(Domain.Access.Actor.Portal, "Voor de proef");
        }

        var text = Html.Text(await own.Client.GetStringAsync("/agenda/knelpunt-1"));

        text.Should().Contain("VA-025").And.Contain("De acties hieronder werken alleen hieraan").And.NotContain("is er hier nog geen").And.NotContain("Nog geen actie");
    }

    [Theory]
    [InlineData("/agenda")]
    [InlineData("/agenda/knelpunt-3")]
    [InlineData("/en/agenda/lijn-2")]
    [InlineData("/agenda/leemten?voorbeelden=ja")]
    public async Task Action_Example_IsLabelledWhereverItIsNamed(string path)
    {
        var html = await site.Client.GetStringAsync(path);
        var items = Regex.Matches(html, "<li><a href=\"[^\"]*/agenda/acties/va-.*?</li>", RegexOptions.Singleline).Select(m => m.Value).ToList();

        items.Should().OnlyContain(i => i.Contains(ActionLabel, StringComparison.Ordinal));
        if (!path.Contains('?', StringComparison.Ordinal)) items.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Element_OfEveryKind_ShowsItsQuoteSectionSourceAndAddress()
    {
        var pages = (await site.PagesAsync()).Where(p => p.Path.StartsWith("/agenda/", StringComparison.Ordinal)).ToDictionary(p => p.Path, StringComparer.Ordinal);
        foreach (var line in await ListAsync("select code || '|' || title || '|' || coalesce(quote, '') || '|' || coalesce(section, '') from agenda_element"))
        {
            var (code, title, quote, section) = line.Split('|') is [var a, var b, var c, var d] ? (a, b, c, d) : default;
            var page = pages["/agenda/" + code];
            var text = Html.Text(page.Html);

            Html.Headings1(page.Html).Should().Equal(title);
            if (quote.Length > 0) text.Should().Contain(quote, page.Path);
            text.Should().Contain($"Vast adres: {site.Portal.BaseAddress.GetLeftPart(UriPartial.Authority)}/agenda/{code}", page.Path);
            if (section.Length > 0) text.Should().Contain($"onder ‘{section}’", page.Path);
            Html.Ids(page.Html).Should().Contain("bron-1", page.Path);
        }
    }

    [Fact]
    public async Task Element_InTheChain_SaysWhatItRestsOnAndLeadsTo()
    {
        var html = await site.Client.GetStringAsync("/agenda/knelpunt-1");
        var place = Html.Text(html[html.IndexOf("id=\"plaats\"", StringComparison.Ordinal)..html.IndexOf("id=\"acties\"", StringComparison.Ordinal)].Replace("<", " <", StringComparison.Ordinal));

        place.Should().Contain("Rust op").And.Contain("SWOT-analyse Kennissteden (Birch, 2022) volgens de oproep").And.Contain("Stap 1: Context").And.Contain("Leidt tot Stap 3: Lijnen");
        place.Should().Contain("De oproep zegt niet").And.NotContain("vraag-").And.NotContain("volgens 9");
        html.Should().Contain("aria-current=\"step\"");
    }

    [Fact]
    public async Task Element_WithExamplesAskedFor_SaysWhichTiesAreInvented()
    {
        var html = await site.Client.GetStringAsync("/agenda/knelpunt-1?voorbeelden=ja");

        Html.Text(html).Should().Contain("Leidt volgens acties tot").And.Contain("volgens 7 voorbeeldacties").And.Contain("net zo verzonnen als de voorbeelden");
    }

    [Theory]
    [InlineData("/agenda/partner-vh", "/organisaties/vereniging-hogescholen")]
    [InlineData("/en/agenda/instrument-ngf", "/en/programmas/nationaal-groeifonds")]
    [InlineData("/agenda/lijn-2-pilot-plants", "/faciliteiten?soort=pilot-plant")]
    [InlineData("/agenda/bron-birch-2022", "/agenda/knelpunt-2")]
    [InlineData("/agenda/lijn-1-specialisaties", "/agenda/lijn-1")]
    public async Task Element_AboutSomething_LeadsToIt(string path, string link) => Html.Links(await site.Client.GetStringAsync(path)).Should().Contain(link);

    [Theory]
    [InlineData("/agenda/leemten", "Voorbeelden tellen niet mee", "geen echte acties, alleen 24 verzonnen voorbeelden", 4)]
    [InlineData("/agenda/leemten?voorbeelden=ja", "Voorbeelden tellen nu mee", "Geteld zijn 0 acties en 24 verzonnen voorbeelden", 0)]
    [InlineData("/agenda/leemten?voorbeelden=x", "Voorbeelden tellen niet mee", "geen echte acties, alleen 24 verzonnen voorbeelden", 4)]
    [InlineData("/en/agenda/leemten", "Examples are not counted", "no real actions yet, only 24 invented examples", 4)]
    public async Task Gaps_Counted_SayWhetherExamplesAreIn(string path, string title, string words, int asks)
    {
        var html = await site.Client.GetStringAsync(path);

        Html.Text(html).Should().Contain(title).And.Contain(words);
        html.Should().MatchRegex($"href=\"#vragen-zonder-actie\"><span class=\"value\">{asks}</span>");
        foreach (var place in new[] { "vragen-zonder-actie", "acties-zonder-vraag", "opbrengsten-zonder-indicator", "afgerond-zonder-bewijs", "steden-zonder-actie", "knelpunten-zonder-werk" }) Html.Ids(html).Should().Contain(place);
    }

    [Fact]
    public async Task Menu_OnEveryPage_LeadsToTheAgendaAndMarksIt()
    {
        Html.Links(await site.Client.GetStringAsync("/en")).Should().Contain("/en/agenda");
        (await site.Client.GetStringAsync("/agenda")).Should().Contain("href=\"/agenda\" aria-current=\"page\"");
        (await site.Client.GetStringAsync("/agenda/doel-1")).Should().Contain("href=\"/agenda\" aria-current=\"true\"");
    }

    [Fact]
    public async Task Sitemap_OfTheRegister_HoldsTheAgenda() => (await site.PagesAsync()).Select(p => p.Path).Should()
        .Contain(["/agenda", "/en/agenda", "/agenda/leemten"]).And.Contain((await ListAsync("select code from agenda_element")).SelectMany(c => new[] { "/agenda/" + c, "/en/agenda/" + c }));

    private static List<(int Level, string Text)> Headings(string html) =>
        [.. Regex.Matches(html, "<h([1-6])\\b[^>]*>(.*?)</h\\1>", RegexOptions.Singleline).Select(m => (m.Groups[1].Value[0] - '0', Html.Text(m.Groups[2].Value)))];

    private Task<string[]> ListAsync(string sql) => site.Portal.Database.ScalarAsync<string[]>($"select array({sql})");
}
