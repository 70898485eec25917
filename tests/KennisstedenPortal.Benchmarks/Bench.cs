using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace KennisstedenPortal.Benchmarks;

/// <summary>Measures the published portal against a bare host on the same data; see docs/benchmarks.md.</summary>
internal static class Bench
{
    /// <summary>On two cores more connections only wait for each other.</summary>
    private const int PoolSize = 6;

    private static async Task<int> Main(string[] args)
    {
        if (args is ["--bare", var url, var portal]) return await BareHost.RunAsync(url, portal, Environment.GetEnvironmentVariable("ConnectionStrings__Portal")!);
        string? Option(string name) => Array.IndexOf(args, name) is var i and >= 0 && i + 1 < args.Length ? args[i + 1] : null;
        string[] known = ["--portal", "--sizes", "--seconds", "--rounds", "--output", "--folder", "--only", "--actions"];
        if (Option("--portal") is not { } published || args.Where((_, i) => i % 2 == 0).Any(a => !known.Contains(a, StringComparer.Ordinal)) || args.Length % 2 != 0)
        {
            await Console.Error.WriteLineAsync("Use ./bench [--sizes 5000,100000] [--seconds 4] [--rounds 3] [--output folder] [--folder kept data] [--only part of a name], or ./bench --actions 500,50000 for the agenda");
            return 1;
        }
        var sizes = (Option("--sizes") ?? "5000,100000,1000000").Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture)).ToList();
        var seconds = int.Parse(Option("--seconds") ?? "4", CultureInfo.InvariantCulture);
        var rounds = int.Parse(Option("--rounds") ?? "3", CultureInfo.InvariantCulture);
        var output = Directory.CreateDirectory(Option("--output") ?? "artifacts/bench").FullName;
        var only = Option("--only");

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        void Say(string line) => Console.WriteLine($"{DateTime.Now:HH:mm:ss} {line}");

        var measured = new List<Measured>();
        var first = new List<(int, string, double)>();
        await using var server = await ScratchServer.StartAsync(Option("--folder"), stop.Token);
        if (Option("--actions") is { } actions)
        {
            await AgendaBench.RunAsync(server, [.. actions.Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture))], Path.GetFullPath(published), TimeSpan.FromSeconds(seconds), rounds, output, Say, stop.Token);
            return 0;
        }
        foreach (var size in sizes)
        {
            var scratch = await server.FilledAsync(size, Say, stop.Token);
            var scenarios = (await Workload.OfAsync(scratch, stop.Token)).Where(s => only is null || s.Name.Contains(only, StringComparison.Ordinal)).ToList();
            await Plans.WriteAsync(server, scratch, scenarios, Path.Combine(output, "plans"), stop.Token);
            await MeasureAsync(scratch, scenarios, Path.GetFullPath(published), server.Folder, TimeSpan.FromSeconds(seconds), rounds, measured, first, Say, stop.Token);
            await File.WriteAllTextAsync(Path.Combine(output, "result.md"), Report.Of(measured, first), stop.Token);
            await server.DropAsync(scratch, stop.Token);
        }
        Console.WriteLine(Report.Of(measured, first));
        Console.WriteLine($"Plans and this table: {output}");
        return 0;
    }

    /// <summary>What the portal demands outside development, to encrypt its keys with.</summary>
    private static async Task<string> CertificateAsync(string folder, CancellationToken cancellation)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        var path = Path.Combine(folder, "keys.pfx");
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pkcs12), cancellation);
        return path;
    }

    private static async Task<Dictionary<string, string>> EnvironmentAsync(Scratch scratch, string logs, CancellationToken cancellation) => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Portal"] = new NpgsqlConnectionStringBuilder(scratch.Application) { MaxPoolSize = PoolSize }.ConnectionString,
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Portal__PublicUrl"] = "https://kennissteden.example",
        ["Portal__Keys__Certificate"] = await CertificateAsync(logs, cancellation),
    };

    /// <summary>The published portal on that register, in a process of its own.</summary>
    internal static async Task<Child> PortalAsync(Scratch scratch, string published, string logs, CancellationToken cancellation) =>
        await Child.StartAsync(published, url => ["--urls", url], await EnvironmentAsync(scratch, logs, cancellation), Path.Combine(logs, $"portal-{scratch.Size}.log"), "/health/live", cancellation);

    private static async Task MeasureAsync(Scratch scratch, IReadOnlyList<Scenario> scenarios, string published, string logs, TimeSpan duration, int rounds, List<Measured> measured, List<(int, string, double)> first, Action<string> say, CancellationToken cancellation)
    {
        var environment = await EnvironmentAsync(scratch, logs, cancellation);
        await using var portal = await PortalAsync(scratch, published, logs, cancellation);
        await using var bare = await Child.StartAsync(typeof(Bench).Assembly.Location, url => ["--bare", url, portal.Url], environment, Path.Combine(logs, "bare.log"), "/health/live", cancellation);
        using var ofPortal = new Load(portal.Url);
        using var ofBare = new Load(bare.Url);
        foreach (var page in new[] { "/", "/kennissteden/eindhoven", "/zoeken", "/sitemap.xml" })
            first.Add((scratch.Size, page, await ofPortal.EachAsync([page], cancellation)));
        foreach (var scenario in scenarios)
        {
            IReadOnlyList<string> bareAddresses = [.. scenario.Addresses.Select(a => scenario.Bare + a)];
            foreach (var (address, bareAddress) in scenario.Addresses.Zip(bareAddresses))
            {
                var (size, bareSize) = (await ofPortal.SizeAsync(address, cancellation), await ofBare.SizeAsync(bareAddress, cancellation));
                if (size != bareSize) throw new InvalidOperationException($"{address}: the portal writes {size} bytes and the bare host {bareSize}.");
            }
            var (ours, theirs) = (new List<Round>(), new List<Round>());
            for (var i = -1; i < rounds; i++)
            {
                var (p, b) = (await ofPortal.RunAsync(scenario.Addresses, i < 0 ? duration / 2 : duration, cancellation), await ofBare.RunAsync(bareAddresses, i < 0 ? duration / 2 : duration, cancellation));
                // The first round warms up.
                if (i < 0) continue;
                ours.Add(p);
                theirs.Add(b);
            }
            if (ours.Concat(theirs).Sum(r => r.Failures) is var failures and > 0) say($"{scratch.Size}: {scenario.Name}: {failures} requests failed");
            measured.Add(new Measured(scratch.Size, scenario.Name, ours, theirs));
            say($"{scratch.Size}: {scenario.Name}: portal {ours[0].Percentile(0.5):0.0} ms, bare {theirs[0].Percentile(0.5):0.0} ms");
        }
    }
}
