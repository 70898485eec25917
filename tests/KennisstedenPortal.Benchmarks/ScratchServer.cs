using System.Diagnostics;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.LocalPostgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Benchmarks;

/// <summary>A PostgreSQL of its own with one register per size.</summary>
internal sealed class ScratchServer : IAsyncDisposable
{
    /// <summary>What an administrator would set on a machine of this sort. Both sides of every comparison use the same server.</summary>
    private static readonly string[] Settings =
        ["shared_buffers = '2GB'", "effective_cache_size = '8GB'", "random_page_cost = 1.1", "work_mem = '32MB'", "maintenance_work_mem = '512MB'", "max_wal_size = '8GB'", "checkpoint_timeout = '30min'", "max_parallel_workers_per_gather = 0"];

    private readonly string _folder;
    private readonly bool _keep;
    private readonly LocalPostgresServer _server;

    private ScratchServer(string folder, bool keep, LocalPostgresServer server) => (_folder, _keep, _server) = (folder, keep, server);

    public string Folder => _folder;
    public string Log => Path.Combine(_folder, "log");

    /// <param name="folder">Kept afterwards, so that a next run need not fill again; null for one that is removed.</param>
    public static async Task<ScratchServer> StartAsync(string? folder, CancellationToken cancellation)
    {
        var at = folder ?? Path.Combine(Path.GetTempPath(), $"kennissteden-bench-{Guid.NewGuid():N}");
        var options = new LocalPostgresOptions { DataFolder = at, SearchFolder = AppContext.BaseDirectory, Durable = false };
        var server = await LocalPostgresServer.StartAsync(options, cancellation);
        await using (var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Pooling = false }))
            foreach (var setting in Settings) await RunAsync(source, $"alter system set {setting}", cancellation);
        await server.StopAsync();
        return new ScratchServer(at, folder is not null, await LocalPostgresServer.StartAsync(options, cancellation));
    }

    /// <summary>The register of this size, filled unless an earlier run did.</summary>
    public async Task<Scratch> FilledAsync(int size, Action<string> say, CancellationToken cancellation)
    {
        var name = $"bench_{size}";
        var (owner, application) = await DatabaseSetup.CreateAsync(_server.ConnectionString("postgres"), name, _server.Password, cancellation);
        await DatabaseSetup.MigrateAsync(owner, application, cancellation);
        var scratch = new Scratch(size, Unpooled(_server.ConnectionString(name)), application);
        await using var source = NpgsqlDataSource.Create(scratch.SuperUser);
        await using var count = source.CreateCommand("select count(*)::int from search_entry");
        if ((int)(await count.ExecuteScalarAsync(cancellation))! >= size * 9 / 10) return scratch;

        var watch = Stopwatch.StartNew();
        await using var contexts = new Contexts(scratch.SuperUser);
        await new StarterImporter(contexts, TimeProvider.System, contexts.Generation).ImportAsync(cancellation: cancellation);
        say($"{size}: starter data in {watch.Elapsed.TotalSeconds:0} s");
        watch.Restart();
        await Generator.FillAsync(scratch.SuperUser, size, cancellation: cancellation);
        say($"{size}: objects in {watch.Elapsed.TotalSeconds:0} s");
        watch.Restart();
        await RebuildAsync(source, contexts, n => { if (n % 50_000 == 0) say($"{size}: {n} entries in {watch.Elapsed.TotalSeconds:0} s"); }, cancellation);
        say($"{size}: search entries in {watch.Elapsed.TotalSeconds:0} s");
        await RunAsync(source, "vacuum analyze", cancellation);
        return scratch;
    }

    /// <summary>The starter data with this many actions in the agenda.</summary>
    public async Task<Scratch> WithActionsAsync(int actions, Action<string> say, CancellationToken cancellation)
    {
        var name = $"bench_actions_{actions}";
        var (owner, application) = await DatabaseSetup.CreateAsync(_server.ConnectionString("postgres"), name, _server.Password, cancellation);
        await DatabaseSetup.MigrateAsync(owner, application, cancellation);
        var scratch = new Scratch(actions, Unpooled(_server.ConnectionString(name)), application);
        await using var source = NpgsqlDataSource.Create(scratch.SuperUser);
        await using var count = source.CreateCommand("select count(*)::int from action_entry");
        if ((int)(await count.ExecuteScalarAsync(cancellation))! == actions) return scratch;

        var watch = Stopwatch.StartNew();
        await using var contexts = new Contexts(scratch.SuperUser);
        await new StarterImporter(contexts, TimeProvider.System, contexts.Generation).ImportAsync(cancellation: cancellation);
        await ActionGenerator.FillAsync(scratch.SuperUser, actions, cancellation);
        // Reports are made of versions; what was filled by statements gets its first one.
        await DatabaseSetup.MigrateAsync(owner, application, cancellation);
        await RebuildAsync(source, contexts, _ => { }, cancellation);
        await RunAsync(source, "vacuum analyze", cancellation);
        say($"{actions} actions in {watch.Elapsed.TotalSeconds:0} s");
        return scratch;
    }

    public async Task DropAsync(Scratch scratch, CancellationToken cancellation)
    {
        if (_keep) return;
        NpgsqlConnection.ClearAllPools();
        await using var source = NpgsqlDataSource.Create(Unpooled(_server.ConnectionString("postgres")));
        await RunAsync(source, $"drop database {new NpgsqlConnectionStringBuilder(scratch.SuperUser).Database} with (force)", cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        if (!_keep) Directory.Delete(_folder, recursive: true);
    }

    /// <summary>With the portal's own builder. Its indexes are made afterwards: entry by entry they would take hours at a million.</summary>
    private static async Task RebuildAsync(NpgsqlDataSource source, Contexts contexts, Action<int> progress, CancellationToken cancellation)
    {
        var indexes = new List<(string Name, string Definition)>();
        await using (var command = source.CreateCommand("select indexname, indexdef from pg_indexes where tablename in ('search_entry', 'search_word') and indexname not like 'pk_%'"))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) indexes.Add((reader.GetString(0), reader.GetString(1)));
        foreach (var (name, _) in indexes) await RunAsync(source, $"drop index {name}", cancellation);
        await using (var db = contexts.CreateDbContext()) await SearchIndex.RebuildAsync(db, always: true, progress, cancellation);
        foreach (var (_, definition) in indexes) await RunAsync(source, definition, cancellation);
    }

    private static string Unpooled(string connection) => new NpgsqlConnectionStringBuilder(connection) { Pooling = false, CommandTimeout = 0 }.ConnectionString;

    private static async Task RunAsync(NpgsqlDataSource source, string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <param name="SuperUser">Connection string, without a pool.</param>
/// <param name="Application">Connection string of the portal's own role.</param>
internal sealed record Scratch(int Size, string SuperUser, string Application);

internal sealed class Contexts(string connection) : IDbContextFactory<PortalDbContext>, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public RegisterGeneration Generation { get; } = new();
    public NpgsqlDataSource Source => _source;

    public PortalDbContext CreateDbContext() =>
        new((DbContextOptions<PortalDbContext>)new DbContextOptionsBuilder<PortalDbContext>().UsePortal(_source).Options, TimeProvider.System, Generation);

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
