using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
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
    public async Task AddForEditorsAsync_SavedByTheCaller_StandsWithItsTransaction()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        var (delft, samxl) = (await cast.IdAsync("delft"), await cast.IdAsync("samxl"));
        await using (var db = cast.Database.CreateDbContext())
        {
            await cast.Notices.AddForEditorsAsync(db, new(NoticeSort.Changed, samxl), delft, null, default);
            cast.Notices.Add(db, new(NoticeSort.ProposalAccepted, samxl), null);
        }
        await using var read = cast.Database.CreateDbContext();
        (await read.Notices.CountAsync()).Should().Be(0, "nothing was saved");

        await cast.Notices.AddForEditorsAsync(read, new(NoticeSort.Changed, samxl), delft, null, default);
        await read.SaveChangesAsync();

        (await read.Notices.SingleAsync()).Should().BeEquivalentTo(new { AccountId = anna.Id, Sort = NoticeSort.Changed, ObjectId = (Guid?)samxl, At = cast.Clock.Now, MailedAt = (DateTimeOffset?)null });
    }
}
