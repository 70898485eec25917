using System.Globalization;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>
/// Reminds owners of the days in their actions: two weeks before, on the day, and a week after, then the deputy too. An owner
/// without account can't be reminded: the secretariat is, and asks for them. Examples and closed actions remind nobody.
/// </summary>
public sealed class DeadlineReminders(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Days that are looked at in one run; what is left is there tomorrow.</summary>
    private const int Most = 2000;

    private sealed record Due(Guid ActionId, Guid? MilestoneId, string? Title, DateOnly DueOn);

    /// <summary>Safe to repeat, and on several instances: each stage of a day is told once.</summary>
    /// <returns>How many days people were reminded of.</returns>
    public async Task<int> SendAsync(CancellationToken cancellation)
    {
        var today = time.Today();
        List<Due> due;
        await using (var db = await contexts.CreateDbContextAsync(cancellation)) due = await DueAsync(db, today, cancellation);
        var sent = 0;
        foreach (var item in due)
            if (await SendAsync(item, DeadlineReminder.StageOn(item.DueOn, today)!.Value, cancellation)) sent++;
        return sent;
    }

    private static async Task<List<Due>> DueAsync(PortalDbContext db, DateOnly today, CancellationToken cancellation)
    {
        var (until, late) = (today.AddDays(DeadlineReminder.DaysBefore), today.AddDays(-DeadlineReminder.DaysAfter));
        var open = db.AgendaActions.AsNoTracking().Where(a => a.Verification != Verification.Example && a.State == ObjectState.Published && a.Status != ActionStatus.Completed && a.Status != ActionStatus.Stopped);
        var milestones = open.SelectMany(a => a.Milestones).Where(m => m.Status != MilestoneStatus.Completed && m.DueOn <= until)
            .Select(m => new { m.ActionId, MilestoneId = (Guid?)m.Id, Title = (string?)m.Title, DueOn = m.DueOn!.Value });
        var ends = open.Where(a => a.EndsOn <= until).Select(a => new { ActionId = a.Id, MilestoneId = (Guid?)null, Title = (string?)null, DueOn = a.EndsOn!.Value });
        return [.. (await milestones.Concat(ends)
            .Where(d => !db.DeadlineReminders.Any(r => r.ActionId == d.ActionId && r.MilestoneId == d.MilestoneId && r.DueOn == d.DueOn
                && r.Stage == (d.DueOn <= late ? ReminderStage.After : d.DueOn <= today ? ReminderStage.Day : ReminderStage.Near)))
            .OrderBy(d => d.DueOn).ThenBy(d => d.ActionId).Take(Most).ToListAsync(cancellation)).Select(d => new Due(d.ActionId, d.MilestoneId, d.Title, d.DueOn))];
    }

    private async Task<bool> SendAsync(Due due, ReminderStage stage, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        db.Add(new DeadlineReminder { Id = Guid.CreateVersion7(), ActionId = due.ActionId, MilestoneId = due.MilestoneId, DueOn = due.DueOn, Stage = stage, At = now });
        HashSet<Guid> people = [.. await EditorsQuery.OfAsync(db, due.ActionId, except: null, cancellation)];
        if (stage == ReminderStage.After)
            foreach (var deputy in await db.Relations.Where(r => r.FromId == due.ActionId && r.Kind == RelationKind.DeputisedBy && (r.ReportedById == null || r.ConfirmedOn != null)).Select(r => r.ToId).ToListAsync(cancellation))
                people.UnionWith(await EditorsQuery.OfAsync(db, deputy, except: null, cancellation));
        var sort = stage switch { ReminderStage.Near => NoticeSort.DeadlineNear, ReminderStage.Day => NoticeSort.DeadlineToday, _ => NoticeSort.DeadlinePassed };
        var part = string.Join(", ", new[] { due.Title, due.DueOn.ToString("d-M-yyyy", CultureInfo.InvariantCulture) }.OfType<string>());
        foreach (var person in people) Notices.To(db, person, sort, due.ActionId, proposalId: null, now, part);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation })
        {
            // Another instance was first, or the milestone went meanwhile.
            return false;
        }
    }
}
