using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Meetings;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>What a party is told before a meeting, by whom it may be read, and by which link.</summary>
public sealed partial class BriefingTests(TestServer server)
{
    private static readonly ObjectKind City = KindRegistry.Of<City>();

    [Fact]
    public async Task Briefing_OfACity_HoldsWhatItMustKnowAndNothingOfOthers()
    {
        await using var editors = await Editors.StartAsync(server);
        var (enschede, delft, ministry) = (await editors.FindAsync("enschede"), await editors.FindAsync("delft"), await DocumentTests.MinistryAsync(editors));
        var own = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress, enschede.Id);
        var foreign = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress, delft.Id);
        var past = DayText.Iso(editors.Database.Time.Today().AddDays(-10));
        await ActionEditingTests.ShouldBeSavedAsync(editors, own.Id, ("element/vraag-1", true), ("endsOn", past), Promise(enschede, "Wij maken ruimte", past), Promise(ministry, "Er komt geld", past), Promise(enschede, "Klaar", null, "met"));
        await ActionEditingTests.ShouldBeSavedAsync(editors, foreign.Id, ("element/vraag-2", true), Promise(delft, "Delft doet dit", past));
        await MeetingTests.AddAsync(editors, "Vorig overleg", ("heldOn", "1-3-2025"), (MeetingTests.Path(), MeetingTests.Point("Eén loket", 1, "taken", "Enschede maakt één loket.", party: enschede.Id, due: "2025-06-01")), (MeetingTests.Path(), MeetingTests.Point("Anders", 2, "taken", "Delft doet iets anders.", party: delft.Id)));
        var slug = await MeetingTests.AddAsync(editors, "Overleg", ("heldOn", DayText.Iso(editors.Database.Time.Today().AddDays(7))), (MeetingTests.Path(), MeetingTests.Point("Besluit over ons", 1, asked: "Stem in met de start.", action: own.Id)), (MeetingTests.Path(), MeetingTests.Point("Van Delft", 2, asked: "Stem in.", action: foreign.Id)), (MeetingTests.Path(), MeetingTests.Point("Voor ons", 3, party: enschede.Id)));

        var briefing = (await editors.Database.Briefings().FindAsync(slug, City, "enschede", false, editors.Enschede))!;

        briefing.Points.Select(p => (p.Point.Number, p.IsOurs, p.IsForUs)).Should().Equal((1, true, false), (2, false, false), (3, false, true));
        briefing.Own.Rows.Select(c => (c.Text, c.Party)).Should().Equal(("Wij maken ruimte", null));
        briefing.Others.Rows.Select(c => (c.Text, c.Party)).Should().Equal(("Er komt geld", ministry.Name));
        briefing.Earlier.Rows.Select(p => p.Title).Should().Equal("Eén loket");
        briefing.Actions.Rows.Should().ContainSingle().Which.Should().BeEquivalentTo(new { own.Slug, ReportedOn = (DateOnly?)null });
        briefing.Actions.Rows[0].IsLate(briefing.Today).Should().BeTrue();
        briefing.Asks.Select(a => a.Code).Should().Equal("vraag-1");
        briefing.Running.Should().Be(1);
        (await editors.Database.Meetings().FindAsync(slug, editors.Secretariat))!.Briefed.Select(p => p.Name).Should().Equal("Delft", "Enschede");
    }

    [Fact]
    public async Task Briefing_OfTheMunicipality_IsThatOfItsCity()
    {
        await using var editors = await Editors.StartAsync(server);
        var enschede = (City)await editors.FindAsync("enschede");
        Guid municipality;
        await using (var db = editors.Database.CreateDbContext())
            municipality = await db.Objects.OfType<Organisation>().Where(o => o.Type == OrganisationType.Municipality && o.MunicipalityCode == enschede.MunicipalityCode).Select(o => o.Id).SingleAsync();
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress, municipality);
        var slug = await MeetingTests.AddAsync(editors, "Overleg", (MeetingTests.Path(), MeetingTests.Point("Van de gemeente", 1, action: action.Id)));

        (await editors.Database.Briefings().FindAsync(slug, City, "enschede", false, editors.Enschede))!.Points.Single().IsOurs.Should().BeTrue();
    }

    [Fact]
    public async Task Briefing_OfAMunicipalityWhoseCityIsHidden_TakesNothingOfTheCity()
    {
        await using var editors = await Editors.StartAsync(server);
        var enschede = (City)await editors.FindAsync("enschede");
        var slug = await MeetingTests.AddAsync(editors, "Overleg", ("heldOn", "1-3-2026"), (MeetingTests.Path(), MeetingTests.Point("Voor de stad", 1, "taken", "Ja", party: enschede.Id)));
        await using var db = editors.Database.CreateDbContext();
        var municipality = await db.Objects.OfType<Organisation>().Where(o => o.Type == OrganisationType.Municipality && o.MunicipalityCode == enschede.MunicipalityCode).Select(o => o.Slug).SingleAsync();
        async Task<Briefing> ReadAsync(Actor actor) => (await editors.Database.Briefings().FindAsync(slug, KindRegistry.Of<Organisation>(), municipality, false, actor))!;

        (await ReadAsync(editors.Enschede)).Points.Single().IsForUs.Should().BeTrue();
        foreach (var hidden in new[] { "state = 'archived'", "state = 'draft'", "visibility = 'secretariat'", "visibility = 'partners'" })
        {
            await editors.Database.ExecuteAsync($"update register_object set state = 'published', visibility = 'public' where id = '{enschede.Id}'; update register_object set {hidden} where id = '{enschede.Id}'");
            (await ReadAsync(editors.Secretariat)).Points.Single().IsForUs.Should().BeFalse(hidden);
            var read = () => ReadAsync(editors.Enschede);
            await read.Should().ThrowAsync<NotAllowedException>(hidden);
        }
    }

    [Fact]
    public async Task Earlier_OfABriefing_IsBoundedAndTakesWhatIsInventedOnlyWhenAsked()
    {
        await using var editors = await Editors.StartAsync(server);
        var enschede = await editors.FindAsync("enschede");
        await using var db = editors.Database.CreateDbContext();
        var example = await db.AgendaActions.Where(a => a.Verification == Domain.Provenance.Verification.Example).Select(a => a.Id).FirstAsync();
        var points = Enumerable.Range(1, BriefingQuery.Shown + 2).Select(i => MeetingTests.Point($"Punt {i}", i, "taken", "Ja", party: enschede.Id)).Append(MeetingTests.Point("Verzonnen", 90, "taken", "Ja", action: example, party: enschede.Id, due: "2025-04-01"));
        (string, JsonNode?)[] more = [("heldOn", "1-3-2025"), .. points.Select(p => (MeetingTests.Path(), (JsonNode?)p))];
        await MeetingTests.AddAsync(editors, "Vorig", more);
        var slug = await MeetingTests.AddAsync(editors, "Overleg", (MeetingTests.Path(), MeetingTests.Point("Verzonnen", 1, action: example, party: enschede.Id)));

        var (without, with) = (await editors.Database.Briefings().FindAsync(slug, City, "enschede", false, editors.Enschede), await editors.Database.Briefings().FindAsync(slug, City, "enschede", true, editors.Enschede));

        without!.Earlier.Should().BeEquivalentTo(new { Total = BriefingQuery.Shown + 2, Left = 2 });
        without.Earlier.Rows.Should().HaveCount(BriefingQuery.Shown).And.NotContain(p => p.Title == "Verzonnen");
        with!.Earlier.Total.Should().Be(BriefingQuery.Shown + 3);
        with.Earlier.Rows[0].Should().BeEquivalentTo(new { Title = "Verzonnen", Action = new { IsExample = true } });
        without.Points.Single().Point.Action!.IsExample.Should().BeTrue();
    }

    [Fact]
    public async Task Briefing_OfAnother_IsReadByWhoRunsTheAgendaOnly()
    {
        await using var editors = await Editors.StartAsync(server);
        var slug = await MeetingTests.AddAsync(editors, "Overleg");
        var closed = await MeetingTests.AddAsync(editors, "Gesloten overleg", ("visibility", "secretariat"));
        var briefings = editors.Database.Briefings();

        foreach (var actor in new[] { editors.Delft, editors.Campus, editors.Policy, editors.Administrator })
        {
            var read = () => briefings.FindAsync(slug, City, "enschede", false, actor);
            await read.Should().ThrowAsync<NotAllowedException>();
        }
        (await briefings.FindAsync(slug, City, "enschede", false, editors.Secretariat)).Should().NotBeNull();
        (await briefings.FindAsync(closed, City, "enschede", false, editors.Enschede)).Should().BeNull();
        (await briefings.FindAsync(slug, City, "geen-stad", false, editors.Secretariat)).Should().BeNull();
        (await briefings.FindAsync(slug, KindRegistry.Of<Campus>(), "kennispark-twente", false, editors.Campus)).Should().NotBeNull("a campus owns actions and carries decisions out");
        (await briefings.FindAsync(slug, KindRegistry.Of<InnovationDistrict>(), "kennispark-twente", false, editors.Secretariat)).Should().BeNull();
        (await briefings.FindAsync(slug, KindRegistry.Of<Organisation>(), await EmployerAsync(editors), false, editors.Partner)).Should().NotBeNull();
        var byEmployee = async () => await briefings.FindAsync(slug, KindRegistry.Of<Organisation>(), await EmployerAsync(editors), false, editors.Policy);
        await byEmployee.Should().ThrowAsync<NotAllowedException>("who only works there does not speak for it");
    }

    [Fact]
    public async Task Briefing_OfAnything_TellsNobodyWhatIsForTheSecretariat()
    {
        await using var editors = await Editors.StartAsync(server);
        var enschede = await editors.FindAsync("enschede");
        var hidden = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress, enschede.Id);
        await ActionEditingTests.ShouldBeSavedAsync(editors, hidden.Id, ("visibility", "secretariat"), ("endsOn", "2026-01-01"), Promise(enschede, "Geheim", "2026-02-01"));
        var slug = await MeetingTests.AddAsync(editors, "Overleg", (MeetingTests.Path(), MeetingTests.Point("Punt", 1, action: hidden.Id)));
        await MeetingTests.AddAsync(editors, "Gesloten", ("visibility", "secretariat"), ("heldOn", "1-3-2025"), (MeetingTests.Path(), MeetingTests.Point("Geheim besluit", 1, "taken", "Ja", party: enschede.Id)));

        var briefing = (await editors.Database.Briefings().FindAsync(slug, City, "enschede", false, editors.Secretariat))!;

        briefing.Should().BeEquivalentTo(new { Running = 0, Own = new { Total = 0 }, Actions = new { Total = 0 } });
        briefing.Points.Single().Point.Action.Should().BeNull();
        briefing.Earlier.Total.Should().Be(0);
    }

    [Fact]
    public async Task Briefing_WithExamples_CountsThemOnlyWhenAsked()
    {
        await using var editors = await Editors.StartAsync(server);
        var slug = await MeetingTests.AddAsync(editors, "Overleg");
        await editors.Database.ExecuteAsync("update action_entry set silent_from = current_date where silent_from is not null");

        var (without, with) = (await editors.Database.Briefings().FindAsync(slug, City, "enschede", false, editors.Secretariat), await editors.Database.Briefings().FindAsync(slug, City, "enschede", true, editors.Secretariat));

        without!.Running.Should().Be(0);
        with!.Running.Should().BeGreaterThan(0);
        with.Actions.Rows.Should().OnlyContain(a => a.IsExample);
    }

    [Fact]
    public async Task Link_OfABriefing_ReadsUntilItEndsAndNoLonger()
    {
        await using var editors = await Editors.StartAsync(server);
        var held = editors.Database.Time.Today().AddDays(30);
        var slug = await MeetingTests.AddAsync(editors, "Overleg", ("heldOn", DayText.Iso(held)));
        var meeting = await MeetingTests.FindAsync(editors, slug);

        var sent = (await editors.Database.BriefingLinks().SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", " bestuur@gemeente.nl ", "nl", editors.Secretariat)).Should().BeOfType<BriefingOutcome.Sent>().Subject;

        sent.Until.Should().Be(held.AddDays(7));
        var secret = await SecretAsync(editors);
        var found = await editors.Database.Briefings().FindByLinkAsync(secret);
        found.State.Should().Be(LinkState.Valid);
        found.Briefing!.Party.Name.Should().Be("Enschede");
        (await editors.Database.Briefings().FindByLinkAsync(secret)).State.Should().Be(LinkState.Valid, "it is read as often as one likes");
        (await editors.Database.Briefings(new Later(held.AddDays(8))).FindByLinkAsync(secret)).Should().BeEquivalentTo(new { State = LinkState.Expired, Briefing = (Briefing?)null });
        foreach (var wrong in new[] { "", "x", new string('a', 43), secret[..^1], "'; drop table access_link; --" }) (await editors.Database.Briefings().FindByLinkAsync(wrong)).State.Should().Be(LinkState.Unknown);
        // It reads, and does nothing else.
        (await editors.Database.Progress().ReportByLinkAsync(secret, "green", "Goed")).Should().BeEquivalentTo(new { State = LinkState.Unknown });

        var open = await editors.Database.BriefingLinks().OpenAsync(meeting.Id, editors.Secretariat);
        open.Should().ContainSingle().Which.Party.Should().Be("Enschede");
        (await new AccessLinkWriter(editors.Database, editors.Database.Time).RevokeAsync(open[0].Id, editors.Secretariat, default)).Should().BeTrue();
        (await editors.Database.Briefings().FindByLinkAsync(secret)).Should().BeEquivalentTo(new { State = LinkState.Revoked, Briefing = (Briefing?)null });
        (await editors.Database.BriefingLinks().OpenAsync(meeting.Id, editors.Secretariat)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(null, 14)]
    [InlineData(-100, 14)]
    [InlineData(6, 14)]
    [InlineData(8, 15)]
    [InlineData(113, 120)]
    [InlineData(114, null)]
    public void Link_OfAMeeting_WorksAWeekAfterItAndTwoWeeksAtLeast(int? heldIn, int? lasts)
    {
        var today = new DateOnly(2026, 11, 28);

        BriefingLinks.LastDay(heldIn is { } days ? today.AddDays(days) : null, today).Should().Be(lasts is { } last ? today.AddDays(last) : null);
    }

    [Fact]
    public async Task Link_OfAMeetingFarAway_IsSentLater()
    {
        await using var editors = await Editors.StartAsync(server);
        var today = editors.Database.Time.Today();
        var meeting = await MeetingTests.FindAsync(editors, await MeetingTests.AddAsync(editors, "Overleg", ("heldOn", DayText.Iso(today.AddDays(200)))));

        (await editors.Database.BriefingLinks().SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", "bestuur@gemeente.nl", "nl", editors.Secretariat)).Should().Be(new BriefingOutcome.TooEarly(today.AddDays(87)));
        (await editors.Database.BriefingLinks(new Later(today.AddDays(87))).SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", "bestuur@gemeente.nl", "nl", editors.Secretariat)).Should().Be(new BriefingOutcome.Sent(today.AddDays(207)));
    }

    [Fact]
    public async Task SendAsync_FormSentTwice_IsOneLinkAndAnotherAddressOnItIsAnother()
    {
        await using var editors = await Editors.StartAsync(server);
        var meeting = await MeetingTests.FindAsync(editors, await MeetingTests.AddAsync(editors, "Overleg van maart"));
        var (links, form) = (editors.Database.BriefingLinks(), Guid.NewGuid());

        foreach (var outcome in await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => links.SendAsync(meeting.Id, form, City, "enschede", "bestuur@gemeente.nl", "nl", editors.Secretariat)))) outcome.Should().BeOfType<BriefingOutcome.Sent>();
        // Who goes back has the same form, and sends it to somebody else or for another party.
        await links.SendAsync(meeting.Id, form, City, "enschede", "ander@gemeente.nl", "nl", editors.Secretariat);
        await links.SendAsync(meeting.Id, form, City, "delft", "bestuur@gemeente.nl", "nl", editors.Secretariat);

        (await links.OpenAsync(meeting.Id, editors.Secretariat)).Select(l => l.Party).Should().BeEquivalentTo("Enschede", "Enschede", "Delft");
        (await editors.Database.ScalarAsync<long>("select count(*) from outbox_mail")).Should().Be(3);
        await editors.Database.ExecuteAsync("update access_link set revoked_at = now()");
        await links.SendAsync(meeting.Id, form, City, "enschede", "bestuur@gemeente.nl", "nl", editors.Secretariat);
        (await links.OpenAsync(meeting.Id, editors.Secretariat)).Should().ContainSingle("what was revoked is sent anew, also from the form that stood open");
    }

    [Fact]
    public async Task Link_SentAndRevoked_StandsInTheAuditWithMeetingAndParty()
    {
        await using var editors = await Editors.StartAsync(server);
        var meeting = await MeetingTests.FindAsync(editors, await MeetingTests.AddAsync(editors, "Overleg van maart"));
        var links = editors.Database.BriefingLinks();
        await links.SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", "bestuur@gemeente.nl", "nl", editors.Secretariat);
        await new AccessLinkWriter(editors.Database, editors.Database.Time).RevokeAsync((await links.OpenAsync(meeting.Id, editors.Secretariat)).Single().Id, editors.Secretariat, default);

        foreach (var sort in new[] { RightsEventSort.LinkSent, RightsEventSort.LinkRevoked })
            (await new PeopleQuery(editors.Database, editors.Database.Search).AuditAsync(sort, null, 1, editors.Administrator)).Rows.Single().Detail!.Value.Nl.Should().Be("lezen, Overleg van maart, Enschede");
    }

    [Fact]
    public async Task Links_MoreThanAnHourAllows_AreHeldBackAlsoWhenTheyAreRevokedMeanwhile()
    {
        await using var editors = await Editors.StartAsync(server);
        var clock = Clock.Tuesday;
        editors.Database.Time = clock;
        var (one, two) = (await MeetingTests.FindAsync(editors, await MeetingTests.AddAsync(editors, "Een")), await MeetingTests.FindAsync(editors, await MeetingTests.AddAsync(editors, "Twee")));
        var links = editors.Database.BriefingLinks();
        Task<BriefingOutcome> SendAsync(Meeting meeting) => links.SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", "bestuur@gemeente.nl", "nl", editors.Secretariat);
        for (var i = 0; i < BriefingLinks.MostInAnHour - 2; i++) await SendAsync(one);
        await editors.Database.ExecuteAsync("update access_link set revoked_at = now()");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => SendAsync(i % 2 == 0 ? one : two)));

        outcomes.OfType<BriefingOutcome.Sent>().Should().HaveCount(2);
        var again = outcomes.OfType<BriefingOutcome.TooFast>().Should().HaveCount(4).And.Subject.First().Again;
        clock.Now = again;
        (await SendAsync(two)).Should().BeOfType<BriefingOutcome.Sent>();
    }

    [Fact]
    public async Task Links_ManyAtOnce_AreNeverMoreThanAMeetingMayHave()
    {
        await using var editors = await Editors.StartAsync(server);
        var meeting = await MeetingTests.FindAsync(editors, await MeetingTests.AddAsync(editors, "Overleg"));
        var links = editors.Database.BriefingLinks();
        for (var i = 0; i < BriefingLinks.Most - 1; i++) await links.SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", "bestuur@gemeente.nl", "nl", editors.Secretariat);
        var another = editors.Secretariat with { UserId = editors.Partner.UserId };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => links.SendAsync(meeting.Id, Guid.NewGuid(), City, "delft", "bestuur@gemeente.nl", "nl", another)));

        outcomes.OfType<BriefingOutcome.Sent>().Should().ContainSingle();
        outcomes.OfType<BriefingOutcome.TooMany>().Should().HaveCount(3);
    }

    [Fact]
    public async Task Link_OfAMeetingThatWasClosed_EndsWithIt()
    {
        await using var editors = await Editors.StartAsync(server);
        var meeting = await MeetingTests.FindAsync(editors, await MeetingTests.AddAsync(editors, "Overleg"));
        await editors.Database.BriefingLinks().SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", "bestuur@gemeente.nl", "en", editors.Secretariat);
        var secret = await SecretAsync(editors);

        (await editors.Objects.SaveAsync(Editors.Change(meeting, meeting.Revision, ("visibility", "secretariat")), editors.Secretariat)).Should().BeOfType<Data.Editing.EditOutcome.Saved>();

        (await editors.Database.Briefings().FindByLinkAsync(secret)).State.Should().Be(LinkState.Revoked);
        (await editors.Database.BriefingLinks().SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", "bestuur@gemeente.nl", "nl", editors.Secretariat)).Should().BeOfType<BriefingOutcome.NotOpen>();
    }

    [Fact]
    public async Task Link_ToWhatIsNoAddressOrOneTooMany_IsNotSent()
    {
        await using var editors = await Editors.StartAsync(server);
        var meeting = await MeetingTests.FindAsync(editors, await MeetingTests.AddAsync(editors, "Overleg"));
        var links = editors.Database.BriefingLinks();

        foreach (var wrong in Hostile.Texts.Values.Append(null)) (await links.SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", wrong, "nl", editors.Secretariat)).Should().BeOfType<BriefingOutcome.Invalid>();
        for (var i = 0; i < BriefingLinks.Most; i++) (await links.SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", $"a{i}@gemeente.nl", "nl", editors.Secretariat)).Should().BeOfType<BriefingOutcome.Sent>();
        (await links.SendAsync(meeting.Id, Guid.NewGuid(), City, "enschede", "nog@gemeente.nl", "nl", editors.Secretariat)).Should().BeOfType<BriefingOutcome.TooMany>();
        (await editors.Database.ScalarAsync<long>("select count(*) from access_link")).Should().Be(BriefingLinks.Most);
    }

    private static async Task<string> EmployerAsync(Editors editors)
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.Objects.Where(o => o.Id == editors.Policy.OrganisationId).Select(o => o.Slug).SingleAsync();
    }

    private static (string, JsonNode?) Promise(RegisterObject party, string text, string? term, string status = "open")
    {
        var node = new JsonObject { ["party"] = party.Id.ToString(), ["sort"] = "capacity", ["text"] = text, ["status"] = status };
        if (term is not null) node["term"] = term;
        return ($"commitment/{Guid.CreateVersion7()}", node);
    }

    /// <summary>What stands in the newest mail.</summary>
    private static async Task<string> SecretAsync(Editors editors) => SecretIn().Match(await editors.Database.ScalarAsync<string>("select body from outbox_mail order by id desc limit 1")).Groups["secret"].Value;

    [GeneratedRegex("/inzien/(?<secret>[A-Za-z0-9_-]{43})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretIn();

    private sealed class Later(DateOnly day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Dutch.EndOf(day);
    }
}
