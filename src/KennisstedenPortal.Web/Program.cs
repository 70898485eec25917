using KennisstedenPortal.Data;
using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.LocalPostgres;
using KennisstedenPortal.Web.Hosting;
using Serilog;

var builder = WebApplication.CreateBuilder(args);
Logging.Configure(builder);

try
{
    await using var local = await LocalDatabase.StartWhenNeededAsync(builder);
    if (args.Contains("--migrate", StringComparer.Ordinal))
    {
        await DatabaseSetup.MigrateAsync(builder.Configuration.Required("PortalOwner"), builder.Configuration.Required("Portal"));
        Console.WriteLine("The database is up to date.");
        return 0;
    }

    builder.AddPortal();
    await using var app = builder.Build();
    if (args.Contains("--import", StringComparer.Ordinal))
    {
        await StarterImport.RunAsync(app.Services.GetRequiredService<StarterImporter>(), Console.Out);
        return 0;
    }

    app.UsePortal();
    if (local is not null)
    {
        await LocalDatabase.FillWhenEmptyAsync(app.Services);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Kennisstedenportaal draait op {string.Join(' ', app.Urls)} (Ctrl-C stopt)"));
    }
    await app.RunAsync();
    return 0;
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
