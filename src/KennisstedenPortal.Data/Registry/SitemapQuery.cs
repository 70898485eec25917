using KennisstedenPortal.Data.Configurations;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

public sealed record SitemapEntry(string Kind, string Slug, DateTimeOffset ChangedAt);

/// <summary>Addresses of everything public. A sitemap holds at most 50,000 addresses, of which each object takes two.</summary>
public sealed class SitemapQuery(IDbContextFactory<PortalDbContext> contexts)
{
    private const int Limit = 24_000;

    public async Task<IReadOnlyList<SitemapEntry>> RunAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Objects.Public().OrderBy(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind)).ThenBy(o => o.Slug)
            .Select(o => new SitemapEntry(EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.ChangedAt)).Take(Limit).ToListAsync(cancellation);
    }
}
