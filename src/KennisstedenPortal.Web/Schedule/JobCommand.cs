using KennisstedenPortal.Web.Hosting;
using Quartz;

namespace KennisstedenPortal.Web.Schedule;

/// <summary><c>--job name</c>: runs one daily job now, whatever its time. All jobs may be repeated without harm.</summary>
internal static class JobCommand
{
    public const string Name = "--job";

    /// <exception cref="StartRefusedException">There is no such job.</exception>
    public static DailyJob Find(string[] args)
    {
        var name = args.SkipWhile(a => a != Name).Skip(1).FirstOrDefault();
        return DailyJob.All.FirstOrDefault(j => j.Name == name) ?? throw new StartRefusedException($"'{Name}' takes the name of a job: {string.Join(", ", DailyJob.All.Select(j => j.Name))}.");
    }

    public static async Task RunAsync(IServiceProvider services, DailyJob job, TextWriter output, CancellationToken cancellation)
    {
        // None of them looks at how it was called.
        await ((IJob)ActivatorUtilities.CreateInstance(services, job.Type)).Execute(null!, cancellation);
        await output.WriteLineAsync($"The job '{job.Name}' is done.");
    }
}
