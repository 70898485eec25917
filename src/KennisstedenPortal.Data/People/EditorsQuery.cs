using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>Who keeps an object: its own editors and those of its steward, and the secretariat where there are none (product rule 2).</summary>
public static class EditorsQuery
{
    /// <param name="objectId">Of any kind; null is what has no steward.</param>
    /// <param name="except">Somebody who is left out; when that leaves nobody, it is the secretariat's turn.</param>
    /// <returns>Open accounts, each once.</returns>
    public static async Task<IReadOnlyList<Guid>> OfAsync(PortalDbContext db, Guid? objectId, Guid? except, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (objectId is not null)
        {
            var editors = await Open(db).Where(a => a.Grants.Any(g => g.ScopeId != null && (g.ScopeId == objectId || db.Objects.Any(o => o.Id == objectId && o.StewardId == g.ScopeId))) && a.Id != except).Select(a => a.Id).ToListAsync(cancellation);
            if (editors.Count > 0) return editors;
        }
        return await Open(db).Where(a => a.Grants.Any(g => g.Role == Role.Secretariat) && a.Id != except).Select(a => a.Id).ToListAsync(cancellation);
    }

    /// <summary>Accounts that can sign in and be mailed.</summary>
    public static IQueryable<Account> Open(PortalDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Accounts.Where(a => a.DisabledAt == null && a.ForgottenAt == null && a.Email != null);
    }
}
