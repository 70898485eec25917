using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Web.Tests.Working;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>The pages of the actions of the agenda, as everybody reads them.</summary>
public sealed class ActionPageTests(Site site)
{
    private const string Completed = "va-005";

    [Fact]
    public async Task Page_OfAnAction_ShowsWhatItIsAndWhatItServesInBothLanguages()
    {
        var dutch = await site.Client.GetStringAsync("/agenda/acties/" + Completed);
        var english = await site.Client.GetStringAsync("/en/agenda/acties/" + Completed);

        Html.Headings1(dutch).Should().Equal("Gezamenlijke inbreng in het landelijke campusonderzoek");
        Html.Text(dutch).Should().Contain("VA-005").And.Contain("Voorbeeld").And.Contain("Afgerond").And.Contain("Voorbeeldactie: bij de mijlpalen is geen bewijs opgenomen.").And.Contain("Afgerond zonder bewijs van elke mijlpaal")
            .And.Contain("1 oktober 2025 tot en met 30 juni 2026").And.Contain("Mijlpalen").And.Contain("Zonder bewijs").And.Contain("Er is nog niets gemeld.").And.Contain("Nog niemand");
        Html.Text(english).Should().Contain("Completed").And.Contain("Example").And.Contain("1 October 2025 to 30 June 2026").And.Contain("Without evidence").And.Contain("Nothing was reported yet.");
        Html.Links(dutch).Should().Contain("/agenda/acties/va-005/geschiedenis").And.Contain("/bewerken/acties/va-005").And.NotContain("/voortgang/va-005", "nothing is expected of what is completed").And.Contain(l => l.StartsWith("/agenda/acties?onderdeel=vraag-", StringComparison.Ordinal));
        Html.Ids(dutch).Should().OnlyHaveUniqueItems();
        Html.Text(dutch).Should().NotContain("Bestaan").And.Contain("verzonnen, telt nergens mee");
        Html.Links(await site.Client.GetStringAsync("/agenda/acties/va-001")).Should().Contain("/voortgang/va-001");
    }

    [Fact]
    public async Task Address_OfWhatWasArchived_TellsItsNameAndDayAndOfWhatWasHiddenNothing()
    {
        await using var own = await site.OwnAsync();
        var id = await own.Database.ScalarAsync<Guid>("select id from register_object where slug = 'va-001'");
        await ChangeAsync<AgendaAction>(own, "va-001", a => a.State = Domain.Registry.ObjectState.Archived);
        await ChangeAsync<AgendaAction>(own, "va-002", a => (a.State, a.Visibility) = (Domain.Registry.ObjectState.Archived, Domain.Registry.Visibility.Partners));
        await using (var db = own.Database.CreateDbContext())
        {
            db.Add(new AgendaAction { Id = Guid.CreateVersion7(), Slug = "va-901", Name = "Nooit openbaar", State = Domain.Registry.ObjectState.Archived });
            await db.SaveAsync(Domain.Access.Actor.Portal, "Voor de proef");
        }
        await ChangeAsync<Domain.Registry.City>(own, "delft", c => c.State = Domain.Registry.ObjectState.Archived);
        var today = Domain.Dutch.Day(DateTimeOffset.UtcNow);
        var day = today.ToString("d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("nl-NL"));

        foreach (var (address, slug) in new[] { ("/agenda/acties/va-001", "va-001"), ($"/agenda/acties/va-001?op={today:yyyy-MM-dd}", "va-001"), ("/agenda/acties/va-001/geschiedenis", "va-001"), ("/kennissteden/delft", "delft"), ("/kennissteden/delft/factsheet", "delft"), ("/kennissteden/delft/geschiedenis", "delft") })
        {
            using var answer = await own.Client.GetAsync(address);
            answer.StatusCode.Should().Be(HttpStatusCode.Gone, address);
            var html = await answer.Content.ReadAsStringAsync();
            Html.Text(html).Should().Contain($"Gearchiveerd op {day}", address).And.Contain(await own.Database.ScalarAsync<string>($"select name from register_object where kind in ('city', 'action') and slug = '{slug}'"), address);
            html.Should().Contain("noindex");
        }
        using (var permanent = await own.Client.GetAsync($"/id/action/{id}")) permanent.Headers.Location!.ToString().Should().EndWith("/agenda/acties/va-001", "the permanent address leads to what tells so");
        using (var english = await own.Client.GetAsync("/en/agenda/acties/va-001")) Html.Text(await english.Content.ReadAsStringAsync()).Should().Contain("Archived on");
        foreach (var address in new[] { "/agenda/acties/va-002", "/agenda/acties/va-901", "/agenda/acties/va-901/geschiedenis", "/agenda/acties/va-999", "/kennissteden/niets/factsheet" })
        {
            using var answer = await own.Client.GetAsync(address);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound, address);
            Html.Text(await answer.Content.ReadAsStringAsync()).Should().NotContain("Nooit openbaar").And.NotContain("earchiveerd");
        }
        Html.Links(await own.Client.GetStringAsync("/agenda/voortgang?voorbeelden=ja")).Should().NotContain("/agenda/acties/va-001", "what was archived has a name there and no page");
        using (var never = await own.Client.GetAsync($"/id/action/{await own.Database.ScalarAsync<Guid>("select id from register_object where slug = 'va-901'")}")) never.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await ChangeAsync<AgendaAction>(own, "va-001", a => a.Name = "Nooit zo geheten");
        using (var renamed = await own.Client.GetAsync("/agenda/acties/va-001")) Html.Text(await renamed.Content.ReadAsStringAsync()).Should().Contain("Gearchiveerd op").And.NotContain("Nooit zo geheten", "it never had that name in public");
    }

