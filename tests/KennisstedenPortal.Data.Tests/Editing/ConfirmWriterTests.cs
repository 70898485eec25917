using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Editing;

public sealed class ConfirmWriterTests(TestServer server)
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Fact]
    public async Task ConfirmAsync_OwnObjects_ConfirmsThemWithTheirSpecialisationsInOneRevision()
    {
        await using var cast = await Cast.FilledAsync(server);
        var editor = await cast.ActorAsync(await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"));
        var campus = await cast.IdAsync("delft");
        var ids = (await cast.KeptByAsync("delft", 2)).Append(campus).ToList();

        var outcomes = await cast.Confirmations.ConfirmAsync(ids, editor, default);

        outcomes.Should().HaveCount(3).And.OnlyContain(o => o.Value == ConfirmOutcome.Confirmed);
        await using var db = cast.Database.CreateDbContext();
        foreach (var item in await db.Objects.Include(o => o.Specialisations).Where(o => ids.Contains(o.Id)).ToListAsync())
        {
            (item.ConfirmedOn, item.ReviewBy, item.Revision).Should().Be((Today, Today.AddMonths(KindRegistry.Of(item).ReviewEvery), 2));
            item.Specialisations.Should().OnlyContain(s => s.ConfirmedOn == Today);
        }
        (await db.Objects.Where(o => o.Id == campus).SelectMany(o => o.Specialisations).CountAsync()).Should().BePositive("the test must see specialisations");
        (await db.Revisions.Where(r => ids.Contains(r.ObjectId) && r.Number == 2).Select(r => r.Reason).Distinct().ToListAsync()).Should().Equal("Nog steeds juist");
    }

    [Fact]
    public async Task ConfirmAsync_ForeignUnknownArchivedAndOwn_TellsEachAndConfirmsOnlyTheOwn()
    {
        await using var cast = await Cast.FilledAsync(server);
        var editor = await cast.ActorAsync(await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"));
        var own = await cast.KeptByAsync("delft", 2);
        var foreign = (await cast.KeptByAsync("leiden", 1))[0];
        await using (var db = cast.Database.CreateDbContext())
        {
            (await db.Objects.SingleAsync(o => o.Id == own[1])).State = ObjectState.Archived;
            await db.SaveAsync(People.Editor, "Bestaat niet meer");
        }
        var unknown = Guid.CreateVersion7();

        var outcomes = await cast.Confirmations.ConfirmAsync([own[0], own[1], foreign, unknown, own[0]], editor, default);

        outcomes.Should().BeEquivalentTo(new Dictionary<Guid, ConfirmOutcome> { [own[0]] = ConfirmOutcome.Confirmed, [own[1]] = ConfirmOutcome.NotFound, [foreign] = ConfirmOutcome.NotAllowed, [unknown] = ConfirmOutcome.NotFound });
        (await cast.Database.ScalarAsync<long>("select count(*) from register_object where confirmed_on is not null")).Should().Be(1);
    }

    [Fact]
    public async Task ConfirmAsync_TwiceOnOneDay_WritesOneRevision()
    {
        await using var cast = await Cast.FilledAsync(server);
        var editor = await cast.ActorAsync(await cast.PersonAsync("Els", Role.Secretariat));
        var id = await cast.IdAsync("samxl");

        await cast.Confirmations.ConfirmAsync([id], editor, default);
        (await cast.Confirmations.ConfirmAsync([id], editor, default))[id].Should().Be(ConfirmOutcome.Confirmed);

        (await cast.Database.ScalarAsync<int>("select revision from register_object where slug = 'samxl'")).Should().Be(2);
    }

    [Fact]
    public async Task ConfirmAsync_ManyAtOnceWhileOthersEdit_NothingIsLost()
    {
        await using var cast = await Cast.FilledAsync(server);
        var editor = await cast.ActorAsync(await cast.PersonAsync("Els", Role.Secretariat));
        var ids = await cast.KeptByAsync("delft", 6);

        var edits = ids.Select(async id =>
        {
            await using var db = cast.Database.CreateDbContext();
            (await db.Objects.SingleAsync(o => o.Id == id)).Note = "Bewerkt";
            try { await db.SaveAsync(People.Colleague, "Bewerkt"); return true; }
            catch (DbUpdateConcurrencyException) { return false; }
        }).ToList();
        await Task.WhenAll(cast.Confirmations.ConfirmAsync(ids, editor, default), cast.Confirmations.ConfirmAsync([.. Enumerable.Reverse(ids)], editor, default));
        var saved = (await Task.WhenAll(edits)).Count(s => s);

        (await cast.Database.ScalarAsync<long>("select count(*) from register_object where confirmed_on is not null")).Should().Be(6);
        (await cast.Database.ScalarAsync<long>("select count(*) from register_object where note = 'Bewerkt'")).Should().Be(saved, "an edit is saved, or told that it came too late");
    }

    [Fact]
    public async Task ConfirmAsync_Nobody_IsRefusedForEach()
    {
        await using var cast = await Cast.FilledAsync(server);
        var id = await cast.IdAsync("samxl");

        (await cast.Confirmations.ConfirmAsync([id], Actor.Portal, default))[id].Should().Be(ConfirmOutcome.NotAllowed);
    }
}
