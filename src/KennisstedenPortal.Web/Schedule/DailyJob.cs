using Quartz;

namespace KennisstedenPortal.Web.Schedule;

/// <summary>A job that runs once a day, whatever the number of instances, at a time in the Netherlands.</summary>
/// <param name="Name">Stands in the database: never rename it.</param>
internal sealed record DailyJob(string Name, Type Type, TimeOnly At)
{
    /// <summary>Everything the schedule does. Reminders come before the summary, so that a morning brings them together.</summary>
    public static IReadOnlyList<DailyJob> All { get; } =
    [
        new("cleaning", typeof(CleaningJob), new(3, 15)),
        new("review", typeof(ReviewJob), new(6, 30)),
        new("deadlines", typeof(DeadlinesJob), new(6, 45)),
        new("summary", typeof(SummaryJob), new(7, 0)),
    ];

    public JobKey Key => new(Name);
    public TriggerKey TriggerKey => new(Name);
    public string Cron => $"0 {At.Minute} {At.Hour} * * ?";
}
