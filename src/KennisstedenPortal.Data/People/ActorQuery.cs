using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>A role as a page shows it.</summary>
/// <param name="Scope">Name of the city, campus or organisation; null for a role without scope.</param>
public sealed record HeldRole(Role Role, string? Scope);

/// <summary>Who acts, as the database knows them at this moment. Rights never come from a cookie.</summary>
public sealed class ActorQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>
    /// The person with organisation and roles. A role that needs a second factor counts only once the account has one.
    /// </summary>
    /// <returns>Null when there is no such account, or it is closed.</returns>
    public async Task<Actor?> FindAsync(Guid accountId, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await FindAsync(db, accountId, cancellation);
    }

    /// <summary>The same within the transaction of a writer.</summary>
    internal static async Task<Actor?> FindAsync(PortalDbContext db, Guid accountId, CancellationToken cancellation)
    {
        var found = await db.Accounts.AsNoTracking().Where(a => a.Id == accountId && a.DisabledAt == null && a.ForgottenAt == null)
            .Select(a => new { a.Name, a.OrganisationId, Organisation = a.Organisation!.Name, a.TwoFactorEnabled, Grants = a.Grants.OrderBy(g => g.GrantedAt).ThenBy(g => g.Role).Select(g => new { g.Role, g.ScopeId }).ToList() })
            .SingleOrDefaultAsync(cancellation);
        return found is null ? null : new Actor(accountId, found.Name, found.Organisation)
        {
            OrganisationId = found.OrganisationId,
            Grants = [.. found.Grants.Where(g => found.TwoFactorEnabled || !g.Role.NeedsSecondFactor()).Select(g => new Grant(g.Role, g.ScopeId))],
        };
    }

    /// <summary>The roles of an account with the names of what they are for.</summary>
    public async Task<IReadOnlyList<HeldRole>> RolesAsync(Guid accountId, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.RoleGrants.AsNoTracking().Where(g => g.AccountId == accountId).OrderBy(g => g.GrantedAt).ThenBy(g => g.Role).Select(g => new HeldRole(g.Role, g.Scope!.Name)).ToListAsync(cancellation);
    }
}
