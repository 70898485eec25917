using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KennisstedenPortal.LocalPostgres;

/// <summary>
/// A running PostgreSQL of one's own, on 127.0.0.1 only. It outlives its starter: a killed program leaves it running, and the next
/// start adopts it.
/// </summary>
public sealed class LocalPostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromMinutes(5);

    private const string PortTaken = "Address already in use";

    // What the log says when another try may help: the port was just taken, or processes of a killed server have yet to end.
    private static readonly string[] PassingTroubles =
        [PortTaken, "could not bind", "could not create any TCP/IP sockets", "is still in use", "postmaster.pid\" already exists"];

    private readonly DataFolder _folder;
    private readonly Postmaster _postmaster;

    private LocalPostgresServer(DataFolder folder, Postmaster postmaster, int port, string password, bool adopted)
    {
        _folder = folder;
        _postmaster = postmaster;
        Port = port;
        Password = password;
        Adopted = adopted;
    }

    /// <summary>Always 127.0.0.1.</summary>
    public string Host { get; } = IPAddress.Loopback.ToString();

    /// <summary>The port of the last start if it is free, else one the operating system chose.</summary>
    public int Port { get; }

    /// <summary>The name of the superuser, <c>postgres</c>.</summary>
    public string SuperUser { get; } = "postgres";

    /// <summary>The password of the superuser, random per data folder.</summary>
    public string Password { get; }

    /// <summary>True when the server was already running.</summary>
    public bool Adopted { get; }

    /// <summary>
    /// Makes the data when there are none yet, and starts the server or adopts it if it runs. After a kill PostgreSQL recovers by
    /// itself. Several processes may do this at once; they get the same server.
    /// </summary>
    /// <param name="options">Where and how.</param>
    /// <param name="ct">Ends the waiting. A server that had just been started goes on, and is adopted by the next start.</param>
    /// <exception cref="PlatformNotSupportedException">This is Windows.</exception>
    /// <exception cref="PostgresNotFoundException">There is no usable PostgreSQL, or none of the version the data need.</exception>
    /// <exception cref="PostgresStartException">It does not start; the message holds what it said.</exception>
    public static async Task<LocalPostgresServer> StartAsync(LocalPostgresOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException(
                "A private PostgreSQL runs on Linux and macOS only. On Windows use WSL, or docker compose with ConnectionStrings__Portal.");
        }

        var folder = new DataFolder(options.DataFolder);
        folder.Create();
        await using var alone = await StartLock.TakeAsync(folder.Root, ct);
        var password = await folder.PasswordAsync(ct);
        if (await RunningAsync(folder, ct) is { } running)
        {
            await folder.RememberPortAsync(running.Port!.Value, ct);
            return new LocalPostgresServer(folder, running, running.Port.Value, password, adopted: true);
        }

        var version = await folder.DataVersionAsync(ct);
        var binaries = await PostgresBinaries.FindAsync(options.SearchFolder, PostgresBinaries.MachineFolders(), version, ct);
        var drop = await PrivilegeDrop.ChooseAsync(folder.Root, binaries.Folder, ct);
        if (version is null)
        {
            await folder.InitialiseAsync(binaries, drop, options.Durable, ct);
        }

        var (started, port) = await StartNewAsync(folder, binaries, drop, options, ct);
        await folder.RememberPortAsync(port, ct);
        return new LocalPostgresServer(folder, started, port, password, adopted: false);
    }

    /// <summary>A connection string for Npgsql, as superuser. Holds the password: not for logs.</summary>
    public string ConnectionString(string database) => new DbConnectionStringBuilder
    {
        ["Host"] = Host,
        ["Port"] = Port,
        ["Username"] = SuperUser,
        ["Password"] = Password,
        ["Database"] = database,
    }.ConnectionString;

    /// <summary>
    /// Stops the server, adopted or not, also for other processes that use it, and returns when it is gone. Does nothing when it is
    /// gone already, or was replaced by a later start.
    /// </summary>
    public async Task StopAsync()
    {
        if (!Directory.Exists(_folder.PgData))
        {
            return;
        }

        await using var alone = await StartLock.TakeAsync(_folder.Root, CancellationToken.None);
        await _postmaster.StopAsync(_folder);
    }

    /// <summary>The same as <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>The folder's own server once it lets people in; null when there is none, and then nothing is in the way of a start.</summary>
    private static async Task<Postmaster?> RunningAsync(DataFolder folder, CancellationToken ct)
    {
        var whenReady = new Deadline(StartPatience);
        var whenRecovering = new Deadline(RecoveryPatience);
        while (await Postmaster.ReadAsync(folder, ct) is { } found)
        {
            switch (await found.IdentifyAsync(folder, ct))
            {
                case Postmaster.Identity.Gone:
                    return null;
                case Postmaster.Identity.AnotherProcess:
                    // PostgreSQL would take any live process for its own server and refuse to start.
                    File.Delete(Postmaster.PidFile(folder));
                    return null;
            }

            if (found.Port is { } port && await Handshake.IsAnsweredAsync(port, ct))
            {
                return found;
            }

            if ((found.IsReady ? whenReady : whenRecovering).HasPassed)
            {
                throw new PostgresStartException(string.Create(CultureInfo.InvariantCulture,
                    $"The PostgreSQL of {folder.PgData} runs (process {found.Pid}, {found.Status}) but lets nobody in. See {folder.Log}; stop that process to start anew."));
            }

            await Deadline.PauseAsync(ct);
        }

        return null;
    }

    private static async Task<(Postmaster Postmaster, int Port)> StartNewAsync(
        DataFolder folder, PostgresBinaries binaries, PrivilegeDrop drop, LocalPostgresOptions options, CancellationToken ct)
    {
        var deadline = new Deadline(StartPatience);
        await folder.PrepareLogAsync(drop, ct);
        var lastPort = await folder.LastPortAsync(ct);
        while (true)
        {
            var port = FreePort(lastPort);
            var logged = new FileInfo(folder.Log).Length;

            // pg_ctl gives the server a session of its own, out of reach of the terminal's Ctrl-C. It runs in the data folder and gets
            // relative names, because it hands them to a shell.
            var result = await drop.RunAsync(
                [
                    binaries.PgCtl, "start", "-D", Path.GetFileName(folder.PgData), "-l", Path.GetFileName(folder.Log), "-s", "-w",
                    "-t", RecoveryPatience.TotalSeconds.ToString(CultureInfo.InvariantCulture), "-o", Settings(options, folder, port),
                ],
                folder.Root, ct);
            if (result is { Succeeded: true } && await Postmaster.ReadAsync(folder, ct) is { } started)
            {
                return (started, port);
            }

            var said = await folder.LogSinceAsync(logged, ct);
            if (deadline.HasPassed || !Array.Exists(PassingTroubles, t => said.Contains(t, StringComparison.Ordinal)))
            {
                throw new PostgresStartException($"PostgreSQL does not start in {folder.PgData}:{Environment.NewLine}{result?.Output}{said}");
            }

            if (said.Contains(PortTaken, StringComparison.Ordinal))
            {
                lastPort = null;
            }

            await Deadline.PauseAsync(ct);
        }
    }

    private static string Settings(LocalPostgresOptions options, DataFolder folder, int port)
    {
        var settings = string.Create(CultureInfo.InvariantCulture,
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections={options.MaxConnections} -c cluster_name={folder.Marker} -c log_checkpoints=off -c log_min_error_statement=panic");
        return options.Durable ? settings : settings + " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
    }

    private static int FreePort(int? preferred)
    {
        try
        {
            return Listen(preferred ?? 0);
        }
        catch (SocketException) when (preferred is not null)
        {
            return Listen(0);
        }

        static int Listen(int port)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
