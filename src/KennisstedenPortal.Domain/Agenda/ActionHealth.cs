namespace KennisstedenPortal.Domain.Agenda;

/// <summary>What stands out about an action at a moment (product rule 7). Of a closed action only missing evidence is told.</summary>
/// <param name="Light">As last reported; null is unknown: never reported, or too long ago.</param>
/// <param name="IsLate">A milestone that is not completed or the end has passed.</param>
/// <param name="IsSilent">Nobody reported in the last <see cref="SilentAfter"/> days, and it is at least as old.</param>
/// <param name="LacksEvidence">It is completed, without milestones or with one that is open or without evidence.</param>
public sealed record ActionHealth(TrafficLight? Light, bool IsLate, bool IsSilent, bool HasNoOwner, bool HasNoEnd, bool LacksEvidence)
{
    /// <summary>Days without an update after which nobody knows how it goes, whatever the last light was.</summary>
    public const int SilentAfter = 90;

    /// <summary>Nothing stands out.</summary>
    public bool IsWell => !IsLate && !IsSilent && !HasNoOwner && !HasNoEnd && !LacksEvidence;

    /// <param name="updates">Those made until then.</param>
    /// <param name="madeOn">Day of its first version: from then on the silence of an action counts of which nobody ever reported. Without it such an action is silent.</param>
    public static ActionHealth Of(AgendaAction action, IEnumerable<ProgressUpdate> updates, DateTimeOffset at, DateOnly? madeOn)
    {
        ArgumentNullException.ThrowIfNull(action);
        // Of two at one moment the one that was made last, as the database takes it.
        var last = updates.Where(u => u.At <= at).OrderByDescending(u => u.At).ThenByDescending(u => u.Id).FirstOrDefault();
        return Of(action.Status, action.EndsOn, action.StewardId is not null, action.Milestones, last is null ? null : (Dutch.Day(last.At), last.Light), madeOn, Dutch.Day(at));
    }

    /// <summary>The same for what knows the milestones and no more of the updates than the last.</summary>
    public static ActionHealth Of(ActionStatus status, DateOnly? endsOn, bool hasOwner, IEnumerable<Milestone> milestones, (DateOnly On, TrafficLight Light)? last, DateOnly? madeOn, DateOnly day)
    {
        var all = milestones.ToList();
        return Of(status, endsOn, hasOwner, LateAfter(endsOn, all), all.Count == 0 || all.Exists(m => m.Status != MilestoneStatus.Completed || !m.HasEvidence), last?.Light, SilentFrom(last?.On, madeOn), day);
    }

    /// <summary>The same for lists, which know no more than this.</summary>
    /// <param name="lateAfter">See <see cref="LateAfter"/>.</param>
    /// <param name="hasUnproven">There is no milestone, or one that is open or without evidence.</param>
    /// <param name="last">The light of the last update.</param>
    /// <param name="silentFrom">See <see cref="SilentFrom"/>.</param>
    public static ActionHealth Of(ActionStatus status, DateOnly? endsOn, bool hasOwner, DateOnly? lateAfter, bool hasUnproven, TrafficLight? last, DateOnly? silentFrom, DateOnly day)
    {
        if (ActionFlow.IsClosed(status)) return new(last, false, false, false, false, status == ActionStatus.Completed && hasUnproven);
        var isSilent = silentFrom is not { } from || from <= day;
        return new(isSilent ? null : last, lateAfter < day, isSilent, !hasOwner, endsOn is null, false);
    }

    /// <summary>The first day on which an action, while it is not closed, is silent: counted from the last update, or from its making. Null when neither is known.</summary>
    public static DateOnly? SilentFrom(DateOnly? lastOn, DateOnly? madeOn) => (lastOn ?? madeOn)?.AddDays(SilentAfter);

    /// <summary>The last day on which the action, while it is not closed, is not late: its end, or an earlier day of a milestone that is not completed. Null when there is no such day.</summary>
    public static DateOnly? LateAfter(DateOnly? endsOn, IEnumerable<Milestone> milestones) =>
        milestones.Where(m => m.Status != MilestoneStatus.Completed).Select(m => m.DueOn).Append(endsOn).Min();
}

/// <summary>What lists of actions can be asked for: what stands out in <see cref="ActionHealth"/>.</summary>
public enum ActionSignal
{
    [Label("Te laat", "Late")] Late,
    [Label("Zonder eigenaar", "Without owner")] NoOwner,
    [Label("Zonder einddatum", "Without end date")] NoEnd,
    [Label("Zonder bewijs", "Without evidence")] NoEvidence,
    [Label("Stil", "No recent update")] Silent,
}
