using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>Deciding: what slips in with a proposal, and proposals that are gone or have nothing left to do.</summary>
public sealed class ProposalWriterTests(TestServer server)
{
    private const string Campus = "kennispark-twente";

    private static async Task<Guid> ProposeAsync(Editors editors, Actor by, params (string, JsonNode?)[] changes) =>
        (await editors.Objects.ProposeAsync(await editors.ChangeAsync(Campus, changes), by)).Should().BeOfType<EditOutcome.Waiting>().Subject.ProposalId;

    [Fact]
    public async Task AcceptAsync_WithMoreThanWasProposed_WaitsForAColleagueWhereTheCityHasFourEyes()
    {
        await using var editors = await Editors.StartAsync(server);
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", ("fourEyes", true)), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        var proposal = await ProposeAsync(editors, editors.Policy, ("note", "Van beleid"), ("campusType", "park"));
        var present = await editors.FindAsync(Campus);

        ChangeSet[] own = [new([new("note", "Van beleid"), new("description", "Van mij")]), new([new("note", "Van mij")])];
        foreach (var changes in own)
            (await editors.Proposals.AcceptAsync(proposal, null, editors.Enschede, changes)).Should().BeOfType<EditOutcome.Waiting>();

        (await editors.FindAsync(Campus)).Revision.Should().Be(present.Revision);
        (await editors.Proposals.AcceptAsync(proposal, null, editors.Enschede, new ChangeSet([new("note", "Van beleid"), new("name", present.Name)]))).Should().BeOfType<EditOutcome.Saved>("a part of it, and what stands there already, was seen by two");
        (await editors.FindAsync(Campus)).Note.Should().Be("Van beleid");
    }

    [Fact]
    public async Task AcceptAsync_RemarkLeftByLink_IsNotDecidedByWhoLeftItAndClosesWithoutAChange()
    {
        await using var cast = await Cast.FilledAsync(server);
        var (anna, bram) = (await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), await cast.PersonAsync("Bram", Role.MunicipalEditor, "delft"));
        var ids = await cast.KeptByAsync("delft", 1);
        await cast.Answers.ProposeAsync((await cast.LinkAsync(anna, ids)).Secret, new Dictionary<Guid, string> { [ids[0]] = "Verhuisd" }, default);
        await using var db = cast.Database.CreateDbContext();
        var remark = (await db.Proposals.SingleAsync()).Id;
        var writer = new ProposalWriter(cast.Database, new ObjectWriter(cast.Database, cast.Database.Time), cast.Database.Time);

        var annasActor = await cast.ActorAsync(anna);
        await writer.Awaiting(w => w.AcceptAsync(remark, null, annasActor)).Should().ThrowAsync<NotAllowedException>();
        (await writer.AcceptAsync(remark, "Gedaan", await cast.ActorAsync(bram))).Should().BeOfType<EditOutcome.Decided>();

        db.ChangeTracker.Clear();
        (await db.Proposals.SingleAsync()).Should().BeEquivalentTo(new { State = ProposalState.Accepted, Decision = "Gedaan", AppliedRevision = (int?)null });
        (await db.Notices.CountAsync(n => n.AccountId == anna.Id && n.Sort == NoticeSort.ProposalAccepted)).Should().Be(1);
    }

    [Fact]
    public async Task AcceptAsync_WhatStandsThereByNow_ClosesTheProposal()
    {
        await using var editors = await Editors.StartAsync(server);
        var proposal = await ProposeAsync(editors, editors.Policy, ("note", "Hetzelfde"));
        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("note", "Hetzelfde")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();

        (await editors.Proposals.AcceptAsync(proposal, null, editors.Enschede)).Should().BeOfType<EditOutcome.Decided>();

        await using var db = editors.Database.CreateDbContext();
        (await db.Proposals.SingleAsync(p => p.Id == proposal)).State.Should().Be(ProposalState.Accepted);
    }

    [Fact]
    public async Task AcceptAsync_NothingLeftAfterChoosing_LeavesItOpen()
    {
        await using var editors = await Editors.StartAsync(server);
        var proposal = await ProposeAsync(editors, editors.Policy, ("note", "Van beleid"));

        (await editors.Proposals.AcceptAsync(proposal, null, editors.Enschede, new ChangeSet())).Should().BeOfType<EditOutcome.Unchanged>("to leave all of it out is to reject it");

        await using var db = editors.Database.CreateDbContext();
        (await db.Proposals.SingleAsync(p => p.Id == proposal)).State.Should().Be(ProposalState.Open);
    }

    [Fact]
    public async Task AcceptAsync_WhileItIsWithdrawn_IsOneOfTheTwoAndNeverAnError()
    {
        await using var editors = await Editors.StartAsync(server);
        for (var round = 0; round < 5; round++)
        {
            var proposal = await ProposeAsync(editors, editors.Policy, ("note", $"Ronde {round}"));

            var outcomes = await Task.WhenAll(editors.Proposals.AcceptAsync(proposal, null, editors.Enschede), editors.Proposals.WithdrawAsync(proposal, editors.Policy));

            outcomes.Where(o => o is EditOutcome.Saved or EditOutcome.Decided).Should().ContainSingle();
            outcomes.OfType<EditOutcome.NotFound>().Should().ContainSingle();
            ((await editors.FindAsync(Campus)).Note == $"Ronde {round}").Should().Be(outcomes[0] is EditOutcome.Saved);
        }
    }
}
