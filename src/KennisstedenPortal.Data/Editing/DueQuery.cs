using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Editing;

/// <summary>What must be confirmed (again): never confirmed, or its review day has passed or comes within two weeks. Nobody confirms what was invented.</summary>
public static class DueQuery
{
    /// <summary>How many days ahead somebody is asked.</summary>
    public const int DaysAhead = 14;

    public static IQueryable<RegisterObject> Of(PortalDbContext db, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        var until = today.AddDays(DaysAhead);
        return db.Objects.Where(o => o.State == ObjectState.Published && o.Verification != Verification.Example && (o.ConfirmedOn == null || o.ReviewBy <= until));
    }
}
