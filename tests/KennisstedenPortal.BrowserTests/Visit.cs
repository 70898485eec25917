using System.Collections.Concurrent;

namespace KennisstedenPortal.BrowserTests;

/// <summary>
/// One visitor. Whatever the browser complains of on the way (errors, the content policy, fonts, requests to other hosts)
/// is kept.
/// </summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    public Visit(IBrowserContext context, IPage page, Uri site)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            // The page itself may answer 400 or 404: that is what it is asked for. And that drawing without a graphics card is slow
            // is the driver's own remark on this machine, not something the page did.
            if (message.Type is "error" or "warning" && !message.Text.Contains("GL Driver Message (OpenGL, Performance", StringComparison.Ordinal) && !(message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && message.Location.StartsWith(page.Url, StringComparison.Ordinal)))
                _complaints.Enqueue($"{page.Url}: {message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Enqueue($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            Requests.Enqueue(request.Url);
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url).Authority != site.Authority) _complaints.Enqueue($"{page.Url} asks {request.Url}");
        };
        page.RequestFailed += (_, request) =>
        {
            // Whoever goes on while suggestions are still asked for lets that answer come to nothing.
            if (request.Failure != "net::ERR_ABORTED" || !request.Url.Contains("/zoeken/suggesties?", StringComparison.Ordinal)) _complaints.Enqueue($"{request.Url} failed: {request.Failure}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !response.Request.IsNavigationRequest) _complaints.Enqueue($"{response.Url} answers {response.Status}");
        };
    }

    public IPage Page { get; }
    public IReadOnlyCollection<string> Complaints => _complaints;
    public ConcurrentQueue<string> Requests { get; } = new();

    public async Task<IReadOnlyList<string>> CookiesAsync() => [.. (await _context.CookiesAsync()).Select(c => c.Name)];

    /// <summary>Presses Tab until the element has the focus, as somebody without a mouse.</summary>
    public async Task TabToAsync(ILocator target, string key = "Tab")
    {
        const int most = 150;
        for (var i = 0; i < most; i++)
        {
            await Page.Keyboard.PressAsync(key);
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement")) return;
        }
        throw new InvalidOperationException($"{most} times {key} does not reach {target}.");
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
