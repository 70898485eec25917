using System.Diagnostics;
using System.Text.RegularExpressions;

namespace KennisstedenPortal.Web.Tests.Hosting;

/// <summary>The portal as a process of its own, killed without notice.</summary>
public sealed class KillTests(Site site)
{
    private const string Counts = "select string_agg(t || n, ' ' order by t) from (select 'object ' t, count(*) n from register_object union all select 'relation ', count(*) from relation union all select 'revision ', count(*) from revision union all select 'observation ', count(*) from observation) c";

    [Fact]
    public async Task Portal_KilledWhileItIsRead_StartsAgainWithNothingLost()
    {
        await using var database = await site.Server.FilledAsync();
        var before = await database.ScalarAsync<string>(Counts);
        var pages = (await site.PagesAsync()).Select(p => p.Path).Take(200).ToList();

        using (var portal = await PortalProcess.StartAsync(database.Application))
        {
            using var client = PortalUnderTest.NewClient(portal.Address);
            var answered = 0;
            var reading = Task.WhenAll(Enumerable.Range(0, 4).Select(async reader =>
            {
                for (var i = reader; ; i = (i + 4) % pages.Count)
                {
                    using var answer = await client.GetAsync(pages[i]);
                    Interlocked.Increment(ref answered);
                }
            }));
            await Poll.UntilAsync(() => Task.FromResult(Volatile.Read(ref answered) >= 20), "it is being read");
            portal.Kill();
            await reading.Invoking(r => r).Should().ThrowAsync<HttpRequestException>();
        }

        using var next = await PortalProcess.StartAsync(database.Application);
        using var again = PortalUnderTest.NewClient(next.Address);
        (await database.ScalarAsync<string>(Counts)).Should().Be(before);
        Html.Text(await again.GetStringAsync("/organisaties")).Should().Contain("336 organisaties gevonden");
    }

    [Fact]
    public async Task Portal_WithoutDatabaseOutsideDevelopment_RefusesInOneSentence()
    {
        using var process = PortalProcess.Launch(application: null, environment: "Production");
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(1);
        errors.Trim().Split('\n').Should().ContainSingle().Which.Should().Contain("ConnectionStrings__Portal");
    }

    private sealed class PortalProcess : IDisposable
    {
        private readonly Process _process;

        private PortalProcess(Process process, Uri address) => (_process, Address) = (process, address);

        public Uri Address { get; }

        public static async Task<PortalProcess> StartAsync(string application)
        {
            var process = Launch(application, "Development");
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
                if (Regex.Match(line, @"Now listening on: ""?(http://[^""\s]+)") is not { Success: true } m) continue;
                // What it says further must go somewhere, or it stops when the pipe is full.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new Uri(m.Groups[1].Value);
            }
            throw new InvalidOperationException($"The portal did not start: {string.Join('\n', said)}{await process.StandardError.ReadToEndAsync(deadline.Token)}");
        }

        /// <param name="application">Connection string, or null to give none.</param>
        public static Process Launch(string? application, string environment)
        {
            var web = Repository.Of("src", "KennisstedenPortal.Web");
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            var start = new ProcessStartInfo("dotnet", [Path.Combine(web, "bin", configuration, "net10.0", "KennisstedenPortal.Web.dll"), "--urls", "http://127.0.0.1:0", "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime", "Information"])
            {
                WorkingDirectory = web,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
            start.Environment.Remove("ConnectionStrings__Portal");
            if (application is not null) start.Environment["ConnectionStrings__Portal"] = application;
            return Process.Start(start)!;
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
}
