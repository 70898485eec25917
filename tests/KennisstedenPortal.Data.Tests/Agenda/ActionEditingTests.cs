using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>An action is edited, proposed on, remembered and put back like every other object, by its own rules.</summary>
public sealed class ActionEditingTests(TestServer server)
{
    private static readonly ObjectKind Kind = KindRegistry.Of<AgendaAction>();

    [Fact]
    public async Task Save_EveryStepThatTheTableForbids_IsRefusedAtTheStatusAndChangesNothing()
    {
        await using var editors = await Editors.StartAsync(server);
        foreach (var from in Enum.GetValues<ActionStatus>())
        {
            var action = await AddAsync(editors, from);
            foreach (var to in Enum.GetValues<ActionStatus>().Where(to => to != from && !ActionFlow.After(from).Contains(to)))
            {
                var outcome = await SaveAsync(editors, action.Id, ("status", Codes<ActionStatus>.Code(to)), ("statusReason", "Omdat het zo is."));

                outcome.Should().BeOfType<EditOutcome.Invalid>($"{from} to {to}").Which.Problems.Should().ContainSingle(p => p.Path == "status").Which.Message.Nl.Should().StartWith("Van ‘");
            }
            (await FindAsync(editors, action.Id)).Status.Should().Be(from);
        }
    }

    [Fact]
    public async Task Save_ANewActionThatIsOver_IsRefusedAtTheStatus()
    {
        await using var editors = await Editors.StartAsync(server);
        foreach (var status in Enum.GetValues<ActionStatus>().Except(ActionFlow.Beginnings))
            (await editors.Objects.SaveAsync(New("Al voorbij", ("status", Codes<ActionStatus>.Code(status)), ("statusReason", "Omdat het zo is.")), editors.Secretariat)).Should().BeOfType<EditOutcome.Invalid>()
                .Which.Problems.Should().ContainSingle(p => p.Path == "status").Which.Message.Nl.Should().StartWith("Een nieuwe actie begint niet als ‘");
    }

    [Fact]
    public async Task Save_EveryStepThatTheTableAllows_IsMade()
    {
        await using var editors = await Editors.StartAsync(server);
        foreach (var from in Enum.GetValues<ActionStatus>())
            foreach (var to in ActionFlow.After(from))
            {
                var action = await AddAsync(editors, from);
                (await SaveAsync(editors, action.Id, ("status", Codes<ActionStatus>.Code(to)), ("statusReason", $"Van {from} naar {to}."))).Should().BeOfType<EditOutcome.Saved>($"{from} to {to}");
                (await FindAsync(editors, action.Id)).Status.Should().Be(to);
            }
    }

