using System.Text;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.Editing;

/// <summary>A draft as the form gets it back.</summary>
/// <param name="Version">To be given with the next save; another number there means: another tab or device went on with it.</param>
/// <param name="ProposalId">The proposal that it adjusts.</param>
/// <param name="Decision">What became of that proposal meanwhile; open while it waits for a decision.</param>
/// <param name="Reason">Why the person changes it, as far as written.</param>
public sealed record DraftView(Guid Id, Guid ObjectId, string KindCode, int BaseRevision, ChangeSet Changes, DateTimeOffset ChangedAt, int Version, Guid? ProposalId = null, ProposalState? Decision = null, string? Reason = null);

public enum DraftOutcome
{
    Kept,
    /// <summary>Another tab or device kept something else in between, saved it or threw it away. Nothing was kept here.</summary>
    Elsewhere,
    TooLarge,
    /// <summary>There is no such object. Nothing was kept.</summary>
    NoObject,
}

/// <summary>
/// Keeps what people type, on the server, until they save or throw it away (product rule 5). Nothing is checked here: an
/// unfinished or impossible text must survive too.
/// </summary>
public sealed class DraftStore(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>The draft of this person for an object, or null.</summary>
    public async Task<DraftView?> FindAsync(Guid objectId, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var found = await Of(db, actor, objectId).Select(d => new { Draft = d, Decision = db.Proposals.Where(p => p.Id == d.ProposalId).Select(p => (ProposalState?)p.State).FirstOrDefault() }).FirstOrDefaultAsync(cancellation);
        return found is null ? null : View(found.Draft) with { Decision = found.Decision };
    }

    /// <summary>All drafts of this person, latest first.</summary>
    public async Task<IReadOnlyList<DraftView>> ListAsync(Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return [.. (await db.Drafts.AsNoTracking().Where(d => d.AccountId == actor.UserId).OrderByDescending(d => d.ChangedAt).Take(100).ToListAsync(cancellation)).Select(View)];
    }

    /// <summary>Keeps the draft. An empty change is kept too; throw it away with <see cref="DiscardAsync"/>.</summary>
    /// <param name="objectId">Of the object, or the identity that a new one will get.</param>
    /// <param name="version">What the last call gave; 0 at the first.</param>
    /// <param name="proposalId">The proposal that is being adjusted, if it is that.</param>
    /// <returns>How it went, and the version from now on.</returns>
    public async Task<(DraftOutcome Outcome, int Version)> KeepAsync(Guid objectId, ObjectKind kind, int baseRevision, ChangeSet changes, int version, Actor actor, Guid? proposalId = null, string? reason = null, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        ArgumentNullException.ThrowIfNull(changes);
        if (!changes.CanBeKept()) return (DraftOutcome.TooLarge, version);
        var (json, why) = (Storable(changes.ToJson()), WholeText(reason));
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var draft = await Of(db, actor, objectId).AsTracking().FirstOrDefaultAsync(cancellation);
        if (draft is null)
        {
            // Saved or thrown away in another tab: what is gone does not come back by itself.
            if (version != 0) return (DraftOutcome.Elsewhere, version);
            if (baseRevision > 0 && !await db.Objects.AnyAsync(o => o.Id == objectId, cancellation)) return (DraftOutcome.NoObject, version);
            draft = new Draft
            {
                Id = Guid.CreateVersion7(),
                AccountId = actor.UserId!.Value,
                ObjectId = objectId,
                Kind = kind.Code,
                BaseRevision = baseRevision,
                ProposalId = proposalId,
                Reason = why,
                Changes = json,
                StartedAt = time.GetUtcNow(),
                ChangedAt = time.GetUtcNow(),
                Version = 1,
            };
            db.Add(draft);
        }
        else
        {
            if (draft.Version != version) return (DraftOutcome.Elsewhere, draft.Version);
            (draft.Changes, draft.BaseRevision, draft.ProposalId, draft.Reason, draft.ChangedAt) = (json, baseRevision, proposalId, why, time.GetUtcNow());
            draft.Version++;
        }
        try
        {
            await db.SaveChangesAsync(cancellation);
            return (DraftOutcome.Kept, draft.Version);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return (DraftOutcome.Elsewhere, version);
        }
    }

    /// <summary>Throws the draft away; there need not be one.</summary>
    /// <param name="version">Only this version: what another tab or device went on with stays.</param>
    public async Task DiscardAsync(Guid objectId, Actor actor, int? version = null, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await Of(db, actor, objectId).Where(d => version == null || d.Version == version).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Within the transaction that saves what was typed. A draft that holds more than is saved stays: it is other work on the same object.</summary>
    internal static async Task RemoveAsync(PortalDbContext db, Actor actor, Guid objectId, ChangeSet saved, CancellationToken cancellation)
    {
        if (actor.UserId is not null && await Of(db, actor, objectId).AsTracking().FirstOrDefaultAsync(cancellation) is { } draft && ChangeSet.Parse(draft.Changes).IsPartOf(saved)) db.Remove(draft);
    }

    private static IQueryable<Draft> Of(PortalDbContext db, Actor actor, Guid objectId) =>
        db.Drafts.AsNoTracking().Where(d => d.AccountId == actor.UserId && d.ObjectId == objectId);

    /// <summary>PostgreSQL holds no NUL and no half characters; in JSON they stand escaped, so only the rare raw ones go.</summary>
    private static string Storable(string json) => json.Replace("\0", "", StringComparison.Ordinal);

    /// <summary>A reason as far as the database takes it; what was wrong with it is said when it is saved.</summary>
    private static string? WholeText(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, ObjectWriter.ReasonMaxLength * 2)].Replace("\0", "", StringComparison.Ordinal)));

    private static DraftView View(Draft draft) => new(draft.Id, draft.ObjectId, draft.Kind, draft.BaseRevision, ChangeSet.Parse(draft.Changes), draft.ChangedAt, draft.Version, draft.ProposalId, Reason: draft.Reason);
}
