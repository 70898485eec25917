using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>One change to many actions: each by itself, with the rules of every other change.</summary>
public sealed class BulkWriterTests(TestServer server)
{
    [Fact]
    public async Task Save_MixedActions_DoesWhatCanBeAndSaysWhyOfTheRest()
    {
        await using var editors = await Editors.StartAsync(server);
        var bulk = new BulkWriter(editors.Database, editors.Objects, editors.Database.Time);
        foreach (var (slug, status) in new[] { ("va-001", ActionStatus.InPreparation), ("va-002", ActionStatus.InPreparation), ("va-003", ActionStatus.Idea), ("va-004", ActionStatus.InProgress) }) await editors.Database.ChangeAsync<AgendaAction>(slug, a => (a.Status, a.Note) = (status, "Voor de proef"));
        var campus = (await editors.FindAsync("kennispark-twente")).Id;
        var targets = new[] { "va-001", "va-002", "va-003", "va-004" }.Select(s => TargetAsync(editors, s).Result).Append(new BulkTarget(campus, 1)).Append(new BulkTarget(Guid.NewGuid(), 1)).ToList();
        // Somebody else moved the second meanwhile, and the first got another text: that is no conflict.
        await editors.Objects.SaveAsync(await editors.ChangeAsync("va-002", ("status", "exploration")), editors.Secretariat);
        await editors.Objects.SaveAsync(await editors.ChangeAsync("va-001", ("description", "Beter")), editors.Secretariat);
        var input = new BulkInput(targets, BulkWriter.Status, "in-progress", "Zo besloten in het overleg.");

        var preview = await bulk.PreviewAsync(input, editors.Secretariat);
        var revisions = await editors.Database.ScalarAsync<long>("select count(*) from revision");
        var saved = await bulk.SaveAsync(input, editors.Secretariat);
        var again = await bulk.SaveAsync(input, editors.Secretariat);

        preview.Rows.Select(r => r.State).Should().Equal(BulkState.Ready, BulkState.Refused, BulkState.Refused, BulkState.Same, BulkState.Refused, BulkState.Refused);
        preview.Rows[0].Before!.GetValue<string>().Should().Be("in-preparation");
        preview.Rows[1].Why!.Value.Nl.Should().StartWith("Iemand anders wijzigde dit intussen");
        preview.Rows[2].Why!.Value.Nl.Should().StartWith("Van ‘Idee’ kan een actie niet naar ‘In uitvoering’");
        preview.Rows[4].Should().BeEquivalentTo(new { Name = "", Why = new { Nl = "Deze actie is er niet meer." } }, "a campus is no action");
        saved.Rows.Select(r => r.State).Should().Equal(BulkState.Done, BulkState.Refused, BulkState.Refused, BulkState.Same, BulkState.Refused, BulkState.Refused);
        again.Rows[0].State.Should().Be(BulkState.Same, "a second click changes nothing");
        (await editors.Database.ScalarAsync<long>("select count(*) from revision")).Should().Be(revisions + 1);
        await using var db = editors.Database.CreateDbContext();
        var first = await db.AgendaActions.SingleAsync(a => a.Slug == "va-001");
        (first.Status, first.Description).Should().Be((ActionStatus.InProgress, "Beter"));
        var version = await db.Revisions.SingleAsync(r => r.ObjectId == first.Id && r.Number == first.Revision);
        (version.Reason, version.ActorName).Should().Be(("Zo besloten in het overleg.", editors.Secretariat.Name));
    }

    [Fact]
    public async Task Save_StatusThatNeedsAReason_KeepsItButCompletesNothingWithoutEvidence()
    {
        await using var editors = await Editors.StartAsync(server);
        var bulk = new BulkWriter(editors.Database, editors.Objects, editors.Database.Time);
        await editors.Database.ExecuteAsync("update register_object set action_status = 'in-progress', status_reason = null where kind = 'action' and slug in ('va-001', 'va-002'); update milestone set status = 'open', closed_on = null where action_id = (select id from register_object where kind = 'action' and slug = 'va-002');");

        var paused = await bulk.SaveAsync(new BulkInput([await TargetAsync(editors, "va-001")], BulkWriter.Status, "paused", "Wacht op geld."), editors.Secretariat);
        var completed = await bulk.SaveAsync(new BulkInput([await TargetAsync(editors, "va-002")], BulkWriter.Status, "completed", "Alles is klaar."), editors.Secretariat);

        paused.Rows.Single().State.Should().Be(BulkState.Done);
        completed.Rows.Single().State.Should().Be(BulkState.Refused);
        completed.Rows.Single().Why!.Value.Nl.Should().Contain("mijlpa");
        await using var db = editors.Database.CreateDbContext();
        (await db.AgendaActions.Where(a => a.Slug == "va-001").Select(a => a.StatusReason).SingleAsync()).Should().Be("Wacht op geld.");
    }

