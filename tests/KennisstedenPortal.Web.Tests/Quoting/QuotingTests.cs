using System.Text.RegularExpressions;
using KennisstedenPortal.Domain;

namespace KennisstedenPortal.Web.Tests.Quoting;

/// <summary>Figures and claims at their permanent addresses, and what is quoted of them.</summary>
public sealed class QuotingTests(Site site)
{
    private const string AnyFigure = "select f.id from observation f join register_object o on o.id = f.object_id where o.kind = 'city' and o.slug = 'enschede' and f.indicator_code = 'POP_TOTAL' limit 1";

    public static TheoryData<string> Hostile =>
    [
        "x", "%00", "00000000-0000-0000-0000-000000000000", "{0}x", "{0}%20", "{0}'", "{0}%0a", "x{0}", "'%20or%201=1--", "..%2f..", "%F0%9F%98%80", "%3Cscript%3E", "-1", "{0}/x",
    ];

    [Theory, MemberData(nameof(Hostile))]
    public async Task Address_ThatIsNoFigureOrSource_Is404InStyle(string id)
    {
        var known = (await site.Portal.Database.ScalarAsync<Guid>(AnyFigure)).ToString();
        foreach (var path in new[] { "/waarneming/", "/en/waarneming/", "/bewering/", "/bronnen/", "/en/bronnen/" })
        {
            var answer = await Raw.GetAsync(site.Portal.BaseAddress, path + id.Replace("{0}", known, StringComparison.Ordinal));

            answer.Status.Should().BeOneOf([400, 404], path + id);
            Html.Inline(answer.Body).Should().BeEmpty();
        }
    }

    /// <summary>One page, one address: other spellings would fill the cache.</summary>
    [Fact]
    public async Task Address_InAnotherSpelling_Is404()
    {
        var id = await site.Portal.Database.ScalarAsync<Guid>(AnyFigure);
        (await site.Client.GetAsync($"/waarneming/{id}")).StatusCode.Should().Be(HttpStatusCode.OK);

        foreach (var spelling in new[] { id.ToString("N"), id.ToString("B"), id.ToString().ToUpperInvariant(), "0" + id })
            (await site.Client.GetAsync($"/waarneming/{Uri.EscapeDataString(spelling)}")).StatusCode.Should().Be(HttpStatusCode.NotFound, spelling);
    }

    [Theory]
    [InlineData("", "Inwonertal, Enschede: 161.235 personen (1 januari 2023)", "Definitie: Aantal personen", "Afgeleid of gemeten: gemeten (zoals gepubliceerd)", "Bron: CBS/Kadaster", "Verificatie: in bron gezien", "Geraadpleegd op: ")]
    [InlineData("/en", "Population, Enschede: 161,235 persons (1 January 2023)", "Definition (in Dutch): Aantal personen", "Derived or measured: measured (as published)", "Source: CBS/Kadaster", "Verification: seen in source", "Consulted on: ")]
    public async Task Quotation_OfAFigure_HoldsAllItsParts(string language, string first, params string[] parts)
    {
        var id = await site.Portal.Database.ScalarAsync<Guid>(AnyFigure);
        var today = Day(TimeProvider.System.Today(), language);

        var (plain, footnote) = Texts(await site.Client.GetStringAsync($"{language}/waarneming/{id}"));

        var lines = plain.Split('\n');
        lines[0].Should().Be(first);
        foreach (var part in parts) lines.Should().ContainSingle(l => l.StartsWith(part, StringComparison.Ordinal));
        lines.Should().ContainSingle(l => l.EndsWith($": {site.Portal.BaseAddress.GetLeftPart(UriPartial.Authority)}{language}/waarneming/{id}", StringComparison.Ordinal));
        lines[^1].Should().EndWith(today);
        footnote.Should().NotContain("\n").And.Contain($"{language}/waarneming/{id} (").And.EndWith($"{today}).");
        foreach (var part in parts.SkipLast(1)) footnote.Should().Contain(part);
    }