    [Fact]
    public async Task History_OfAnAction_TellsEachStepOfItsStatus()
    {
        await using var own = await site.OwnAsync();
        await ChangeAsync<AgendaAction>(own, "va-001", a => a.Status = ActionStatus.Exploration);
        await ChangeAsync<AgendaAction>(own, "va-001", a => a.Status = ActionStatus.InPreparation);
        await ChangeAsync<AgendaAction>(own, "va-001", a => a.Note = "Iets anders.");

        var html = await own.Client.GetStringAsync("/agenda/acties/va-001/geschiedenis");

        System.Text.RegularExpressions.Regex.Count(html, "Status: van").Should().BeInRange(1, 2);
        Html.Text(html).Should().Contain("Status: van ‘Verkenning’ naar ‘In voorbereiding’");
        Html.Text(await own.Client.GetStringAsync("/en/agenda/acties/va-001/geschiedenis")).Should().Contain("Status: from ‘Exploration’ to ‘In preparation’");
    }

    [Fact]
    public async Task Late_OnPageTableBoardAndTimeline_SaysWhatAndSinceWhen()
    {
        await using var own = await site.OwnAsync();
        await own.Database.ExecuteAsync("""
            update register_object set action_status = 'in-progress', starts_on = current_date - 300, ends_on = current_date + 200 where slug = 'va-001';
            update milestone set status = 'completed', closed_on = due_on where action_id = (select id from register_object where slug = 'va-001');
            insert into milestone (id, action_id, title, due_on, status) select gen_random_uuid(), id, 'Lab is open', date '2026-03-05', 'open' from register_object where slug = 'va-001';
            delete from milestone where action_id = (select id from register_object where slug = 'va-002');
            update register_object set action_status = 'in-progress', starts_on = date '2025-02-01', ends_on = date '2026-04-06' where slug = 'va-002';
            """);
        await own.Database.RebuildActionsAsync();

        foreach (var address in new[] { "/agenda/acties", "/agenda/bord", "/agenda/tijdlijn?van=2026" })
            Html.Text(await own.Client.GetStringAsync(address)).Should().Contain("te laat: mijlpaal ‘Lab is open’ was 5 mrt 2026", address).And.Contain("te laat: het einde was 6 apr 2026", address);
        Html.Text(await own.Client.GetStringAsync("/agenda/acties/va-001")).Should().Contain("Te laat: mijlpaal ‘Lab is open’ was 5 maart 2026");
        Html.Text(await own.Client.GetStringAsync("/agenda/acties/va-002")).Should().Contain("Te laat: het einde was 6 april 2026");
    }

