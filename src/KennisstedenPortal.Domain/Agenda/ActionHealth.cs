namespace KennisstedenPortal.Domain.Agenda;

/// <summary>What stands out about an action at a moment (product rule 7). Of a closed action only missing evidence is told.</summary>
/// <param name="Light">As last reported; null is unknown: never reported, or too long ago.</param>
/// <param name="IsLate">A milestone that is not completed or the end has passed.</param>
/// <param name="IsSilent">Nobody reported in the last <see cref="SilentAfter"/> days.</param>
/// <param name="LacksEvidence">It is completed, and not every milestone is with evidence.</param>
public sealed record ActionHealth(TrafficLight? Light, bool IsLate, bool IsSilent, bool HasNoOwner, bool HasNoEnd, bool LacksEvidence)
{
    /// <summary>Days without an update after which nobody knows how it goes, whatever the last light was.</summary>
    public const int SilentAfter = 90;

    /// <summary>Nothing stands out.</summary>
    public bool IsWell => !IsLate && !IsSilent && !HasNoOwner && !HasNoEnd && !LacksEvidence;

    /// <param name="updates">Those made until then.</param>
    public static ActionHealth Of(AgendaAction action, IEnumerable<ProgressUpdate> updates, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(action);
        var last = updates.Where(u => u.At <= at).MaxBy(u => u.At);
        return Of(action.Status, action.EndsOn, action.StewardId is not null, action.Milestones, last is null ? null : (Dutch.Day(last.At), last.Light), Dutch.Day(at));
    }

    /// <summary>The same for lists, which know no more than this.</summary>
    public static ActionHealth Of(ActionStatus status, DateOnly? endsOn, bool hasOwner, IEnumerable<Milestone> milestones, (DateOnly On, TrafficLight Light)? last, DateOnly day)
    {
        var all = milestones.ToList();
        return Of(status, endsOn, hasOwner, all.Where(m => m.Status != MilestoneStatus.Completed).Min(m => m.DueOn), all.TrueForAll(m => m.Status == MilestoneStatus.Completed && m.HasEvidence), last, day);
    }

    /// <summary>The same for totals over all actions.</summary>
    /// <param name="openDueOn">The earliest day on which a milestone had to be completed that is not.</param>
    /// <param name="isProven">Every milestone is completed with evidence.</param>
    public static ActionHealth Of(ActionStatus status, DateOnly? endsOn, bool hasOwner, DateOnly? openDueOn, bool isProven, (DateOnly On, TrafficLight Light)? last, DateOnly day)
    {
        if (ActionFlow.IsClosed(status)) return new(last?.Light, false, false, false, false, status == ActionStatus.Completed && !isProven);
        var isSilent = last is not { } known || known.On.AddDays(SilentAfter) <= day;
        return new(isSilent ? null : last?.Light, endsOn < day || openDueOn < day, isSilent, !hasOwner, endsOn is null, false);
    }
}