    [Fact]
    public async Task Quotation_OfACountWithHiddenCells_SaysItIsDerivedAndALowerBound()
    {
        var id = await site.Portal.Database.ScalarAsync<Guid>("select f.id from observation f join register_object o on o.id = f.object_id where o.kind = 'city' and o.slug = 'enschede' and f.indicator_code = 'STUD_HBO_LOC' order by f.period_start desc limit 1");

        var (plain, footnote) = Texts(await site.Client.GetStringAsync($"/waarneming/{id}"));

        foreach (var text in new[] { plain, footnote }) text.Should().Contain("minstens ").And.Contain("afgeleid (berekende ondergrens)").And.Contain("zijn in de bron verborgen");
    }

    [Fact]
    public async Task Row_OfEveryFigureOnACityPage_LeadsToItsPageWithTheSameText()
    {
        var html = await site.Client.GetStringAsync("/kennissteden/enschede");
        var rows = Regex.Matches(html, "<span class=\"cite\"><a href=\"(/waarneming/[^\"]+)\".*?<span class=\"quotation\" hidden>(.*?)</span>", RegexOptions.Singleline).Select(m => (Path: m.Groups[1].Value, Text: WebUtility.HtmlDecode(m.Groups[2].Value))).DistinctBy(r => r.Path, StringComparer.Ordinal).ToList();

        rows.Should().HaveCount(8);
        foreach (var (path, text) in rows) Texts(await site.Client.GetStringAsync(path)).Plain.Should().Be(text);
    }

    [Fact]
    public async Task Counts_OfACity_AreQuotedAsDerivedWithTheirDefinition()
    {
        var html = await site.Client.GetStringAsync("/kennissteden/enschede");

        Html.Links(html).Where(l => l.StartsWith("#citeer-", StringComparison.Ordinal)).Should().HaveCount(4);
        Html.Text(html).Should().Contain("Campussen in of bij Enschede: 3 (").And.Contain("afgeleid (geteld in dit register");
    }

    [Fact]
    public async Task Claims_OnHomeAndAbout_LeadToTheirPages()
    {
        var claims = await site.Portal.Database.ScalarAsync<long>("select count(*) from document_claim");
        var about = Html.Links(await site.Client.GetStringAsync("/over")).Where(l => l.StartsWith("/bewering/", StringComparison.Ordinal)).ToList();
        var home = Html.Links(await site.Client.GetStringAsync("/")).Where(l => l.StartsWith("/bewering/", StringComparison.Ordinal)).ToList();

        about.Should().HaveCount((int)claims).And.OnlyHaveUniqueItems();
        home.Should().HaveCount(3).And.BeSubsetOf(about);
        foreach (var page in await site.ReadAsync(about.Concat(about.Select(l => "/en" + l))))
        {
            page.Status.Should().Be(HttpStatusCode.OK);
            var (plain, footnote) = Texts(page.Html);
            foreach (var text in new[] { plain, footnote }) text.Should().Contain("Oproep tot Verbindingsagenda").And.Contain(page.Path);
        }
    }

