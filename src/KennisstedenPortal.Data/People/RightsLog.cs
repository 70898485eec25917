using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Data.People;

/// <summary>The audit of rights and sign-in.</summary>
public static class RightsLog
{
    /// <summary>Adds a line, saved with what it tells.</summary>
    /// <param name="actorId">Who did it; null for the portal or somebody who is not signed in.</param>
    /// <param name="accountId">Whom it concerns.</param>
    /// <param name="detail">No names or addresses of persons.</param>
    public static void Note(this PortalDbContext db, RightsEventSort sort, Guid? actorId, Guid? accountId, DateTimeOffset at, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        db.RightsEvents.Add(new RightsEvent
        {
            Id = Guid.CreateVersion7(at),
            At = at,
            Sort = sort,
            ActorId = actorId,
            AccountId = accountId,
            Detail = detail is { Length: > RightsEvent.DetailMaxLength } ? detail[..RightsEvent.DetailMaxLength] : detail,
        });
    }
}
