using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace KennisstedenPortal.Benchmarks;

/// <summary>A host in a process of its own, so that neither side shares its threads and memory with the measuring.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;

    private Child(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<Child> StartAsync(string dll, Func<string, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string> environment, string log, string path, CancellationToken cancellation)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetDirectoryName(dll), UseShellExecute = false };
        // Straight to a file: reading it here would cost this process, and the portal does log in production.
        foreach (var part in new[] { "-c", "log=$1; shift; exec dotnet \"$@\" >\"$log\" 2>&1", "sh", log, dll }.Concat(arguments(url))) start.ArgumentList.Add(part);
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        foreach (var (key, value) in environment) start.Environment[key] = value;
        var child = new Child(Process.Start(start)!, url);
        using var client = new HttpClient();
        for (var deadline = DateTime.UtcNow.AddMinutes(1); ;)
        {
            try
            {
                using var response = await client.GetAsync(new Uri(url + path), cancellation);
                return child;
            }
            catch (HttpRequestException) when (DateTime.UtcNow < deadline && !child._process.HasExited)
            {
                await Task.Delay(200, cancellation);
            }
            catch (HttpRequestException e)
            {
                await child.DisposeAsync();
                throw new InvalidOperationException($"{dll} does not answer: {await File.ReadAllTextAsync(log, cancellation)}", e);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
