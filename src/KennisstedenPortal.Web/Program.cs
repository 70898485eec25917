using System.Runtime.InteropServices;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.Web.Hosting;
using KennisstedenPortal.Web.Schedule;
using KennisstedenPortal.Web.SignIn;
using KennisstedenPortal.Working.SignIn;
using Serilog;

var builder = WebApplication.CreateBuilder(args);
Logging.Configure(builder);
bool Asked(string command) => args.Contains(command, StringComparer.Ordinal);
var (migrate, import) = (Asked("--migrate"), Asked("--import"));
var examples = !Asked("--without-examples") && builder.Configuration.GetValue("Portal:Examples", true);
var createAdministrator = Asked(AdministratorCommand.Name);
var runsJob = Asked(JobCommand.Name);

// Until the host runs and takes over, Ctrl-C has to end the start in an orderly way: the local database must not stay behind.
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

try
{
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await using var local = await LocalDatabase.StartWhenNeededAsync(builder, serves: !migrate && !import && !createAdministrator && !runsJob, stop.Token);
    if (migrate)
    {
        await DatabaseSetup.MigrateAsync(builder.Configuration.Required("PortalOwner"), builder.Configuration.Required("Portal"), stop.Token);
        Console.WriteLine("The database is up to date.");
        return 0;
    }

    if (!import && !createAdministrator && !runsJob) ServeRequirements.Demand(builder.Configuration, builder.Environment);
    if (createAdministrator || runsJob) ServeRequirements.DemandPublicUrl(builder.Configuration, builder.Environment);
    var job = runsJob ? JobCommand.Find(args) : null;
    builder.AddPortal();
    await using var app = builder.Build();
    if (import)
    {
        await StarterImport.RunAsync(app.Services.GetRequiredService<StarterImporter>(), examples, Console.Out, stop.Token);
        return 0;
    }
    if (createAdministrator)
    {
        await AdministratorCommand.RunAsync(app.Services, args, builder.Configuration, Console.Out, stop.Token);
        return 0;
    }

    if (job is not null)
    {
        await JobCommand.RunAsync(app.Services, job, Console.Out, stop.Token);
        return 0;
    }

    await app.RefuseDemoPeopleAsync(stop.Token);
    app.UsePortal();
    if (local is not null)
    {
        await LocalDatabase.FillWhenEmptyAsync(app.Services, examples, stop.Token);
        if (app.Services.GetRequiredService<SignInSettings>().OffersDemoPeople) await app.Services.GetRequiredService<DemoPeople>().EnsureAsync(stop.Token);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Kennisstedenportaal runs at {string.Join(' ', app.Urls)} (Ctrl-C stops it)"));
    }
    stop.Token.Register(app.Lifetime.StopApplication);
    await app.RunAsync();
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped before the portal had started.");
    return 130;
}
catch (Exception e) when (Refusal.Explains(e) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return 1;
}
finally
{
    await Log.CloseAndFlushAsync();
}

/// <summary>The host, reachable for the tests that run it.</summary>
public partial class Program;
