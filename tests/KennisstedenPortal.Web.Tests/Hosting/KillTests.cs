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
}
