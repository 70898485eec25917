using System.Xml.Linq;
using KennisstedenPortal.Data;
using KennisstedenPortal.Domain.Registry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KennisstedenPortal.Web.Tests;

/// <summary>A page as it was answered.</summary>
public sealed record Page(string Path, HttpStatusCode Status, string Html, bool HasCookie)
{
    public bool IsEnglish => Path == "/en" || Path.StartsWith("/en/", StringComparison.Ordinal);

    /// <summary>The Dutch page of an object of the kind; pages of the portal's own under its path are none.</summary>
    public bool IsObjectOf(ObjectKind kind) => Path.StartsWith($"/{kind.Path}/", StringComparison.Ordinal) && !kind.ReservedSlugs.Contains(Path[(kind.Path.Length + 2)..]);
}

/// <summary>
/// The portal that all reading tests share, on a server that also serves databases to tests that need one to themselves.
/// </summary>
public sealed class Site : IAsyncLifetime
{
    private const int AtATime = 4;
    private readonly Lazy<Task<IReadOnlyList<Page>>> _walk;
    private PortalUnderTest? _portal;

    public Site() => _walk = new(WalkAsync);

    public TestServer Server { get; } = new();

    /// <summary>Filled with the starter data; nobody may change it.</summary>
    public PortalUnderTest Portal => _portal ?? throw new InvalidOperationException("The fixture has not started.");

    public HttpClient Client => Portal.Client;

    /// <summary>Every page of the sitemap, read once.</summary>
    public Task<IReadOnlyList<Page>> PagesAsync() => _walk.Value;

    public async ValueTask InitializeAsync() => _portal = PortalUnderTest.Start(await Server.FilledAsync());

    /// <summary>A portal with a database of its own, which the test may change or do without.</summary>
    public async Task<OwnPortal> OwnAsync(IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null)
    {
        var generation = new RegisterGeneration();
        var first = generation.Current;
        return new(PortalUnderTest.Start(await Server.FilledAsync(), settings, s =>
        {
            s.Replace(ServiceDescriptor.Singleton(generation));
            services?.Invoke(s);
        }), generation, first);
    }

    public async Task<IReadOnlyList<Page>> ReadAsync(IEnumerable<string> paths)
    {
        var pages = new System.Collections.Concurrent.ConcurrentBag<Page>();
        await Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (path, cancellation) =>
        {
            using var response = await Client.GetAsync(path, cancellation);
            pages.Add(new Page(path, response.StatusCode, await response.Content.ReadAsStringAsync(cancellation), response.Headers.Contains("Set-Cookie")));
        });
        return [.. pages.OrderBy(p => p.Path, StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
            await _portal.Database.DisposeAsync();
        }
        await Server.DisposeAsync();
    }

    private async Task<IReadOnlyList<Page>> WalkAsync()
    {
        var map = XDocument.Parse(await Client.GetStringAsync("/sitemap.xml"));
        return await ReadAsync(map.Descendants().Where(e => e.Name.LocalName == "loc").Select(e => new Uri(e.Value).PathAndQuery).ToList());
    }
}

/// <summary>A portal and its database, disposed together.</summary>
public sealed class OwnPortal(PortalUnderTest portal, RegisterGeneration generation, long first) : IAsyncDisposable
{
    public PortalUnderTest Portal => portal;
    public HttpClient Client => portal.Client;
    public TestDatabase Database => portal.Database;
    public RegisterGeneration Generation => generation;

    /// <summary>Waits until the portal has begun to listen for changes, which by itself moves the generation once.</summary>
    public Task SettleAsync() => Poll.UntilAsync(() => Task.FromResult(generation.Current > first), "the portal listens for changes");

    /// <summary>Plain SQL: nobody hears of it.</summary>
    public Task RenameSilentlyAsync(string name) => Database.ExecuteAsync($"update register_object set name = '{name}' where slug = 'samxl'; update search_entry set name = '{name}' where slug = 'samxl'");

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await portal.Database.DisposeAsync();
    }
}
