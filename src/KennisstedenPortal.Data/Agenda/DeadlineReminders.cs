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
/// Reminds owners of the days in their actions, and parties of the terms of what they promised and of the decisions that they
/// carry out: two weeks before, on the day, and a week after, then the deputy of an action too. Who has no account, or may not
/// see what it is about, can't be reminded: the secretariat is, and asks for them. Examples, closed actions and what is settled
/// remind nobody.
/// </summary>
public sealed class DeadlineReminders(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Days that are looked at in one run, the newest first: nobody hears of last year while what is due today waits.</summary>
    public int Most { get; init; } = 2000;

    /// <param name="KeeperId">Whose editors are reminded: the action itself, who promised, or who carries the decision out.</param>
    private sealed record Due(Guid ObjectId, Guid? MilestoneId, Guid? CommitmentId, Guid? PointId, Guid KeeperId, string? Title, DateOnly DueOn);

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

    private async Task<List<Due>> DueAsync(PortalDbContext db, DateOnly today, CancellationToken cancellation)
    {
        var (until, late) = (today.AddDays(DeadlineReminder.DaysBefore), today.AddDays(-DeadlineReminder.DaysAfter));
        var open = db.AgendaActions.AsNoTracking().Where(a => a.Verification != Verification.Example && a.State == ObjectState.Published && a.Status != ActionStatus.Completed && a.Status != ActionStatus.Stopped);
        var milestones = open.SelectMany(a => a.Milestones).Where(m => m.Status != MilestoneStatus.Completed && m.DueOn <= until)
            .Select(m => new { ObjectId = m.ActionId, MilestoneId = (Guid?)m.Id, CommitmentId = (Guid?)null, PointId = (Guid?)null, KeeperId = m.ActionId, Title = (string?)m.Title, DueOn = m.DueOn!.Value });
        var ends = open.Where(a => a.EndsOn <= until).Select(a => new { ObjectId = a.Id, MilestoneId = (Guid?)null, CommitmentId = (Guid?)null, PointId = (Guid?)null, KeeperId = a.Id, Title = (string?)null, DueOn = a.EndsOn!.Value });
        // In an action that runs, or in a document or meeting.
        var promises = db.Commitments.AsNoTracking().Where(c => (c.Status == CommitmentStatus.Open || c.Status == CommitmentStatus.PartlyMet) && c.TermOn <= until
                && c.Holder!.State == ObjectState.Published && c.Holder.Verification != Verification.Example && (!(c.Holder is AgendaAction) || open.Any(a => a.Id == c.ObjectId)))
            .Select(c => new { c.ObjectId, MilestoneId = (Guid?)null, CommitmentId = (Guid?)c.Id, PointId = (Guid?)null, KeeperId = c.PartyId, Title = (string?)c.Text, DueOn = c.TermOn!.Value });
        // For whom nobody was named, who keeps the meeting is reminded.
        var decisions = db.AgendaPoints.AsNoTracking().Where(p => p.Status == DecisionStatus.Taken && p.DueOn <= until && p.Meeting!.State == ObjectState.Published && p.Meeting.Verification != Verification.Example
                && !db.AgendaActions.Any(a => a.Id == p.ActionId && a.Verification == Verification.Example))
            .Select(p => new { ObjectId = p.MeetingId, MilestoneId = (Guid?)null, CommitmentId = (Guid?)null, PointId = (Guid?)p.Id, KeeperId = p.PartyId ?? p.MeetingId, Title = p.Decision, DueOn = p.DueOn!.Value });
        return [.. (await milestones.Concat(ends).Concat(promises).Concat(decisions)
            .Where(d => !db.DeadlineReminders.Any(r => r.ObjectId == d.ObjectId && r.MilestoneId == d.MilestoneId && r.CommitmentId == d.CommitmentId && r.PointId == d.PointId && r.DueOn == d.DueOn
                && r.Stage == (d.DueOn <= late ? ReminderStage.After : d.DueOn <= today ? ReminderStage.Day : ReminderStage.Near)))
            .OrderByDescending(d => d.DueOn).ThenBy(d => d.ObjectId).Take(Most).ToListAsync(cancellation)).Select(d => new Due(d.ObjectId, d.MilestoneId, d.CommitmentId, d.PointId, d.KeeperId, d.Title, d.DueOn))];
    }

    private async Task<bool> SendAsync(Due due, ReminderStage stage, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        db.Add(new DeadlineReminder { Id = Guid.CreateVersion7(), ObjectId = due.ObjectId, MilestoneId = due.MilestoneId, CommitmentId = due.CommitmentId, PointId = due.PointId, DueOn = due.DueOn, Stage = stage, At = now });
        HashSet<Guid> people = [.. await ReadersAsync(db, due, due.KeeperId, cancellation)];
        if (people.Count == 0) people.UnionWith(await EditorsQuery.OfAsync(db, null, except: null, cancellation));
        if (stage == ReminderStage.After && due is { CommitmentId: null, PointId: null })
            foreach (var deputy in await db.Relations.Where(r => r.FromId == due.ObjectId && r.Kind == RelationKind.DeputisedBy && (r.ReportedById == null || r.ConfirmedOn != null)).Select(r => r.ToId).ToListAsync(cancellation))
                people.UnionWith(await ReadersAsync(db, due, deputy, cancellation));
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
            // Another instance was first, or the milestone, commitment or point went meanwhile.
            return false;
        }
    }

    /// <summary>Who keeps an object, as far as they may see what the day is of: to others the notice would be empty.</summary>
    private static async Task<IReadOnlyList<Guid>> ReadersAsync(PortalDbContext db, Due due, Guid keeper, CancellationToken cancellation)
    {
        var editors = await EditorsQuery.OfAsync(db, keeper, except: null, cancellation);
        return await db.Accounts.Where(a => editors.Contains(a.Id) && db.Objects.Any(o => o.Id == due.ObjectId && (o.Visibility != Visibility.Secretariat || a.Grants.Any(g => g.Role == Role.Secretariat || g.ScopeId == o.Id || g.ScopeId != null && g.ScopeId == o.StewardId)))).Select(a => a.Id).ToListAsync(cancellation);
    }
}
