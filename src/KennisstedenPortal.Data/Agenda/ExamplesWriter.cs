using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <param name="Shown">What is published.</param>
/// <param name="PutAway">What is archived.</param>
public sealed record ExampleNames(IReadOnlyList<ExampleName> Shown, IReadOnlyList<ExampleName> PutAway);

/// <param name="Code">Of an action; else null.</param>
public sealed record ExampleName(string KindCode, string Slug, string Name, string? Code);

/// <summary>Puts all invented objects away in one act, or brings them back (product rule 10). An import leaves them as they are then.</summary>
public sealed class ExamplesWriter(IDbContextFactory<PortalDbContext> contexts)
{
    public const string PutAwayReason = "Voorbeelden opgeborgen", BroughtBackReason = "Voorbeelden teruggehaald";

    /// <exception cref="NotAllowedException">The actor does not run the agenda.</exception>
    public async Task<ExampleNames> ListAsync(Actor actor, CancellationToken cancellation = default)
    {
        Demand(actor);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var all = await db.Objects.AsNoTracking().Where(o => o.Verification == Verification.Example).OrderBy(o => o.Slug).ToListAsync(cancellation);
        static ExampleName Name(RegisterObject o) => new(KindRegistry.Of(o).Code, o.Slug, o.Name, (o as Domain.Agenda.AgendaAction)?.Code);
        return new([.. all.Where(o => o.State == ObjectState.Published).Select(Name)], [.. all.Where(o => o.State == ObjectState.Archived).Select(Name)]);
    }

    /// <summary>Archives or publishes all of them in one transaction, each with the reason in its history.</summary>
    /// <returns>How many; none when somebody was first.</returns>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    /// <exception cref="DbUpdateConcurrencyException">Somebody changed one of them meanwhile; nothing was done.</exception>
    public async Task<int> SetAsync(bool putAway, Actor actor, CancellationToken cancellation = default)
    {
        Demand(actor);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var (from, to) = putAway ? (ObjectState.Published, ObjectState.Archived) : (ObjectState.Archived, ObjectState.Published);
        var found = await db.Objects.Where(o => o.Verification == Verification.Example && o.State == from).OrderBy(o => o.Id).ToListAsync(cancellation);
        foreach (var item in found) item.State = to;
        await db.SaveAsync(actor, putAway ? PutAwayReason : BroughtBackReason, cancellation);
        return found.Count;
    }

    private static void Demand(Actor actor)
    {
        Rights.Demand(actor, Right.RunAgenda);
        if (Rights.ReachOf(actor, Right.Archive) != Reach.All) throw new NotAllowedException(Right.Archive);
    }
}
