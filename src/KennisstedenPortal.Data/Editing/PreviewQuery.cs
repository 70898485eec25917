using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>The page of an object as everybody would read it when a change were saved.</summary>
/// <param name="Slug">Its address as it is now; null while the object does not exist.</param>
/// <param name="Detail">Null when everybody would read nothing: it is not published, or not public.</param>
/// <param name="Problems">What of the change can't be kept, and so is not on the page.</param>
public sealed record PublicPreview(ObjectKind Kind, string Name, string? Slug, ObjectDetail? Detail, ObjectState State, Visibility Visibility, IReadOnlyList<Problem> Problems);

/// <summary>
/// Shows a change as the public would see it, whoever asks: what is hidden from the public is left out, and a relation is as
/// unconfirmed as it would be. The page is made as one of the past is: from a snapshot, closed to who may not see.
/// </summary>
public sealed class PreviewQuery(IDbContextFactory<PortalDbContext> contexts, ObjectWriter objects, DraftStore drafts, ProposalQuery proposals, TimeProvider time)
{
    private static readonly HistoryEyes Public = new(null, SeesAll: false);

    /// <summary>The draft that this person keeps for an object, or for a new one with that identity.</summary>
    /// <returns>Null when there is no such draft, or the object is not there for this actor.</returns>
    public async Task<PublicPreview?> OfDraftAsync(ObjectKind kind, Guid objectId, Actor actor, CancellationToken cancellation = default) =>
        await drafts.FindAsync(objectId, actor, cancellation) is { } draft && draft.KindCode == kind.Code ? await RunAsync(new EditInput(objectId, kind, draft.BaseRevision, draft.Changes, null), actor, cancellation) : null;

    /// <summary>The same for the object at an address.</summary>
    /// <inheritdoc cref="OfDraftAsync(ObjectKind, Guid, Actor, CancellationToken)"/>
    public async Task<PublicPreview?> OfDraftAsync(ObjectKind kind, string slug, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var id = await db.Objects.ReadableBy(actor).Where(o => EF.Property<string>(o, Configurations.RegisterObjectConfiguration.Kind) == kind.Code && o.Slug == slug).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(cancellation);
        return id is { } found ? await OfDraftAsync(kind, found, actor, cancellation) : null;
    }

    /// <summary>An open proposal, on the object as it stands now.</summary>
    /// <returns>Null when it is decided on, or is not for this actor (<see cref="ProposalQuery.FindAsync"/>).</returns>
    public async Task<PublicPreview?> OfProposalAsync(Guid id, Actor actor, CancellationToken cancellation = default) =>
        await proposals.FindAsync(id, actor, cancellation) is { Row.State: ProposalState.Open } view ? await RunAsync(new EditInput(view.Row.ObjectId, view.Kind, view.BaseRevision, view.Changes, view.Row.Reason), actor, cancellation) : null;

    private async Task<PublicPreview?> RunAsync(EditInput input, Actor actor, CancellationToken cancellation)
    {
        await using var working = await contexts.CreateDbContextAsync(cancellation);
        if (await objects.WithChangeAsync(working, input, actor, cancellation) is not var (changed, problems)) return null;
        var slug = changed.Revision == 0 ? null : working.Entry(changed).Property(o => o.Slug).OriginalValue;
        ObjectDetail? detail = null;
        if (changed.IsPublic())
        {
            var snapshot = Snapshots.Of(changed);
            // The new address does not lead anywhere yet.
            if (slug is not null) snapshot["slug"] = slug;
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            await Public.CloseAsync(db, changed.Id, snapshot, cancellation);
            // Sources that came with the change; the others are read.
            db.Sources.AttachRange(working.ChangeTracker.Entries<Source>().Where(e => e.State == EntityState.Added).Select(e => new Source { Id = e.Entity.Id, Title = e.Entity.Title, Locator = e.Entity.Locator, PublishedOn = e.Entity.PublishedOn, Sort = e.Entity.Sort }));
            detail = await PastQuery.DetailAsync(db, input.Kind, PastObject.Of(input.Kind, changed.Id, snapshot, changed.Revision + 1, time.GetUtcNow()), time.GetUtcNow(), cancellation);
        }
        return new PublicPreview(input.Kind, changed.Name, slug, detail, changed.State, changed.Visibility, problems);
    }
}
