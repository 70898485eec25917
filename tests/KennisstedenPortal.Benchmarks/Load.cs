using System.Diagnostics;
using System.Net;

namespace KennisstedenPortal.Benchmarks;

/// <param name="Durations">In milliseconds, in order of size; without the failures.</param>
/// <param name="Failures">Other answers than 200: among others a search that the database gave up.</param>
internal sealed record Round(double[] Durations, int Failures, double Seconds)
{
    public double PerSecond => Durations.Length / Seconds;

    public double Percentile(double part) => Durations.Length == 0 ? double.NaN : Durations[Math.Min(Durations.Length - 1, (int)(Durations.Length * part))];
}

/// <summary>Asks a host for addresses over a fixed number of connections, each at once asking the next.</summary>
internal sealed class Load : IDisposable
{
    private const int Connections = 16;
    private readonly HttpClient _client;

    public Load(string url) => _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = Timeout.InfiniteTimeSpan }, disposeHandler: true) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Each address once; returns what the slowest took, or NaN when one failed.</summary>
    public async Task<double> EachAsync(IReadOnlyList<string> addresses, CancellationToken cancellation)
    {
        var slowest = 0.0;
        foreach (var address in addresses) slowest = Math.Max(slowest, await AskAsync(address, cancellation));
        return slowest;
    }

    /// <summary>How many bytes an address answers.</summary>
    /// <exception cref="InvalidOperationException">It answers otherwise than with success.</exception>
    public async Task<int> SizeAsync(string address, CancellationToken cancellation)
    {
        using var response = await _client.GetAsync(address, cancellation);
        return response.IsSuccessStatusCode ? (await response.Content.ReadAsByteArrayAsync(cancellation)).Length
            : throw new InvalidOperationException($"{address}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellation)}");
    }

    public async Task<Round> RunAsync(IReadOnlyList<string> addresses, TimeSpan duration, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var next = -1;
        var workers = Enumerable.Range(0, Connections).Select(async _ =>
        {
            var durations = new List<double>();
            while (watch.Elapsed < duration) durations.Add(await AskAsync(addresses[(int)((uint)Interlocked.Increment(ref next) % (uint)addresses.Count)], cancellation));
            return durations;
        });
        var all = (await Task.WhenAll(workers)).SelectMany(d => d).Order().ToArray();
        return new Round([.. all.Where(d => !double.IsNaN(d))], all.Count(double.IsNaN), watch.Elapsed.TotalSeconds);
    }

    public void Dispose() => _client.Dispose();

    private async Task<double> AskAsync(string address, CancellationToken cancellation)
    {
        var begin = Stopwatch.GetTimestamp();
        using var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await response.Content.CopyToAsync(Stream.Null, cancellation);
        return response.StatusCode == HttpStatusCode.OK ? Stopwatch.GetElapsedTime(begin).TotalMilliseconds : double.NaN;
    }
}
