using KennisstedenPortal.Reading.Shared;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>
/// What holds for every request to the working pages: nobody keeps the answer, and a circuit is opened by our own pages only
/// (a web socket is not held back by the rules for other sites, so its origin is checked here).
/// </summary>
internal sealed class WorkingRequest(RequestDelegate next, PublicAddress address)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.IsWorking())
        {
            await next(context);
            return;
        }
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        if (context.Request.Path.StartsWithSegments(WorkingAddresses.Circuits, StringComparison.Ordinal) && IsForeign(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        await next(context);
    }

    private bool IsForeign(HttpRequest request)
    {
        if (request.Headers.Origin.ToString() is not { Length: > 0 } origin) return HttpMethods.IsPost(request.Method) || request.Headers.ContainsKey("Sec-WebSocket-Key");
        return !Uri.TryCreate(origin, UriKind.Absolute, out var from)
            || !(Same(from, $"{request.Scheme}://{request.Host}") || address.Configured is { } configured && Same(from, configured));
    }

    private static bool Same(Uri from, string own) => Uri.TryCreate(own, UriKind.Absolute, out var uri) && Uri.Compare(from, uri, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
