using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>Who sees which proposals, and what they do.</summary>
public sealed class ProposalQueryTests(TestServer server)
{
    private const string Campus = "kennispark-twente";

    private static ProposalQuery Query(Editors editors) => new(editors.Database, editors.Objects, editors.Query);

    private static async Task<Guid> ProposeAsync(Editors editors, string slug, Actor by, params (string, JsonNode?)[] changes) =>
        (await editors.Objects.ProposeAsync(await editors.ChangeAsync(slug, changes), by)).Should().BeOfType<EditOutcome.Waiting>().Subject.ProposalId;

    [Fact]
    public async Task ListAsync_Queue_HoldsWhatTheActorDecidesOnOldestFirst()
    {
        await using var editors = await Editors.StartAsync(server);
        var first = await ProposeAsync(editors, Campus, editors.Policy, ("note", "Een"));
        var second = await ProposeAsync(editors, "enschede", editors.Delft, ("note", "Twee"));
        var delft = await ProposeAsync(editors, "delft", editors.Policy, ("note", "Drie"));

        var queue = await Query(editors).ListAsync(new ProposalFilter(), editors.Enschede);

        queue.Rows.Select(r => r.Id).Should().Equal(first, second);
        queue.Open.Should().Be(2);
        queue.Rows[0].Should().Match<ProposalRow>(r => r.ProposerName == "beleid" && r.Reason == "Verbeterd" && !r.IsOwn && r.Sort == ProposalSort.Suggestion);
        (await Query(editors).ListAsync(new ProposalFilter(), editors.Campus)).Rows.Select(r => r.Id).Should().Equal(first);
        (await Query(editors).ListAsync(new ProposalFilter(), editors.Secretariat)).Rows.Select(r => r.Id).Should().Equal(first, second, delft);
        (await Query(editors).ListAsync(new ProposalFilter(KindCode: "city"), editors.Secretariat)).Rows.Select(r => r.Id).Should().Equal(second, delft);
        await Query(editors).Awaiting(q => q.ListAsync(new ProposalFilter(), editors.Policy)).Should().ThrowAsync<NotAllowedException>();
    }

    [Fact]
    public async Task ListAsync_Pages_MeetEveryProposalOnce()
    {
        await using var editors = await Editors.StartAsync(server);
        var made = new List<Guid>();
        for (var i = 0; i < 7; i++) made.Add(await ProposeAsync(editors, Campus, editors.Policy, ("note", $"Tekst {i}")));
        var met = new List<Guid>();
        Guid? after = null;
        do
        {
            var page = await Query(editors).ListAsync(new ProposalFilter(), editors.Enschede, after, size: 3);
            met.AddRange(page.Rows.Select(r => r.Id));
            after = page.Next;
        }
        while (after is not null);

        met.Should().Equal(made);
    }

    [Fact]
    public async Task ListAsync_ByKeeper_GoesByWhoKeepsTheObjectNow()
    {
        await using var editors = await Editors.StartAsync(server);
        var id = await ProposeAsync(editors, Campus, editors.Policy, ("note", "Een"));
        var (enschede, delft) = ((await editors.FindAsync("enschede")).Id, (await editors.FindAsync("delft")).Id);
        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("steward", delft.ToString())), editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();

