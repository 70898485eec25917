namespace KennisstedenPortal.BrowserTests;

/// <summary>One portal with the starter data for all tests; each visit has a profile of its own.</summary>
public sealed class BrowserSite : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private readonly Lazy<Task<IBrowser>> _browser, _drawing;
    private PortalUnderTest? _portal;
    private IPlaywright? _playwright;

    public BrowserSite()
    {
        _browser = new(() => LaunchAsync(Browsers.Arguments()));
        _drawing = new(() => LaunchAsync([.. Browsers.Arguments(), .. Browsers.WebGl]));
    }

    public Uri Address => _portal!.BaseAddress;

    public async ValueTask InitializeAsync()
    {
        _portal = PortalUnderTest.Start(await _server.FilledAsync());
        _playwright = await Playwright.CreateAsync();
    }

    public Task<Visit> VisitAsync(int width = 1280, int height = 800, bool script = true, ColorScheme scheme = ColorScheme.Light) =>
        VisitAsync(_browser, width, height, script, scheme);

    /// <summary>In a browser that draws WebGL without a graphics card. It cannot take pictures of every page, so it is for the map alone.</summary>
    public Task<Visit> VisitMapAsync(int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light) =>
        VisitAsync(_drawing, width, height, script: true, scheme);

    private async Task<Visit> VisitAsync(Lazy<Task<IBrowser>> browser, int width, int height, bool script, ColorScheme scheme)
    {
        var context = await (await browser.Value).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = script,
            ColorScheme = scheme,
            Locale = "nl-NL",
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new Visit(context, await context.NewPageAsync(), Address);
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
        await _server.DisposeAsync();
    }

    private Task<IBrowser> LaunchAsync(IEnumerable<string> arguments) =>
        _playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Browsers.Executable(), Args = arguments });
}