    [Fact]
    public async Task Page_WithCommitments_NamesAnArchivedPartyAsSuchAndLabelsWhatStandsInAnExample()
    {
        await using var own = await site.OwnAsync();
        await own.Database.ExecuteAsync("""
            update register_object set verification = 'general-knowledge' where slug = 'va-001';
            update register_object set verification = 'example' where kind = 'document';
            update register_object set state = 'archived' where kind = 'organisation' and slug = 'gemeente-delft';
            update register_object set visibility = 'partners' where kind = 'organisation' and slug = 'gemeente-enschede';
            insert into commitment (id, object_id, party_id, sort, text, status)
            select gen_random_uuid(), a.id, p.id, 'space', 'Ruimte van ' || p.slug, 'open' from register_object a join register_object p on p.kind = 'organisation' and p.slug in ('gemeente-delft', 'gemeente-enschede') where a.slug = 'va-001';
            insert into commitment (id, object_id, party_id, sort, text, status, carried_out_in_id)
            select gen_random_uuid(), d.id, p.id, 'space', 'Verzonnen toezegging', 'open', a.id from register_object a join register_object p on p.kind = 'city' and p.slug = 'delft' join (select id from register_object where kind = 'document' limit 1) d on true where a.slug = 'va-001';
            """);

        var page = await own.Client.GetStringAsync("/agenda/acties/va-001");
        var ledger = await own.Client.GetStringAsync("/agenda/toezeggingen");

        foreach (var html in new[] { page, ledger })
        {
            Html.Text(html).Should().Contain("Gemeente Delft (gearchiveerd)").And.Contain("Ruimte van gemeente-delft").And.NotContain("Ruimte van gemeente-enschede");
            Html.Links(html).Should().NotContain("/organisaties/gemeente-delft");
        }
        Html.Text(page[page.IndexOf("Verzonnen toezegging", StringComparison.Ordinal)..]).Should().StartWith("Verzonnen toezegging").And.Contain("Voorbeeld");
    }

    [Fact]
    public async Task Lists_OfActions_FilterByStatusLineAndCityAndMarkExamples()
    {
        var all = await site.Client.GetStringAsync("/agenda/acties");
        Html.Text(all).Should().Contain("24 voorbeelden gevonden").And.Contain("VA-001").And.Contain("voorbeeld");

        Html.Text(await site.Client.GetStringAsync("/agenda/acties?soort=afgerond")).Should().Contain("1 voorbeeld gevonden");
        Html.Text(await site.Client.GetStringAsync("/agenda/acties?onderdeel=lijn-1")).Should().MatchRegex("[0-9]+ voorbeelden gevonden").And.NotContain("24 voorbeelden gevonden");
        Html.Text(await site.Client.GetStringAsync("/agenda/acties?stad=enschede")).Should().MatchRegex("[0-9]+ voorbeeld(en)? gevonden");
        using var unknown = await site.Client.GetAsync("/agenda/acties?onderdeel=bestaat-niet");
        unknown.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Html.Text(await unknown.Content.ReadAsStringAsync()).Should().Contain("Dit onderdeel van de agenda kennen we niet");
    }

