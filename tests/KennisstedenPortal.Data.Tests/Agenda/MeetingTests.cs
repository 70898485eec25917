using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>A meeting: its points with what is asked and decided, what it leaves open, and what of it everybody may see.</summary>
public sealed class MeetingTests(TestServer server)
{
    private static readonly ObjectKind Kind = KindRegistry.Of<Meeting>();

    [Fact]
    public async Task Add_WithPoints_StandsOnItsPageOnThatOfTheActionAndInHistory()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        var delft = await editors.FindAsync("delft");
        var (one, two) = (Path(), Path());

        var slug = await AddAsync(editors, "Overleg van maart", ("visibility", "public"), ("sort", "official"), ("heldOn", "1-3-2026"), ("venue", "Utrecht"),
            (one, Point("Start van de verkenning", 1, "taken", "Wij starten op 1 april.", action: action.Id, party: delft.Id, due: "2026-04-01")), (two, Point("Rondvraag", 2)),
            ($"relation/{Guid.CreateVersion7()}", new JsonObject { ["kind"] = "attended-by", ["from"] = "self", ["to"] = delft.Id.ToString() }));

        var shown = await ShownAsync(editors, slug);
        shown.Should().BeEquivalentTo(new { Sort = MeetingSort.Official, HeldOn = new DateOnly(2026, 3, 1), Venue = "Utrecht" });
        shown.Points.OrderBy(p => p.Number).Select(p => (p.Title, p.Status, p.Action?.Slug, p.Party?.Name)).Should().Equal(("Start van de verkenning", DecisionStatus.Taken, action.Slug, "Delft"), ("Rondvraag", DecisionStatus.Pending, null, null));
        var onAction = (AgendaAction)(await new DetailQuery(editors.Database, editors.Database.Source).RunAsync(KindRegistry.Of<AgendaAction>(), action.Slug, default)).Detail!.Item;
        onAction.Points.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Decision = "Wij starten op 1 april.", Meeting = new { Slug = slug, HeldOn = new DateOnly(2026, 3, 1) }, Party = new { Name = "Delft" } });

        await ShouldBeSavedAsync(editors, slug, (one, Point("Start van de verkenning", 1, "carried-out", "Wij starten op 1 april.", action: action.Id, party: delft.Id, carriedOutOn: "2026-04-02")));
        var past = (Meeting)((PastOutcome.Found)await new PastQuery(editors.Database).RunAsync(Kind, slug, DateTimeOffset.UtcNow)).Detail.Item;
        past.Points.Single(p => p.Number == 1).Should().BeEquivalentTo(new { Status = DecisionStatus.CarriedOut, CarriedOutOn = new DateOnly(2026, 4, 2), Action = new { action.Slug }, Party = new { Name = "Delft" } });
        new DifferenceWords(Kind, shown.Id, new Dictionary<string, string>(StringComparer.Ordinal) { [action.Id.ToString()] = action.Name, [delft.Id.ToString()] = "Delft" }, "nl").Value(one, Point("Start", 1, "taken", "Wij starten.", action: action.Id, party: delft.Id, due: "2026-04-01"))
            .Should().Be($"1. Start; {action.Name}; besluit: Wij starten.; Besloten, nog uit te voeren; Delft; uiterlijk 1 april 2026");
        (await new HistoryQuery(editors.Database, editors.Database.Time).TimelineAsync(Kind, slug, null))!.Entries.Should().HaveCount(2);
        (await editors.Database.ScalarAsync<long>($"select count(*) from field_change where field = '{one}'")).Should().Be(1);
        (await new HistoryQuery(editors.Database, editors.Database.Time).TimelineAsync(KindRegistry.Of<AgendaAction>(), action.Slug, null))!.Talks.Should().ContainSingle().Which.Should().BeEquivalentTo(new { On = new DateOnly(2026, 3, 1), MeetingSlug = slug, Decision = "Wij starten op 1 april." });
    }

    [Fact]
    public async Task Save_WhatCannotBe_IsRefusedAtItsPointWithASentence()
    {
        await using var editors = await Editors.StartAsync(server);
        var (taken, fresh) = (Path(), Path());
        var coming = editors.Database.Time.Today().AddDays(30);
        var slug = await AddAsync(editors, "Overleg", ("heldOn", DayText.Iso(coming)), (taken, Point("Een", 1)));
        (JsonNode? Value, string Sentence)[] wrong =
        [
            (Point("", 2), "Vul een tekst in"), (Point("Twee", 1), "Nummer 1 staat er al"), (Point("Twee", 0), "heel getal"), (Point("Twee", 100), "heel getal"), (Point("Twee", 2, "besloten"), "Kies hoe het besluit ervoor staat"),
            (Point("Twee", 2, "taken"), "Schrijf op wat er is besloten"), (Point("Twee", 2, "pending", "Ja"), "Er staat een besluit"), (Point("Twee", 2, "carried-out", "Ja"), "op welke dag"),
            (Point("Twee", 2, "carried-out", "Ja", carriedOutOn: "2099-01-01"), "toekomst"), (Point("Twee", 2, "taken", "Ja"), "nog niet geweest"), (Point("Twee", 2, due: "31-2-2027"), "bestaat niet"), (Point("Twee", 2, due: "9999-01-01"), "2100"),
            (Point("Twee", 2, action: (await editors.FindAsync("delft")).Id), "Kies een actie"), (Point("Twee", 2, party: Guid.NewGuid()), "uit het register"), ("tekst", "Vul een tekst in"),
        ];

        foreach (var (value, sentence) in wrong)
            (await SaveAsync(editors, slug, [(fresh, value?.DeepClone())])).Should().BeOfType<EditOutcome.Invalid>($"{value?.ToJsonString()}").Which.Problems.Should().Contain(p => p.Path == fresh && p.Message.Nl.Contains(sentence, StringComparison.Ordinal), $"{value?.ToJsonString()}");
        (await editors.Database.ScalarAsync<long>("select count(*) from agenda_point")).Should().Be(1, "nothing of what was refused is kept");
        var foreign = await ActionEditingTests.AddAsync(editors, ActionStatus.Idea);
        var onAction = () => ActionEditingTests.ShouldBeSavedAsync(editors, foreign.Id, (fresh, Point("Op een actie", 1)));
        await onAction.Should().ThrowAsync<Exception>("an action has no agenda");
    }

    [Fact]
    public async Task Numbers_OfTwoPoints_ChangePlacesInOneChangeAndNoTwoStandTogether()
    {
        await using var editors = await Editors.StartAsync(server);
        var (one, two) = (Path(), Path());
        var slug = await AddAsync(editors, "Overleg", (one, Point("Een", 1)), (two, Point("Twee", null)));

        await ShouldBeSavedAsync(editors, slug, (one, Point("Een", 2)), (two, Point("Twee", 1)));

        (await editors.Database.ScalarAsync<string>("select string_agg(title, ' ' order by number) from agenda_point")).Should().Be("Twee Een");
        var twice = () => editors.Database.ExecuteAsync("update agenda_point set number = 1");
        await twice.Should().ThrowAsync<Npgsql.PostgresException>("the database refuses it too");
    }

    [Fact]
    public async Task Restore_AnOlderVersion_BringsThePointBack()
    {
        await using var editors = await Editors.StartAsync(server);
        var one = Path();
        var slug = await AddAsync(editors, "Overleg", ("heldOn", "1-3-2026"), (one, Point("Een", 1, "taken", "Ja")));
        await ShouldBeSavedAsync(editors, slug, (one, null));

        var plan = (await new RestoreQuery(editors.Database).FindAsync(Kind, slug, 1, editors.Secretariat))!;

        plan.Input.Changes.Values.Should().ContainKey(one);
        (await editors.Objects.SaveAsync(plan.Input, editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Database.ScalarAsync<string>("select title || decision from agenda_point")).Should().Be("EenJa");
    }

    [Fact]
    public async Task Point_AboutWhatIsHidden_NamesItToNobodyWhoMayNotSee()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, delft) = (await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress), await editors.FindAsync("delft"));
        var one = Path();
        var slug = await AddAsync(editors, "Overleg", ("visibility", "public"), ("heldOn", "1-3-2026"), (one, Point("Een", 1, "taken", "Ja", action: action.Id, party: delft.Id)));
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, ("visibility", "secretariat"));

        (await ShownAsync(editors, slug)).Points.Single().Should().BeEquivalentTo(new { Action = (object?)null, Party = new { Name = "Delft" } });
        (await editors.Database.Meetings().FindAsync(slug, editors.Enschede))!.Points.Single().Action.Should().BeNull();
        (await editors.Database.Meetings().FindAsync(slug, editors.Secretariat))!.Points.Single().Action!.Slug.Should().Be(action.Slug);
        var seen = (await editors.Query.FindAsync(Kind, slug, editors.Enschede))!;
        seen.Snapshot[one]!.AsObject().ContainsKey("action").Should().BeFalse();
        // Who can't see it on the form does not take it away by proposing something else.
        var proposed = await editors.Objects.ProposeAsync(Editors.Change(await FindAsync(editors, slug), seen.Revision, (one, Point("Anders", 1, "taken", "Ja", party: delft.Id))) with { Reason = "Beter" }, editors.Enschede);
        (await editors.Proposals.AcceptAsync(((EditOutcome.Waiting)proposed).ProposalId, null, editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Database.ScalarAsync<long>("select count(*) from agenda_point where action_id is null")).Should().Be(1, "the secretariat sees that it goes, and takes that over");
    }

    [Fact]
    public async Task Lists_OfMeetings_ShowEachReaderWhatIsTheirs()
    {
        await using var editors = await Editors.StartAsync(server);
        var today = editors.Database.Time.Today();
        var (open, partners, closed, undated) = (await AddAsync(editors, "Open", ("visibility", "public"), ("heldOn", DayText.Iso(today))), await AddAsync(editors, "Partners", ("heldOn", DayText.Iso(today.AddDays(5)))),
            await AddAsync(editors, "Gesloten", ("visibility", "secretariat"), ("heldOn", "1-3-2025"), (Path(), Point("Een", 1, "taken", "Ja")), (Path(), Point("Twee", 2))), await AddAsync(editors, "Ooit"));
        var meetings = editors.Database.Meetings();

        var (coming, past, _) = await meetings.ListAsync();
        coming.Rows.Select(m => m.Slug).Should().Equal(open);
        past.Total.Should().Be(0);
        (await meetings.ListAsync(editors.Enschede)).Coming.Rows.Select(m => m.Slug).Should().Equal(open, partners, undated);
        var all = await meetings.ListAsync(editors.Secretariat);
        all.Past.Rows.Single().Should().BeEquivalentTo(new { Slug = closed, Points = 2, Decided = 1, Open = 1 }, "the second asks for no decision");
        all.Years.Should().Equal(2025);
        (await meetings.ListAsync(editors.Secretariat, 2024)).Past.Total.Should().Be(0);
        (await meetings.FindAsync(closed, editors.Enschede)).Should().BeNull();
        (await editors.Database.ScalarAsync<string>($"select visibility from register_object where slug = '{undated}'")).Should().Be("partners", "a meeting is for who comes, until it is opened");
    }

    [Fact]
    public async Task Earlier_OfAMeeting_IsWhatStoodOpenOnItsDay()
    {
        await using var editors = await Editors.StartAsync(server);
        await AddAsync(editors, "Eerste", ("visibility", "public"), ("heldOn", "1-3-2025"), (Path(), Point("Genomen", 1, "taken", "Ja")), (Path(), Point("Aangehouden", 2, "held-over", "Later")), (Path(), Point("Nooit besproken", 3, asked: "Stem in.")), (Path(), Point("Afgewezen", 4, "rejected", "Nee")),
            (Path(), Point("Op tijd", 5, "carried-out", "Ja", carriedOutOn: "2025-04-01")), (Path(), Point("Na de tweede", 6, "carried-out", "Ja", carriedOutOn: "2025-08-01")), (Path(), Point("Rondvraag", 7)));
        await AddAsync(editors, "Dicht", ("heldOn", "2-3-2025"), (Path(), Point("Voor partners", 1, "taken", "Ja")));
        var second = await FindAsync(editors, await AddAsync(editors, "Tweede", ("visibility", "public"), ("heldOn", "1-6-2025"), (Path(), Point("Eigen", 1, "taken", "Ja"))));

        (await editors.Database.Meetings().OpenBeforeAsync(second.Id, second.HeldOn!.Value)).Rows.Select(p => p.Title).Should().Equal("Genomen", "Aangehouden", "Nooit besproken", "Na de tweede");
        (await editors.Database.Meetings().FindAsync(second.Slug, editors.Enschede))!.Earlier.Rows.Select(p => p.Title).Should().Equal("Genomen", "Aangehouden", "Nooit besproken", "Na de tweede", "Voor partners");
    }

    [Fact]
    public async Task Save_WhatDoesNotFitTheDayOfTheMeeting_IsRefusedWhereItWasGiven()
    {
        await using var editors = await Editors.StartAsync(server);
        var (one, two, coming) = (Path(), Path(), DayText.Iso(editors.Database.Time.Today().AddDays(30)));
        var undated = await AddAsync(editors, "Zonder dag", (one, Point("Een", 1)));
        var held = await AddAsync(editors, "Geweest", ("heldOn", "1-3-2026"), (two, Point("Een", 1, "carried-out", "Ja", carriedOutOn: "2026-03-01")));

        async Task RefusedAsync(string slug, string path, string sentence, params (string, JsonNode?)[] changes) =>
            (await SaveAsync(editors, slug, changes)).Should().BeOfType<EditOutcome.Invalid>(sentence).Which.Problems.Should().ContainSingle().Which.Should().Match<Problem>(p => p.Path == path && p.Message.Nl.Contains(sentence));
        await RefusedAsync(undated, one, "Vul eerst de datum", (one, Point("Een", 1, "taken", "Ja")));
        await RefusedAsync(held, "heldOn", "niet in de toekomst", ("heldOn", coming));
        await RefusedAsync(held, "heldOn", "op welke dag", ("heldOn", null));
        await RefusedAsync(held, "heldOn", "voordat het is genomen", ("heldOn", "2-3-2026"));
        await RefusedAsync(held, two, "niet zijn uitgevoerd voor", (two, Point("Een", 1, "carried-out", "Ja", carriedOutOn: "2026-02-28")));
        await ShouldBeSavedAsync(editors, held, ("heldOn", "28-2-2026"));
        await ShouldBeSavedAsync(editors, undated, ("heldOn", "1-3-2026"), (one, Point("Een", 1, "taken", "Ja")));
    }

    [Fact]
    public async Task Party_OfAPoint_IsWhoCanBeOneAndStaysWhenItStoodThere()
    {
        await using var editors = await Editors.StartAsync(server);
        var (one, campus, district) = (Path(), await editors.FindAsync("kennispark-twente"), await FirstAsync<InnovationDistrict>(editors));
        var slug = await AddAsync(editors, "Overleg", (one, Point("Een", 1, party: campus.Id)));

        (await SaveAsync(editors, slug, (one, Point("Een", 1, party: district)))).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle(p => p.Message.Nl.Contains("organisatie, stad of campus"));
        await editors.Database.ExecuteAsync($"update agenda_point set party_id = '{district}'");
        await ShouldBeSavedAsync(editors, slug, (one, Point("Anders", 1, party: district)));
    }

    [Fact]
    public async Task View_OfAMeeting_TellsWhoComesWhatWasPromisedAndWhichBriefingsOneMayOpen()
    {
        await using var editors = await Editors.StartAsync(server);
        var (delft, enschede, ministry) = (await editors.FindAsync("delft"), await editors.FindAsync("enschede"), await DocumentTests.MinistryAsync(editors));
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, ("visibility", "partners"));
        JsonObject Attends(RegisterObject party) => new() { ["kind"] = "attended-by", ["from"] = "self", ["to"] = party.Id.ToString() };
        JsonObject Promise(string text, RegisterObject party) => new() { ["party"] = party.Id.ToString(), ["sort"] = "money", ["amount"] = 1000, ["text"] = text, ["status"] = "open", ["term"] = "2026-01-01", ["carriedOutIn"] = action.Id.ToString() };
        var slug = await AddAsync(editors, "Overleg", ("website", "https://stukken.example/een"), ($"relation/{Guid.CreateVersion7()}", Attends(delft)), ($"relation/{Guid.CreateVersion7()}", Attends(enschede)), ($"relation/{Guid.CreateVersion7()}", Attends(ministry)),
            ($"commitment/{Guid.CreateVersion7()}", Promise("Er komt geld", ministry)), (Path(), Point("Een", 1, action: action.Id)));
        await editors.Database.ExecuteAsync($"update relation set reported_by_id = '{delft.Id}' where kind = 'attended-by' and to_id = '{delft.Id}'; update register_object set visibility = 'partners' where id = '{ministry.Id}'");

        var seen = (await editors.Database.Meetings().FindAsync(slug, editors.Enschede))!;

        seen.Website.Should().Be("https://stukken.example/een");
        seen.Attending.Select(a => (a.Party.Link.Name, a.Party.HasPage, a.IsConfirmed)).Should().BeEquivalentTo([("Delft", true, false), ("Enschede", true, true), (ministry.Name, false, true)]);
        seen.Commitments.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Text = "Er komt geld", Amount = 1000m, Party = new { HasPage = false }, CarriedOutIn = new { action.Slug }, ActionHasPage = false });
        seen.Commitments[0].IsLate(editors.Database.Time.Today()).Should().BeTrue();
        seen.Points.Single().Should().BeEquivalentTo(new { Action = new { action.Slug }, ActionHasPage = false });
        seen.Briefed.Select(p => p.Name).Should().Equal("Enschede");
        (await editors.Database.Meetings().FindAsync(slug, editors.Delft))!.Briefed.Should().BeEmpty("that Delft takes part was not confirmed");
        (await editors.Database.Meetings().FindAsync(slug, editors.Secretariat))!.Briefed.Select(p => p.Name).Should().BeEquivalentTo("Enschede", ministry.Name);
    }

    [Fact]
    public async Task Briefings_OfTheNextMeeting_AreForWhoStillCarriesOutADecisionToo()
    {
        await using var editors = await Editors.StartAsync(server);
        var delft = await editors.FindAsync("delft");
        await AddAsync(editors, "Vorig overleg", ("heldOn", DayText.Iso(editors.Database.Time.Today().AddDays(-30))), (Path(), Point("Eén loket", 1, "taken", "Delft maakt een plan.", party: delft.Id)), (Path(), Point("Klaar", 2, "carried-out", "Gedaan.", party: (await editors.FindAsync("utrecht")).Id, carriedOutOn: DayText.Iso(editors.Database.Time.Today().AddDays(-20)))));
        var slug = await AddAsync(editors, "Volgend overleg", ("heldOn", DayText.Iso(editors.Database.Time.Today().AddDays(30))), (Path(), Point("Rondvraag", 1)));

        (await editors.Database.Meetings().FindAsync(slug, editors.Secretariat))!.Briefed.Select(p => p.Name).Should().Equal("Delft");
    }

    [Fact]
    public async Task Talks_OfAnAction_AreOfMeetingsThatWere()
    {
        await using var editors = await Editors.StartAsync(server);
        editors.Database.Time = Clock.Tuesday;
        var (action, today) = (await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress), editors.Database.Time.Today());
        await AddAsync(editors, "Gisteren", ("visibility", "public"), ("heldOn", DayText.Iso(today.AddDays(-1))), (Path(), Point("Gisteren", 1, action: action.Id)));
        await AddAsync(editors, "Vandaag", ("visibility", "public"), ("heldOn", DayText.Iso(today)), (Path(), Point("Besloten", 1, "taken", "Ja", action: action.Id)), (Path(), Point("Komt nog", 2, action: action.Id)));
        await AddAsync(editors, "Morgen", ("visibility", "public"), ("heldOn", DayText.Iso(today.AddDays(1))), (Path(), Point("Morgen", 1, action: action.Id)));

        (await new HistoryQuery(editors.Database, editors.Database.Time).TimelineAsync(KindRegistry.Of<AgendaAction>(), action.Slug, null))!.Talks.Select(t => t.Title).Should().Equal("Besloten", "Gisteren");
    }

    [Fact]
    public async Task Picker_FindsWhatTheReaderMayRead()
    {
        await using var editors = await Editors.StartAsync(server);
        var (open, partners, hidden) = (await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress), await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress), await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress));
        foreach (var (action, visibility) in new[] { (open, "public"), (partners, "partners"), (hidden, "secretariat") }) await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, ("name", $"Zonderling {visibility}"), ("visibility", visibility));

        async Task<IEnumerable<string>> FoundAsync(string text, Actor actor, params string[] kinds) => (await editors.Query.ObjectsAsync(text, kinds, actor)).Select(c => c.Code);
        (await FoundAsync("zonderling", editors.Delft, "action")).Should().BeEquivalentTo(open.Id.ToString(), partners.Id.ToString());
        (await FoundAsync("zonderling", editors.Secretariat, "action")).Should().BeEquivalentTo(open.Id.ToString(), partners.Id.ToString(), hidden.Id.ToString());
        (await FoundAsync(partners.Slug, editors.Delft)).Should().Equal(partners.Id.ToString());
        (await FoundAsync("zonderling", editors.Secretariat, "organisation")).Should().BeEmpty();
        var organisation = await FirstAsync<Organisation>(editors);
        await using (var db = editors.Database.CreateDbContext())
        {
            var item = await db.Objects.SingleAsync(o => o.Id == organisation);
            (item.Name, item.Visibility) = ("Besloten zonderling 100%", Visibility.Partners);
            await db.SaveAsync(Actor.Portal, "Alleen voor partners");
        }
        (await FoundAsync("zonderling 100%", editors.Delft, "organisation", "city")).Should().Equal(organisation.ToString());
        (await FoundAsync("zonderling", editors.Delft, "campus")).Should().BeEmpty();
    }

    private static async Task<Guid> FirstAsync<T>(Editors editors) where T : RegisterObject
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.Objects.OfType<T>().Where(o => o.State == ObjectState.Published && o.Visibility == Visibility.Public).Select(o => o.Id).FirstAsync();
    }

    internal static string Path() => $"point/{Guid.CreateVersion7()}";

    internal static JsonObject Point(string title, int? number, string status = "pending", string? decision = null, string? asked = null, Guid? action = null, Guid? party = null, string? due = null, string? carriedOutOn = null)
    {
        var node = new JsonObject { ["title"] = title, ["status"] = status };
        foreach (var (member, value) in new (string, JsonNode?)[] { ("number", number), ("decision", decision), ("asked", asked), ("action", action?.ToString()), ("party", party?.ToString()), ("due", due), ("carriedOutOn", carriedOutOn) })
            if (value is not null) node[member] = value;
        return node;
    }

    /// <returns>Its slug.</returns>
    internal static async Task<string> AddAsync(Editors editors, string name, params (string Path, JsonNode? Value)[] more)
    {
        var id = Guid.CreateVersion7();
        foreach (var node in more.Select(m => m.Value).OfType<JsonObject>().Where(n => Json.Text(n["from"]) == "self")) node["from"] = id.ToString();
        var outcome = await editors.Objects.SaveAsync(new EditInput(id, Kind, 0, new ChangeSet([new("name", name), .. more.Any(m => m.Path == "sort") ? Array.Empty<KeyValuePair<string, JsonNode?>>() : [new("sort", "administrative")], .. more.Select(m => KeyValuePair.Create(m.Path, m.Value))]), "Nieuw overleg"), editors.Secretariat);
        return outcome.Should().BeOfType<EditOutcome.Saved>(outcome is EditOutcome.Invalid invalid ? string.Join("; ", invalid.Problems.Select(p => $"{p.Path}: {p.Message.Nl}")) : "").Which.Slug;
    }

    internal static async Task<Meeting> FindAsync(Editors editors, string slug)
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.Meetings.AsNoTracking().SingleAsync(m => m.Slug == slug);
    }

    private static async Task<Meeting> ShownAsync(Editors editors, string slug) => (Meeting)(await new DetailQuery(editors.Database, editors.Database.Source).RunAsync(Kind, slug, default)).Detail!.Item;

    private static async Task<EditOutcome> SaveAsync(Editors editors, string slug, params (string Path, JsonNode? Value)[] changes)
    {
        var item = await FindAsync(editors, slug);
        return await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, changes), editors.Secretariat);
    }

    private static async Task ShouldBeSavedAsync(Editors editors, string slug, params (string Path, JsonNode? Value)[] changes)
    {
        var outcome = await SaveAsync(editors, slug, changes);
        outcome.Should().BeOfType<EditOutcome.Saved>(outcome is EditOutcome.Invalid invalid ? string.Join("; ", invalid.Problems.Select(p => $"{p.Path}: {p.Message.Nl}")) : "");
    }
}
