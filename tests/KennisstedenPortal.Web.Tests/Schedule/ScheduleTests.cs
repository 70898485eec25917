using System.Globalization;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Web.Hosting;
using KennisstedenPortal.Web.Schedule;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace KennisstedenPortal.Web.Tests.Schedule;

public sealed class ScheduleTests(Site site)
{
    private static readonly Dictionary<string, string> Works = new(StringComparer.Ordinal) { ["Portal:BackgroundWork"] = "true", ["Portal:Mail:Folder"] = Path.Combine(Path.GetTempPath(), "kennissteden-schedule-test") };

    [Fact]
    public async Task Start_SeveralInstances_EachDailyJobStandsOnceAtItsTimeInTheNetherlands()
    {
        await using var own = await site.OwnAsync(Works);
        await using var other = PortalUnderTest.Start(own.Database, Works);
        await StartedAsync(own.Portal);
        await StartedAsync(other);

        foreach (var job in DailyJob.All)
        {
            var next = (await (await SchedulerAsync(own.Portal)).GetTrigger(job.TriggerKey))!.NextFireTimeUtc!.Value;
            TimeOnly.FromDateTime(Dutch.Local(next).DateTime).Should().Be(job.At);
        }
        (await own.Database.ScalarAsync<long>("select count(*) from qrtz_triggers")).Should().Be(DailyJob.All.Count);
        (await own.Database.ScalarAsync<string>("select string_agg(job_name, ' ' order by job_name) from qrtz_job_details")).Should().Be("cleaning deadlines review summary");
        (await own.Database.ScalarAsync<long>("select count(*) from qrtz_scheduler_state")).Should().Be(2, "both take part");
    }

    [Fact]
    public async Task DailyJob_DueOnSeveralInstances_RunsOnceOfAll()
    {
        await using var own = await site.OwnAsync(Works);
        await using var second = PortalUnderTest.Start(own.Database, Works);
        await using var third = PortalUnderTest.Start(own.Database, Works);
        var runs = new Runs();
        foreach (var portal in new[] { own.Portal, second, third })
        {
            await StartedAsync(portal);
            (await SchedulerAsync(portal)).ListenerManager.AddJobListener(runs);
        }

        // It is time, for all of them; each is woken to look.
        var job = DailyJob.All.Single(j => j.Name == "summary");
        await own.Database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"update qrtz_triggers set next_fire_time = {DateTimeOffset.UtcNow.AddSeconds(-1).UtcTicks} where trigger_name = '{job.Name}'"));
        foreach (var portal in new[] { own.Portal, second, third })
        {
            var wake = TriggerBuilder.Create(TimeProvider.System).WithIdentity($"wake-{portal.BaseAddress.Port}").ForJob(new JobKey("cleaning")).StartNow().Build();
            await (await SchedulerAsync(portal)).ScheduleJob(wake);
        }

        await Poll.UntilAsync(() => Task.FromResult(runs.Of(job.Name) > 0 && runs.Of("cleaning") == 3), "the job and the three that woke them have run");
        runs.Of(job.Name).Should().Be(1);
        (await (await SchedulerAsync(own.Portal)).GetTrigger(job.TriggerKey))!.NextFireTimeUtc.Should().BeAfter(DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task JobCommand_EveryJobByName_RunsItNow()
    {
        await using var own = await site.OwnAsync(Works);
        foreach (var job in DailyJob.All)
        {
            await using var said = new StringWriter();
            await JobCommand.RunAsync(own.Portal.Services, JobCommand.Find(["--job", job.Name]), said, default);
            said.ToString().Should().Contain($"'{job.Name}' is done");
        }
        foreach (string[] wrong in new string[][] { ["--job"], ["--job", "onzin"] })
            FluentActions.Invoking(() => JobCommand.Find(wrong)).Should().Throw<StartRefusedException>().WithMessage("*cleaning, review, deadlines, summary*");
    }

    [Fact]
    public async Task DailyJob_TimePassedWhileNoPortalRan_IsMadeUpForAtTheNextStart()
    {
        await using var database = await site.Server.FilledAsync();
        await using (var first = PortalUnderTest.Start(database, Works)) await StartedAsync(first);
        await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"update qrtz_triggers set next_fire_time = {DateTimeOffset.UtcNow.AddHours(-3).UtcTicks} where trigger_name = 'review'"));

        await using var next = PortalUnderTest.Start(database, Works);

        await Poll.UntilAsync(async () => await database.ScalarAsync<bool>(string.Create(CultureInfo.InvariantCulture, $"select prev_fire_time > {DateTimeOffset.UtcNow.AddHours(-2).UtcTicks} and next_fire_time > {DateTimeOffset.UtcNow.UtcTicks} and not exists (select from qrtz_fired_triggers) from qrtz_triggers where trigger_name = 'review'")), "the missed review has run");
    }

    [Fact]
    public async Task Start_BackgroundWorkIsLeftToOthers_TakesNoPart()
    {
        await using var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Portal:BackgroundWork"] = "false" });
        await own.Client.GetStringAsync("/");

        own.Portal.Services.GetService<ISchedulerFactory>().Should().BeNull();
        (await own.Database.ScalarAsync<long>("select count(*) from qrtz_scheduler_state")).Should().Be(0);
    }

    private static Task StartedAsync(PortalUnderTest portal) =>
        Poll.UntilAsync(async () => (await SchedulerAsync(portal)).Status == SchedulerStatus.Running, "the schedule runs");

    private static async Task<IScheduler> SchedulerAsync(PortalUnderTest portal) => await portal.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();

    private sealed class Runs : IJobListener
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _names = [];

        public string Name => "test";
        public int Of(string job) => _names.Count(n => n == job);

        public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default)
        {
            jobException.Should().BeNull();
            _names.Enqueue(context.JobDetail.Key.Name);
            return ValueTask.CompletedTask;
        }
    }
}
