using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KennisstedenPortal.LocalPostgres;

/// <summary>The files of one private server.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const long LargestLog = 1024 * 1024;

    private static readonly string[][] LocalesFrom17 =
    [
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"],
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=en_US.UTF-8"],
    ];

    private static readonly string[][] LocalesBefore17 = [["--locale=C.UTF-8"], ["--locale=en_US.UTF-8"]];

    public DataFolder(string path)
    {
        Root = System.IO.Path.GetFullPath(path);
        Marker = "local_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..16];
    }

    public string Root { get; }

    /// <summary>A name that stands in the command line of this folder's server and of no other.</summary>
    public string Marker { get; }

    public string PgData => Path("pgdata");

    public string Log => Path("log");

    /// <summary>True when there are complete data: they only ever get this name when <c>initdb</c> has ended well.</summary>
    public bool HasData => File.Exists(System.IO.Path.Combine(PgData, "PG_VERSION"));

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    public void Create() => Directory.CreateDirectory(Root, OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>The major version the data were made with; null when there are none.</summary>
    public async Task<int?> DataVersionAsync(CancellationToken ct) => HasData
        ? int.Parse((await File.ReadAllTextAsync(System.IO.Path.Combine(PgData, "PG_VERSION"), ct)).AsSpan().Trim(), CultureInfo.InvariantCulture)
        : null;

    /// <summary>The password of the superuser, made at the first call.</summary>
    public async Task<string> PasswordAsync(CancellationToken ct)
    {
        if (!File.Exists(Path("password")))
        {
            if (HasData)
            {
                throw new PostgresStartException(
                    $"The file {Path("password")} is gone, without which nobody can sign in to the data beside it. Put it back, or remove {Root} to start afresh.");
            }

            await WriteAsync("password", RandomNumberGenerator.GetHexString(48, lowercase: true), ct);
        }

        return (await File.ReadAllTextAsync(Path("password"), ct)).Trim();
    }

    /// <summary>The port of the last start; null before the first.</summary>
    public async Task<int?> LastPortAsync(CancellationToken ct) =>
        File.Exists(Path("port")) && int.TryParse(await File.ReadAllTextAsync(Path("port"), ct), CultureInfo.InvariantCulture, out var port) ? port : null;

    public Task RememberPortAsync(int port, CancellationToken ct) => WriteAsync("port", port.ToString(CultureInfo.InvariantCulture), ct);

    /// <summary>Makes the data under another name first, so that a kill halfway leaves nothing that looks complete.</summary>
    public async Task InitialiseAsync(PostgresBinaries binaries, PrivilegeDrop drop, bool durable, CancellationToken ct)
    {
        foreach (var leftover in Directory.GetDirectories(Root, "initdb-*"))
        {
            RemoveLeftover(leftover);
        }

        await drop.HandOverAsync(Path("password"), ct);
        string? firstError = null;
        foreach (var locale in binaries.MajorVersion >= 17 ? LocalesFrom17 : LocalesBefore17)
        {
            var unfinished = Path($"initdb-{Guid.NewGuid():N}");
            var result = await drop.RunAsync(
                [
                    binaries.InitDb, "-D", unfinished, "--username=postgres", "--encoding=UTF8", .. locale,
                    "--auth=scram-sha-256", "--pwfile=" + Path("password"), .. durable ? Array.Empty<string>() : ["--no-sync"],
                ],
                Root, ct);
            if (result is { Succeeded: true })
            {
                Directory.Move(unfinished, PgData);
                return;
            }

            firstError ??= result?.Output ?? $"{binaries.InitDb} cannot be run.";
            RemoveLeftover(unfinished);
        }

        throw new PostgresStartException($"initdb could not make the data in {PgData}:{Environment.NewLine}{firstError}");
    }

    /// <summary>Begins a new log when the old one has grown large; one older log is kept.</summary>
    public async Task PrepareLogAsync(PrivilegeDrop drop, CancellationToken ct)
    {
        var log = new FileInfo(Log);
        if (log is { Exists: true, Length: > LargestLog })
        {
            log.MoveTo(Log + ".old", overwrite: true);
        }

        await using (new FileStream(Log, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            UnixCreateMode = OwnerOnly,
        }))
        {
        }

        await drop.HandOverAsync(Log, ct);
    }

    /// <summary>What the server has written since the log had this length.</summary>
    public async Task<string> LogSinceAsync(long length, CancellationToken ct)
    {
        await using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(length, SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        return await reader.ReadToEndAsync(ct);
    }

    private static void RemoveLeftover(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (IOException)
        {
            // An initdb whose starter was killed is still writing in it; a later start removes the rest.
        }
    }

    private async Task WriteAsync(string name, string content, CancellationToken ct)
    {
        var unfinished = Path(name + ".new");
        File.Delete(unfinished);
        await using (var file = new FileStream(unfinished, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            await file.WriteAsync(Encoding.ASCII.GetBytes(content + "\n"), ct);
        }

        File.Move(unfinished, Path(name), overwrite: true);
    }
}