    [Theory]
    [InlineData("/acties")]
    [InlineData("/acties/va-001")]
    [InlineData("/acties/va-001/geschiedenis")]
    [InlineData("/agenda/acties/va-999")]
    [InlineData("/agenda/acties/VA-001")]
    [InlineData("/agenda/acties/geschiedenis")]
    [InlineData("/agenda/acties/<script>")]
    [InlineData("/agenda/acties/%00")]
    [InlineData("/agenda/acties/va-001/onzin")]
    [InlineData("/agenda/campussen")]
    public async Task Address_ThatIsNone_IsNotFound(string path)
    {
        using var answer = await site.Client.GetAsync(path);

        answer.StatusCode.Should().BeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task History_AndPast_OfAnAction_AreThere()
    {
        Html.Text(await site.Client.GetStringAsync("/agenda/acties/va-001/geschiedenis")).Should().Contain("Geschiedenis van").And.Contain("Import van de startgegevens");
        var id = await site.Portal.Database.ScalarAsync<Guid>("select id from register_object where slug = 'va-001'");
        using var permanent = await site.Client.GetAsync($"/id/action/{id}");
        (permanent.RequestMessage!.RequestUri!.AbsolutePath + permanent.Headers.Location).Should().Contain("/agenda/acties/va-001");
        var today = Domain.Dutch.Day(DateTimeOffset.UtcNow).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Html.Text(await site.Client.GetStringAsync($"/agenda/acties/va-001?op={today}")).Should().Contain("U ziet deze pagina zoals die was op").And.Contain("Mijlpalen");
    }

    [Fact]
    public async Task Pages_OfCitiesAndPlaces_ShowTheirActionsMarkedAndCountNone()
    {
        var city = await site.Client.GetStringAsync("/kennissteden/amsterdam");
        city[city.IndexOf("id=\"acties\"", StringComparison.Ordinal)..].Should().Contain("/agenda/acties/va-001").And.Contain("label-example");

        var campus = await site.Portal.Database.ScalarAsync<string>("select c.slug from relation r join register_object c on c.id = r.to_id where r.kind = 'concerns' and c.kind = 'campus' order by c.slug limit 1");
        Html.Text(await site.Client.GetStringAsync("/campussen/" + campus)).Should().Contain("Acties").And.Contain("VA-0");
    }

    [Fact]
    public async Task Page_OfAnOrganisation_ShowsWhatItOwnsAndIsPartnerInOnceAndAsWhat()
    {
        await using var own = await site.OwnAsync();
        await own.Database.ExecuteAsync("""
            delete from relation r using register_object g where g.id = r.to_id and g.slug = 'gemeente-enschede' and r.kind in ('concerns', 'carried-by', 'deputised-by');
            update register_object set steward_id = (select id from register_object where slug = 'gemeente-enschede') where slug = 'va-001';
            insert into relation (id, kind, from_id, to_id) select gen_random_uuid(), k.kind, a.id, g.id from register_object a, register_object g, (values ('va-001', 'concerns'), ('va-002', 'carried-by'), ('va-003', 'deputised-by')) k(slug, kind) where a.slug = k.slug and g.slug = 'gemeente-enschede';
            """);
        await own.Database.RebuildActionsAsync();

        var dutch = await own.Client.GetStringAsync("/organisaties/gemeente-enschede");
        var english = await own.Client.GetStringAsync("/en/organisaties/gemeente-enschede");

        Html.Text(dutch).Should().Contain("VA-001 · Eigenaar en de actie gaat hierover").And.Contain("VA-002 · Partner").And.Contain("VA-003 · Plaatsvervangend eigenaar").And.Contain("Alle acties met");
        Html.Text(english).Should().Contain("VA-001 · Owner and the action is about this").And.Contain("VA-003 · Deputy owner");
        Html.Links(dutch).Count(l => l == "/agenda/acties/va-001").Should().Be(1);
        Html.Ids(dutch).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Progress_ReportedBySomebodyWhoMay_StandsOnThePage()
    {
        await using var work = await Work.StartAsync(site);
        using var editor = await work.PersonAsync("redacteur-enschede");
        using (var refusal = await editor.GetAsync("/voortgang/va-001"))
        {
            refusal.StatusCode.Should().Be(HttpStatusCode.Forbidden, "the secretariat keeps it");
            var words = await refusal.Content.ReadAsStringAsync();
            Html.Text(words).Should().Contain("Voortgang meldt de eigenaar van de actie, of het secretariaat");
            Html.Links(words).Should().Contain("/bewerken/acties/va-001");
        }
        using var secretariat = await work.PersonAsync("secretariaat");
        Html.Text(await secretariat.ReadAsync("/voortgang/va-001/vragen")).Should().Contain("Deze actie heeft nog geen eigenaar.").And.NotContain("Link sturen");
        // Who edits a city for its municipality speaks for that municipality too.
        var municipality = await work.Own.Database.ScalarAsync<Guid>("select id from register_object where slug = 'gemeente-enschede'");
        await ChangeAsync<AgendaAction>(work.Own, "va-003", a => a.StewardId = municipality);
        Html.Text(await editor.ReadAsync("/voortgang/va-003")).Should().Contain("Hoe gaat het?").And.NotContain("namens de eigenaar");
        using (await secretariat.PostAsync("/voortgang/va-003/vragen", "ask", ("mailadres", "economie@enschede.example"))) { }
        Html.Text(await secretariat.ReadAsync("/voortgang/va-003/vragen")).Should().Contain("ging er al een link naar de eigenaar");
        (await secretariat.GetAsync("/voortgang/va-999")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        // The form was open when the action was archived: what was written comes back with a sentence.
        var open = await secretariat.ReadAsync("/voortgang/va-002");
        var owner = await work.Own.Database.ScalarAsync<Guid>("select id from register_object where slug = 'gemeente-amsterdam'");
        await ChangeAsync<AgendaAction>(work.Own, "va-005", a => a.StewardId = owner);
        var asking = await secretariat.ReadAsync("/voortgang/va-005/vragen");
        await ChangeAsync<AgendaAction>(work.Own, "va-002", a => a.State = Domain.Registry.ObjectState.Archived);
        await ChangeAsync<AgendaAction>(work.Own, "va-005", a => a.State = Domain.Registry.ObjectState.Archived);
        using (var late = await secretariat.PostToAsync("/voortgang/va-002", open, "progress", ("hoe", "green"), ("tekst", "Een heel verhaal.")))
        {
            late.StatusCode.Should().Be(HttpStatusCode.Gone);
            Html.Text(await late.Content.ReadAsStringAsync()).Should().Contain("Dit kunnen we niet vinden").And.Contain("Een heel verhaal.");
        }
        using (var late = await secretariat.PostToAsync("/voortgang/va-005/vragen", asking, "ask", ("mailadres", "x@y.example"))) late.StatusCode.Should().Be(HttpStatusCode.Gone);
        using var empty = await secretariat.PostAsync("/voortgang/va-001", "progress", ("tekst", ""));
        var refused = await empty.Content.ReadAsStringAsync();
        Html.Text(refused).Should().Contain("Kies hoe het gaat.").And.Contain("Schrijf in een paar zinnen hoe het gaat.");
        using var reported = await secretariat.PostAsync("/voortgang/va-001", "progress", ("hoe", Domain.Codes<TrafficLight>.Code(TrafficLight.Amber)), ("tekst", "Wij <b>wachten</b> op de gemeenten."));

        Html.Text(await work.Own.Client.GetStringAsync("/agenda/acties/va-001")).Should().Contain("Aandacht nodig").And.Contain("Wij <b>wachten</b> op de gemeenten.");
        Html.Text(await work.Own.Client.GetStringAsync("/en/agenda/acties/va-001")).Should().Contain("Needs attention");
    }

    private static async Task ChangeAsync<T>(OwnPortal own, string slug, Action<T> change) where T : Domain.Registry.RegisterObject
    {
        await using var db = own.Database.CreateDbContext();
        change(await db.Objects.OfType<T>().SingleAsync(o => o.Slug == slug));
        await db.SaveAsync(Domain.Access.Actor.Portal, "Voor de proef");
    }
}
