using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>The workplace of each role, and the overview.</summary>
public sealed partial class WorkplaceTests(Site site)
{
    [Theory]
    [InlineData("redacteur-enschede", "Klopt dit nog?", "Actualiteit van wat u bijhoudt")]
    [InlineData("redacteur-kennispark", "Klopt dit nog?", "Actualiteit van wat u bijhoudt")]
    [InlineData("redacteur-partner", "Klopt dit nog?", "Actualiteit van wat u bijhoudt")]
    [InlineData("beleid", "Uw voorstellen", "U leest alles wat voor partners is")]
    [InlineData("beheerder", "Uw voorstellen", "U beheert mensen en instellingen")]
    [InlineData("secretariaat", "Klopt dit nog?", "Actualiteit van alle steden")]
    public async Task Workplace_OfEachRole_ShowsWhatConcernsThem(string demo, string section, string sentence)
    {
        await using var work = await Work.StartAsync(site);
        using var person = await work.PersonAsync(demo);

        foreach (var address in new[] { "/werkplek", "/en/werkplek", "/werkplek?alles=bevestigen", "/werkplek?alles=onzin" })
        {
            using var answer = await person.GetAsync(address);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            var html = await answer.Content.ReadAsStringAsync();
            Html.Headings1(html).Should().ContainSingle();
            Html.Ids(html).Should().OnlyHaveUniqueItems();
            if (!address.StartsWith("/en", StringComparison.Ordinal)) Html.Text(html).Should().Contain(section).And.Contain(sentence).And.Contain("Wat u typt en nog niet opslaat, blijft hier bewaard");
        }
    }

    [Theory]
    [InlineData("redacteur-enschede", "Faciliteit toevoegen", "Kennisstad voorstellen")]
    [InlineData("redacteur-kennispark", "Faciliteit toevoegen", "Campus voorstellen")]
    [InlineData("redacteur-partner", null, "Faciliteit voorstellen")]
    [InlineData("beleid", null, "Kennisstad voorstellen")]
    [InlineData("secretariaat", "Kennisstad toevoegen", null)]
    public async Task Workplace_OfEachRole_LeadsToWhatTheyMayAddOrPropose(string demo, string? adds, string? proposes)
    {
        await using var work = await Work.StartAsync(site);
        using var person = await work.PersonAsync(demo);

        var html = await person.ReadAsync("/werkplek");

        foreach (var kind in KindRegistry.All) Html.Links(html).Should().Contain($"/toevoegen/{kind.Segment}");
        if (adds is null) Html.Text(html).Should().NotContain(" toevoegen");
        else Html.Text(html).Should().Contain(adds);
        if (proposes is null) Html.Text(html).Should().NotContain("Iets nieuws voorstellen");
        else Html.Text(html).Should().Contain(proposes);
    }

    [Fact]
    public async Task Rows_OfWhatOneKeeps_LeadToThePageAndToTheForm()
    {
        await using var work = await Work.StartAsync(site);
        using var editor = await work.PersonAsync("redacteur-kennispark");

        var html = await editor.ReadAsync("/werkplek");

        html.Should().MatchRegex("<h3[^>]*>\\s*<a href=\"/campussen/kennispark-twente\">");
        Html.Links(html).Should().Contain("/bewerken/campussen/kennispark-twente");
    }

    [Fact]
    public async Task Workplace_OfWhoKeepsOneProfile_SpeaksOfOneAndNamesTheLinkAsPagesDo()
    {
        await using var work = await Work.StartAsync(site);
        using var partner = await work.PersonAsync("redacteur-partner");

        Html.Text(await partner.ReadAsync("/werkplek")).Should().Contain("onderdelen. Uw profiel is nog niet volledig.").And.NotContain("De minst volledige eerst").And.Contain("Kies daar ‘Wijzigen of een wijziging voorstellen’");
    }

