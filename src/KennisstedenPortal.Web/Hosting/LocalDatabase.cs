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
    private readonly LocalPostgresServer _server;

    private LocalDatabase(LocalPostgresServer server) => _server = server;

    /// <returns>Null when a database is configured, or outside development.</returns>
    /// <exception cref="StartRefusedException">The port is taken, or production has no database.</exception>
    public static async Task<LocalDatabase?> StartWhenNeededAsync(WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString("Portal"))) return null;
        if (!builder.Environment.IsDevelopment())
            throw new StartRefusedException("Set ConnectionStrings__Portal: outside development the portal starts no database of its own.");
        RefuseTakenPort(builder.Configuration["Urls"]);

        var root = CheckoutRoot(builder.Environment.ContentRootPath);
        var server = await LocalPostgresServer.StartAsync(new LocalPostgresOptions { DataFolder = Path.Combine(root, ".local", "postgres"), SearchFolder = root }, CancellationToken.None);
        var local = new LocalDatabase(server);
        try
        {
            var (owner, application) = await DatabaseSetup.CreateAsync(server.ConnectionString("postgres"), Database, server.Password);
            await DatabaseSetup.MigrateAsync(owner, application);
            builder.Configuration["ConnectionStrings:Portal"] = application;
            builder.Configuration["ConnectionStrings:PortalOwner"] = owner;
            return local;
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    public static async Task FillWhenEmptyAsync(IServiceProvider services)
    {
        await using (var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
            if (await db.ImportRuns.AnyAsync()) return;
        Console.WriteLine("De startgegevens worden ingelezen …");
        await StarterImport.RunAsync(services.GetRequiredService<StarterImporter>(), Console.Out);
    }

    /// <summary>Stops the server, unless another portal on the same data still uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (await OthersAsync()) return;
        await _server.StopAsync();
    }

    private async Task<bool> OthersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(_server.ConnectionString("postgres") + ";Pooling=false;Application Name=portal-stop");
            await connection.OpenAsync();
            // Our own pools were cleared just now, but their backends may take a moment; they carry this process's name.
            await using var command = new NpgsqlCommand("select exists (select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> $1)", connection)
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

    private static string CheckoutRoot(string folder)
    {
        for (var d = new DirectoryInfo(folder); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "package.json")) && File.Exists(Path.Combine(d.FullName, "global.json"))) return d.FullName;
        return folder;
    }
}
