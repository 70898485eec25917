using KennisstedenPortal.Domain.Registry;
using Npgsql;

namespace KennisstedenPortal.Data.Tests.Database;

/// <summary>A commit makes cached pages stale on every instance; anything less does not.</summary>
public sealed class GenerationTests(TestServer server)
{
    private const string Slug = "samxl", Marker = "tot hier";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task SaveAsync_Change_AdvancesTheGeneration()
    {
        await using var database = await server.FilledAsync();
        var before = database.Generation.Current;

        await database.ChangeAsync<Facility>(Slug, f => f.Name = "Anders");

        database.Generation.Current.Should().BeGreaterThan(before);
    }

    [Fact]
    public async Task SaveAsync_Committed_IsAnnounced()
    {
        await using var database = await server.FilledAsync();
        await using var listener = await Listener.OpenAsync(database);

        await database.ChangeAsync<Facility>(Slug, f => f.Name = "Anders");

        (await listener.NextAsync()).Should().Be((RegisterGeneration.Channel, ""));
    }

    [Fact]
    public async Task SaveAsync_RolledBack_IsNotAnnounced()
    {
        await using var database = await server.FilledAsync();
        await using var listener = await Listener.OpenAsync(database);
        var before = database.Generation.Current;
        await using (var db = database.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await db.BySlugAsync<Facility>(Slug)).Name = "Anders";
            await db.SaveAsync(People.Editor, "Misschien");
            await transaction.RollbackAsync();
        }

        await database.ExecuteAsync($"notify {RegisterGeneration.Channel}, '{Marker}'");

        (await listener.NextAsync()).Payload.Should().Be(Marker, "announcements come in the order of their commits");
        database.Generation.Current.Should().Be(before);
    }

    [Fact]
    public async Task SaveAsync_NotYetCommitted_IsAnnouncedAtTheCommit()
    {
        await using var database = await server.FilledAsync();
        await using var listener = await Listener.OpenAsync(database);
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        (await db.BySlugAsync<Facility>(Slug)).Name = "Anders";
        await db.SaveAsync(People.Editor, "Straks");

        await database.ExecuteAsync($"notify {RegisterGeneration.Channel}, '{Marker}'");
        await transaction.CommitAsync();

        (await listener.NextAsync()).Payload.Should().Be(Marker);
        (await listener.NextAsync()).Payload.Should().BeEmpty();
    }

    [Fact]
    public async Task SaveAsync_NothingChanged_IsNotAnnounced()
    {
        await using var database = await server.FilledAsync();
        await using var listener = await Listener.OpenAsync(database);

        await database.ChangeAsync<Facility>(Slug, f => f.Note = f.Note);
        await database.ExecuteAsync($"notify {RegisterGeneration.Channel}, '{Marker}'");

        (await listener.NextAsync()).Payload.Should().Be(Marker);
    }

    [Fact]
    public async Task ImportAsync_Committed_AdvancesTheGenerationAndIsAnnounced()
    {
        await using var database = await server.EmptyAsync();
        await using var listener = await Listener.OpenAsync(database);
        var before = database.Generation.Current;

        await database.Importer.ImportAsync();

        database.Generation.Current.Should().BeGreaterThan(before);
        (await listener.NextAsync()).Channel.Should().Be(RegisterGeneration.Channel);
    }

    private sealed class Listener : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly Queue<(string Channel, string Payload)> _heard = new();

        private Listener(NpgsqlConnection connection)
        {
            _connection = connection;
            _connection.Notification += (_, e) => _heard.Enqueue((e.Channel, e.Payload));
        }

        public static async Task<Listener> OpenAsync(TestDatabase database)
        {
            var connection = new NpgsqlConnection(database.Application);
            await connection.OpenAsync();
            await using var listen = new NpgsqlCommand($"listen {RegisterGeneration.Channel}", connection);
            await listen.ExecuteNonQueryAsync();
            return new Listener(connection);
        }

        public async Task<(string Channel, string Payload)> NextAsync()
        {
            if (_heard.Count == 0) (await _connection.WaitAsync(Patience)).Should().BeTrue("something was announced");
            return _heard.Dequeue();
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }
}
