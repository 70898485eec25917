using System.Net;
using System.Net.Sockets;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.LocalPostgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>
/// The private PostgreSQL of a checkout, for local runs without a configured database: started (or adopted) before the
/// portal, migrated, filled with the starter data when empty, and stopped with the portal.
/// </summary>
internal sealed class LocalDatabase : IAsyncDisposable
{
    private const string Database = "kennissteden";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly LocalPostgresOptions _options;
    private readonly CancellationTokenSource _end = new();
    private LocalPostgresServer _server;
    private Task _watch = Task.CompletedTask;

    private LocalDatabase(LocalPostgresOptions options, LocalPostgresServer server) => (_options, _server) = (options, server);

    /// <returns>Null when a database is configured, or outside development.</returns>
    /// <exception cref="StartRefusedException">The port is taken, or production has no database.</exception>
    public static async Task<LocalDatabase?> StartWhenNeededAsync(WebApplicationBuilder builder, bool serves, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString("Portal"))) return null;
        if (!builder.Environment.IsDevelopment())
            throw new StartRefusedException("Set ConnectionStrings__Portal: outside development the portal starts no database of its own.");
        if (serves) RefuseTakenPort(builder.Configuration["Urls"]);

        var root = CheckoutRoot(builder.Environment.ContentRootPath);
        var options = new LocalPostgresOptions { DataFolder = Path.Combine(root, ".local", "postgres"), SearchFolder = root };
        var server = await LocalPostgresServer.StartAsync(options, cancellation);
        var local = new LocalDatabase(options, server);
        try
        {
            var (owner, application) = await DatabaseSetup.CreateAsync(server.ConnectionString("postgres"), Database, server.Password, cancellation);
            await DatabaseSetup.MigrateAsync(owner, application, cancellation);
            builder.Configuration["ConnectionStrings:Portal"] = application;
            builder.Configuration["ConnectionStrings:PortalOwner"] = owner;
            if (serves) local._watch = local.WatchAsync();
            return local;
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    public static async Task FillWhenEmptyAsync(IServiceProvider services, bool examples, CancellationToken cancellation)
    {
        await using (var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellation))
            if (await db.ImportRuns.AnyAsync(cancellation)) return;
        Console.WriteLine("Importing the starter data …");
        await StarterImport.RunAsync(services.GetRequiredService<StarterImporter>(), examples, Console.Out, cancellation);
    }

    /// <summary>Nobody else starts this database again when it is killed: elsewhere the operating system does.</summary>
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Look);
        string? said = null;
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                if (await AnswersAsync(_server.Port)) continue;
                try
                {
                    var port = _server.Port;
                    _server = await LocalPostgresServer.StartAsync(_options, _end.Token);
                    said = null;
                    Console.WriteLine(_server.Port == port ? "The database had stopped and was started again." : "The database had stopped and was started again on another port: stop the portal and start it anew.");
                }
                catch (Exception e) when (!_end.IsCancellationRequested)
                {
                    // Whatever is in the way: it is tried again, and said once.
                    if (e.Message != said) Console.Error.WriteLine($"The database has stopped and does not start again: {e.Message}");
                    said = e.Message;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The portal stops.
        }
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Stops the server, unless another portal on the same data still uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        _end.Dispose();
        NpgsqlConnection.ClearAllPools();
        if (await OthersAsync())
        {
            Console.WriteLine("The database keeps running: another portal uses it.");
            return;
        }
        await _server.StopAsync();
    }

    private async Task<bool> OthersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(_server.ConnectionString("postgres") + ";Pooling=false");
            await connection.OpenAsync();
            // Our own pools were cleared just now, but their backends may take a moment; they carry this process's name.
            await using var command = new NpgsqlCommand("select exists (select 1 from pg_stat_activity where application_name like 'portal-%' and application_name <> $1)", connection)
            { Parameters = { new() { Value = ApplicationName } } };
            return (bool)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Tells the connections of this process from those of another portal.</summary>
    public static string ApplicationName { get; } = $"portal-{Environment.ProcessId}";

    private static void RefuseTakenPort(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(url.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Port == 0) continue;
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, uri.Port);
                probe.Start();
            }
            catch (SocketException)
            {
                throw new StartRefusedException($"Port {uri.Port} is taken. Stop what uses it, or choose another: ./run --urls http://localhost:5090");
            }
        }
    }

    /// <summary>The folder of the checkout, or the given one where there is none.</summary>
    public static string CheckoutRoot(string folder)
    {
        for (var d = new DirectoryInfo(folder); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "package.json")) && File.Exists(Path.Combine(d.FullName, "global.json"))) return d.FullName;
        return folder;
    }
}