    [Fact]
    public async Task Figure_OfSomethingHidden_Is404AndItsPageWithoutIt()
    {
        await using var own = await site.OwnAsync();
        var id = await own.Database.ScalarAsync<Guid>("select f.id from observation f join register_object o on o.id = f.object_id where o.slug = 'delft' and o.kind = 'city' limit 1");
        await own.Database.ExecuteAsync("update register_object set visibility = 'partners' where slug = 'delft' and kind = 'city'");

        foreach (var path in new[] { $"/waarneming/{id}", $"/en/waarneming/{id}", "/kennissteden/delft/factsheet" })
        {
            using var answer = await own.Client.GetAsync(path);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task Figure_ThatAnotherSourceGivesToo_ShowsBoth()
    {
        await using var own = await site.OwnAsync();
        var id = await own.Database.ScalarAsync<Guid>(AnyFigure);
        await own.Database.ExecuteAsync($"insert into observation select (jsonb_populate_record(f, jsonb_build_object('id', '{Guid.CreateVersion7()}', 'value', 161000, 'source_id', (select s.id from source s where s.id <> f.source_id limit 1)))).* from observation f where f.id = '{id}'");

        Html.Text(await own.Client.GetStringAsync($"/waarneming/{id}")).Should().Contain("161.000 personen").And.Contain("161.235 personen");
    }

    [Theory]
    [InlineData("/faciliteiten/samxl/factsheet")]
    [InlineData("/organisaties/tno/factsheet")]
    [InlineData("/rd-concentraties/asml/factsheet")]
    [InlineData("/innovatiedistricten/strijp-s/factsheet")]
    [InlineData("/programmas/x/factsheet")]
    [InlineData("/kennissteden/kennispark-twente/factsheet")]
    [InlineData("/campussen/enschede/factsheet")]
    [InlineData("/campussen/bestaat-niet/factsheet")]
    [InlineData("/kennissteden/Enschede/factsheet")]
    [InlineData("/kennissteden/%F0%9F%98%80/factsheet")]
    [InlineData("/kennissteden/enschede/factsheet/x")]
    [InlineData("/kennissteden/enschede/factsheets")]
    public async Task Factsheet_OfAnythingElse_Is404(string path)
    {
        foreach (var language in new[] { "", "/en" })
        {
            using var answer = await site.Client.GetAsync(language + path);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Factsheet_OfEveryCityAndCampus_IsLinkedAndHoldsWhatABoardTableNeeds()
    {
        var pages = (await site.PagesAsync()).Where(p => Regex.IsMatch(p.Path, "^(/en)?/(kennissteden|campussen)/")).ToList();
        pages.Should().HaveCount(2 * (13 + 37)).And.OnlyContain(p => Html.Links(p.Html).Contains(p.Path + "/factsheet", StringComparer.Ordinal));

        foreach (var sheet in await site.ReadAsync(pages.Select(p => p.Path + "/factsheet")))
        {
            sheet.Status.Should().Be(HttpStatusCode.OK, sheet.Path);
            var text = Html.Text(sheet.Html);
            text.Should().Contain("/id/").And.Contain(Day(TimeProvider.System.Today(), sheet.IsEnglish ? "/en" : "")).And.Contain(sheet.IsEnglish ? "To be confirmed" : "Nog te bevestigen");
            sheet.Html.Should().Contain("<svg viewBox=\"0 0 540 430\"");
            Html.Inline(sheet.Html).Should().BeEmpty();
            var ids = Html.Ids(sheet.Html);
            ids.Should().OnlyHaveUniqueItems();
            Html.Links(sheet.Html).Where(l => l.StartsWith('#')).Select(l => l[1..]).Should().BeSubsetOf(ids);
        }
    }

    [Fact]
    public async Task Factsheet_OfAFormerAddress_RedirectsToThePresentOne()
    {
        await using var own = await site.OwnAsync();
        await own.Database.ExecuteAsync("insert into former_slug (kind, slug, object_id) select kind, 'oude-' || slug, id from register_object where slug in ('enschede', 'kennispark-twente')");

        foreach (var (from, to) in new[] { ("/kennissteden/oude-enschede/factsheet", "/kennissteden/enschede/factsheet"), ("/en/campussen/oude-kennispark-twente/factsheet", "/en/campussen/kennispark-twente/factsheet") })
        {
            using var answer = await own.Client.GetAsync(from);
            answer.StatusCode.Should().Be(HttpStatusCode.MovedPermanently);
            answer.Headers.Location!.ToString().Should().Be(to);
        }
    }

    private static string Day(DateOnly day, string language) => day.ToString("d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo(language.Length == 0 ? "nl-NL" : "en-GB"));

    private static (string Plain, string Footnote) Texts(string html) =>
        Regex.Matches(html, "<p class=\"quotation\">(.*?)</p>", RegexOptions.Singleline).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList() is [var plain, var footnote]
            ? (plain, footnote)
            : throw new InvalidOperationException("There are not two texts.");
}