        (await Query(editors).ListAsync(new ProposalFilter(KeeperId: delft), editors.Secretariat)).Rows.Select(r => r.Id).Should().Equal(id);
        var formerly = await Query(editors).ListAsync(new ProposalFilter(KeeperId: enschede), editors.Secretariat);
        formerly.Rows.Should().BeEmpty();
        formerly.Keepers.Select(k => k.Name).Should().Equal("Delft");
    }

    [Fact]
    public async Task ListAsync_Own_TellsWhatBecameOfThem()
    {
        await using var editors = await Editors.StartAsync(server);
        var rejected = await ProposeAsync(editors, "delft", editors.Enschede, ("note", "Nee"));
        var waiting = await ProposeAsync(editors, "delft", editors.Enschede, ("description", "Nog niet"));
        await editors.Proposals.RejectAsync(rejected, "Staat er al", editors.Delft);

        var own = await Query(editors).ListAsync(new ProposalFilter(Own: true), editors.Enschede);

        own.Rows.Select(r => (r.Id, r.State, r.Decision, r.IsOwn)).Should().Equal((waiting, ProposalState.Open, null, true), (rejected, ProposalState.Rejected, "Staat er al", true));
        (await Query(editors).ListAsync(new ProposalFilter(ProposalState.Rejected), editors.Delft)).Rows.Should().ContainSingle().Which.DeciderName.Should().Be("delft");
    }

    [Fact]
    public async Task FindAsync_ForKeeperAndMaker_ShowsItAndForNobodyElse()
    {
        await using var editors = await Editors.StartAsync(server);
        var id = await ProposeAsync(editors, Campus, editors.Policy, ("description", "Beter"), ("website", null));

        var keeper = (await Query(editors).FindAsync(id, editors.Enschede))!;
        keeper.Row.HasPage.Should().BeTrue();
        keeper.Differences.Select(d => d.Path).Should().Contain(["description", "website"]).And.OnlyContain(p => p.EndsWith("description", StringComparison.Ordinal) || p.EndsWith("website", StringComparison.Ordinal), "with what was said of the old values");
        (keeper.MayDecide, keeper.MayWithdraw, keeper.Clashes.Count).Should().Be((true, false, 0));
        var maker = (await Query(editors).FindAsync(id, editors.Policy))!;
        (maker.MayDecide, maker.MayWithdraw).Should().Be((false, true));
        foreach (var other in new[] { editors.Delft, editors.Partner, editors.Administrator }) (await Query(editors).FindAsync(id, other)).Should().BeNull();

        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("visibility", "partners")), editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();
        (await Query(editors).FindAsync(id, editors.Enschede))!.Row.Should().Match<ProposalRow>(r => r.Slug == Campus && !r.HasPage, "the form knows it, and no page does");
    }

    [Fact]
    public async Task FindAsync_ChangedMeanwhile_ShowsBothAndTakesTheChoice()
    {
        await using var editors = await Editors.StartAsync(server);
        var id = await ProposeAsync(editors, Campus, editors.Policy, ("description", "Voorstel"), ("note", "Erbij"));
        await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("description", "Intussen"), ("campusType", "park")), editors.Campus);

        var view = (await Query(editors).FindAsync(id, editors.Enschede))!;

        view.Clashes.Should().ContainSingle().Which.Should().Match<Clash>(c => c.Path == "description" && c.Theirs!.ToString() == "Intussen" && c.Mine!.ToString() == "Voorstel");
        view.OthersChanged.Should().Contain("campusType");
        (await editors.Proposals.AcceptAsync(id, null, editors.Enschede)).Should().BeOfType<EditOutcome.Conflict>();
        var chosen = new ChangeSet(view.Changes.Values);
        chosen.Unset("description");
        (await editors.Proposals.AcceptAsync(id, null, editors.Enschede, chosen, view.Revision)).Should().BeOfType<EditOutcome.Saved>();
        var saved = await editors.FindAsync(Campus);
        (saved.Description, saved.Note).Should().Be(("Intussen", "Erbij"));
        (await Query(editors).FindAsync(id, editors.Enschede))!.Differences.Select(d => d.Path).Should().Equal("note");
    }

    [Fact]
    public async Task FindAsync_FourEyes_ColleagueDecidesAndMakerReadsWhyNot()
    {
        await using var editors = await Editors.StartAsync(server);
        await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", ("fourEyes", true)), editors.Enschede);
        var id = (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("note", "Nieuw")), editors.Enschede)).Should().BeOfType<EditOutcome.Waiting>().Subject.ProposalId;

        var (maker, colleague) = ((await Query(editors).FindAsync(id, editors.Enschede))!, (await Query(editors).FindAsync(id, editors.EnschedeColleague))!);

        maker.Should().Match<ProposalView>(v => v.IsKeeper && !v.MayDecide && v.MayWithdraw && v.Row.Sort == ProposalSort.FourEyes);
        colleague.MayDecide.Should().BeTrue();
        (await Query(editors).ListAsync(new ProposalFilter(), editors.Enschede)).Rows.Should().ContainSingle().Which.IsOwn.Should().BeTrue();
        (await Query(editors).ListAsync(new ProposalFilter(ByOthers: true), editors.Enschede)).Open.Should().Be(0, "it does not wait for its maker");
        (await Query(editors).ListAsync(new ProposalFilter(ByOthers: true), editors.EnschedeColleague)).Open.Should().Be(1);
    }

    [Theory]
    [InlineData(ProposalState.Open)]
    [InlineData(ProposalState.Accepted)]
    [InlineData(ProposalState.Rejected)]
    public async Task FindAsync_ObjectHiddenMeanwhile_TellsItsMakerNothingButTheirOwnWords(ProposalState state)
    {
        await using var editors = await Editors.StartAsync(server);
        await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("description", "Wat er stond")), editors.Enschede);
        var id = await ProposeAsync(editors, Campus, editors.Delft, ("description", "Mijn eigen woorden"));
        if (state == ProposalState.Accepted) (await editors.Proposals.AcceptAsync(id, null, editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        if (state == ProposalState.Rejected) await editors.Proposals.RejectAsync(id, "Nee", editors.Enschede);
        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("visibility", "secretariat"), ("name", "Geheime naam")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();

        var maker = (await Query(editors).FindAsync(id, editors.Delft))!;
        maker.Row.Should().Match<ProposalRow>(r => r.IsHidden && r.Name.Length == 0 && r.Slug == null && r.State == state);
        maker.Differences.Should().ContainSingle().Which.Should().Match<Difference>(d => d.Before == null && d.After!.ToString() == "Mijn eigen woorden");
        maker.Names.Values.Should().NotContain("Geheime naam");
        (await Query(editors).ListAsync(new ProposalFilter(Own: true), editors.Delft)).Rows.Should().ContainSingle().Which.Name.Should().BeEmpty();
        (await Query(editors).FindAsync(id, editors.Enschede))!.Row.Should().Match<ProposalRow>(r => !r.IsHidden && r.Name == "Geheime naam");
    }

    [Fact]
    public async Task FindAsync_NewSource_IsCalledByItsTitle()
    {
        await using var editors = await Editors.StartAsync(server);
        var source = Guid.CreateVersion7();
        var id = await ProposeAsync(editors, Campus, editors.Policy, ($"source/{source}", new JsonObject { ["title"] = "Jaarverslag", ["locator"] = "https://example.org/jaarverslag" }), ($"citation/{Guid.CreateVersion7()}", new JsonObject { ["source"] = source.ToString(), ["field"] = "website" }));

        var view = (await Query(editors).FindAsync(id, editors.Enschede))!;

        new DifferenceWords(view.Kind, view.Row.ObjectId, view.Names, "nl").Of(view.Differences).Should().ContainSingle().Which.Should().Match<ReadableDifference>(d => d.Label == "Bron bij ‘Website’" && d.After!.Single().Text == "Jaarverslag");
    }

    [Fact]
    public async Task ListAsync_NewObject_HasTheProposedNameAndStandsWithItsKeeper()
    {
        await using var editors = await Editors.StartAsync(server);
        var city = await editors.FindAsync("enschede");
        var input = new EditInput(Guid.CreateVersion7(), KindRegistry.Of<Facility>(), 0, new ChangeSet([new("name", "Nieuw lab"), new("sort", "fieldlab"), new("steward", city.Id.ToString())]), "Bestaat sinds mei");
        var id = (await editors.Objects.ProposeAsync(input, editors.Policy)).Should().BeOfType<EditOutcome.Waiting>().Subject.ProposalId;

        (await Query(editors).ListAsync(new ProposalFilter(), editors.Enschede)).Rows.Should().ContainSingle().Which.Should().Match<ProposalRow>(r => r.Name == "Nieuw lab" && r.Slug == null && r.Keeper == "Enschede");
        (await Query(editors).ListAsync(new ProposalFilter(), editors.Delft)).Rows.Should().BeEmpty();
        (await Query(editors).FindAsync(id, editors.Enschede))!.Differences.Select(d => d.Path).Should().Contain("name");
    }
}
