using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Editing;

/// <summary>What somebody keeps: what stands on their own workplace. The secretariat may change everything, and keeps what has no editor.</summary>
public static class KeptObjects
{
    /// <summary>Everything the actor may confirm, change and decide on.</summary>
    public static IQueryable<RegisterObject> ReachedBy(this PortalDbContext db, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Rights.ReachOf(actor, Right.Confirm) == Reach.All) return db.Objects;
        var scopes = actor.Scopes.ToArray();
        return db.Objects.Where(o => scopes.Contains(o.Id) || scopes.Contains(o.StewardId!.Value));
    }

    /// <summary>The same, but of who reaches everything only what no editor keeps.</summary>
    public static IQueryable<RegisterObject> KeptBy(this PortalDbContext db, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(db);
        var reached = db.ReachedBy(actor);
        if (Rights.ReachOf(actor, Right.Confirm) != Reach.All) return reached;
        var editors = db.RoleGrants.Where(g => g.ScopeId != null && db.Accounts.Any(a => a.Id == g.AccountId && a.DisabledAt == null));
        return reached.Where(o => !editors.Any(g => g.ScopeId == o.Id || g.ScopeId == o.StewardId));
    }
}
