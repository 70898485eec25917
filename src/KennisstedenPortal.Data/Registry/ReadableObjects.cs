using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Registry;

/// <summary>What somebody who signed in may read, beside what everybody may (product rule 11).</summary>
public static class ReadableObjects
{
    public static IQueryable<RegisterObject> ReadableBy(this IQueryable<RegisterObject> objects, Actor actor)
    {
        if (Rights.ReachOf(actor, Right.ReadSecretariat) == Reach.All) return objects;
        var scopes = actor.Scopes.ToArray();
        var partner = Rights.Allows(actor, Right.ReadPartners);
        return objects.Where(o => o.State == ObjectState.Published && (o.Visibility == Visibility.Public || partner && o.Visibility == Visibility.Partners) || scopes.Contains(o.Id) || scopes.Contains(o.StewardId!.Value));
    }

    public static bool IsReadableBy(this RegisterObject item, Actor actor) =>
        Rights.Allows(actor, Right.ReadSecretariat, new Resource(item.Id, item.StewardId))
        || item.State == ObjectState.Published && (item.Visibility == Visibility.Public || item.Visibility == Visibility.Partners && Rights.Allows(actor, Right.ReadPartners));
}
