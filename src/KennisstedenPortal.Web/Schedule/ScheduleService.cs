using KennisstedenPortal.Domain;
using Quartz;

namespace KennisstedenPortal.Web.Schedule;

/// <summary>
/// Starts the scheduler once the database answers, and puts the daily jobs in it. Its state is in PostgreSQL, so that of all
/// instances one runs a job, and a time that passed while none ran is made up for.
/// </summary>
internal sealed partial class ScheduleService(ISchedulerFactory factory, TimeProvider time, ILogger<ScheduleService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private IScheduler? _scheduler;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _scheduler ??= await factory.GetScheduler(stoppingToken);
                foreach (var job in DailyJob.All) await PutAsync(_scheduler, job, stoppingToken);
                await _scheduler.Start(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!told) NotStarted(logger, e.Message);
                told = true;
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // A job under way is finished: they are short, and each mail of them is a transaction.
        if (_scheduler is not null) await _scheduler.Shutdown(true, cancellationToken);
    }

    /// <summary>A job that stands there at the same time is left alone: replacing it would forget that it is due.</summary>
    private static async Task PutAsync(IScheduler scheduler, DailyJob job, CancellationToken cancellation)
    {
        if (await scheduler.GetTrigger(job.TriggerKey, cancellation) is ICronTrigger known && known.CronExpressionString == job.Cron && known.TimeZone.Id == Dutch.Zone.Id) return;
        var detail = JobBuilder.Create().OfType(job.Type).WithIdentity(job.Key).RequestRecovery(true).StoreDurably(true).Build();
        var trigger = TriggerBuilder.Create(TimeProvider.System).WithIdentity(job.TriggerKey).ForJob(job.Key)
            .WithCronSchedule(job.Cron, c => c.InTimeZone(Dutch.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
        await scheduler.ScheduleJob(detail, trigger, new ScheduleJobOptions { Replace = true }, cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "The schedule has not started and is tried again: {Reason}")]
    private static partial void NotStarted(ILogger logger, string reason);
}
