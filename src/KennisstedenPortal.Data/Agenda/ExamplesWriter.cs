using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <param name="Shown">What is published.</param>
/// <param name="PutAway">What the one act archived: what it brings back.</param>
/// <param name="Otherwise">What was archived in another way, which stays so until somebody publishes it by itself.</param>
public sealed record ExampleNames(IReadOnlyList<ExampleName> Shown, IReadOnlyList<ExampleName> PutAway, IReadOnlyList<ExampleName> Otherwise);

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
        var away = (await PutAway(db).Select(o => o.Id).ToListAsync(cancellation)).ToHashSet();
        return new([.. all.Where(o => o.State == ObjectState.Published).Select(Name)], [.. all.Where(o => away.Contains(o.Id)).Select(Name)], [.. all.Where(o => o.State == ObjectState.Archived && !away.Contains(o.Id)).Select(Name)]);
    }

    /// <summary>Archives all of them, or publishes what that archived, in one transaction, each with the reason in its history.</summary>
    /// <returns>How many; none when somebody was first.</returns>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    /// <exception cref="DbUpdateConcurrencyException">Somebody changed one of them meanwhile; nothing was done.</exception>
    public async Task<int> SetAsync(bool putAway, Actor actor, CancellationToken cancellation = default)
    {
        Demand(actor);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var found = await (putAway ? db.Objects.Where(o => o.Verification == Verification.Example && o.State == ObjectState.Published) : PutAway(db)).OrderBy(o => o.Id).ToListAsync(cancellation);
        foreach (var item in found) item.State = putAway ? ObjectState.Archived : ObjectState.Published;
        await db.SaveAsync(actor, putAway ? PutAwayReason : BroughtBackReason, cancellation);
        return found.Count;
    }

    /// <summary>Archived, and by this act: what was archived one by one had a reason of its own, and who did that did not mean it to come back.</summary>
    private static IQueryable<RegisterObject> PutAway(PortalDbContext db) => db.Objects.Where(o => o.Verification == Verification.Example && o.State == ObjectState.Archived
        && db.FieldChanges.Where(c => c.ObjectId == o.Id && c.Field == "state").OrderByDescending(c => c.RevisionNumber)
            .Join(db.Revisions, c => new { c.ObjectId, Number = c.RevisionNumber }, r => new { r.ObjectId, r.Number }, (_, r) => r.Reason).FirstOrDefault() == PutAwayReason);

    private static void Demand(Actor actor)
    {
        Rights.Demand(actor, Right.RunAgenda);
        if (Rights.ReachOf(actor, Right.Archive) != Reach.All) throw new NotAllowedException(Right.Archive);
    }
}
