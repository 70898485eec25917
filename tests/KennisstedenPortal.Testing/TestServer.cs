using KennisstedenPortal.Data;
using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.LocalPostgres;
using Npgsql;

namespace KennisstedenPortal.Testing;

/// <summary>
/// A PostgreSQL of its own for one test assembly. Databases are clones of a template that is migrated (and filled) once,
/// so that every test class has a real one to itself.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private const string Memory = "/dev/shm";
    private const long RoomNeeded = 1024L * 1024 * 1024;

    /// <summary>In memory where there is room, which is much faster.</summary>
    private readonly string _folder = Path.Combine(
        Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > RoomNeeded ? Memory : Path.GetTempPath(), $"kennissteden-test-{Guid.NewGuid():N}");
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, string> _templates = new(StringComparer.Ordinal);
    private LocalPostgresServer? _server;
    private string _password = "";
    private int _number;

    public LocalPostgresServer Server => _server ?? throw new InvalidOperationException("Start the server first.");

    /// <summary>A migrated database without a row.</summary>
    public Task<TestDatabase> EmptyAsync() => CloneAsync("empty", _ => Task.CompletedTask);

    /// <summary>A database with the starter data.</summary>
    public Task<TestDatabase> FilledAsync() => CloneAsync("filled", db => db.Importer.ImportAsync());

    private async Task<TestDatabase> CloneAsync(string template, Func<TestDatabase, Task> fill)
    {
        await _gate.WaitAsync();
        try
        {
            if (_server is null)
            {
                await StartAsync();
                _password = Server.Password;
            }
            if (!_templates.TryGetValue(template, out var source))
            {
                source = $"template_{template}";
                var (owner, application) = await DatabaseSetup.CreateAsync(Server.ConnectionString("postgres"), source, _password);
                await DatabaseSetup.MigrateAsync(owner, application);
                await using (var first = new TestDatabase(owner, application)) await fill(first);
                NpgsqlConnection.ClearAllPools();
                _templates[template] = source;
            }
            var name = $"test_{++_number}";
            await using var connection = new NpgsqlConnection(Server.ConnectionString("postgres"));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"create database {name} template {source} owner {DatabaseSetup.OwnerRole}", connection);
            await command.ExecuteNonQueryAsync();
            string As(string role) => new NpgsqlConnectionStringBuilder(Server.ConnectionString(name)) { Username = role, Password = _password, MaxPoolSize = 20 }.ConnectionString;
            return new TestDatabase(As(DatabaseSetup.OwnerRole), As(DatabaseSetup.ApplicationRole));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Starts it, or again after <see cref="StopAsync"/>: where it was, with what it held. For a server that no other test uses.</summary>
    public async Task StartAsync() => _server = await LocalPostgresServer.StartAsync(new LocalPostgresOptions { DataFolder = _folder, SearchFolder = AppContext.BaseDirectory, Durable = false, MaxConnections = 200 }, CancellationToken.None);

    public Task StopAsync() => Server.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        _gate.Dispose();
    }
}
