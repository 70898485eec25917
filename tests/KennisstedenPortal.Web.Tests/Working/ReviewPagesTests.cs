using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Domain.Editing;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>Proposals over HTTP: plain forms, the right status, and a sentence for whoever comes too late.</summary>
public sealed class ReviewPagesTests(Site site)
{
    [Theory]
    [InlineData("/werkplek")]
    [InlineData("/voorstellen")]
    [InlineData("/voorstellen/0199a000-0000-7000-8000-000000000001")]
    [InlineData("/beheer/actualiteit")]
    [InlineData("/beheer/actualiteit/csv")]
    [InlineData("/en/voorstellen")]
    [InlineData("/en/beheer/actualiteit")]
    public async Task WorkingPage_WithoutSigningIn_LeadsToTheSignIn(string address)
    {
        using var answer = await site.Client.GetAsync(address);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().EndWith($"/inloggen?terug={Uri.EscapeDataString(address)}");
    }

    [Theory]
    [InlineData("beleid")]
    [InlineData("beheerder")]
    public async Task Overview_ForWhoKeepsNothing_Answers403WithASentence(string demo)
    {
        await using var work = await Work.StartAsync(site);
        using var person = await work.PersonAsync(demo);

        using var page = await person.GetAsync("/beheer/actualiteit");
        using var file = await person.GetAsync("/beheer/actualiteit/csv");

        page.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        Html.Text(await page.Content.ReadAsStringAsync()).Should().Contain("U mag dit niet doen");
        file.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public async Task Proposal_AtTheAddressThatMailsGive_IsItsPage(string language)
    {
        await using var work = await Work.StartAsync(site);
        var id = await work.ProposeAsync(Work.Campus, "beleid", "Beter", ("note", "Nieuw"));
        using var editor = await work.PersonAsync("redacteur-enschede");
        var links = work.Get<PortalLinks>();

        using var page = await editor.GetAsync(links.In(language).ProposalPage(id)[links.Base.Length..]);

        page.StatusCode.Should().Be(HttpStatusCode.OK);
        Html.Text(await page.Content.ReadAsStringAsync()).Should().Contain("Kennispark Twente");
    }

    [Fact]
    public async Task Proposal_OfAnothersData_IsNotThereForThem()
    {
        await using var work = await Work.StartAsync(site);
        var id = await work.ProposeAsync(Work.Campus, "beleid", "Beter", ("note", "Nieuw"));
        using var delft = await work.PersonAsync("redacteur-delft");

        using var page = await delft.GetAsync($"/voorstellen/{id}");

        page.StatusCode.Should().Be(HttpStatusCode.NotFound);
        Html.Text(await page.Content.ReadAsStringAsync()).Should().NotContain("Kennispark");
        // A form that was never shown can't be posted either.
        using var forced = await delft.PostToAsync($"/voorstellen/{id}", await delft.ReadAsync("/werkplek"), "accept");
        forced.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await work.FindAsync(Work.Campus)).Note.Should().NotBe("Nieuw");
    }

    [Fact]
    public async Task Proposal_Accepted_StandsOnThePublicPageAndASecondClickSaysSo()
    {
        await using var work = await Work.StartAsync(site);
        var id = await work.ProposeAsync(Work.Campus, "redacteur-delft", "Volgens het jaarverslag", ("description", "De campus van Twente, volgens Delft."));
        using var editor = await work.PersonAsync("redacteur-enschede");
        Html.Text(await editor.ReadAsync("/voorstellen")).Should().Contain("Kennispark Twente").And.Contain("Volgens het jaarverslag").And.Contain("Daan Visser (demo), Gemeente Delft");
        var open = await editor.ReadAsync($"/voorstellen/{id}");
        Html.Text(open).Should().Contain("De campus van Twente, volgens Delft.");

        using var first = await editor.PostToAsync($"/voorstellen/{id}", open, "accept");
        using var second = await editor.PostToAsync($"/voorstellen/{id}", open, "accept");
        using var third = await editor.PostToAsync($"/voorstellen/{id}", open, "reject", ("reden", "Toch niet"));

        first.StatusCode.Should().Be(HttpStatusCode.Redirect);
        foreach (var late in new[] { second, third })
        {
            late.StatusCode.Should().Be(HttpStatusCode.OK);
            Html.Text(await late.Content.ReadAsStringAsync()).Should().Contain("Over dit voorstel is intussen al besloten").And.Contain("Overgenomen door Esra Demir (demo)").And.NotContain("Voorstel overnemen");
        }
        Html.Text(await editor.ReadAsync($"/campussen/{Work.Campus}")).Should().Contain("De campus van Twente, volgens Delft.");
    }

