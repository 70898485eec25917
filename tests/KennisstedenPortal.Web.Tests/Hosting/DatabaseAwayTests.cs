using KennisstedenPortal.Data;
using KennisstedenPortal.LocalPostgres;

namespace KennisstedenPortal.Web.Tests.Hosting;

/// <summary>The database goes and comes back while the portal runs, on a PostgreSQL of its own.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    private const string Kept = "/over", Other = "/campussen";
    private readonly LocalPostgresOptions _options = new()
    {
        DataFolder = Path.Combine(Path.GetTempPath(), $"kennissteden-away-{Guid.NewGuid():N}"),
        SearchFolder = AppContext.BaseDirectory,
        Durable = false,
    };
    private LocalPostgresServer _server = null!;
    private TestDatabase _database = null!;
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LocalPostgresServer.StartAsync(_options, CancellationToken.None);
        var (owner, application) = await DatabaseSetup.CreateAsync(_server.ConnectionString("postgres"), "portal", _server.Password);
        await DatabaseSetup.MigrateAsync(owner, application);
        _database = new TestDatabase(owner, application);
        _portal = PortalUnderTest.Start(_database);
    }

    [Fact]
    public async Task Database_GoneAndBack_IsSaidInStyleAndRecoveredFrom()
    {
        await WaitForAsync(Kept, fromCache: true);
        (await StatusAsync("/health/ready")).Should().Be(HttpStatusCode.OK);

        await _server.StopAsync();

        foreach (var (prefix, words) in new[] { ("", "De gegevens zijn even niet bereikbaar"), ("/en", "The data cannot be reached right now") })
            foreach (var path in new[] { Other, "/kennissteden/enschede", "/faciliteiten?q=a" })
            {
                using var answer = await _portal.Client.GetAsync(prefix + path);
                var html = await answer.Content.ReadAsStringAsync();

                answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
                Html.Headings1(html).Should().Equal(words);
                html.Should().Contain("rel=\"stylesheet\"").And.NotContainAny("Npgsql", "Exception", "127.0.0.1", "   at ", _server.Password);
                answer.IsFromCache().Should().BeFalse();
            }
        using (var kept = await _portal.Client.GetAsync(Kept))
        {
            kept.StatusCode.Should().Be(HttpStatusCode.OK);
            kept.IsFromCache().Should().BeTrue();
        }
        (await StatusAsync("/health/live")).Should().Be(HttpStatusCode.OK);
        using (var ready = await _portal.Client.GetAsync("/health/ready"))
        {
            ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            (await ready.Content.ReadAsStringAsync()).Should().Be("Unhealthy");
        }

        _server = await LocalPostgresServer.StartAsync(_options with { }, CancellationToken.None);

        new Npgsql.NpgsqlConnectionStringBuilder(_database.Application).Port.Should().Be(_server.Port, "it comes back where it was");
        await Poll.UntilAsync(async () => await StatusAsync(Other) == HttpStatusCode.OK, "pages answer again");
        await Poll.UntilAsync(async () => await StatusAsync("/health/ready") == HttpStatusCode.OK, "the portal is ready again");
        await WaitForAsync(Other, fromCache: true);
    }

    [Fact]
    public async Task Database_Gone_TellsWhenToTryAgain()
    {
        await _server.StopAsync();

        using var answer = await _portal.Client.GetAsync(Other);

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter?.Delta.Should().BePositive();
        answer.Headers.RetryAfter.Should().NotBeNull("robots and caches would take a 503 without it for lasting");
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _database.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_options.DataFolder, recursive: true);
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _portal.Client.GetAsync(path);
        return answer.StatusCode;
    }

    private Task WaitForAsync(string path, bool fromCache) => Poll.UntilAsync(async () =>
    {
        using var answer = await _portal.Client.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.OK && answer.IsFromCache() == fromCache;
    }, $"{path} is kept");
}
