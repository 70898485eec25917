using KennisstedenPortal.Domain.Indicators;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

/// <summary>The figures of the source document with their checks, for the page about the register.</summary>
public sealed class AboutQuery(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<(IReadOnlyList<DocumentClaim> Claims, string DocumentTitle)> RunAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var claims = await db.Claims.AsNoTracking().AsSingleQuery().Include(c => c.Indicator).Include(c => c.Citations).ThenInclude(c => c.Source).OrderBy(c => c.Id).ToListAsync(cancellation);
        var title = await db.AgendaElements.Where(e => e.Code == "brondocument").Select(e => e.Title).FirstOrDefaultAsync(cancellation);
        return (claims, title ?? "");
    }
}