    [Fact]
    public async Task List_OnThePublicSite_LeadsToAddingByWayOfTheSignIn()
    {
        await using var work = await Work.StartAsync(site);
        foreach (var address in new[] { "/faciliteiten", "/faciliteiten?q=bestaatniet", "/en/faciliteiten" })
            Html.Links(await work.Own.Client.GetStringAsync(address)).Should().Contain(address.StartsWith("/en", StringComparison.Ordinal) ? "/en/toevoegen/faciliteiten" : "/toevoegen/faciliteiten");
        using var nobody = new Person(work.Own.Portal.BaseAddress);
        using var asked = await nobody.GetAsync("/toevoegen/faciliteiten");
        asked.Headers.Location!.ToString().Should().Contain("/inloggen").And.Contain("toevoegen");

        using var editor = await work.PersonAsync("redacteur-enschede");
        using var answer = await editor.GetAsync("/toevoegen/faciliteiten");

        answer.Headers.Location!.ToString().Should().MatchRegex("/toevoegen/faciliteiten/[0-9a-f-]{36}$");
    }

    [Fact]
    public async Task Closed_AfterArchiving_StandsOnTheWorkplaceWithTheWayBack()
    {
        await using var work = await Work.StartAsync(site);
        await work.SaveAsync(Work.Campus, "redacteur-enschede", ("state", "archived"));
        using var editor = await work.PersonAsync("redacteur-enschede");

        var html = await editor.ReadAsync("/werkplek");

        Html.Text(html).Should().Contain("Kennispark Twente").And.Contain("Wijzigen of weer publiceren");
        Html.Links(html).Should().Contain(["/bewerken/campussen/kennispark-twente", "/geschiedenis/campussen/kennispark-twente"]);
        var history = await editor.ReadAsync("/geschiedenis/campussen/kennispark-twente");
        Html.Links(history).Should().Contain("/bewerken/campussen/kennispark-twente").And.NotContain("/campussen/kennispark-twente", "there is no such public page now");
    }

    [Fact]
    public async Task Confirm_ManyAtOnce_ReportsEachAndShowsThemFresh()
    {
        await using var work = await Work.StartAsync(site);
        using var editor = await work.PersonAsync("redacteur-enschede");
        var html = await editor.ReadAsync("/werkplek?alles=bevestigen");
        var boxes = Boxes().Matches(html).Select(m => (Id: m.Groups[1].Value, Name: WebUtility.HtmlDecode(m.Groups[2].Value))).ToList();
        boxes.Should().HaveCountGreaterThan(4);

        using var none = await editor.PostToAsync("/werkplek?alles=bevestigen", html, "confirm");
        Html.Text(await none.Content.ReadAsStringAsync()).Should().Contain("Kruis eerst aan wat nog steeds juist is.");
        using var some = await editor.PostToAsync("/werkplek?alles=bevestigen", html, "confirm", [.. boxes.Take(3).Select(b => ("object", b.Id)), ("object", (await work.FindAsync("delft")).Id.ToString())]);
        var report = Html.Text(await some.Content.ReadAsStringAsync());

        report.Should().Contain("3 profielen zijn bevestigd. 1 overgeslagen");
        foreach (var (_, name) in boxes.Take(3)) report.Should().Contain(name);
        (await work.FindAsync("delft")).ConfirmedOn.Should().BeNull("it is another's");
        using var one = await editor.PostToAsync("/werkplek", html, "confirm", ("een", boxes[3].Id));
        Html.Text(await one.Content.ReadAsStringAsync()).Should().Contain("1 profiel is bevestigd.");
        Boxes().Matches(await editor.ReadAsync("/werkplek?alles=bevestigen")).Select(m => m.Groups[1].Value).Should().NotContain(boxes.Take(4).Select(b => b.Id));
    }

