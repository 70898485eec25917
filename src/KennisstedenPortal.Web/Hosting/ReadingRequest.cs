using KennisstedenPortal.Reading.Shared;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>
/// Prepares a request for a page: notes the language and the address before anything re-executes it. For reading pages it
/// answers HEAD as GET without a body (components map GET only) and refuses every other method.
/// </summary>
internal sealed class ReadingRequest(RequestDelegate next)
{
    private const string English = "/en";

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var english = path.StartsWithSegments(English, StringComparison.Ordinal, out var rest);
        context.Items[ReadingComponent.LanguageItem] = english ? "en" : "nl";
        // It comes back in links: escaped, and never as the address of another host (//evil.example).
        context.Items[ReadingComponent.PathItem] = "/" + (english ? rest : path).ToUriComponent().TrimStart('/', '\\').Replace("%5C", "/", StringComparison.OrdinalIgnoreCase).TrimStart('/');

        if (context.IsWorking())
        {
            await next(context);
            return;
        }
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            // Pages are for reading only; without this the framework answers with a bare sentence about antiforgery.
            context.Response.Headers.Allow = "GET, HEAD";
            context.Request.Method = HttpMethods.Get;
            context.Request.Path = $"/fout/{StatusCodes.Status405MethodNotAllowed}";
            context.Request.QueryString = QueryString.Empty;
            await next(context);
            return;
        }
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }
        context.Request.Method = HttpMethods.Get;
        var body = context.Response.Body;
        context.Response.Body = Stream.Null;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }
    }
}
