using System.Globalization;
using KennisstedenPortal.Data;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Reading.Lists;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Net.Http.Headers;

namespace KennisstedenPortal.Web.Caching;

/// <summary>
/// Caches what an anonymous visitor reads. The key holds the register generation, read before any query: a page that was
/// rendered from older data can never be found under a newer number. It holds the day as well, since freshness changes at
/// midnight. Only addresses a page itself could link to are stored, and the store has a size limit.
/// </summary>
internal sealed class ReadingCachePolicy : IOutputCachePolicy
{
    public const string Name = "reading";
    private const int MaxQueryLength = 300;
    private static readonly TimeSpan Expiry = TimeSpan.FromHours(26);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var generation = services.GetRequiredService<RegisterGeneration>().Current.ToString(CultureInfo.InvariantCulture);
        var today = services.GetRequiredService<TimeProvider>().Today().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var cacheable = HttpMethods.IsGet(http.Request.Method) && http.Request.QueryString.Value is not { Length: > MaxQueryLength }
            && http.Request.Query.Keys.All(k => ListAddress.Keys.Contains(k, StringComparer.Ordinal))
            && http.User.Identity?.IsAuthenticated != true
            && http.Features.Get<IExceptionHandlerFeature>() is null && http.Features.Get<IStatusCodeReExecuteFeature>() is null;

        context.EnableOutputCaching = true;
        context.AllowCacheLookup = context.AllowCacheStorage = cacheable;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = Expiry;
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.VaryByValues["generation"] = generation;
        context.CacheVaryByRules.VaryByValues["day"] = today;
        context.CacheVaryByRules.VaryByValues["encoding"] = Encoding(http.Request);
        if (cacheable)
        {
            http.Response.Headers.CacheControl = "no-cache";
            http.Response.Headers.ETag = $"W/\"{generation}-{today}\"";
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK || response.Headers.ContainsKey(HeaderNames.SetCookie))
        {
            context.AllowCacheStorage = false;
            if (!response.HasStarted) response.Headers.Remove(HeaderNames.ETag);
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>What response compression will choose; without normalising, every browser would have its own copy.</summary>
    private static string Encoding(HttpRequest request)
    {
        var accepted = request.Headers.AcceptEncoding.ToString();
        return accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br" : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip" : accepted.Contains('*', StringComparison.Ordinal) ? "any" : "";
    }
}
