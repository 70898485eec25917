using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>Who is reminded of which day, and when: two weeks before, on the day, and a week after, then the deputy too.</summary>
public sealed class DeadlineReminderTests(TestServer server)
{
    [Fact]
    public async Task SendAsync_DayAfterDay_TellsTheOwnerOfEachStageOnceAndTheDeputyWhenItIsLate()
    {
        await using var cast = await Cast.FilledAsync(server);
        var owner = await cast.PersonAsync("Anna", Role.MunicipalEditor, "enschede");
        var deputy = await cast.PersonAsync("Daan", Role.MunicipalEditor, "delft");
        var due = cast.Clock.Today().AddDays(20);
        var action = await AddAsync(cast, "enschede", due, deputy: "delft");
        var told = new List<(int Day, string Who, NoticeSort Sort)>();
        for (var day = 0; day <= 40; day++)
        {
            // On several instances at once, and once more.
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new DeadlineReminders(cast.Database, cast.Clock).SendAsync(default)));
            (await new DeadlineReminders(cast.Database, cast.Clock).SendAsync(default)).Should().Be(0);
            await using var db = cast.Database.CreateDbContext();
            foreach (var n in await db.Notices.Where(n => n.ReadAt == null).OrderBy(n => n.AccountId).ToListAsync())
            {
                told.Add((day, n.AccountId == owner.Id ? "Anna" : n.AccountId == deputy.Id ? "Daan" : "iemand anders", n.Sort));
                n.Part.Should().Be($"Lab is open, {due:d-M-yyyy}");
                n.ObjectId.Should().Be(action);
                n.ReadAt = cast.Clock.Now;
            }
            await db.SaveChangesAsync();
            cast.Clock.Now = cast.Clock.Now.AddDays(1);
        }

        told.Should().BeEquivalentTo([(6, "Anna", NoticeSort.DeadlineNear), (20, "Anna", NoticeSort.DeadlineToday), (27, "Anna", NoticeSort.DeadlinePassed), (27, "Daan", NoticeSort.DeadlinePassed)]);
    }

    [Fact]
    public async Task SendAsync_OwnerWithoutAccount_RemindsTheSecretariat()
    {
        await using var cast = await Cast.FilledAsync(server);
        var secretariat = await cast.PersonAsync("Sanne", Role.Secretariat);
        await AddAsync(cast, "universiteit-twente", cast.Clock.Today().AddDays(3));

        await new DeadlineReminders(cast.Database, cast.Clock).SendAsync(default);

        await using var db = cast.Database.CreateDbContext();
        (await db.Notices.ToListAsync()).Should().ContainSingle().Which.AccountId.Should().Be(secretariat.Id);
    }

    [Fact]
    public async Task SendAsync_OfWhatIsDoneClosedHiddenAwayOrAnExample_RemindsNobody()
    {
        await using var cast = await Cast.FilledAsync(server);
        await cast.PersonAsync("Sanne", Role.Secretariat);
        await AddAsync(cast, "enschede", cast.Clock.Today(), a => a.Milestones.Single().Status = MilestoneStatus.Completed);
        await AddAsync(cast, "enschede", cast.Clock.Today(), a => (a.Status, a.StatusReason) = (ActionStatus.Stopped, "Klaar ermee."));
        await AddAsync(cast, "enschede", cast.Clock.Today(), a => a.State = ObjectState.Archived);
        await AddAsync(cast, "enschede", cast.Clock.Today(), a => a.Verification = Domain.Provenance.Verification.Example);
        await AddAsync(cast, "enschede", cast.Clock.Today().AddDays(15));

        (await new DeadlineReminders(cast.Database, cast.Clock).SendAsync(default)).Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_AnotherDayIsSet_RemindsAnew()
    {
        await using var cast = await Cast.FilledAsync(server);
        await cast.PersonAsync("Anna", Role.MunicipalEditor, "enschede");
        var action = await AddAsync(cast, "enschede", cast.Clock.Today());
        var reminders = new DeadlineReminders(cast.Database, cast.Clock);
        (await reminders.SendAsync(default)).Should().Be(1);
        (await reminders.SendAsync(default)).Should().Be(0);

        await cast.Database.ExecuteAsync($"update milestone set due_on = due_on + 3 where action_id = '{action}'");

        (await reminders.SendAsync(default)).Should().Be(1);
    }

    [Fact]
    public async Task SendAsync_TermOfACommitment_RemindsWhoPromisedAtEachStageAndTheSecretariatForWhoHasNoAccount()
    {
        await using var cast = await Cast.FilledAsync(server);
        var (secretariat, editor) = (await cast.PersonAsync("Sanne", Role.Secretariat), await cast.PersonAsync("Daan", Role.MunicipalEditor, "delft"));
        await cast.PersonAsync("Anna", Role.MunicipalEditor, "enschede");
        var (delft, university, today) = (await cast.IdAsync("delft"), await cast.IdAsync("universiteit-twente"), cast.Clock.Today());
        Commitment Promise(AgendaAction action, Guid party, int days, CommitmentStatus status = CommitmentStatus.Open) => new() { Id = Guid.CreateVersion7(), ObjectId = action.Id, PartyId = party, Sort = CommitmentSort.Space, Text = new string('x', 999), TermOn = today.AddDays(days), Status = status };
        var far = today.AddDays(300);
        var action = await AddAsync(cast, "enschede", far, a => { a.Commitments.Add(Promise(a, delft, 14)); a.Commitments.Add(Promise(a, university, 40)); a.Commitments.Add(Promise(a, delft, 0, CommitmentStatus.Met)); });
        await AddAsync(cast, "enschede", far, a => { a.Verification = Domain.Provenance.Verification.Example; a.Commitments.Add(Promise(a, delft, 0)); });
        await AddAsync(cast, "enschede", far, a => { (a.Status, a.StatusReason) = (ActionStatus.Stopped, "Klaar ermee."); a.Commitments.Add(Promise(a, delft, 0)); });
        var told = new List<(int Day, string Who, NoticeSort Sort)>();
        foreach (var day in new[] { 0, 13, 14, 21, 26 })
        {
            cast.Clock.Now = cast.Clock.Now.AddDays(today.AddDays(day).DayNumber - cast.Clock.Today().DayNumber);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new DeadlineReminders(cast.Database, cast.Clock).SendAsync(default)));
            await using var db = cast.Database.CreateDbContext();
            foreach (var n in await db.Notices.Where(n => n.ReadAt == null).ToListAsync())
            {
                told.Add((day, n.AccountId == editor.Id ? "Daan" : n.AccountId == secretariat.Id ? "Sanne" : "iemand anders", n.Sort));
                n.ObjectId.Should().Be(action);
                n.ReadAt = cast.Clock.Now;
            }
            await db.SaveChangesAsync();
        }

        told.Should().BeEquivalentTo([(0, "Daan", NoticeSort.DeadlineNear), (14, "Daan", NoticeSort.DeadlineToday), (21, "Daan", NoticeSort.DeadlinePassed), (26, "Sanne", NoticeSort.DeadlineNear)]);
    }

    [Fact]
    public async Task SendAsync_DecisionOfAMeeting_RemindsWhoCarriesItOutAndForNobodyNamedTheSecretariat()
    {
        await using var cast = await Cast.FilledAsync(server);
        var (secretariat, editor) = (await cast.PersonAsync("Sanne", Role.Secretariat), await cast.PersonAsync("Daan", Role.MunicipalEditor, "delft"));
        var (delft, today) = (await cast.IdAsync("delft"), cast.Clock.Today());
        var meeting = await MeetAsync(cast, Visibility.Partners, (delft, 10, DecisionStatus.Taken), (null, 10, DecisionStatus.Taken), (delft, 10, DecisionStatus.HeldOver), (delft, 30, DecisionStatus.Taken));
        await MeetAsync(cast, Visibility.Partners, m => m.Verification = Domain.Provenance.Verification.Example, (delft, 0, DecisionStatus.Taken));
        await MeetAsync(cast, Visibility.Partners, m => m.State = ObjectState.Archived, (delft, 0, DecisionStatus.Taken));
        var told = new List<(int Day, string Who, NoticeSort Sort, string? Part)>();
        foreach (var day in new[] { 0, 10, 17 })
        {
            cast.Clock.Now = cast.Clock.Now.AddDays(today.AddDays(day).DayNumber - cast.Clock.Today().DayNumber);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new DeadlineReminders(cast.Database, cast.Clock).SendAsync(default)));
            foreach (var n in await UnreadAsync(cast))
            {
                n.ObjectId.Should().Be(meeting);
                told.Add((day, n.AccountId == editor.Id ? "Daan" : n.AccountId == secretariat.Id ? "Sanne" : "iemand anders", n.Sort, n.Part));
            }
        }

        string Of(int number, int days) => $"Besluit {number}, {today.AddDays(days):d-M-yyyy}";
        told.Should().BeEquivalentTo([(0, "Daan", NoticeSort.DeadlineNear, Of(1, 10)), (0, "Sanne", NoticeSort.DeadlineNear, Of(2, 10)), (10, "Daan", NoticeSort.DeadlineToday, Of(1, 10)), (10, "Sanne", NoticeSort.DeadlineToday, Of(2, 10)),
            (17, "Daan", NoticeSort.DeadlinePassed, Of(1, 10)), (17, "Sanne", NoticeSort.DeadlinePassed, Of(2, 10)), (17, "Daan", NoticeSort.DeadlineNear, Of(4, 30))]);
    }

    [Fact]
    public async Task SendAsync_InWhatThePartyMayNotSee_TellsTheSecretariat()
    {
        await using var cast = await Cast.FilledAsync(server);
        var (secretariat, editor, keeper) = (await cast.PersonAsync("Sanne", Role.Secretariat), await cast.PersonAsync("Daan", Role.MunicipalEditor, "delft"), await cast.PersonAsync("Anna", Role.MunicipalEditor, "enschede"));
        var (delft, enschede, today) = (await cast.IdAsync("delft"), await cast.IdAsync("enschede"), cast.Clock.Today());
        Commitment Promise(AgendaAction action, Guid party) => new() { Id = Guid.CreateVersion7(), ObjectId = action.Id, PartyId = party, Sort = CommitmentSort.Space, Text = "Een vloer", TermOn = today };
        var closed = await AddAsync(cast, "enschede", today.AddDays(-9), a => { a.Visibility = Visibility.Secretariat; a.Commitments.Add(Promise(a, delft)); a.Commitments.Add(Promise(a, enschede)); }, deputy: "delft");
        var meeting = await MeetAsync(cast, Visibility.Secretariat, (delft, 0, DecisionStatus.Taken));

        await new DeadlineReminders(cast.Database, cast.Clock).SendAsync(default);

        (await UnreadAsync(cast)).Select(n => (n.AccountId, n.ObjectId, n.Sort)).Should().BeEquivalentTo([(secretariat.Id, (Guid?)closed, NoticeSort.DeadlineToday), (keeper.Id, closed, NoticeSort.DeadlineToday), (keeper.Id, closed, NoticeSort.DeadlinePassed), (secretariat.Id, meeting, NoticeSort.DeadlineToday)],
            "the owner sees its hidden action, a party that promised in it and a deputy do not");
    }

    [Fact]
    public async Task SendAsync_MoreThanARunHolds_BeginsWithTheNewestDays()
    {
        await using var cast = await Cast.FilledAsync(server);
        await cast.PersonAsync("Anna", Role.MunicipalEditor, "enschede");
        foreach (var days in new[] { -300, 0, -20 }) await AddAsync(cast, "enschede", cast.Clock.Today().AddDays(days));

        (await new DeadlineReminders(cast.Database, cast.Clock) { Most = 2 }.SendAsync(default)).Should().Be(2);

        (await UnreadAsync(cast)).Select(n => n.Part).Should().BeEquivalentTo(new[] { 0, -20 }.Select(d => $"Lab is open, {cast.Clock.Today().AddDays(d):d-M-yyyy}"));
    }

    /// <summary>What is not read yet; then it is.</summary>
    private static async Task<List<Notice>> UnreadAsync(Cast cast)
    {
        await using var db = cast.Database.CreateDbContext();
        var unread = await db.Notices.Where(n => n.ReadAt == null).ToListAsync();
        foreach (var n in unread) n.ReadAt = cast.Clock.Now;
        await db.SaveChangesAsync();
        return unread;
    }

    private static Task<Guid> MeetAsync(Cast cast, Visibility visibility, params (Guid? Party, int Days, DecisionStatus Status)[] points) => MeetAsync(cast, visibility, _ => { }, points);

    /// <summary>A meeting of last week, with a decision per point.</summary>
    private static async Task<Guid> MeetAsync(Cast cast, Visibility visibility, Action<Meeting> with, params (Guid? Party, int Days, DecisionStatus Status)[] points)
    {
        var (id, today) = (Guid.CreateVersion7(), cast.Clock.Today());
        var meeting = new Meeting { Id = id, Slug = $"overleg-{id:N}", Name = "Overleg", HeldOn = today.AddDays(-7), Visibility = visibility };
        foreach (var (point, number) in points.Select((p, i) => (p, i + 1)))
            meeting.Points.Add(new AgendaPoint { Id = Guid.CreateVersion7(), MeetingId = id, Number = number, Title = "Punt", Decision = $"Besluit {number}", Status = point.Status, PartyId = point.Party, DueOn = today.AddDays(point.Days) });
        with(meeting);
        await using var db = cast.Database.CreateDbContext();
        db.Add(meeting);
        await db.SaveAsync(Actor.Portal, "Voor de proef");
        return id;
    }

    /// <summary>An action that runs, with one milestone on a day.</summary>
    private static async Task<Guid> AddAsync(Cast cast, string owner, DateOnly due, Action<AgendaAction>? with = null, string? deputy = null)
    {
        var ownerId = await cast.IdAsync(owner);
        Guid? deputyId = deputy is null ? null : await cast.IdAsync(deputy);
        await using var db = cast.Database.CreateDbContext();
        var number = await db.AgendaActions.CountAsync() + 1;
        var action = new AgendaAction { Id = Guid.CreateVersion7(), Slug = FormattableString.Invariant($"va-{number:000}"), Name = "Labs delen", Status = ActionStatus.InProgress, StewardId = ownerId, Visibility = Visibility.Partners };
        action.Milestones.Add(new Milestone { Id = Guid.CreateVersion7(), ActionId = action.Id, Title = "Lab is open", DueOn = due });
        if (deputyId is { } other) action.Relations.Add(new Relation { Id = Guid.CreateVersion7(), FromId = action.Id, ToId = other, Kind = RelationKind.DeputisedBy });
        with?.Invoke(action);
        if (action.Milestones.Single().Status == MilestoneStatus.Completed) action.Milestones.Single().ClosedOn = due;
        db.Add(action);
        await db.SaveAsync(Actor.Portal, "Voor de proef");
        return action.Id;
    }
}
