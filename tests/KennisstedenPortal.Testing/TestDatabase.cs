using KennisstedenPortal.Data;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Data.StarterData;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Testing;

/// <summary>One database, used as the application uses it.</summary>
public sealed class TestDatabase : IDbContextFactory<PortalDbContext>, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly DbContextOptions<PortalDbContext> _options;

    public TestDatabase(string owner, string application)
    {
        (Owner, Application) = (owner, application);
        _source = NpgsqlDataSource.Create(application);
        _options = (DbContextOptions<PortalDbContext>)new DbContextOptionsBuilder<PortalDbContext>().UsePortal(_source).Options;
        Importer = new StarterImporter(this, Time, Generation);
    }

    public string Owner { get; }
    public string Application { get; }
    public RegisterGeneration Generation { get; } = new();
    /// <summary>What the contexts and writers made from now on take for the time.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
    public StarterImporter Importer { get; }
    public NpgsqlDataSource Source => _source;
    public SearchQuery Search => new(_source, Time);

    /// <summary>After a change by plain SQL, which the portal never makes: lists and search read what writers keep up to date.</summary>
    public async Task RebuildSearchAsync()
    {
        await using var db = CreateDbContext();
        await SearchIndex.RebuildAsync(db, always: true);
    }

    /// <summary>The same for what views of the agenda read, which is made sooner.</summary>
    public async Task RebuildActionsAsync()
    {
        await using var db = CreateDbContext();
        await ActionIndex.RebuildAsync(db);
    }

    public PortalDbContext CreateDbContext() => new(_options, Time, Generation);

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
