using System.Globalization;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>
/// Reminds owners of the days in their actions, and parties of the terms of what they promised: two weeks before, on the day,
/// and a week after, then the deputy of an action too. Who has no account can't be reminded: the secretariat is, and asks for
/// them. Examples, closed actions and settled commitments remind nobody.
/// </summary>
public sealed class DeadlineReminders(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Days that are looked at in one run; what is left is there tomorrow.</summary>
    private const int Most = 2000;

    /// <param name="KeeperId">Whose editors are reminded: the action itself, or who promised.</param>
    private sealed record Due(Guid ObjectId, Guid? MilestoneId, Guid? CommitmentId, Guid KeeperId, string? Title, DateOnly DueOn);

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
            .Select(m => new { ObjectId = m.ActionId, MilestoneId = (Guid?)m.Id, CommitmentId = (Guid?)null, KeeperId = m.ActionId, Title = (string?)m.Title, DueOn = m.DueOn!.Value });
        var ends = open.Where(a => a.EndsOn <= until).Select(a => new { ObjectId = a.Id, MilestoneId = (Guid?)null, CommitmentId = (Guid?)null, KeeperId = a.Id, Title = (string?)null, DueOn = a.EndsOn!.Value });
        // In an action that runs, or in a document or meeting.
        var promises = db.Commitments.AsNoTracking().Where(c => (c.Status == CommitmentStatus.Open || c.Status == CommitmentStatus.PartlyMet) && c.TermOn <= until
                && c.Holder!.State == ObjectState.Published && c.Holder.Verification != Verification.Example && (!(c.Holder is AgendaAction) || open.Any(a => a.Id == c.ObjectId)))
            .Select(c => new { c.ObjectId, MilestoneId = (Guid?)null, CommitmentId = (Guid?)c.Id, KeeperId = c.PartyId, Title = (string?)c.Text, DueOn = c.TermOn!.Value });
        return [.. (await milestones.Concat(ends).Concat(promises)
            .Where(d => !db.DeadlineReminders.Any(r => r.ObjectId == d.ObjectId && r.MilestoneId == d.MilestoneId && r.CommitmentId == d.CommitmentId && r.DueOn == d.DueOn
                && r.Stage == (d.DueOn <= late ? ReminderStage.After : d.DueOn <= today ? ReminderStage.Day : ReminderStage.Near)))
            .OrderBy(d => d.DueOn).ThenBy(d => d.ObjectId).Take(Most).ToListAsync(cancellation)).Select(d => new Due(d.ObjectId, d.MilestoneId, d.CommitmentId, d.KeeperId, d.Title, d.DueOn))];
    }

    private async Task<bool> SendAsync(Due due, ReminderStage stage, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        db.Add(new DeadlineReminder { Id = Guid.CreateVersion7(), ObjectId = due.ObjectId, MilestoneId = due.MilestoneId, CommitmentId = due.CommitmentId, DueOn = due.DueOn, Stage = stage, At = now });
        HashSet<Guid> people = [.. await EditorsQuery.OfAsync(db, due.KeeperId, except: null, cancellation)];
        if (stage == ReminderStage.After && due.CommitmentId is null)
            foreach (var deputy in await db.Relations.Where(r => r.FromId == due.ObjectId && r.Kind == RelationKind.DeputisedBy && (r.ReportedById == null || r.ConfirmedOn != null)).Select(r => r.ToId).ToListAsync(cancellation))
                people.UnionWith(await EditorsQuery.OfAsync(db, deputy, except: null, cancellation));
        var sort = stage switch { ReminderStage.Near => NoticeSort.DeadlineNear, ReminderStage.Day => NoticeSort.DeadlineToday, _ => NoticeSort.DeadlinePassed };
        var part = string.Join(", ", new[] { due.Title is null ? null : InputText.Shortened(due.Title, Milestone.TitleMaxLength), due.DueOn.ToString("d-M-yyyy", CultureInfo.InvariantCulture) }.OfType<string>());
        foreach (var person in people) Notices.To(db, person, sort, due.ObjectId, proposalId: null, now, part);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation })
        {
            // Another instance was first, or the milestone or commitment went meanwhile.
            return false;
        }
    }
}
