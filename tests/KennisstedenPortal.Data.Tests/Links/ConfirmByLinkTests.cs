using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Links;

public sealed class ConfirmByLinkTests(TestServer server)
{
    [Fact]
    public async Task ConfirmAsync_WithinTheLink_ConfirmsAsThatPersonAndUsesItUp()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        var ids = await cast.KeptByAsync("delft", 3);
        var link = await cast.LinkAsync(anna, ids);

        var result = await cast.Answers.ConfirmAsync(link.Secret, ids[..2], default);

        result.Should().BeOfType<LinkResult.Done>().Which.Confirmed.Should().BeEquivalentTo(new Dictionary<Guid, ConfirmOutcome> { [ids[0]] = ConfirmOutcome.Confirmed, [ids[1]] = ConfirmOutcome.Confirmed });
        await using var db = cast.Database.CreateDbContext();
        (await db.Objects.Where(o => o.ConfirmedOn != null).Select(o => o.Id).ToListAsync()).Should().BeEquivalentTo(ids[..2]);
        (await db.Revisions.Where(r => r.Number == 2).Select(r => r.ActorName).Distinct().ToListAsync()).Should().Equal("Anna");
        (await db.RightsEvents.CountAsync(e => e.Sort == RightsEventSort.LinkUsed && e.AccountId == anna.Id)).Should().Be(1);
        (await cast.Answers.ConfirmAsync(link.Secret, ids, default)).Should().Be(new LinkResult.NoLink(LinkState.Used));
    }

    [Fact]
    public async Task ConfirmAsync_UsedManyTimesAtOnce_WorksOnce()
    {
        await using var cast = await Cast.FilledAsync(server);
        var ids = await cast.KeptByAsync("delft", 3);
        var link = await cast.LinkAsync(await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), ids);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cast.Answers.ConfirmAsync(link.Secret, ids, default)));

        results.OfType<LinkResult.Done>().Should().ContainSingle();
        results.OfType<LinkResult.NoLink>().Should().HaveCount(7).And.OnlyContain(r => r.State == LinkState.Used);
        (await cast.Database.ScalarAsync<long>("select count(*) from rights_event where sort = 'link-used'")).Should().Be(1);
        (await cast.Database.ScalarAsync<int>("select max(revision) from register_object")).Should().Be(2);
    }

    [Fact]
    public async Task ConfirmAsync_ObjectThatTheLinkWasNotSentFor_IsLeftAlone()
    {
        await using var cast = await Cast.FilledAsync(server);
        var ids = await cast.KeptByAsync("delft", 2);
        var link = await cast.LinkAsync(await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), ids[..1]);

        var result = await cast.Answers.AnswerAsync(link.Secret, new([ids[0]], new Dictionary<Guid, string> { [ids[1]] = "Dit klopt niet" }), default);
        var done = result.Should().BeOfType<LinkResult.Done>().Subject;
        done.Proposed.Should().BeEmpty();

        var second = await cast.LinkAsync(await cast.PersonAsync("Bram", Role.MunicipalEditor, "delft"), ids[..1]);
        (await cast.Answers.ConfirmAsync(second.Secret, [ids[1]], default)).Should().BeOfType<LinkResult.Done>().Which.Confirmed[ids[1]].Should().Be(ConfirmOutcome.NotFound);
        (await cast.Database.ScalarAsync<long>($"select count(*) from register_object where id = '{ids[1]}' and confirmed_on is not null")).Should().Be(0);
        (await cast.Database.ScalarAsync<long>("select count(*) from proposal")).Should().Be(0);
    }

    [Fact]
    public async Task ConfirmAsync_RightsLostSinceTheMail_ConfirmsNothing()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        var ids = await cast.KeptByAsync("delft", 2);
        var link = await cast.LinkAsync(anna, ids);
        await cast.Database.ExecuteAsync($"update role_grant set scope_id = '{await cast.IdAsync("leiden")}'");

        (await cast.Pages.RunAsync(link.Secret, default)).Objects.Should().BeEmpty();
        var result = await cast.Answers.AnswerAsync(link.Secret, new([ids[0]], new Dictionary<Guid, string> { [ids[1]] = "Weg" }), default);

        var done = result.Should().BeOfType<LinkResult.Done>().Subject;
        done.Confirmed[ids[0]].Should().Be(ConfirmOutcome.NotAllowed);
        done.Proposed.Should().BeEmpty();
        (await cast.Database.ScalarAsync<long>("select count(*) from register_object where confirmed_on is not null")).Should().Be(0);
    }

    [Fact]
    public async Task ConfirmAsync_ClosedAccountExpiredRevokedOrUnknown_DoesNothing()
    {
        await using var cast = await Cast.FilledAsync(server);
        var (anna, bram) = (await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), await cast.PersonAsync("Bram", Role.MunicipalEditor, "delft"));
        var ids = await cast.KeptByAsync("delft", 1);
        var (closed, revoked, expired) = (await cast.LinkAsync(bram, ids), await cast.LinkAsync(anna, ids), await cast.LinkAsync(anna, ids));
        await cast.Database.ExecuteAsync($"update account set disabled_at = now() where id = '{bram.Id}'");
        await cast.AccessLinks.RevokeAsync(revoked.Secret, default);

        (await cast.Answers.ConfirmAsync(closed.Secret, ids, default)).Should().Be(new LinkResult.NoLink(LinkState.Revoked));
        (await cast.Answers.ConfirmAsync(revoked.Secret, ids, default)).Should().Be(new LinkResult.NoLink(LinkState.Revoked));
        (await cast.Answers.ConfirmAsync(new string('A', 43), ids, default)).Should().Be(new LinkResult.NoLink(LinkState.Unknown));
        cast.Clock.Now = expired.ExpiresAt;
        (await cast.Answers.ConfirmAsync(expired.Secret, ids, default)).Should().Be(new LinkResult.NoLink(LinkState.Expired));
        (await cast.Database.ScalarAsync<long>("select count(*) from register_object where confirmed_on is not null")).Should().Be(0);
    }

    [Fact]
    public async Task ProposeAsync_Remark_IsAProposalWithoutAChangeForTheEditors()
    {
        await using var cast = await Cast.FilledAsync(server);
        var (anna, bram) = (await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), await cast.PersonAsync("Bram", Role.MunicipalEditor, "delft"));
        var ids = await cast.KeptByAsync("delft", 2);
        var link = await cast.LinkAsync(anna, ids);

        var result = await cast.Answers.AnswerAsync(link.Secret, new([ids[0]], new Dictionary<Guid, string> { [ids[1]] = " Het lab is\r\nverhuisd. " }), default);

        result.Should().BeOfType<LinkResult.Done>().Which.Proposed.Should().Equal(ids[1]);
        await using var db = cast.Database.CreateDbContext();
        (await db.Proposals.SingleAsync()).Should().BeEquivalentTo(new { ObjectId = ids[1], Sort = ProposalSort.Suggestion, Changes = "{}", Reason = "Het lab is\nverhuisd.", ProposerId = (Guid?)anna.Id, ProposerName = "Anna", State = ProposalState.Open, BaseRevision = 1, StewardId = (Guid?)await cast.IdAsync("delft") });
        (await db.Notices.SingleAsync()).Should().BeEquivalentTo(new { AccountId = bram.Id, Sort = NoticeSort.ProposalMade, ObjectId = (Guid?)ids[1] });
        (await db.Objects.SingleAsync(o => o.Id == ids[1])).Revision.Should().Be(1, "nothing is published by a link");
    }

    [Fact]
    public async Task AnswerAsync_TextThatCanNotBeKept_SaysWhyAndLeavesTheLinkToUse()
    {
        await using var cast = await Cast.FilledAsync(server);
        var ids = await cast.KeptByAsync("delft", 4);
        var link = await cast.LinkAsync(await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), ids);

        var bad = await cast.Answers.AnswerAsync(link.Secret, new([ids[3]], new Dictionary<Guid, string> { [ids[0]] = "a\0b", [ids[1]] = new string('x', 1001), [ids[2]] = "\uD800", [ids[3]] = "toch niet" }), default);
        var empty = await cast.Answers.AnswerAsync(link.Secret, new([], new Dictionary<Guid, string> { [ids[0]] = "  " }), default);

        bad.Should().BeOfType<LinkResult.Invalid>().Which.Problems.Keys.Should().BeEquivalentTo(ids);
        empty.Should().BeOfType<LinkResult.Invalid>().Which.Problems.Keys.Should().Equal(Guid.Empty);
        (await cast.AccessLinks.FindAsync(link.Secret, default))!.State.Should().Be(LinkState.Valid);
        (await cast.Answers.ConfirmAsync(link.Secret, ids, default)).Should().BeOfType<LinkResult.Done>();
    }

    [Fact]
    public async Task RunAsync_ReadByScannersManyTimes_ShowsTheObjectsAndChangesNothing()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        var ids = await cast.KeptByAsync("delft", 3);
        var link = await cast.LinkAsync(anna, ids);

        var pages = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => cast.Pages.RunAsync(link.Secret, default)));

        pages.Should().OnlyContain(p => p.State == LinkState.Valid && p.PersonName == "Anna").And.OnlyContain(p => p.Objects.Select(o => o.Id).SequenceEqual(ids));
        pages[0].Objects.Should().OnlyContain(o => o.Name.Length > 0 && o.ConfirmedOn == null);
        (await cast.Answers.ConfirmAsync(link.Secret, ids, default)).Should().BeOfType<LinkResult.Done>();
        (await cast.Pages.RunAsync(link.Secret, default)).Should().BeEquivalentTo(new { State = LinkState.Used, PersonName = (string?)null, Objects = Array.Empty<ObjectToConfirm>() });
    }

    [Fact]
    public async Task RunAsync_ArchivedSinceTheMail_IsNotShown()
    {
        await using var cast = await Cast.FilledAsync(server);
        var ids = await cast.KeptByAsync("delft", 2);
        var link = await cast.LinkAsync(await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), ids);
        await using (var db = cast.Database.CreateDbContext())
        {
            (await db.Objects.SingleAsync(o => o.Id == ids[0])).State = ObjectState.Archived;
            await db.SaveAsync(People.Editor, "Weg");
        }

        (await cast.Pages.RunAsync(link.Secret, default)).Objects.Select(o => o.Id).Should().Equal(ids[1]);
    }
}
