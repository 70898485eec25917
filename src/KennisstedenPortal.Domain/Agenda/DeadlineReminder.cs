namespace KennisstedenPortal.Domain.Agenda;

/// <summary>When one is reminded of a day by which something must be done.</summary>
public enum ReminderStage
{
    [Label("Binnen twee weken", "Within two weeks")] Near,
    [Label("Vandaag", "Today")] Day,
    [Label("Te laat", "Late")] After,
}

/// <summary>That somebody was reminded: of one day, once per stage. Another day is another reminder.</summary>
public sealed class DeadlineReminder
{
    /// <summary>Days before the day on which one is reminded, and after it, when the deputy is reminded too.</summary>
    public const int DaysBefore = 14, DaysAfter = 7;

    public required Guid Id { get; init; }
    /// <summary>The action, or the document or meeting that holds the commitment or the decision.</summary>
    public required Guid ObjectId { get; init; }
    /// <summary>Null, without commitment and decision: the end of the action itself.</summary>
    public Guid? MilestoneId { get; init; }
    /// <summary>Of which the term is the day.</summary>
    public Guid? CommitmentId { get; init; }
    /// <summary>Of which the decision is to be carried out by the day.</summary>
    public Guid? PointId { get; init; }
    public required DateOnly DueOn { get; init; }
    public required ReminderStage Stage { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What to remind of on a day; null when it is too early. A day on which nothing ran is made up for.</summary>
    public static ReminderStage? StageOn(DateOnly due, DateOnly today) =>
        due.AddDays(DaysAfter) <= today ? ReminderStage.After : due <= today ? ReminderStage.Day : due <= today.AddDays(DaysBefore) ? ReminderStage.Near : null;
}
