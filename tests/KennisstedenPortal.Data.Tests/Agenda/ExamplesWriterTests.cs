using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>All examples away in one act, and back.</summary>
public sealed class ExamplesWriterTests(TestServer server)
{
    [Fact]
    public async Task Set_AwayAndBack_ArchivesAllWithAReasonAndAnImportLeavesThemAway()
    {
        await using var own = await server.FilledAsync();
        await own.ExecuteAsync(ActionSql.Real("va-001"));
        await own.RebuildActionsAsync();
        var writer = new ExamplesWriter(own);
        var before = await writer.ListAsync(People.Secretariat);

        var away = await writer.SetAsync(putAway: true, People.Secretariat);
        (await writer.SetAsync(putAway: true, People.Secretariat)).Should().Be(0, "a second click finds nothing");
        await own.Importer.ImportAsync();
        var after = await writer.ListAsync(People.Secretariat);

        before.Shown.Should().HaveCount(23);
        (before.PutAway.Count, away, after.Shown.Count, after.PutAway.Count).Should().Be((0, 23, 0, 23));
        (await own.ScalarAsync<long>("select count(*) from action_entry where is_example")).Should().Be(0);
        (await own.ScalarAsync<long>($"select count(*) from revision r join register_object o on o.id = r.object_id and o.revision = r.number where o.kind = 'action' and r.reason = '{ExamplesWriter.PutAwayReason}' and r.actor_name = '{People.Secretariat.Name}'")).Should().Be(23);
        (await writer.SetAsync(putAway: false, People.Secretariat)).Should().Be(23);
        (await writer.ListAsync(People.Secretariat)).Shown.Should().BeEquivalentTo(before.Shown);
        (await own.ScalarAsync<long>("select count(*) from action_entry where is_example")).Should().Be(23);
    }

    [Fact]
    public async Task Set_Back_LeavesWhatWasArchivedInAnotherWay()
    {
        await using var own = await server.FilledAsync();
        var writer = new ExamplesWriter(own);
        async Task StateAsync(string slug, ObjectState state, string reason)
        {
            await using var db = own.CreateDbContext();
            (await db.AgendaActions.SingleAsync(a => a.Slug == slug)).State = state;
            await db.SaveAsync(People.Secretariat, reason);
        }
        await StateAsync("va-001", ObjectState.Archived, "Past niet meer");
        await writer.SetAsync(putAway: true, People.Secretariat);
        await StateAsync("va-002", ObjectState.Published, "Toch nodig");
        await StateAsync("va-002", ObjectState.Archived, "Toch niet nodig");

        var names = await writer.ListAsync(People.Secretariat);
        var back = await writer.SetAsync(putAway: false, People.Secretariat);

        (names.PutAway.Count, back).Should().Be((22, 22));
        names.Otherwise.Select(n => n.Slug).Should().BeEquivalentTo("va-001", "va-002");
        (await own.ScalarAsync<string>("select string_agg(slug, ' ' order by slug) from register_object where kind = 'action' and state = 'archived'")).Should().Be("va-001 va-002");
    }

    [Fact]
    public async Task Set_ByWhoDoesNotRunTheAgenda_IsRefused()
    {
        await using var own = await server.FilledAsync();

        await own.Invoking(o => new ExamplesWriter(o).SetAsync(putAway: true, People.Editor)).Should().ThrowAsync<NotAllowedException>();

        await using var db = own.CreateDbContext();
        (await db.AgendaActions.CountAsync(a => a.State == ObjectState.Archived)).Should().Be(0);
    }
}
