using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>Drafts between tabs: nothing is written over, and what is gone stays gone.</summary>
public sealed class DraftStoreTests(TestServer server)
{
    private const string Campus = "kennispark-twente";

    private static Task<(DraftOutcome Outcome, int Version)> KeepAsync(Editors editors, RegisterObject item, string note, int version) =>
        editors.Drafts.KeepAsync(item.Id, KindRegistry.Of(item), item.Revision, new ChangeSet([new("note", note)]), version, editors.Enschede);

    [Fact]
    public async Task KeepAsync_AfterSavingOrThrowingAwayElsewhere_DoesNotBringTheDraftBack()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        (await KeepAsync(editors, item, "Een", 0)).Should().Be((DraftOutcome.Kept, 1));
        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("note", "Een")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();

        (await KeepAsync(editors, item, "Twee", 1)).Should().Be((DraftOutcome.Elsewhere, 1));
        (await editors.Drafts.FindAsync(item.Id, editors.Enschede)).Should().BeNull();

        (await KeepAsync(editors, item, "Drie", 0)).Should().Be((DraftOutcome.Kept, 1));
        await editors.Drafts.DiscardAsync(item.Id, editors.Enschede);
        (await KeepAsync(editors, item, "Vier", 1)).Outcome.Should().Be(DraftOutcome.Elsewhere);
        (await editors.Drafts.FindAsync(item.Id, editors.Enschede)).Should().BeNull();
    }

    [Fact]
    public async Task FindAsync_OfADraftThatAdjustsAProposal_TellsWhatBecameOfIt()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        var proposal = (await editors.Objects.ProposeAsync(Editors.Change(item, item.Revision, ("note", "Beter")), editors.Policy)).Should().BeOfType<EditOutcome.Waiting>().Subject.ProposalId;
        (await editors.Drafts.KeepAsync(item.Id, KindRegistry.Of(item), item.Revision, new ChangeSet([new("note", "Nog beter")]), 0, editors.Enschede, proposal)).Outcome.Should().Be(DraftOutcome.Kept);
        var waiting = (await editors.Drafts.FindAsync(item.Id, editors.Enschede))!;
        (waiting.ProposalId, waiting.Decision).Should().Be((proposal, ProposalState.Open));

        (await editors.Proposals.RejectAsync(proposal, "Staat er al.", editors.Enschede)).Should().BeOfType<EditOutcome.Decided>();

        var draft = (await editors.Drafts.FindAsync(item.Id, editors.Enschede))!;
        (draft.ProposalId, draft.Decision, Json.Text(draft.Changes["note"])).Should().Be((proposal, ProposalState.Rejected, "Nog beter"), "whose words these are is told for as long as the draft is there");
    }

    [Fact]
    public async Task Draft_OfOtherWorkOnTheSameObject_StaysWhenAProposalIsTakenOverAValuePutBackOrAnythingElseSaved()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("description", "Anders")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        item = await editors.FindAsync(Campus);
        (await KeepAsync(editors, item, "Mijn concept", 0)).Outcome.Should().Be(DraftOutcome.Kept);
        async Task StillThereAsync(string after) => Json.Text((await editors.Drafts.FindAsync(item.Id, editors.Enschede))?.Changes["note"]).Should().Be("Mijn concept", after);

        var proposal = (await editors.Objects.ProposeAsync(Editors.Change(item, item.Revision, ("website", "https://kennispark.example")), editors.Policy)).Should().BeOfType<EditOutcome.Waiting>().Subject.ProposalId;
        (await editors.Proposals.AcceptAsync(proposal, null, editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        await StillThereAsync("a proposal was taken over");
        var restoration = (await new RestoreQuery(editors.Database).FindAsync(KindRegistry.Of<Campus>(), Campus, 1, editors.Enschede, ["description"]))!;
        (await editors.Objects.SaveAsync(restoration.Input, editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        await StillThereAsync("a value was put back");
        (await editors.Objects.ProposeAsync(await editors.ChangeAsync(Campus, ("keywords", new JsonArray("kennispark"))), editors.Enschede)).Should().BeOfType<EditOutcome.Waiting>();
        await StillThereAsync("something else was proposed");

        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("note", "Mijn concept"), ("description", "En meer")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Drafts.FindAsync(item.Id, editors.Enschede)).Should().BeNull("all that it holds is saved");
    }

    [Fact]
    public async Task KeepAsync_WithAReason_GivesItBackAsFarAsTheDatabaseTakesIt()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        var version = 0;
        foreach (var (written, kept) in new[] { ("Volgens het jaarverslag ", "Volgens het jaarverslag "), ("half\uD83D", "half\uFFFD"), ("nul\0teken", "nulteken"), (new string('x', 5000), new string('x', 2000)) })
        {
            (var outcome, version) = await editors.Drafts.KeepAsync(item.Id, KindRegistry.Of(item), item.Revision, new ChangeSet([new("note", "x")]), version, editors.Enschede, reason: written);

            outcome.Should().Be(DraftOutcome.Kept);
            (await editors.Drafts.FindAsync(item.Id, editors.Enschede))!.Reason.Should().Be(kept);
        }
    }

    [Fact]
    public async Task KeepAsync_TwoTabsAtOnce_OneIsKeptAndTheOtherHears()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        var first = await Task.WhenAll(KeepAsync(editors, item, "A", 0), KeepAsync(editors, item, "B", 0));
        first.Select(o => o.Outcome).Should().BeEquivalentTo([DraftOutcome.Kept, DraftOutcome.Elsewhere]);

        var next = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => KeepAsync(editors, item, $"Tab {i}", 1)));

        next.Count(o => o.Outcome == DraftOutcome.Kept).Should().Be(1);
        var kept = Array.FindIndex(next, o => o.Outcome == DraftOutcome.Kept);
        var draft = (await editors.Drafts.FindAsync(item.Id, editors.Enschede))!;
        (Json.Text(draft.Changes["note"]), draft.Version).Should().Be(($"Tab {kept}", 2));
    }

    [Fact]
    public async Task KeepAsync_WhileItIsSavedOrLeft_NeverFails()
    {
        await using var editors = await Editors.StartAsync(server);
        for (var round = 0; round < 5; round++)
        {
            var item = await editors.FindAsync(Campus);
            var (_, version) = await KeepAsync(editors, item, $"Ronde {round}", 0);
            var input = Editors.Change(item, item.Revision, ("note", $"Ronde {round}"));
            var writing = round % 2 == 0 ? editors.Objects.SaveAsync(input, editors.Enschede) : editors.Objects.ProposeAsync(input, editors.Enschede);

            var (outcome, _) = await KeepAsync(editors, item, "Verder getypt", version);

            if (round % 2 == 0) (await writing).Should().BeOfType<EditOutcome.Saved>();
            else (await writing).Should().BeOfType<EditOutcome.Waiting>();
            outcome.Should().BeOneOf(DraftOutcome.Kept, DraftOutcome.Elsewhere);
            await editors.Drafts.DiscardAsync(item.Id, editors.Enschede);
        }
    }

    [Fact]
    public async Task KeepAsync_OfAnObjectThatIsNotThere_SaysSoAndKeepsNothing()
    {
        await using var editors = await Editors.StartAsync(server);

        (await editors.Drafts.KeepAsync(Guid.CreateVersion7(), KindRegistry.Of<Campus>(), 3, new ChangeSet([new("note", "x")]), 0, editors.Enschede)).Should().Be((DraftOutcome.NoObject, 0));

        (await editors.Drafts.ListAsync(editors.Enschede)).Should().BeEmpty();
    }

    [Fact]
    public async Task KeepAsync_TwoPeopleAdjustTheSameProposalOfSomethingNew_EachHasADraft()
    {
        await using var editors = await Editors.StartAsync(server);
        var (id, kind, changes) = (Guid.CreateVersion7(), KindRegistry.Of<Facility>(), new ChangeSet([new("name", "Nieuw lab"), new("sort", "fieldlab")]));
        var proposal = (await editors.Objects.ProposeAsync(new EditInput(id, kind, 0, changes, "Ontbreekt"), editors.Policy)).Should().BeOfType<EditOutcome.Waiting>().Subject.ProposalId;

        foreach (var person in new[] { editors.Enschede, editors.Secretariat })
            (await editors.Drafts.KeepAsync(id, kind, 0, changes, 0, person, proposal)).Should().Be((DraftOutcome.Kept, 1));

        (await editors.Drafts.FindAsync(id, editors.Secretariat))!.ObjectId.Should().Be(id);
        (await editors.Proposals.AcceptAsync(proposal, null, editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Drafts.FindAsync(id, editors.Secretariat)).Should().BeNull("it was taken over");
        (await editors.Drafts.KeepAsync(id, kind, 1, new ChangeSet([new("name", "Beter lab")]), 1, editors.Enschede, proposal)).Should().Be((DraftOutcome.Kept, 2), "who was later goes on with what was added");
    }

    [Fact]
    public async Task KeepAsync_MoreThanCanBeReadBack_IsRefused()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        var deep = new JsonObject();
        var inner = deep;
        for (var i = 0; i < 40; i++) inner["x"] = inner = new JsonObject();
        ChangeSet[] bad = [new(Enumerable.Range(0, ChangeSet.MaxPaths + 1).Select(i => KeyValuePair.Create($"theme/t{i}", (JsonNode?)null))), new([new("note", deep)]), new([new("note", new string('x', ChangeSet.MaxLength))])];
        foreach (var changes in bad)
            (await editors.Drafts.KeepAsync(item.Id, KindRegistry.Of(item), item.Revision, changes, 0, editors.Enschede)).Outcome.Should().Be(DraftOutcome.TooLarge);

        (await editors.Drafts.ListAsync(editors.Enschede)).Should().BeEmpty();
    }
}
