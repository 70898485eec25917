using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.History;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>What came of confirming one object.</summary>
public enum ConfirmOutcome { Confirmed, NotFound, NotAllowed }

/// <summary>
/// Confirms that objects are still right: the steward stands for the whole of it, specialisations included. The next review
/// is due after the period of its kind.
/// </summary>
public sealed class ConfirmWriter(IDbContextFactory<PortalDbContext> contexts, RegisterGeneration generation, TimeProvider time)
{
    /// <summary>Objects that one call may confirm.</summary>
    public const int MaxObjects = 500;
    public const string Reason = OwnReason.StillRight;

    /// <summary>All that may be confirmed, in one transaction. What may not is left alone and told.</summary>
    /// <returns>An outcome for each distinct identity. Drafts and archived objects are not found.</returns>
    /// <exception cref="ArgumentException">More objects than one call may confirm.</exception>
    public async Task<IReadOnlyDictionary<Guid, ConfirmOutcome>> ConfirmAsync(IReadOnlyCollection<Guid> ids, Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var outcomes = await ConfirmAsync(db, ids, actor, cancellation);
        await transaction.CommitAsync(cancellation);
        generation.Advance();
        return outcomes;
    }

    /// <summary>The same inside the transaction of the caller, who commits and advances the generation.</summary>
    internal async Task<IReadOnlyDictionary<Guid, ConfirmOutcome>> ConfirmAsync(PortalDbContext db, IReadOnlyCollection<Guid> ids, Actor actor, CancellationToken cancellation)
    {
        if (ids.Count > MaxObjects) throw new ArgumentException($"At most {MaxObjects} objects at once.", nameof(ids));
        var asked = ids.Distinct().ToArray();
        // Locked before it is read, in the order of every save: nobody changes it in between, and what is read is the last.
        await RegisterLock.TakeAsync(db, alone: false, cancellation);
        await RegisterLock.ObjectsAsync(db, asked, cancellation);
        var objects = await db.Objects.Include(o => o.Specialisations).Where(o => asked.Contains(o.Id) && o.State == ObjectState.Published).AsSplitQuery().ToDictionaryAsync(o => o.Id, cancellation);
        var today = time.Today();
        var outcomes = new Dictionary<Guid, ConfirmOutcome>();
        foreach (var id in asked)
        {
            if (!objects.TryGetValue(id, out var item)) outcomes[id] = ConfirmOutcome.NotFound;
            else if (!Rights.Allows(actor, Right.Confirm, new(item.Id, item.StewardId))) outcomes[id] = ConfirmOutcome.NotAllowed;
            else
            {
                (item.ConfirmedOn, item.ReviewBy) = (today, today.AddMonths(KindRegistry.Of(item).ReviewEvery));
                foreach (var specialisation in item.Specialisations) specialisation.ConfirmedOn = today;
                outcomes[id] = ConfirmOutcome.Confirmed;
            }
        }
        if (outcomes.ContainsValue(ConfirmOutcome.Confirmed)) await db.SaveAsync(actor, Reason, cancellation);
        return outcomes;
    }
}
