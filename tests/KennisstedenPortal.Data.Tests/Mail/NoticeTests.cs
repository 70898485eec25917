using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Mail;

public sealed class NoticeTests(TestServer server)
{
    [Fact]
    public async Task OfAsync_StewardWithEditors_AreThoseEditorsOnly()
    {
        await using var cast = await Cast.FilledAsync(server);
        var (anna, bram) = (await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), await cast.PersonAsync("Bram", Role.MunicipalEditor, "delft"));
        await cast.PersonAsync("Carla", Role.MunicipalEditor, "leiden");
        await cast.PersonAsync("Dirk", Role.PolicyOfficer);
        var secretariat = await cast.PersonAsync("Els", Role.Secretariat);
        await using var db = cast.Database.CreateDbContext();
        var delft = await cast.IdAsync("delft");

        (await EditorsQuery.OfAsync(db, delft, null, default)).Should().BeEquivalentTo([anna.Id, bram.Id]);
        (await EditorsQuery.OfAsync(db, delft, bram.Id, default)).Should().Equal(anna.Id);
        (await EditorsQuery.OfAsync(db, await cast.IdAsync("enschede"), null, default)).Should().Equal([secretariat.Id], "nobody keeps it");
        (await EditorsQuery.OfAsync(db, null, null, default)).Should().Equal(secretariat.Id);
    }

    [Fact]
    public async Task OfAsync_OnlyEditorIsClosedOrLeftOut_TheSecretariatTakesOver()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        var secretariat = await cast.PersonAsync("Els", Role.Secretariat);
        var delft = await cast.IdAsync("delft");
        await using var db = cast.Database.CreateDbContext();

        (await EditorsQuery.OfAsync(db, delft, anna.Id, default)).Should().Equal(secretariat.Id);
        await cast.Database.ExecuteAsync($"update account set disabled_at = now() where id = '{anna.Id}'");
        (await EditorsQuery.OfAsync(db, delft, null, default)).Should().Equal(secretariat.Id);
    }

    [Fact]
    public async Task ToEditorsAsync_SavedByTheCaller_StandsWithItsTransaction()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        var (delft, samxl) = (await cast.IdAsync("delft"), await cast.IdAsync("samxl"));
        await using (var db = cast.Database.CreateDbContext())
        {
            await Notices.ToEditorsAsync(db, delft, NoticeSort.Changed, samxl, null, null, cast.Clock.Now, default);
            Notices.To(db, null, NoticeSort.ProposalAccepted, samxl, null, cast.Clock.Now);
        }
        await using var read = cast.Database.CreateDbContext();
        (await read.Notices.CountAsync()).Should().Be(0, "nothing was saved");

        await Notices.ToEditorsAsync(read, delft, NoticeSort.Changed, samxl, null, null, cast.Clock.Now, default);
        await read.SaveChangesAsync();

        (await read.Notices.SingleAsync()).Should().BeEquivalentTo(new { AccountId = anna.Id, Sort = NoticeSort.Changed, ObjectId = (Guid?)samxl, At = cast.Clock.Now, MailedAt = (DateTimeOffset?)null });
    }

    [Fact]
    public async Task Proposal_ForWhatHasNoSteward_IsToldToTheSecretariatAndToNobodyWhoKeepsNothing()
    {
        await using var editors = await Editors.StartAsync(server);
        await using var db = editors.Database.CreateDbContext();
        var item = await db.Objects.OfType<Programme>().AsNoTracking().OrderBy(o => o.Slug).FirstAsync(o => o.StewardId == null);

        (await editors.Objects.ProposeAsync(Editors.Change(item, item.Revision, ("note", "Nieuw")), editors.Delft)).Should().BeOfType<EditOutcome.Waiting>();

        (await db.Notices.Select(n => n.AccountId).ToListAsync()).Should().Equal(editors.Secretariat.UserId!.Value);
    }

    [Fact]
    public async Task Proposal_DecidedOnOrWithdrawn_IsNoNewsAnyMore()
    {
        await using var editors = await Editors.StartAsync(server);
        var (accepted, rejected, withdrawn, open) = (await ProposeAsync(editors, "note"), await ProposeAsync(editors, "description"), await ProposeAsync(editors, "campusType"), await ProposeAsync(editors, "note"));
        await using var db = editors.Database.CreateDbContext();
        (await db.Notices.CountAsync(n => n.Sort == NoticeSort.ProposalMade && n.ReadAt == null)).Should().Be(8, "two editors hear of four proposals");

        (await editors.Proposals.AcceptAsync(accepted, null, editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Proposals.RejectAsync(rejected, "Het staat er al", editors.Enschede)).Should().BeOfType<EditOutcome.Decided>();
        (await editors.Proposals.WithdrawAsync(withdrawn, editors.Policy)).Should().BeOfType<EditOutcome.Decided>();

        (await db.Notices.Where(n => n.Sort == NoticeSort.ProposalMade && n.ReadAt == null).Select(n => n.ProposalId).Distinct().ToListAsync()).Should().Equal(open);
        (await db.Notices.Where(n => n.AccountId == editors.Policy.UserId && n.ReadAt == null).Select(n => n.Sort).ToListAsync()).Should().BeEquivalentTo([NoticeSort.ProposalAccepted, NoticeSort.ProposalRejected], "who proposed still hears what became of it");
    }

    private static async Task<Guid> ProposeAsync(Editors editors, string field) =>
        (await editors.Objects.ProposeAsync(await editors.ChangeAsync("kennispark-twente", (field, "Nieuw")), editors.Policy)).Should().BeOfType<EditOutcome.Waiting>().Subject.ProposalId;
}