    [Fact]
    public async Task Save_PausedAgainWithoutANewReason_AsksForOne()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress);
        await ShouldBeSavedAsync(editors, action.Id, ("status", "paused"), ("statusReason", "Geen geld."));
        await ShouldBeSavedAsync(editors, action.Id, ("status", "in-progress"));

        (await FindAsync(editors, action.Id)).StatusReason.Should().BeNull("a reason belongs to the status it was given for");
        (await SaveAsync(editors, action.Id, ("status", "stopped"))).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle().Which.Should().Match<Problem>(p => p.Path == "statusReason" && p.Message.Nl == "Schrijf erbij waarom de actie stopt.");
        await ShouldBeSavedAsync(editors, action.Id, ("status", "paused"), ("statusReason", "Geen geld."));
        (await SaveAsync(editors, action.Id, ("status", "stopped"))).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle().Which.Should().Match<Problem>(p => p.Path == "statusReason" && p.Message.Nl == "De reden die er staat, was voor ‘Gepauzeerd’. Schrijf erbij waarom de actie stopt.");
    }

    [Fact]
    public async Task Preview_OfAnActionThatStopsWithOpenCommitments_SaysSo()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress);
        await ShouldBeSavedAsync(editors, action.Id, ($"commitment/{Guid.CreateVersion7()}", new JsonObject { ["party"] = (await editors.FindAsync("delft")).Id.ToString(), ["sort"] = "space", ["text"] = "Een hal" }));
        var item = await FindAsync(editors, action.Id);
        async Task<IEnumerable<string>> WarningsAsync(params (string, JsonNode?)[] changes) => (await editors.Objects.PreviewAsync(Editors.Change(item, item.Revision, changes), editors.Secretariat))!.Warnings.Select(w => w.Nl);

        (await WarningsAsync(("status", "stopped"), ("statusReason", "Geen geld."))).Should().ContainSingle().Which.Should().StartWith("Er staat nog een toezegging open.");
        (await WarningsAsync(("status", "paused"), ("statusReason", "Geen geld."))).Should().BeEmpty();
    }

    [Fact]
    public async Task Save_MilestoneWithWrongDays_SaysAtWhichMember()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress);
        var path = $"milestone/{Guid.CreateVersion7()}";

        var outcome = await SaveAsync(editors, action.Id, (path, new JsonObject { ["title"] = "Lab is open", ["due"] = "31-2-2027", ["status"] = "completed", ["closedOn"] = "1-1-2090", ["evidenceUrl"] = "geen adres" }));

        outcome.Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Select(p => (p.Path, p.Member)).Should().BeEquivalentTo([(path, "due"), (path, "closedOn"), (path, "evidenceUrl")]);
    }

    [Fact]
    public async Task Save_Completing_NeedsEveryMilestoneWithEvidenceOrAReason()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress);
        var (one, two) = ($"milestone/{Guid.CreateVersion7()}", $"milestone/{Guid.CreateVersion7()}");
        await ShouldBeSavedAsync(editors, action.Id, (one, Milestone("Eerste", "open")), (two, Milestone("Tweede", "running")));

        string Problem(EditOutcome outcome) => outcome.Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle(p => p.Path == "status").Which.Message.Nl;
        Problem(await SaveAsync(editors, action.Id, ("status", "completed"))).Should().Contain("2 open");
        Problem(await SaveAsync(editors, action.Id, ("status", "completed"), (one, Milestone("Eerste", "completed", evidence: "Besluit")), (two, Milestone("Tweede", "completed")))).Should().Contain("1 zonder");
        await ShouldBeSavedAsync(editors, action.Id, ("status", "completed"), (one, Milestone("Eerste", "completed", evidence: "Besluit")), (two, Milestone("Tweede", "completed", evidence: "Verslag")));
        Problem(await SaveAsync(editors, action.Id, (two, Milestone("Tweede", "completed")))).Should().Contain("1 zonder", "what is completed stays proven");
        await ShouldBeSavedAsync(editors, action.Id, (two, Milestone("Tweede", "completed")), ("statusReason", "Het verslag is zoek."));
    }

    [Fact]
    public async Task Save_CompletedBeforeItsStart_IsRefusedWhereItWasChanged()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress);
        var today = editors.Database.Time.Today();
        await ShouldBeSavedAsync(editors, action.Id, ("startsOn", DayText.Iso(today.AddDays(1))), ("endsOn", null));

        (await SaveAsync(editors, action.Id, ("status", "completed"), ("statusReason", "Klaar."))).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle(p => p.Path == "status").Which.Message.Nl.Should().Contain("nog niet zijn afgerond");
        await ShouldBeSavedAsync(editors, action.Id, ("status", "completed"), ("statusReason", "Klaar."), ("startsOn", DayText.Iso(today)));
        (await SaveAsync(editors, action.Id, ("startsOn", DayText.Iso(today.AddDays(1))))).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle(p => p.Path == "startsOn");
    }

    [Fact]
    public async Task Preview_MoreCoveredThanNeeded_WarnsAndSavesWhenToldSo()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress);
        async Task<EditPreview> PreviewAsync(params (string, JsonNode?)[] changes)
        {
            var item = await FindAsync(editors, action.Id);
            return (await editors.Objects.PreviewAsync(Editors.Change(item, item.Revision, changes), editors.Secretariat))!;
        }

        (await PreviewAsync(("fundingNeed", "100"), ("fundingCovered", "100"))).Warnings.Should().BeEmpty();
        (await PreviewAsync(("fundingCovered", "100"))).Warnings.Should().BeEmpty("what is needed is unknown, which is not 0");
        var preview = await PreviewAsync(("fundingNeed", "100"), ("fundingCovered", "100,01"));
        (preview.Problems.Count, preview.Warnings.Count).Should().Be((0, 1));
        await ShouldBeSavedAsync(editors, action.Id, ("fundingNeed", "100"), ("fundingCovered", "100,01"));
        (await PreviewAsync(("note", "Iets anders"))).Warnings.Should().BeEmpty("it is told to who changes an amount");
    }

    [Fact]
    public async Task Find_ForWhoProposes_NamesWhoDecides()
    {
        await using var editors = await Editors.StartAsync(server);
        var own = editors.Database;
        async Task<string?> DeciderAsync(ObjectKind kind, string slug) => (await editors.Query.FindAsync(kind, slug, editors.Policy))!.Decider;
        await own.ExecuteAsync($"update register_object set steward_id = '{editors.Delft.Scopes.Single()}' where slug = 'va-001'; update register_object set steward_id = (select id from register_object where kind = 'organisation' and organisation_type = 'ministry' order by slug limit 1) where slug = 'va-002'; update register_object set steward_id = null where slug = 'va-003'");

        (await DeciderAsync(Kind, "va-001")).Should().Be("Delft");
        (await DeciderAsync(Kind, "va-002")).Should().BeNull("nobody of its owner has an account: the secretariat decides");
        (await DeciderAsync(Kind, "va-003")).Should().BeNull();
        (await DeciderAsync(KindRegistry.Of<City>(), "delft")).Should().Be("Delft", "a city is kept by its own editors");
        await own.ExecuteAsync("update account set disabled_at = now() where name = 'delft'");
        (await DeciderAsync(Kind, "va-001")).Should().BeNull("a closed account decides nothing");
    }

    [Fact]
    public async Task Save_WhatCannotBe_IsRefusedAtItsPlaceWithASentence()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress);
        var party = (await editors.FindAsync("enschede")).Id.ToString();
        var (milestone, commitment) = ($"milestone/{Guid.CreateVersion7()}", $"commitment/{Guid.CreateVersion7()}");
        JsonObject Commitment(string sort, string? amount = null, string? status = null, string? term = null) => new() { ["party"] = party, ["sort"] = sort, ["text"] = "Wij doen mee", ["amount"] = amount, ["status"] = status ?? "open", ["term"] = term };
        (string Path, JsonNode? Value, string Sentence)[] wrong =
        [
            ("startsOn", "31-2-2027", "bestaat niet"), ("endsOn", "31-12-9999", "1990 tot en met 2100"), ("endsOn", "morgen", "31-12-2027"),
            ("fundingNeed", "-1", "0 of meer"), ("fundingGap", "12345678901234567890", "te groot"), ("fundingCovered", "1.5", "komma"),
            ("slug", "een-andere-code", "De code blijft"), ("element/geen-onderdeel", true, "Kies een onderdeel"),
            (milestone, new JsonObject { ["title"] = "Zonder dag" }, "op welke dag"), (milestone, new JsonObject { ["due"] = "2027-01-01" }, "Vul een tekst in"),
            (milestone, Milestone("Klaar", "completed", closedOn: null), "op welke dag de mijlpaal is afgerond"), (milestone, Milestone("Klaar", "completed", closedOn: "2099-01-01"), "toekomst"),
            (milestone, new JsonObject { ["title"] = "x", ["due"] = "2027-02-31" }, "bestaat niet"), (milestone, new JsonObject { ["title"] = "x", ["due"] = "2027-02-01", ["evidenceUrl"] = "javascript:alert(1)" }, "https://"),
            (milestone, new JsonObject { ["title"] = "x", ["due"] = "2027-02-01", ["evidenceObject"] = Guid.NewGuid().ToString() }, "uit het register"),
            (commitment, Commitment("space", "100"), "alleen bij geld"), (commitment, Commitment("money", "-5"), "0 of meer"), (commitment, Commitment("money", status: "lapsed"), "waarom de toezegging is vervallen"),
            (commitment, Commitment("gift"), "Kies wat er wordt toegezegd"), (commitment, new JsonObject { ["sort"] = "rule", ["text"] = "Zonder partij" }, "Kies wie dit toezegt"), (commitment, Commitment("rule", term: "9999-12-31"), "1990"),
        ];

        foreach (var (path, value, sentence) in wrong)
            (await SaveAsync(editors, action.Id, (path, value))).Should().BeOfType<EditOutcome.Invalid>($"{path} {value?.ToJsonString()}").Which.Problems.Should().Contain(p => p.Path == path && p.Message.Nl.Contains(sentence, StringComparison.Ordinal), $"{path} {value?.ToJsonString()}");
        await ShouldBeSavedAsync(editors, action.Id, ("startsOn", "1-3-2027"));
        (await SaveAsync(editors, action.Id, ("endsOn", "28-2-2027"))).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle(p => p.Path == "endsOn");
        (await FindAsync(editors, action.Id)).EndsOn.Should().BeNull();
        // Nothing of an action belongs to another kind.
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("mesa-nanolab", (milestone, Milestone("Stap", "open"))), editors.Secretariat)).Should().BeOfType<EditOutcome.Invalid>();
    }

    [Fact]
    public async Task Save_TermOfACommitmentExtended_NeedsAReason()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress);
        var (path, party) = ($"commitment/{Guid.CreateVersion7()}", (await editors.FindAsync("enschede")).Id.ToString());
        JsonObject Until(string term, string? reason = null) => new() { ["party"] = party, ["sort"] = "money", ["text"] = "Wij betalen mee", ["amount"] = "1,2 mln", ["term"] = term, ["reason"] = reason };
        await ShouldBeSavedAsync(editors, action.Id, (path, Until("1-6-2027")));

        (await SaveAsync(editors, action.Id, (path, Until("1-6-2028")))).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Single().Message.Nl.Should().Contain("termijn langer");
        await ShouldBeSavedAsync(editors, action.Id, (path, Until("1-6-2028", "De raad besluit later.")));
        await ShouldBeSavedAsync(editors, action.Id, (path, Until("1-5-2028", "De raad besluit later.")));

        await using var db = editors.Database.CreateDbContext();
        (await db.Commitments.SingleAsync()).Should().BeEquivalentTo(new { Amount = 1_200_000m, TermOn = new DateOnly(2028, 5, 1), Sort = CommitmentSort.Money });
    }

    [Fact]
    public async Task History_OfMilestonesAndCommitments_IsToldInWordsAndPutBack()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress);
        var (milestone, commitment, party) = ($"milestone/{Guid.CreateVersion7()}", $"commitment/{Guid.CreateVersion7()}", (await editors.FindAsync("enschede")).Id.ToString());
        await ShouldBeSavedAsync(editors, action.Id, (milestone, Milestone("Plan gereed", "open")), ("element/lijn-1", true), (commitment, new JsonObject { ["party"] = party, ["sort"] = "money", ["text"] = "Wij betalen mee", ["amount"] = 250_000 }), ("fundingNeed", "1,2 mln"));
        await ShouldBeSavedAsync(editors, action.Id, (milestone, null), ("element/lijn-1", null), (commitment, null), ("fundingNeed", null), ("status", "in-preparation"));

        var history = new HistoryQuery(editors.Database, editors.Database.Time);
        var change = (await history.ChangeAsync(Kind, action.Slug, 2, null))!;
        var words = new DifferenceWords(Kind, action.Id, change.Names, "nl").Of(change.Differences);
        string After(string label) => string.Concat(words.Single(w => w.Label == label).After!.Select(p => p.Text));
        After("Mijlpaal").Should().Be("Plan gereed; 1 juni 2027; Open");
        After("Toezegging").Should().Be("Enschede; Geld; Wij betalen mee; € 250.000; Openstaand");
        After("Onderdeel van de agenda").Should().NotContain("lijn-1").And.NotBeEmpty();
        After("Wat er nodig is").Should().Be("€ 1.200.000");

        var plan = (await new RestoreQuery(editors.Database).FindAsync(Kind, action.Slug, 2, editors.Secretariat))!;
        plan.Kept.Should().Contain("status", "the course goes step by step");
        (await editors.Objects.SaveAsync(plan.Input, editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();
        var now = await FindAsync(editors, action.Id);
        now.Milestones.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Title = "Plan gereed", DueOn = new DateOnly(2027, 6, 1), Id = Guid.Parse(ChangeSet.KeyOf(milestone)) });
        now.Commitments.Should().ContainSingle().Which.Amount.Should().Be(250_000);
        now.Elements.Should().ContainSingle().Which.ElementCode.Should().Be("lijn-1");
        now.FundingNeed.Should().Be(1_200_000);
        now.Status.Should().Be(ActionStatus.InPreparation);
    }

    [Fact]
    public async Task Add_ManyAtOnce_EachGetsACodeOfItsOwnAndNoneIsUsedTwice()
    {
        await using var editors = await Editors.StartAsync(server);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 6).Select(n => editors.Objects.SaveAsync(New($"Actie {n}"), editors.Secretariat)));

        outcomes.Should().AllBeOfType<EditOutcome.Saved>();
        outcomes.Cast<EditOutcome.Saved>().Select(s => s.Slug).Should().BeEquivalentTo(Enumerable.Range(25, 6).Select(n => $"va-{n:000}"), "the examples have the first twenty-four");
    }

    [Fact]
    public async Task Add_ByAnEditor_BecomesAProposalThatTheSecretariatTakesOver()
    {
        await using var editors = await Editors.StartAsync(server);
        var saving = () => editors.Objects.SaveAsync(New("Van ons", ("steward", editors.Enschede.Grants[0].ScopeId.ToString())), editors.Enschede);
        await saving.Should().ThrowAsync<NotAllowedException>("the secretariat runs the agenda");

        var waiting = (EditOutcome.Waiting)await editors.Objects.ProposeAsync(New("Van ons", ($"milestone/{Guid.CreateVersion7()}", Milestone("Stap", "open"))), editors.Enschede);
        var saved = (await editors.Proposals.AcceptAsync(waiting.ProposalId, null, editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>().Subject;

        (await FindAsync(editors, saved.ObjectId)).Milestones.Should().ContainSingle();
        saved.Slug.Should().Be("va-025");
    }

    [Fact]
    public async Task Save_TwoChangeOneMilestone_TheSecondSeesBothVersions()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress);
        var path = $"milestone/{Guid.CreateVersion7()}";
        await ShouldBeSavedAsync(editors, action.Id, (path, Milestone("Plan", "open")));
        var seen = (await FindAsync(editors, action.Id)).Revision;
        await ShouldBeSavedAsync(editors, action.Id, (path, Milestone("Plan A", "open")));

        var outcome = await editors.Objects.SaveAsync(new EditInput(action.Id, Kind, seen, new ChangeSet([new(path, Milestone("Plan B", "open"))]), null), editors.Secretariat);

        outcome.Should().BeOfType<EditOutcome.Conflict>().Which.Preview.Clashes.Should().ContainSingle(c => c.Path == path);
    }

    [Fact]
    public async Task Owner_WithAnAccount_EditsItsOwnActionAndNoOther()
    {
        await using var editors = await Editors.StartAsync(server);
        var (own, other) = (await AddAsync(editors, ActionStatus.InProgress, editors.Enschede.Grants[0].ScopeId), await AddAsync(editors, ActionStatus.InProgress, editors.Delft.Grants[0].ScopeId));

        (await SaveAsync(editors, own.Id, editors.Enschede, ("description", "Wij gaan door."))).Should().BeOfType<EditOutcome.Saved>();
        var foreign = () => SaveAsync(editors, other.Id, editors.Enschede, ("description", "Wij gaan door."));
        await foreign.Should().ThrowAsync<NotAllowedException>();
    }

    [Fact]
    public async Task Evidence_ThatTheReaderMayNotSee_IsLeftOutAndNotLostWhenTheySave()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await AddAsync(editors, ActionStatus.InProgress, editors.Enschede.Grants[0].ScopeId);
        var (path, proof) = ($"milestone/{Guid.CreateVersion7()}", (await editors.FindAsync("samxl")).Id);
        await ShouldBeSavedAsync(editors, action.Id, (path, new JsonObject { ["title"] = "Lab open", ["due"] = "2027-06-01", ["evidenceObject"] = proof.ToString() }));
        await editors.Database.ExecuteAsync("update register_object set visibility = 'secretariat', steward_id = null where slug = 'samxl'");

        var view = (await editors.Query.FindAsync(action.Id, editors.Enschede))!;
        ((JsonObject)view.Snapshot[path]!).ContainsKey("evidenceObject").Should().BeFalse();
        (await SaveAsync(editors, action.Id, editors.Enschede, (path, new JsonObject { ["title"] = "Lab is open", ["due"] = "2027-06-01" }))).Should().BeOfType<EditOutcome.Saved>();
        (await FindAsync(editors, action.Id)).Milestones.Single().EvidenceObjectId.Should().Be(proof);
    }

    internal static JsonObject Milestone(string title, string status, string? evidence = null, string? closedOn = "2026-11-01") =>
        new() { ["title"] = title, ["due"] = "2027-06-01", ["status"] = status, ["closedOn"] = status == "completed" ? closedOn : null, ["evidenceNote"] = evidence };

    private static EditInput New(string name, params (string Path, JsonNode? Value)[] more) =>
        new(Guid.CreateVersion7(), Kind, 0, new ChangeSet([new("name", name), .. more.Select(m => KeyValuePair.Create(m.Path, m.Value))]), "Nieuw voor de agenda");

    internal static async Task<AgendaAction> AddAsync(Editors editors, ActionStatus status, Guid? owner = null)
    {
        var begins = ActionFlow.Beginnings.Contains(status);
        var input = New($"Actie die {status} is", ("status", Codes<ActionStatus>.Code(begins ? status : ActionStatus.InProgress)), ("statusReason", "Voor de proef."), ("steward", owner?.ToString()));
        (await editors.Objects.SaveAsync(input, editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();
        if (!begins) (await SaveAsync(editors, input.ObjectId, ("status", Codes<ActionStatus>.Code(status)), ("statusReason", "Voor de proef, verder."))).Should().BeOfType<EditOutcome.Saved>();
        return await FindAsync(editors, input.ObjectId);
    }

    internal static async Task<AgendaAction> FindAsync(Editors editors, Guid id)
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.AgendaActions.AsNoTracking().AsSplitQuery().Include(a => a.Milestones).Include(a => a.Commitments).Include(a => a.Elements).SingleAsync(a => a.Id == id);
    }

    private static Task<EditOutcome> SaveAsync(Editors editors, Guid id, params (string Path, JsonNode? Value)[] changes) => SaveAsync(editors, id, editors.Secretariat, changes);

    private static async Task<EditOutcome> SaveAsync(Editors editors, Guid id, Actor actor, params (string Path, JsonNode? Value)[] changes) =>
        await editors.Objects.SaveAsync(Editors.Change(await FindAsync(editors, id), (await FindAsync(editors, id)).Revision, changes), actor);

    internal static async Task ShouldBeSavedAsync(Editors editors, Guid id, params (string Path, JsonNode? Value)[] changes)
    {
        var outcome = await SaveAsync(editors, id, changes);
        outcome.Should().BeOfType<EditOutcome.Saved>(outcome is EditOutcome.Invalid invalid ? string.Join("; ", invalid.Problems.Select(p => $"{p.Path}: {p.Message.Nl}")) : "");
    }
}