    [Fact]
    public async Task Save_OwnerEndAndVisibility_AreSetAndFourEyesWait()
    {
        await using var editors = await Editors.StartAsync(server);
        var bulk = new BulkWriter(editors.Database, editors.Objects, editors.Database.Time);
        var delft = await editors.FindAsync("delft");
        await editors.Database.ExecuteAsync($"update register_object set steward_id = '{delft.Id}' where kind = 'action' and slug = 'va-002'; update register_object set has_four_eyes = true where id = '{delft.Id}';");
        async Task<List<BulkState>> Save(string path, JsonNode? value) => [.. (await bulk.SaveAsync(new BulkInput([await TargetAsync(editors, "va-001"), await TargetAsync(editors, "va-002")], path, value, "Afgesproken."), editors.Secretariat)).Rows.Select(r => r.State)];
        var preview = await bulk.PreviewAsync(new BulkInput([await TargetAsync(editors, "va-002")], BulkWriter.EndsOn, "2031-01-01", "Afgesproken."), editors.Secretariat);

        preview.Rows.Single().State.Should().Be(BulkState.Waits);
        (await Save(BulkWriter.EndsOn, "2031-01-01")).Should().Equal(BulkState.Done, BulkState.Waits);
        (await Save(BulkWriter.Visibility, "partners")).Should().Equal(BulkState.Done, BulkState.Waits);
        (await Save(BulkWriter.Owner, (await editors.FindAsync("enschede")).Id.ToString())).Should().Equal(BulkState.Done, BulkState.Waits);

        await using var db = editors.Database.CreateDbContext();
        var first = await db.AgendaActions.AsNoTracking().SingleAsync(a => a.Slug == "va-001");
        (first.EndsOn, first.Visibility, first.StewardId).Should().Be((new DateOnly(2031, 1, 1), Visibility.Partners, editors.Enschede.Scopes.Single()));
    }

    [Fact]
    public async Task Bulk_WithoutReasonTargetsOrAKnownFact_DoesNothing()
    {
        await using var editors = await Editors.StartAsync(server);
        var bulk = new BulkWriter(editors.Database, editors.Objects, editors.Database.Time);
        var target = await TargetAsync(editors, "va-001");
        foreach (var input in new[]
        {
            new BulkInput([target], BulkWriter.EndsOn, "2031-01-01", " "), new BulkInput([], BulkWriter.EndsOn, "2031-01-01", "Omdat"), new BulkInput([target], "name", "Anders", "Omdat"),
            new BulkInput([.. Enumerable.Range(0, BulkWriter.Most + 1).Select(_ => new BulkTarget(Guid.NewGuid(), 1))], BulkWriter.EndsOn, "2031-01-01", "Omdat"), new BulkInput([target], BulkWriter.EndsOn, "2031-01-01", new string('x', 1001)),
        })
            (await bulk.SaveAsync(input, editors.Secretariat)).Should().Match<BulkResult>(r => r.Problem != null && r.Rows.Count == 0);
        (await bulk.SaveAsync(new BulkInput([target with { Revision = 0 }], BulkWriter.EndsOn, "2031-01-01", "Omdat"), editors.Secretariat)).Rows.Single().State.Should().Be(BulkState.Refused);
        await editors.Invoking(e => bulk.SaveAsync(new BulkInput([target], BulkWriter.EndsOn, "2031-01-01", "Omdat"), e.Delft)).Should().ThrowAsync<NotAllowedException>();
    }

    [Fact]
    public async Task Ask_OwnersWithAndWithoutAccount_TellsTheFirstOnceAndSaysWhyNotOfTheRest()
    {
        await using var editors = await Editors.StartAsync(server);
        var bulk = new BulkWriter(editors.Database, editors.Objects, editors.Database.Time);
        await editors.Database.ExecuteAsync($"update register_object set verification = 'general-knowledge', action_status = 'in-progress', steward_id = null where kind = 'action' and slug <> 'va-009'; update register_object set steward_id = '{editors.Enschede.Scopes.Single()}' where kind = 'action' and slug = 'va-001'; update register_object set steward_id = (select id from register_object where slug = 'gemeente-amsterdam') where kind = 'action' and slug = 'va-002'; update register_object set action_status = 'stopped', status_reason = 'Klaar.' where kind = 'action' and slug = 'va-004';");
        var ids = new[] { "va-001", "va-002", "va-003", "va-004", "va-009" }.Select(s => TargetAsync(editors, s).Result.Id).ToList();

        // Two clicks at once.
        var both = await Task.WhenAll(bulk.AskAsync(ids, editors.Secretariat), bulk.AskAsync(ids, editors.Secretariat));
        var (first, second) = (both.Single(r => r.Rows[0].State == BulkState.Done), both.Single(r => r.Rows[0].State != BulkState.Done));

        first.Rows.Select(r => r.State).Should().Equal(BulkState.Done, BulkState.Refused, BulkState.Refused, BulkState.Refused, BulkState.Refused);
        first.Rows.Skip(1).Select(r => r.Why!.Value.Nl).Should().OnlyHaveUniqueItems();
        second.Rows[0].State.Should().Be(BulkState.Same);
        await using var db = editors.Database.CreateDbContext();
        await editors.Database.Progress().ReportAsync(new ProgressInput(Guid.CreateVersion7(), ids[0], "green", "Het loopt."), editors.Enschede);
        (await db.Notices.CountAsync(n => n.Sort == NoticeSort.UpdateAsked && n.ReadAt == null)).Should().Be(0, "the answer was given");
        (await db.Notices.Where(n => n.Sort == NoticeSort.UpdateAsked).Select(n => n.AccountId).ToListAsync()).Should().BeEquivalentTo([editors.Enschede.UserId!.Value, editors.EnschedeColleague.UserId!.Value]);
    }

    private static async Task<BulkTarget> TargetAsync(Editors editors, string slug) => await editors.FindAsync(slug) is var item ? new BulkTarget(item.Id, item.Revision) : throw new InvalidOperationException(slug);
}
