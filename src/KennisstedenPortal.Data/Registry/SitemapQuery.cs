using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Provenance;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

public sealed record SitemapEntry(string Kind, string Slug, DateTimeOffset ChangedAt);

/// <param name="Sources">Those that have a page of their own.</param>
/// <param name="AgendaElements">Their codes.</param>
public sealed record SitemapEntries(IReadOnlyList<SitemapEntry> Objects, IReadOnlyList<Guid> Sources, IReadOnlyList<string> AgendaElements);

/// <summary>Addresses of everything public. A sitemap holds at most 50,000 addresses, of which each object and source takes two.</summary>
public sealed class SitemapQuery(IDbContextFactory<PortalDbContext> contexts)
{
    private const int Limit = 24_000;

    public async Task<SitemapEntries> RunAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var objects = await db.Objects.Public().OrderBy(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind)).ThenBy(o => o.Slug)
            .Select(o => new SitemapEntry(EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.ChangedAt)).Take(Limit).ToListAsync(cancellation);
        var sources = await db.Sources.Readable(db).OrderBy(s => s.Id).Select(s => s.Id).Take(Limit - objects.Count).ToListAsync(cancellation);
        var elements = await db.AgendaElements.OrderBy(e => e.Code).Select(e => e.Code).ToListAsync(cancellation);
        return new SitemapEntries(objects, sources, elements);
    }
}
