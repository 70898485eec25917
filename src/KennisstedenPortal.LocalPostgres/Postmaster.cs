using System.Globalization;
using System.Runtime.InteropServices;

namespace KennisstedenPortal.LocalPostgres;

/// <summary>The main process of a PostgreSQL, as its file <c>postmaster.pid</c> tells.</summary>
internal sealed record Postmaster(int Pid, int? Port, string Status)
{
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int PortLine = 3;
    private const int StatusLine = 7;

    private static readonly TimeSpan FastShutdown = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ImmediateShutdown = TimeSpan.FromSeconds(10);

    internal enum Identity
    {
        Gone,
        AnotherProcess,
        ThisServer,
    }

    public bool IsReady => string.Equals(Status, "ready", StringComparison.Ordinal);

    public static string PidFile(DataFolder folder) => Path.Combine(folder.PgData, "postmaster.pid");

    /// <summary>What the pid file says, whether true or not (process 0 when it is damaged); null when there is none.</summary>
    public static async Task<Postmaster?> ReadAsync(DataFolder folder, CancellationToken ct)
    {
        string[] lines;
        try
        {
            lines = await File.ReadAllLinesAsync(PidFile(folder), ct);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        string Line(int number) => number < lines.Length ? lines[number].Trim() : "";
        return new Postmaster(
            int.TryParse(Line(0), CultureInfo.InvariantCulture, out var pid) ? pid : 0,
            int.TryParse(Line(PortLine), CultureInfo.InvariantCulture, out var port) ? port : null,
            Line(StatusLine));
    }

    /// <summary>
    /// Whose the process id is now: ids are given out again, also after a restart of the machine, and a copied folder holds the
    /// pid file of the original.
    /// </summary>
    public async Task<Identity> IdentifyAsync(DataFolder folder, CancellationToken ct)
    {
        if (Pid <= 0)
        {
            return Identity.AnotherProcess;
        }

        var id = Pid.ToString(CultureInfo.InvariantCulture);
        if (!OperatingSystem.IsLinux())
        {
            var listed = await Command.RunAsync(["ps", "-ww", "-o", "command=", "-p", id], workingFolder: null, ct);
            return listed is not { Succeeded: true } ? Identity.Gone : Is(listed.Output.Contains(folder.Marker, StringComparison.Ordinal));
        }

        var process = "/proc/" + id;
        try
        {
            if (!string.Equals((await File.ReadAllTextAsync(process + "/comm", ct)).Trim(), "postgres", StringComparison.Ordinal))
            {
                return Identity.AnotherProcess;
            }

            if (new FileInfo(process + "/cwd").LinkTarget is null)
            {
                return Is((await File.ReadAllTextAsync(process + "/cmdline", ct)).Contains(folder.Marker, StringComparison.Ordinal));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Directory.Exists(process) ? Identity.AnotherProcess : Identity.Gone;
        }

        return Is(await IsSameFolderAsync(process + "/cwd", folder.PgData, ct));
    }

    /// <summary>Ends the server: open transactions are rolled back, sessions closed. Returns when the process is gone.</summary>
    /// <exception cref="PostgresStartException">It does not end, not even at once.</exception>
    public async Task StopAsync(DataFolder folder)
    {
        if (await EndsAfterAsync(Interrupt, FastShutdown, folder) || await EndsAfterAsync(Quit, ImmediateShutdown, folder))
        {
            return;
        }

        throw new PostgresStartException(string.Create(CultureInfo.InvariantCulture, $"The PostgreSQL of {folder.PgData} (process {Pid}) does not stop."));
    }

    private static Identity Is(bool thisServer) => thisServer ? Identity.ThisServer : Identity.AnotherProcess;

    /// <summary>Compares by a file put in one and looked for in the other, which sees through links, mounts and renamed folders.</summary>
    private static async Task<bool> IsSameFolderAsync(string one, string other, CancellationToken ct)
    {
        var name = $".same-folder-{Guid.NewGuid():N}";
        var probe = Path.Combine(other, name);
        try
        {
            await File.WriteAllTextAsync(probe, "", ct);
            return File.Exists(Path.Combine(one, name));
        }
        finally
        {
            File.Delete(probe);
        }
    }

    private async Task<bool> EndsAfterAsync(int signal, TimeSpan patience, DataFolder folder)
    {
        var deadline = new Deadline(patience);
        if (await IdentifyAsync(folder, CancellationToken.None) is Identity.ThisServer)
        {
            _ = Kill(Pid, signal);
        }

        while (await IdentifyAsync(folder, CancellationToken.None) is Identity.ThisServer)
        {
            if (deadline.HasPassed)
            {
                return false;
            }

            await Deadline.PauseAsync(CancellationToken.None);
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