    [Fact]
    public async Task Relation_ReportedByAnother_IsConfirmedWithOneClickAndALateClickSaysSo()
    {
        await using var work = await Work.StartAsync(site);
        var (campus, delft, id) = (await work.FindAsync(Work.Campus), await work.FindAsync("delft"), Guid.CreateVersion7());
        await work.SaveAsync(Work.Campus, "redacteur-kennispark", ($"relation/{id}", new JsonObject { ["kind"] = "belongs-to", ["from"] = campus.Id.ToString(), ["to"] = delft.Id.ToString() }));
        using var editor = await work.PersonAsync("redacteur-delft");
        var html = await editor.ReadAsync("/werkplek");
        Html.Text(html).Should().Contain("Kennispark Twente hoort bij Delft").And.Contain("Gemeld door Kennispark Twente").And.Contain("Relatie gemeld");

        using var yes = await editor.PostToAsync("/werkplek", html, "relations", ("ja", id.ToString()));
        Html.Text(await yes.Content.ReadAsStringAsync()).Should().Contain("De relatie is bevestigd.");
        using var late = await editor.PostToAsync("/werkplek", html, "relations", ("nee", id.ToString()));
        Html.Text(await late.Content.ReadAsStringAsync()).Should().Contain("intussen al bevestigd of weggehaald");
        using var other = await work.PersonAsync("redacteur-kennispark");
        Html.Text(await other.ReadAsync("/werkplek")).Should().Contain("Relatie bevestigd");
    }

    [Fact]
    public async Task Notices_MarkedAsRead_AreGone()
    {
        await using var work = await Work.StartAsync(site);
        await work.ProposeAsync("enschede", "beleid", "Een", ("note", "Een"));
        await work.ProposeAsync("enschede", "beleid", "Twee", ("note", "Twee"));
        using var editor = await work.PersonAsync("redacteur-enschede");
        Html.Text(await editor.ReadAsync("/werkplek")).Should().Contain("Nieuw voorstel");

        using var read = await editor.PostAsync("/werkplek", "notices", ("alle", "ja"));

        Html.Text(await read.Content.ReadAsStringAsync()).Should().Contain("2 berichten zijn gelezen.").And.Contain("Hier leest u wat er met uw voorstellen en uw gegevens gebeurt.");
    }

    [Fact]
    public async Task Draft_ThrownAway_IsGoneAndOnlyOnes()
    {
        await using var work = await Work.StartAsync(site);
        var change = await work.ChangeAsync(Work.Campus, "x", ("note", "x"));
        foreach (var demo in new[] { "redacteur-enschede", "redacteur-kennispark" }) await work.Get<DraftStore>().KeepAsync(change.ObjectId, change.Kind, change.BaseRevision, change.Changes, 0, await work.ActorAsync(demo));
        using var editor = await work.PersonAsync("redacteur-enschede");

        using var gone = await editor.PostAsync("/werkplek", "drafts", ("weg", change.ObjectId.ToString()));

        Html.Text(await gone.Content.ReadAsStringAsync()).Should().Contain("Het concept is weggegooid.").And.Contain("Wat u typt en nog niet opslaat");
        (await work.Get<DraftStore>().FindAsync(change.ObjectId, await work.ActorAsync("redacteur-kennispark"))).Should().NotBeNull();
    }

    [Fact]
    public async Task Overview_ForTheSecretariat_ShowsSortsAndDownloadsAllCities()
    {
        await using var work = await Work.StartAsync(site);
        using var person = await work.PersonAsync("secretariaat");

        var html = await person.ReadAsync("/beheer/actualiteit?per=city&sorteer=nooit&af");
        Regex.Matches(html, "<th scope=\"row\">").Should().HaveCount(13);
        html.Should().Contain("aria-sort=\"descending\"");
        foreach (var by in new[] { "campus", "other", "kind" }) Html.Headings1(await person.ReadAsync("/beheer/actualiteit?per=" + by)).Should().Equal("Actualiteit");
        using var file = await person.GetAsync("/beheer/actualiteit/csv?per=city");
        file.Content.Headers.ContentType!.MediaType.Should().Be("text/csv");
        file.Headers.CacheControl!.NoStore.Should().BeTrue();
        var lines = (await file.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(14);
        lines[0].Should().Contain("Per stad;Objecten;Bevestigd");
        lines.Select(l => l.Split(';').Length).Distinct().Should().ContainSingle();
    }

    [GeneratedRegex("name=\"object\" value=\"([0-9a-f-]{36})\"[^>]*>\\s*<div>\\s*<h3[^>]*>\\s*<a[^>]*>([^<]*)</a>")]
    private static partial Regex Boxes();
}
