namespace KennisstedenPortal.Data.Tests;

/// <summary>A database with the starter data for tests of one class that only read.</summary>
public sealed class FilledDatabase(TestServer server) : IAsyncLifetime
{
    private TestDatabase? _database;

    public TestDatabase Database => _database!;

    /// <summary>Another one, which the test may change.</summary>
    public Task<TestDatabase> OwnAsync() => server.FilledAsync();

    public async ValueTask InitializeAsync() => _database = await server.FilledAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }
}
