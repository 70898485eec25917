using System.Globalization;
using System.Text;
using System.Xml.Linq;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Agenda;
using KennisstedenPortal.Reading.Concentrations;
using KennisstedenPortal.Reading.History;
using KennisstedenPortal.Reading.Ledger;
using KennisstedenPortal.Reading.Reports;
using KennisstedenPortal.Reading.Shared;
using KennisstedenPortal.Web.Caching;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace KennisstedenPortal.Web.Addresses;

/// <summary>Addresses that are not pages.</summary>
internal static class Endpoints
{
    private static readonly string[] FixedPages = ["/", NearnessPage.Path, "/themas", AgendaComponent.ChainPath, AgendaComponent.GapsPath, ActionView.BoardPath, ActionView.TimelinePath, ActionView.MatrixPath, ReportAddress.Path, ReportAddress.EditionsPath, ReportAddress.BoardPath, "/" + LedgerAddress.Path, "/" + LedgerAddress.HalfYearPath, "/kaart", "/over", "/toegankelijkheid", "/bronnen", "/herkomst"];

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") });
    }

    /// <summary><c>/id/{kind}/{guid}</c>: the address that survives a rename.</summary>
    public static void MapPermanentAddresses(this WebApplication app)
    {
        foreach (var language in new[] { "", "/en" })
        {
            app.MapGet(language + "/id/{kind}/{id:guid}", async (string kind, Guid id, HttpRequest request, DetailQuery query, CancellationToken cancellation) =>
                KindRegistry.FindByCode(kind) is { } known && await query.SlugOfAsync(known, id, cancellation) is { } slug
                    ? Results.Redirect($"{language}/{known.Path}/{slug}{OfDay(request)}")
                    : Results.NotFound());
        }
    }

    /// <summary>A quotation may point at an object as it stood on a day.</summary>
    private static QueryString OfDay(HttpRequest request) => request.Query[DayAddress.On] is [{ } day] ? QueryString.Create(DayAddress.On, day) : default;

    /// <summary>Lists as files, in both languages.</summary>
    public static void MapDownloads(this WebApplication app)
    {
        foreach (var (prefix, language) in new[] { ("", "nl"), ("/en", "en") })
        {
            app.MapGet(prefix + NearnessCsv.Path, async (HttpRequest request, PublicAddress address, NearnessQuery query, CancellationToken cancellation) =>
            {
                var data = await query.RunAsync(cancellation);
                return Results.Bytes(NearnessCsv.Of(data, address.Of(request), language), Csv.ContentType, NearnessCsv.FileName(data.On));
            }).CacheOutput(ReadingCachePolicy.Name);
        }
    }

    public static void MapWellKnown(this WebApplication app)
    {
        app.MapGet("/robots.txt", (HttpRequest request, PublicAddress address) =>
            Results.Text($"User-agent: *\nAllow: /\nDisallow: /fout/\n\nSitemap: {address.Of(request)}/sitemap.xml\n"));
        app.MapGet("/sitemap.xml", Sitemap).CacheOutput(ReadingCachePolicy.Name);
        app.MapGet("/.well-known/security.txt", SecurityTxt);
    }

    /// <summary>RFC 9116. Without a configured contact there is none: an address that nobody reads is worse.</summary>
    private static IResult SecurityTxt(HttpRequest request, PublicAddress address, IConfiguration configuration, TimeProvider time)
    {
        if (configuration["Portal:SecurityContact"] is not { Length: > 0 } contact) return Results.NotFound();
        var now = time.GetUtcNow();
        var expires = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(6);
        return Results.Text(string.Create(CultureInfo.InvariantCulture, $"Contact: {contact}\nExpires: {expires:yyyy-MM-ddTHH:mm:ssZ}\nPreferred-Languages: nl, en\nCanonical: {address.Of(request)}/.well-known/security.txt\n"));
    }

    private static async Task<IResult> Sitemap(HttpRequest request, PublicAddress address, SitemapQuery query, ReferenceData reference, CancellationToken cancellation)
    {
        XNamespace map = "http://www.sitemaps.org/schemas/sitemap/0.9", html = "http://www.w3.org/1999/xhtml";
        var host = address.Of(request);
        var entries = await query.RunAsync(cancellation);
        var pages = FixedPages.Concat(KindRegistry.All.Select(k => "/" + k.Path))
            .Concat((await reference.GetAsync(cancellation)).Themes.Keys.Order(StringComparer.Ordinal).Select(c => "/themas/" + c))
            .Concat(entries.AgendaElements.Select(c => $"{AgendaComponent.ChainPath}/{c}")).Select(p => (Path: p, Changed: (DateTimeOffset?)null))
            .Concat(entries.Objects.Select(o => (Path: $"/{KindRegistry.OfCode(o.Kind).Path}/{o.Slug}", Changed: (DateTimeOffset?)o.ChangedAt)))
            .Concat(entries.Sources.Select(s => (Path: $"/bronnen/{s}", Changed: (DateTimeOffset?)null)));
        var document = new XElement(map + "urlset", new XAttribute(XNamespace.Xmlns + "xhtml", html.NamespaceName), pages.SelectMany(p => new[] { p.Path, p.Path == "/" ? "/en" : "/en" + p.Path }.Select(path =>
            new XElement(map + "url", new XElement(map + "loc", host + path), p.Changed is { } at ? new XElement(map + "lastmod", at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null,
                Alternate("nl", host + p.Path), Alternate("en", host + (p.Path == "/" ? "/en" : "/en" + p.Path))))));
        return Results.Text("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + document.ToString(SaveOptions.DisableFormatting), "application/xml", Encoding.UTF8);

        XElement Alternate(string language, string url) => new(html + "link", new XAttribute("rel", "alternate"), new XAttribute("hreflang", language), new XAttribute("href", url));
    }
}
