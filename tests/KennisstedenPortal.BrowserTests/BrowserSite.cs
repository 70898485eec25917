using System.Collections.Concurrent;

namespace KennisstedenPortal.BrowserTests;

/// <summary>One portal with the starter data for all tests; each visit has a profile of its own.</summary>
public sealed class BrowserSite : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private readonly ConcurrentQueue<TestDatabase> _databases = new();
    private readonly Lazy<Task<IBrowser>> _browser, _drawing;
    private PortalUnderTest? _portal;
    private IPlaywright? _playwright;

    public BrowserSite()
    {
        _browser = new(() => LaunchAsync(Browsers.Arguments()));
        _drawing = new(() => LaunchAsync([.. Browsers.Arguments(), .. Browsers.WebGl]));
    }

    public Uri Address => _portal!.BaseAddress;

    /// <summary>The register stays as it is; people may be added.</summary>
    public PortalUnderTest Portal => _portal!;

    public async ValueTask InitializeAsync()
    {
        _portal = PortalUnderTest.Start(await _server.FilledAsync(), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Portal:SignIn:CircuitCheck"] = "00:00:01",
            ["Portal:SignIn:AttemptsPerMinute"] = "1000",
        });
        _playwright = await Playwright.CreateAsync();
    }

    /// <summary>A portal with a database of its own, which a test may change.</summary>
    public async Task<PortalUnderTest> OwnAsync(IReadOnlyDictionary<string, string>? settings = null) =>
        PortalUnderTest.Start(await DatabaseAsync(), settings);

    /// <summary>A database with the starter data, which a test may change.</summary>
    public async Task<TestDatabase> DatabaseAsync()
    {
        var database = await _server.FilledAsync();
        _databases.Enqueue(database);
        return database;
    }

    public Task<Visit> VisitAsync(PortalUnderTest portal, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light) =>
        VisitAsync(_browser, portal.BaseAddress, width, height, script: true, scheme);

    /// <summary>Of a portal at another address.</summary>
    public Task<Visit> VisitAsync(Uri address) => VisitAsync(_browser, address, 1280, 800, script: true, ColorScheme.Light);

    public Task<Visit> VisitAsync(int width = 1280, int height = 800, bool script = true, ColorScheme scheme = ColorScheme.Light) =>
        VisitAsync(_browser, Address, width, height, script, scheme);

    /// <summary>In a browser that draws WebGL without a graphics card. It cannot take pictures of every page, so it is for the map alone.</summary>
    public Task<Visit> VisitMapAsync(int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light) =>
        VisitAsync(_drawing, Address, width, height, script: true, scheme);

    private static async Task<Visit> VisitAsync(Lazy<Task<IBrowser>> browser, Uri address, int width, int height, bool script, ColorScheme scheme)
    {
        var context = await (await browser.Value).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = script,
            ColorScheme = scheme,
            Locale = "nl-NL",
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new Visit(context, await context.NewPageAsync(), address);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in new[] { _browser, _drawing })
            if (browser.IsValueCreated) await (await browser.Value).DisposeAsync();
        _playwright?.Dispose();
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
            await _portal.Database.DisposeAsync();
        }
        foreach (var database in _databases) await database.DisposeAsync();
        await _server.DisposeAsync();
    }

    private Task<IBrowser> LaunchAsync(IEnumerable<string> arguments) =>
        _playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Browsers.Executable(), Args = arguments });
}
