using KennisstedenPortal.Reading.Shared;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>
/// Prepares a request for a page: notes the language and the address before anything re-executes it, and answers HEAD as
/// GET without a body (components map GET only).
/// </summary>
internal sealed class ReadingRequest(RequestDelegate next)
{
    private const string English = "/en";

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var english = path.StartsWithSegments(English, StringComparison.Ordinal, out var rest);
        context.Items[ReadingComponent.LanguageItem] = english ? "en" : "nl";
        context.Items[ReadingComponent.PathItem] = english ? rest.HasValue ? rest.Value : "/" : path.Value is { Length: > 0 } value ? value : "/";

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