    [Fact]
    public async Task Proposal_RejectedWithoutReason_KeepsWhatWasTypedAndAsksForOne()
    {
        await using var work = await Work.StartAsync(site);
        var id = await work.ProposeAsync("enschede", "beleid", "Zomaar", ("note", "Nieuw"));
        using var editor = await work.PersonAsync("redacteur-enschede");

        using var empty = await editor.PostAsync($"/voorstellen/{id}", "reject", ("reden", " "));
        var html = await empty.Content.ReadAsStringAsync();
        Html.Text(html).Should().Contain("Schrijf waarom u het voorstel afwijst");
        html.Should().Contain("aria-invalid=\"true\"").And.Contain("href=\"/voorstellen/" + id + "#reden\"");
        foreach (var hostile in new[] { new string('x', Proposal.ReasonMaxLength + 1), "a\0b", "a\u202Eb" })
        {
            using var refused = await editor.PostAsync($"/voorstellen/{id}", "reject", ("reden", hostile));
            refused.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);
        }
        using var done = await editor.PostAsync($"/voorstellen/{id}", "reject", ("reden", "Het staat er al <b>"));
        done.StatusCode.Should().Be(HttpStatusCode.Redirect);

        using var proposer = await work.PersonAsync("beleid");
        Html.Text(await proposer.ReadAsync("/werkplek")).Should().Contain("Uw voorstel is afgewezen").And.Contain("Het staat er al <b>");
        Html.Text(await proposer.ReadAsync($"/voorstellen/{id}")).Should().Contain("Afgewezen door Esra Demir (demo)");
    }

    [Fact]
    public async Task Proposal_OfOnesOwn_SaysWhyOneCannotApproveItAndCanBeWithdrawn()
    {
        await using var work = await Work.StartAsync(site);
        var id = await work.ProposeAsync("enschede", "redacteur-enschede", "Graag een tweede blik", ("note", "Nieuw"));
        using var editor = await work.PersonAsync("redacteur-enschede");

        var html = await editor.ReadAsync($"/voorstellen/{id}");
        Html.Text(html).Should().Contain("Niemand beslist over een eigen voorstel").And.NotContain("Voorstel overnemen");
        using var forced = await editor.PostToAsync($"/voorstellen/{id}", html, "accept");
        forced.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        using var withdrawn = await editor.PostToAsync($"/voorstellen/{id}", html, "withdraw");
        withdrawn.StatusCode.Should().Be(HttpStatusCode.Redirect);
        Html.Text(await editor.ReadAsync($"/voorstellen/{id}")).Should().Contain("Ingetrokken op");
    }

    [Fact]
    public async Task Proposal_ClashingWithAnother_AsksPerFieldAndTakesTheChoice()
    {
        await using var work = await Work.StartAsync(site);
        var id = await work.ProposeAsync(Work.Campus, "beleid", "Beter", ("description", "Uit het voorstel"), ("note", "Erbij"));
        await work.SaveAsync(Work.Campus, "redacteur-kennispark", ("description", "Intussen gewijzigd"));
        using var editor = await work.PersonAsync("redacteur-enschede");
        var html = await editor.ReadAsync($"/voorstellen/{id}");
        Html.Text(html).Should().Contain("Hier veranderde intussen iets anders").And.Contain("Intussen gewijzigd").And.Contain("Uit het voorstel");
        var revision = (await work.FindAsync(Work.Campus)).Revision.ToString(System.Globalization.CultureInfo.InvariantCulture);

        using var unchosen = await editor.PostToAsync($"/voorstellen/{id}", html, "accept", ("revisie", revision), ("pad", "description"));
        Html.Text(await unchosen.Content.ReadAsStringAsync()).Should().Contain("Kies bij Beschrijving wat er moet staan.");
        using var stale = await editor.PostToAsync($"/voorstellen/{id}", html, "accept");
        Html.Text(await stale.Content.ReadAsStringAsync()).Should().Contain("Iemand anders heeft dit net gewijzigd");
        using var chosen = await editor.PostToAsync($"/voorstellen/{id}", html, "accept", ("revisie", revision), ("pad", "description"), ("keuze-0", "nu"));

        chosen.StatusCode.Should().Be(HttpStatusCode.Redirect);
        var saved = await work.FindAsync(Work.Campus);
        (saved.Description, saved.Note).Should().Be(("Intussen gewijzigd", "Erbij"));
    }

    [Fact]
    public async Task Proposal_AdjustedFirst_BecomesADraftAndNeverOverwritesOne()
    {
        await using var work = await Work.StartAsync(site);
        var id = await work.ProposeAsync(Work.Campus, "beleid", "Beter", ("note", "Uit het voorstel"));
        using var editor = await work.PersonAsync("redacteur-enschede");

        using var adjusted = await editor.PostAsync($"/voorstellen/{id}", "adjust");
        adjusted.Headers.Location!.ToString().Should().EndWith($"/{Work.Campus}");
        Html.Text(await editor.ReadAsync("/werkplek")).Should().Contain("1 wijziging, laatst getypt");
        using var again = await editor.PostAsync($"/voorstellen/{id}", "adjust");
        again.Headers.Location.Should().Be(adjusted.Headers.Location, "the draft is of this proposal");
        var other = await work.ProposeAsync(Work.Campus, "beleid", "Ook dit", ("website", "https://kennispark.example"));
        using var refused = await editor.PostAsync($"/voorstellen/{other}", "adjust");
        Html.Text(await refused.Content.ReadAsStringAsync()).Should().Contain("U hebt hiervan al een concept");
    }

    [Fact]
    public async Task Remark_WithoutAnythingToTakeOver_IsCalledThatAndDealtWith()
    {
        await using var work = await Work.StartAsync(site);
        var (item, proposer, id) = (await work.FindAsync(Work.Campus), await work.ActorAsync("beleid"), Guid.CreateVersion7());
        await using (var db = work.Own.Database.CreateDbContext())
        {
            db.Add(new Proposal { Id = id, ObjectId = item.Id, Kind = "campus", BaseRevision = item.Revision, StewardId = item.StewardId, Sort = ProposalSort.Suggestion, Changes = "{}", Reason = "Het gebouw is verhuisd", ProposerId = proposer.UserId, ProposerName = proposer.Name, ProposerOrganisation = proposer.Organisation, MadeAt = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync();
        }
        using var editor = await work.PersonAsync("redacteur-enschede");

        var open = await editor.ReadAsync($"/voorstellen/{id}");
        Html.Text(open).Should().Contain("Het gebouw is verhuisd").And.Contain("dit is een opmerking").And.Contain("Klaar: opmerking verwerkt").And.NotContain("staat er al").And.NotContain("Eerst aanpassen");
        Html.Links(open).Should().Contain($"/bewerken/campussen/{Work.Campus}");
        using var done = await editor.PostAsync($"/voorstellen/{id}", "accept");

        Html.Text(await editor.ReadAsync($"/voorstellen/{id}")).Should().Contain("Verwerkt door").And.NotContain("Overgenomen").And.NotContain("staat er al");
    }
}
