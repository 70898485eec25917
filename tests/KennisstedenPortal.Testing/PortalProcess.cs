using System.Diagnostics;
using System.Globalization;

namespace KennisstedenPortal.Testing;

/// <summary>The portal as a process of its own.</summary>
public sealed class PortalProcess : IDisposable
{
    private readonly Process _process;

    private PortalProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="at">Where; null at a free port.</param>
    public static async Task<PortalProcess> StartAsync(string application, string environment = "Development", Uri? at = null, params (string Name, string Value)[] settings)
    {
        var process = Launch(application, environment, at, settings);
        try
        {
            return new PortalProcess(process, await AddressAsync(process));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    private static async Task<Uri> AddressAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            said.Add(line);
            if (!line.Contains("Now listening on: ", StringComparison.Ordinal)) continue;
            // What it says further must go somewhere, or it stops when the pipe is full.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].TrimEnd('"', ' '));
        }
        throw new InvalidOperationException($"The portal did not start: {string.Join('\n', said)}{await process.StandardError.ReadToEndAsync(deadline.Token)}");
    }

    /// <param name="application">Connection string, or null to give none.</param>
    /// <param name="settings">Environment variables.</param>
    public static Process Launch(string? application, string environment, params (string Name, string Value)[] settings) => Launch(application, environment, null, settings);

    private static Process Launch(string? application, string environment, Uri? at, (string Name, string Value)[] settings)
    {
        var web = Repository.Of("src", "KennisstedenPortal.Web");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(web, "bin", configuration, "net10.0", "KennisstedenPortal.Web.dll"), "--urls", at?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0", "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime", "Information"])
        {
            WorkingDirectory = web,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment.Remove("ConnectionStrings__Portal");
        if (application is not null) start.Environment["ConnectionStrings__Portal"] = application;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>It stops answering, and its connections stay: as a machine that hangs. Only <see cref="Kill"/> ends it.</summary>
    public void Freeze()
    {
        using var kill = Process.Start("kill", ["-STOP", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>As kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
