using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace KennisstedenPortal.LocalPostgres.Tests;

public sealed class LocalPostgresServerTests(FreshData fresh) : IClassFixture<FreshData>, IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Start_EmptyFolder_AcceptsTheSuperuserByPasswordOnly()
    {
        await using var server = await StartAsync("a");

        server.Adopted.Should().BeFalse();
        server.Host.Should().Be("127.0.0.1");
        (await ReadAsync<string>(server, "show server_encoding")).Should().Be("UTF8");
        (await ReadAsync<string>(server, "select upper('één')")).Should().Be("ÉÉN");
        var guess = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Password = "guess" };
        var guessing = () => ReadAsync<int>(guess.ConnectionString, "select 1");
        (await guessing.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Start_EmptyFolder_ListensOnTheLocalAddressWithoutSockets()
    {
        await using var server = await StartAsync("a");

        (await ReadAsync<string>(server, "show listen_addresses")).Should().Be("127.0.0.1");
        (await ReadAsync<string>(server, "show unix_socket_directories")).Should().BeEmpty();
    }

    [Theory]
    [InlineData(true, "on")]
    [InlineData(false, "off")]
    public async Task Start_Durability_SetsWhatAMachineCrashWouldNeed(bool durable, string expected)
    {
        await using var server = await LocalPostgresServer.StartAsync(Options("a") with { Durable = durable, MaxConnections = 23 }, Ct);

        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes" })
        {
            (await ReadAsync<string>(server, "show " + setting)).Should().Be(expected, setting);
        }

        (await ReadAsync<string>(server, "show max_connections")).Should().Be("23");
    }

    [Fact]
    public async Task Start_EmptyFolder_KeepsThePasswordToItsOwner()
    {
        await using var server = await StartAsync("a");

        File.GetUnixFileMode(_temporary.Of("a", "password")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllTextAsync(_temporary.Of("a", "password"), Ct)).Trim().Should().Be(server.Password);
        (await File.ReadAllTextAsync(_temporary.Of("a", "log"), Ct)).Should().NotContain(server.Password);
    }

    [Fact]
    public async Task Start_OnLinux_PutsTheServerInASessionOfItsOwn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        await using var server = await StartReadyAsync("a");

        var pid = await PidAsync("a");
        var stat = await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"), Ct);
        var session = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3];
        session.Should().Be(pid.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Stop_Running_EndsTheServer()
    {
        var server = await StartReadyAsync("a");

        await server.StopAsync();
        await server.StopAsync();

        var connecting = () => ReadAsync<int>(server, "select 1");
        await connecting.Should().ThrowAsync<NpgsqlException>();
        File.Exists(_temporary.Of("a", "pgdata", "postmaster.pid")).Should().BeFalse();
    }

    [Fact]
    public async Task Stop_OpenSession_DoesNotWaitForIt()
    {
        var server = await StartReadyAsync("a");
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(Ct);

        await server.StopAsync();

        File.Exists(_temporary.Of("a", "pgdata", "postmaster.pid")).Should().BeFalse();
    }

    [Fact]
    public async Task Stop_ReplacedByALaterStart_LeavesTheLaterServerAlone()
    {
        var earlier = await StartReadyAsync("a");
        await earlier.StopAsync();
        await using var later = await StartAsync("a");

        await earlier.StopAsync();

        (await ReadAsync<int>(later, "select 1")).Should().Be(1);
    }

    [Fact]
    public async Task Start_Stopped_KeepsDataPasswordAndPort()
    {
        var first = await StartReadyAsync("a");
        await ExecuteAsync(first, "create table kept as select 42 as answer");
        await first.StopAsync();

        await using var second = await StartAsync("a");

        second.Adopted.Should().BeFalse();
        second.ConnectionString("postgres").Should().Be(first.ConnectionString("postgres"));
        (await ReadAsync<int>(second, "select answer from kept")).Should().Be(42);
    }

    [Fact]
    public async Task Start_PortTakenMeanwhile_ChoosesAnother()
    {
        var first = await StartReadyAsync("a");
        await first.StopAsync();
        using var other = new TcpListener(IPAddress.Loopback, first.Port);
        other.Start();

        await using var second = await StartAsync("a");

        second.Port.Should().NotBe(first.Port);
        (await ReadAsync<int>(second, "select 1")).Should().Be(1);
    }

    [Fact]
    public async Task Start_ServerKilled_KeepsCommittedData()
    {
        var first = await StartReadyAsync("a", durable: true);
        await ExecuteAsync(first, "create table kept as select 42 as answer");
        await using var lingering = new NpgsqlConnection(first.ConnectionString("postgres") + ";Pooling=false");
        await lingering.OpenAsync(Ct);
        var pid = await PidAsync("a");
        using (var process = Process.GetProcessById(pid))
        {
            process.Kill();
        }

        await using var second = await StartAsync("a", durable: true);

        second.Adopted.Should().BeFalse();
        (await PidAsync("a")).Should().NotBe(pid);
        (await ReadAsync<int>(second, "select answer from kept")).Should().Be(42);
    }

    [Fact]
    public async Task Start_Running_AdoptsIt()
    {
        await using var first = await StartReadyAsync("a");

        var second = await StartAsync("a");

        second.Adopted.Should().BeTrue();
        second.ConnectionString("x").Should().Be(first.ConnectionString("x"));
        await second.StopAsync();
        var connecting = () => ReadAsync<int>(first, "select 1");
        await connecting.Should().ThrowAsync<NpgsqlException>();
    }

    [Fact]
    public async Task Start_RunningWithAllConnectionsTaken_AdoptsIt()
    {
        await using var first = await LocalPostgresServer.StartAsync(Options("a") with { MaxConnections = 5 }, Ct);
        await using var source = NpgsqlDataSource.Create(first.ConnectionString("postgres"));
        var taken = new List<NpgsqlConnection>();
        for (var i = 0; i < 5; i++)
        {
            taken.Add(await source.OpenConnectionAsync(Ct));
        }

        await using var second = await StartAsync("a");

        second.Adopted.Should().BeTrue();
        foreach (var connection in taken)
        {
            await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task Start_TwiceAtOnce_YieldsOneServer()
    {
        var both = await Task.WhenAll(Task.Run(() => StartAsync("a"), Ct), Task.Run(() => StartAsync("a"), Ct));

        await using var one = both[0];
        await using var other = both[1];
        one.ConnectionString("x").Should().Be(other.ConnectionString("x"));
        both.Count(s => s.Adopted).Should().Be(1);
    }

    [Fact]
    public async Task Start_FoldersApart_YieldsServersApart()
    {
        await using var one = await StartAsync("a");
        await using var other = await StartAsync("b");

        other.Adopted.Should().BeFalse();
        other.Port.Should().NotBe(one.Port);
        other.Password.Should().NotBe(one.Password);
    }

    [Fact]
    public async Task Start_PidFileNamesAnotherLiveProcess_StartsAnew()
    {
        var first = await StartReadyAsync("a");
        await first.StopAsync();
        await WritePidFileAsync("a", Environment.ProcessId, first.Port);

        await using var second = await StartAsync("a");

        second.Adopted.Should().BeFalse();
        (await ReadAsync<int>(second, "select 1")).Should().Be(1);
        (await PidAsync("a")).Should().NotBe(Environment.ProcessId);
    }

    [Fact]
    public async Task Start_PidFileNamesTheServerOfAnotherFolder_LeavesThatServerAlone()
    {
        var first = await StartReadyAsync("a");
        await first.StopAsync();
        await using var other = await StartReadyAsync("b");
        File.Copy(_temporary.Of("b", "pgdata", "postmaster.pid"), _temporary.Of("a", "pgdata", "postmaster.pid"));

        await using var second = await StartAsync("a");

        second.Adopted.Should().BeFalse();
        second.Port.Should().NotBe(other.Port);
        (await ReadAsync<int>(other, "select 1")).Should().Be(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a number\n")]
    [InlineData("2000000000\n/gone\n1\n1\n\n127.0.0.1\n1 1\nready\n")]
    public async Task Start_PidFileStaleOrDamaged_StartsAnew(string content)
    {
        var first = await StartReadyAsync("a");
        await first.StopAsync();
        await File.WriteAllTextAsync(_temporary.Of("a", "pgdata", "postmaster.pid"), content, Ct);

        await using var second = await StartAsync("a");

        second.Adopted.Should().BeFalse();
        (await ReadAsync<int>(second, "select 1")).Should().Be(1);
    }

    [Theory]
    [InlineData("met spaties en 'enkele' quotes")]
    [InlineData("met \"dubbele\" quotes; $HOME `id` & \\ é")]
    public async Task Start_FolderWithSpacesAndQuotes_RunsStopsAndRunsAgain(string name)
    {
        var first = await StartAsync(name);
        await first.StopAsync();

        await using var second = await StartAsync(name);
        await using var third = await StartAsync(name);

        third.Adopted.Should().BeTrue();
        (await ReadAsync<int>(third, "select 1")).Should().Be(1);
    }

    [Fact]
    public async Task Start_RemainsOfAnUnfinishedStart_MakesTheDataAnew()
    {
        Directory.CreateDirectory(_temporary.Of("a", "initdb-unfinished", "base"));
        await File.WriteAllTextAsync(_temporary.Of("a", "initdb-unfinished", "PG_VERSION"), "18\n", Ct);

        await using var server = await StartAsync("a");

        (await ReadAsync<int>(server, "select 1")).Should().Be(1);
        Directory.GetDirectories(_temporary.Of("a"), "initdb-*").Should().BeEmpty();
    }

    [Fact]
    public async Task Start_PasswordFileLost_SaysSo()
    {
        var first = await StartReadyAsync("a");
        await first.StopAsync();
        File.Delete(_temporary.Of("a", "password"));

        var starting = () => StartAsync("a");

        await starting.Should().ThrowAsync<PostgresStartException>().WithMessage("*password is gone*");
    }

    [Fact]
    public async Task Start_DataOfAVersionThatIsNotHere_NamesBothVersions()
    {
        Directory.CreateDirectory(_temporary.Of("a", "pgdata"));
        await File.WriteAllTextAsync(_temporary.Of("a", "pgdata", "PG_VERSION"), "99\n", Ct);
        await File.WriteAllTextAsync(_temporary.Of("a", "password"), "x\n", Ct);

        var starting = () => StartAsync("a");

        await starting.Should().ThrowAsync<PostgresNotFoundException>().WithMessage("*made by PostgreSQL 99*found here: *");
    }

    [Fact]
    public async Task Start_BrokenConfiguration_SaysWhatPostgresSaid()
    {
        var first = await StartReadyAsync("a");
        await first.StopAsync();
        await File.AppendAllTextAsync(_temporary.Of("a", "pgdata", "postgresql.conf"), "\nno_such_setting = 1\n", Ct);

        var starting = () => StartAsync("a");

        await starting.Should().ThrowAsync<PostgresStartException>().WithMessage("*no_such_setting*");
    }

    [Fact]
    public async Task ConnectionString_DatabaseNameWithSeparators_QuotesIt()
    {
        await using var server = await StartReadyAsync("a");

        new NpgsqlConnectionStringBuilder(server.ConnectionString("a;Host='b'")).Database.Should().Be("a;Host='b'");
    }

    private static async Task<T> ReadAsync<T>(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static Task<T> ReadAsync<T>(LocalPostgresServer server, string sql) => ReadAsync<T>(server.ConnectionString("postgres"), sql);

    private static async Task ExecuteAsync(LocalPostgresServer server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private LocalPostgresOptions Options(string name, bool durable = false) => new()
    {
        DataFolder = _temporary.Of(name),
        SearchFolder = AppContext.BaseDirectory,
        Durable = durable,
    };

    private Task<LocalPostgresServer> StartAsync(string name, bool durable = false) => LocalPostgresServer.StartAsync(Options(name, durable), Ct);

    /// <summary>Starts on ready-made data, for tests that are not about making them.</summary>
    private Task<LocalPostgresServer> StartReadyAsync(string name, bool durable = false)
    {
        fresh.CopyTo(_temporary.Of(name));
        return StartAsync(name, durable);
    }

    private async Task<int> PidAsync(string name)
    {
        var lines = await File.ReadAllLinesAsync(_temporary.Of(name, "pgdata", "postmaster.pid"), Ct);
        return int.Parse(lines[0], CultureInfo.InvariantCulture);
    }

    private Task WritePidFileAsync(string name, int pid, int port) => File.WriteAllTextAsync(
        _temporary.Of(name, "pgdata", "postmaster.pid"),
        string.Create(CultureInfo.InvariantCulture, $"{pid}\n{_temporary.Of(name, "pgdata")}\n1700000000\n{port}\n\n127.0.0.1\n1 1\nready   \n"),
        Ct);
}
