using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Data.Tests.Agenda;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Reports;

/// <summary>An agenda in which time passes as the test says, from the day after the starter data came.</summary>
internal sealed class Course : IAsyncDisposable
{
    private Course(Editors editors, Clock clock) => (Editors, Clock) = (editors, clock);

    public Editors Editors { get; }
    public Clock Clock { get; }
    public TestDatabase Database => Editors.Database;
    public ProgressReportQuery Reports => new(Database);
    public EditionQuery Editions => new(Database);
    public EditionWriter Writer => new(Database, Reports, Database.Generation, Clock);
    public DateOnly Today => Clock.Today();

    public static async Task<Course> StartAsync(TestServer server)
    {
        var editors = await Editors.StartAsync(server);
        // Noon in the Netherlands or nearly: a few hours to and fro stay on the same day.
        var clock = new Clock(new DateTimeOffset(DateTimeOffset.UtcNow.Date.AddDays(1).AddHours(11), TimeSpan.Zero));
        editors.Database.Time = clock;
        return new Course(editors, clock);
    }

    public void Pass(int days) => Clock.Now = Clock.Now.AddDays(days);
    public void PassMinutes(int minutes) => Clock.Now = Clock.Now.AddMinutes(minutes);

    public async Task<AgendaAction> AddAsync(ActionStatus status = ActionStatus.InProgress, string? owner = "enschede", params (string Path, JsonNode? Value)[] changes)
    {
        var action = await ActionEditingTests.AddAsync(Editors, status, owner is null ? null : (await Editors.FindAsync(owner)).Id);
        if (changes.Length > 0) await ChangeAsync(action, changes);
        return action;
    }

    public Task ChangeAsync(AgendaAction action, params (string Path, JsonNode? Value)[] changes) => ActionEditingTests.ShouldBeSavedAsync(Editors, action.Id, changes);

    /// <summary>Of another object, by who may do everything.</summary>
    public async Task ChangeAsync(string slug, params (string Path, JsonNode? Value)[] changes)
    {
        await using var db = Database.CreateDbContext();
        var item = await db.Objects.AsNoTracking().Where(o => o.Slug == slug).OrderBy(o => o.ChangedAt).FirstAsync();
        (await Editors.Objects.SaveAsync(Editors.Change(item, item.Revision, changes), Editors.Secretariat)).Should().BeOfType<Data.Editing.EditOutcome.Saved>();
    }

    public async Task TellAsync(AgendaAction action, TrafficLight light, string text = "Zo gaat het.") =>
        (await Database.Progress(Clock).ReportAsync(new ProgressInput(Guid.CreateVersion7(), action.Id, Codes<TrafficLight>.Code(light), text), Editors.Secretariat)).Should().BeOfType<ProgressOutcome.Reported>();

    public async Task<(string Path, JsonNode? Value)> PromiseAsync(string party, CommitmentSort sort, string? amount = null, CommitmentStatus status = CommitmentStatus.Open, string? path = null)
    {
        var id = await Database.ScalarAsync<Guid>($"select id from register_object where slug = '{party}' order by kind limit 1");
        return (path ?? $"commitment/{Guid.CreateVersion7()}", new JsonObject { ["party"] = id.ToString(), ["sort"] = Codes<CommitmentSort>.Code(sort), ["text"] = "Wij doen mee.", ["amount"] = amount, ["status"] = Codes<CommitmentStatus>.Code(status), ["reason"] = status == CommitmentStatus.Lapsed ? "Omdat." : null });
    }

    /// <summary>At the end of a day, or now when that day is today.</summary>
    public Task<ProgressReport> ReportAsync(DateOnly on, DateOnly since, bool examples = false) => Reports.RunAsync(new ReportRequest(ReportDays.Moment(on, Clock), Dutch.EndOf(since), examples), CancellationToken.None);

    public async Task<string> FreezeAsync(DateOnly on, DateOnly since, string title = "Voortgang") =>
        (await Writer.FreezeAsync(new EditionInput(Guid.CreateVersion7(), title, on, since), Editors.Secretariat)).Should().BeOfType<EditionOutcome.Done>().Which.Name;

    /// <summary>The derived tables as text, without what adds nothing.</summary>
    public Task<string> DerivedAsync() => Database.ScalarAsync<string>("""
        select (select string_agg(concat_ws(' ', day, is_example, line, measure, trim_scale(amount)), E'\n' order by day, is_example, line, measure) from action_total where amount <> 0)
            || (select string_agg(s::text, E'\n' order by action_id, revision) from action_state s)
        """);

    public async Task RebuildAsync()
    {
        await using var db = Database.CreateDbContext();
        (await ReportIndex.RebuildAsync(db, always: true)).Should().BeTrue();
    }

    public ValueTask DisposeAsync() => Editors.DisposeAsync();
}
