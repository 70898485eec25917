using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>An object with everything that belongs to it, tracked, so that a change can be put on it.</summary>
internal static class ObjectLoader
{
    public static Task<RegisterObject?> FindAsync(PortalDbContext db, Guid id, CancellationToken cancellation) =>
        db.Objects.AsSplitQuery().Where(o => o.Id == id)
            .Include(o => o.OtherLocations).Include(o => o.Provenance).Include(o => o.ExternalKeys).Include(o => o.Citations)
            .Include(o => o.Specialisations).ThenInclude(s => s.Citations)
            .Include(o => o.Relations).ThenInclude(r => r.Citations)
            .Include(o => o.InverseRelations).ThenInclude(r => r.Citations)
            .Include(o => o.Observations)
            .Include(o => o.Swot).ThenInclude(s => s.Evidence)
            .Include(o => o.Exchanges)
            .FirstOrDefaultAsync(cancellation);
}
