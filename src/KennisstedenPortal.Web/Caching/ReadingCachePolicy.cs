using System.Globalization;
using KennisstedenPortal.Data;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Agenda;
using KennisstedenPortal.Reading.History;
using KennisstedenPortal.Reading.Ledger;
using KennisstedenPortal.Reading.Meetings;
using KennisstedenPortal.Reading.Reports;
using KennisstedenPortal.Reading.Search;
using KennisstedenPortal.Reading.Shared;
using KennisstedenPortal.Reading.Sources;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Primitives;
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
    private const int MaxQueryLength = 300, KeptYears = 2, MostVersions = 1000;
    /// <summary>Heavy, and always the same: whatever else stands in its address, there is one copy.</summary>
    private const string Municipalities = "kaart/gemeenten.json";
    private static readonly TimeSpan Expiry = TimeSpan.FromHours(26);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var generation = services.GetRequiredService<RegisterGeneration>().Current.ToString(CultureInfo.InvariantCulture);
        var today = services.GetRequiredService<TimeProvider>().Today().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var asksNothing = PathOf(http).Equals(Municipalities, StringComparison.OrdinalIgnoreCase);
        var cacheable = HttpMethods.IsGet(http.Request.Method) && (!http.Request.QueryString.HasValue || asksNothing || IsListView(http) || IsPastView(http) || IsAgendaView(http) || IsReport(http))
            && http.Features.Get<IExceptionHandlerFeature>() is null && http.Features.Get<IStatusCodeReExecuteFeature>() is null;

        context.EnableOutputCaching = true;
        context.AllowCacheLookup = context.AllowCacheStorage = cacheable;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = Expiry;
        context.CacheVaryByRules.QueryKeys = asksNothing ? StringValues.Empty : "*";
        context.CacheVaryByRules.VaryByValues["generation"] = generation;
        context.CacheVaryByRules.VaryByValues["day"] = today;
        context.CacheVaryByRules.VaryByValues["encoding"] = Encoding(http);
        if (cacheable)
        {
            http.Response.Headers.CacheControl = "no-cache";
            http.Response.Headers.ETag = $"W/\"{generation}-{today}\"";
            // Set at once, since the store takes the headers when the page begins; taken back when it turns out an error page.
            http.Response.OnStarting(() =>
            {
                if (http.Response.StatusCode is not (StatusCodes.Status200OK or StatusCodes.Status304NotModified)) http.Response.Headers.Remove(HeaderNames.ETag);
                return Task.CompletedTask;
            });
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK || response.Headers.ContainsKey(HeaderNames.SetCookie))
            context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }

    /// <summary>A filtered list that a link of ours can lead to. What somebody typed or dragged a map to is not kept: it would crowd out the rest.</summary>
    private static bool IsListView(HttpContext http) =>
        http.Request.QueryString.Value!.Length <= MaxQueryLength
        && KeysOf(PathOf(http)) is { } keys
        && http.Request.Query.Keys.All(k => keys.Contains(k, StringComparer.Ordinal)) && !http.Request.Query.ContainsKey(SearchAddress.Search) && !http.Request.Query.ContainsKey(SearchAddress.After);

    /// <summary>A day or version of an object, of which there are no more than days in two years: what a link of ours leads to, or a form of ours.</summary>
    private static bool IsPastView(HttpContext http)
    {
        var path = PathOf(http);
        if (http.Request.QueryString.Value!.Length > MaxQueryLength || KindRegistry.All.FirstOrDefault(k => path.StartsWith(k.Path + "/", StringComparison.Ordinal)) is not { } kind || path[(kind.Path.Length + 1)..].Split('/') is not [_, .. var rest]) return false;
        string[]? keys = rest switch { [] => [DayAddress.On], [DayAddress.History] => [DayAddress.From, DayAddress.To, DayAddress.Number, DayAddress.Before], _ => null };
        var today = http.RequestServices.GetRequiredService<TimeProvider>().Today();
        return keys is not null && http.Request.Query.Keys.All(k => keys.Contains(k, StringComparer.Ordinal) && (k is DayAddress.Number or DayAddress.Before
            ? DayAddress.ReadNumber(http.Request.Query, k) <= MostVersions
            : DayAddress.Read(http.Request.Query, k, today, out _) >= today.AddYears(-KeptYears)));
    }

    /// <summary>The agenda with the examples counted: one address more per page.</summary>
    private static bool IsAgendaView(HttpContext http) => ("/" + PathOf(http)).StartsWith(AgendaComponent.ChainPath + "/", StringComparison.Ordinal)
        && http.Request.Query.Count == 1 && http.Request.Query[AgendaComponent.ExamplesKey] is [AgendaComponent.ExamplesValue];

    /// <summary>A report of a day in two years, or a file of it. What lies beyond the first actions is not kept.</summary>
    private static bool IsReport(HttpContext http)
    {
        if (!("/" + PathOf(http)).StartsWith(ReportAddress.Path, StringComparison.Ordinal) || http.Request.QueryString.Value!.Length > MaxQueryLength) return false;
        var today = http.RequestServices.GetRequiredService<TimeProvider>().Today();
        return http.Request.Query.Keys.All(k => k != ReportAddress.AfterKey && ReportAddress.Keys.Contains(k, StringComparer.Ordinal))
            && ReportAddress.Read(http.Request.Query, today) is { Problems: [] } report && report.Since >= today.AddYears(-KeptYears);
    }

    private static IReadOnlyList<string>? KeysOf(string path) =>
        "/" + path == MeetingsPage.Path ? [MeetingsPage.YearKey] : "/" + path is ActionView.TablePath or ActionFiles.Path or ActionView.BoardPath or ActionView.TimelinePath or ActionView.MatrixPath ? ActionAddress.Keys
        : path is "zoeken" or "kaart" or "kaart/objecten.json" or "kaart/beeld.svg" || KindRegistry.FindByPath(path) is not null ? SearchAddress.Keys : path == LedgerAddress.Path ? LedgerAddress.Keys : path.Split('/')[0] == SourceAddress.Path ? SourceAddress.Keys : null;

    private static string PathOf(HttpContext http) => (http.Items[ReadingComponent.PathItem] as string)?.TrimStart('/') ?? "";

    /// <summary>What response compression will choose; without it every browser would have its own copy.</summary>
    private static string Encoding(HttpContext http) =>
        http.Request.Headers.AcceptEncoding.Count == 0 ? "" : http.RequestServices.GetRequiredService<IResponseCompressionProvider>().GetCompressionProvider(http)?.EncodingName ?? "";
}
