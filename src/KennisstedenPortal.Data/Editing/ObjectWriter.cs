using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.Editing;

/// <summary>
/// Changes register objects of every kind: add, edit, archive, restore, rename, take over a proposal. Whoever changes the
/// same path as somebody else in between sees both; what was typed is checked again here, whatever the page did.
/// </summary>
public sealed class ObjectWriter(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public const int ReasonMaxLength = 1000;
    private const int Tries = 10;

    /// <summary>What saving would do. Writes nothing. Anybody who may propose may look.</summary>
    /// <returns>Null when there is no such object for this actor.</returns>
    public async Task<EditPreview?> PreviewAsync(EditInput input, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await ReadyAsync(db, input, actor, proposing: null, cancellation) is { IsReadable: true } ready ? ready.Preview : null;
    }

    /// <summary>Saves a change of somebody who may make it; when the city works with four eyes it becomes a proposal.</summary>
    /// <exception cref="NotAllowedException">The actor keeps neither this object nor, for a new one, its steward's data.</exception>
    public Task<EditOutcome> SaveAsync(EditInput input, Actor actor, CancellationToken cancellation = default) => WriteAsync(input, actor, null, cancellation);

    /// <summary>Leaves a change for the steward to decide on.</summary>
    /// <exception cref="NotAllowedException">The actor may not propose.</exception>
    public async Task<EditOutcome> ProposeAsync(EditInput input, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await ReadyAsync(db, input, actor, proposing: true, cancellation) is not { IsReadable: true } ready) return new EditOutcome.NotFound();
        if (InputText.Clean(input.Reason) is null) return new EditOutcome.Invalid([new("", new("Schrijf erbij waarom u dit voorstelt. De beheerder beslist daarop.", "Write why you propose this. The steward decides on it."))]);
        if (Problems(input, ready) is { Count: > 0 } problems) return new EditOutcome.Invalid(problems);
        if (ready.Preview.Differences.Count == 0) return new EditOutcome.Unchanged();
        return await LeaveAsync(db, input, ready, ProposalSort.Suggestion, actor, cancellation);
    }

    /// <summary>Takes over a proposal, in the name of who decides. The proposal itself is marked in the same transaction.</summary>
    internal Task<EditOutcome> TakeOverAsync(Proposal proposal, ChangeSet changes, int baseRevision, string reason, Actor actor, CancellationToken cancellation) =>
        WriteAsync(new EditInput(proposal.ObjectId, KindRegistry.OfCode(proposal.Kind), baseRevision, changes, reason), actor, proposal, cancellation);

    private async Task<EditOutcome> WriteAsync(EditInput input, Actor actor, Proposal? accepted, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            if (await ReadyAsync(db, input, actor, proposing: false, cancellation) is not { } ready) return new EditOutcome.NotFound();
            DemandEdit(actor, ready, input);
            if (ready.Preview.Clashes.Count > 0) return new EditOutcome.Conflict(ready.Preview);
            if (Problems(input, ready) is { Count: > 0 } problems) return new EditOutcome.Invalid(problems);
            if (ready.Preview.Differences.Count == 0) return new EditOutcome.Unchanged();
            if (ready.Preview.WaitsForColleague && accepted is null) return await LeaveAsync(db, input, ready, ProposalSort.FourEyes, actor, cancellation);
            try
            {
                await DraftStore.RemoveAsync(db, actor, input.ObjectId, cancellation);
                if (accepted is not null) await ProposalWriter.MarkAcceptedAsync(db, accepted, ready.Item.Revision + 1, input.Reason, actor, time.GetUtcNow(), cancellation);
                await Notices.AboutRelationsAsync(db, ready.Item.Id, actor.UserId, time.GetUtcNow(), cancellation);
                await db.SaveAsync(actor, InputText.Clean(input.Reason) ?? (ready.Item.Revision == 0 ? "Toegevoegd" : "Gewijzigd"), accepted?.Id, cancellation);
                return new EditOutcome.Saved(ready.Item.Id, ready.Item.Slug, ready.Item.Revision);
            }
            catch (DbUpdateException e) when (attempt < Tries && (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation }))
            {
                // Somebody was just before us: look again at what stands there now, with the same eyes.
            }
        }
    }

    /// <summary>Instead of the change a proposal, for who keeps the object as it stands; what the change would make of it does not decide that.</summary>
    private async Task<EditOutcome> LeaveAsync(PortalDbContext db, EditInput input, Ready ready, ProposalSort sort, Actor actor, CancellationToken cancellation)
    {
        var proposal = NewProposal(input, ready.Before, sort, actor);
        db.ChangeTracker.Clear();
        await DraftStore.RemoveAsync(db, actor, input.ObjectId, cancellation);
        db.Add(proposal);
        await Notices.ToEditorsAsync(db, proposal.StewardId ?? ready.Item.Id, NoticeSort.ProposalMade, proposal.ObjectId, proposal.Id, actor.UserId, time.GetUtcNow(), cancellation);
        await db.SaveChangesAsync(cancellation);
        return new EditOutcome.Waiting(proposal.Id);
    }

    private Proposal NewProposal(EditInput input, Resource before, ProposalSort sort, Actor actor) => new()
    {
        Id = Guid.CreateVersion7(),
        ObjectId = input.ObjectId,
        Kind = input.Kind.Code,
        BaseRevision = input.BaseRevision,
        StewardId = before.StewardId,
        Sort = sort,
        Changes = input.Changes.ToJson(),
        Reason = InputText.Clean(input.Reason) ?? "Gewijzigd",
        ProposerId = actor.UserId,
        ProposerName = actor.Name,
        ProposerOrganisation = actor.Organisation,
        MadeAt = time.GetUtcNow(),
    };

    /// <summary>Rights on the object as it stands, and, when the change gives it to somebody else or archives it, for that too.</summary>
    private static void DemandEdit(Actor actor, Ready ready, EditInput input)
    {
        if (ready.Item.Revision > 0) Rights.Demand(actor, input.Changes.Has("state") ? Right.Archive : Right.Edit, ready.Before);
        else if (!Rights.AllowsAdding(actor, input.Kind.Code, ready.Item.StewardId)) throw new NotAllowedException(Right.Edit);
    }

    private static List<Problem> Problems(EditInput input, Ready ready)
    {
        var problems = ready.Preview.Problems.ToList();
        if (InputText.Problem(InputText.Clean(input.Reason), ReasonMaxLength, multiline: true) is { } reason) problems.Add(new Problem("", reason));
        if (input.Changes.Values.Count > ChangeSet.MaxPaths || input.Changes.ToJson().Length > ChangeSet.MaxLength) problems.Add(new Problem("", new("Dit is te veel in één keer. Sla een deel op en ga daarna verder.", "This is too much at once. Save a part and go on after that.")));
        return problems;
    }

    /// <param name="Item">With the change on it, not saved.</param>
    /// <param name="Before">Rights depend on who kept it before the change.</param>
    /// <param name="IsReadable">For this actor, as it stood before the change: nobody makes a hidden object readable by asking.</param>
    private sealed record Ready(RegisterObject Item, Resource Before, bool IsReadable, EditPreview Preview);

    /// <param name="proposing">Null: proposing when the actor may not edit. A proposal may hold what only the secretariat can change; who accepts it must have the right.</param>
    private async Task<Ready?> ReadyAsync(PortalDbContext db, EditInput input, Actor actor, bool? proposing, CancellationToken cancellation)
    {
        var isNew = input.BaseRevision == 0;
        var item = isNew ? await NewAsync(db, input, cancellation) : await Snapshots.Whole(db.Objects.Where(o => o.Id == input.ObjectId)).FirstOrDefaultAsync(cancellation);
        if (item is null || KindRegistry.Of(item) != input.Kind) return null;
        // A new object gets its steward with the change; whether the actor may add it is asked apart.
        if (isNew && input.Changes["steward"] is { } steward) item.StewardId = Json.Id(steward);
        var before = new Resource(item.Id, item.StewardId);
        var readable = isNew || item.IsReadableBy(actor);
        var snapshot = isNew ? [] : Snapshots.Of(item);
        var (clashes, others) = isNew ? ([], []) : await ClashesAsync(db, input, snapshot, cancellation);
        var mayEdit = isNew ? Rights.AllowsAdding(actor, input.Kind.Code, item.StewardId) : Rights.Allows(actor, Right.Edit, before);
        var applier = new ChangeApplier(db, item, proposing ?? !mayEdit ? null : actor, time.Today());
        await applier.ApplyAsync(isNew ? new ChangeSet(input.Changes.Values.Where(p => p.Key is not "steward")) : input.Changes, cancellation);
        var problems = applier.Problems.ToList();
        if (isNew && !input.Changes.Has("name")) problems.Add(new Problem("name", new("Vul een naam in.", "Enter a name.")));
        db.ChangeTracker.DetectChanges();
        return new Ready(item, before, readable, new EditPreview(Compare(snapshot, Snapshots.Of(item), isNew), problems, clashes, others, isNew ? 0 : item.Revision, await HasFourEyesAsync(db, item, before, cancellation)));
    }

    private static async Task<RegisterObject?> NewAsync(PortalDbContext db, EditInput input, CancellationToken cancellation)
    {
        // A second click, or a proposal that was taken over already: it exists by now.
        if (await db.Objects.AnyAsync(o => o.Id == input.ObjectId, cancellation)) return null;
        var name = InputText.Clean(Json.Text(input.Changes["name"])) ?? "";
        var item = input.Kind.Create(input.ObjectId, await FreeSlugAsync(db, input.Kind, name, cancellation), name);
        db.Add(item);
        return item;
    }

    private static async Task<string> FreeSlugAsync(PortalDbContext db, ObjectKind kind, string name, CancellationToken cancellation)
    {
        var stem = SlugText.From(name) is { Length: > 0 } slug ? slug : kind.Code;
        var taken = (await db.Objects.Where(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind.Code && o.Slug.StartsWith(stem)).Select(o => o.Slug)
            .Union(db.FormerSlugs.Where(f => f.Kind == kind.Code && f.Slug.StartsWith(stem)).Select(f => f.Slug)).ToListAsync(cancellation)).Concat(kind.ReservedSlugs).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? stem : $"{stem[..Math.Min(stem.Length, SlugText.MaxLength - 6)].TrimEnd('-')}-{n}").First(s => !taken.Contains(s));
    }

    /// <summary>Paths that this change touches and that others changed since, unless they made the same of it.</summary>
    private static async Task<(IReadOnlyList<Clash>, IReadOnlyList<string>)> ClashesAsync(PortalDbContext db, EditInput input, JsonObject now, CancellationToken cancellation)
    {
        var since = await db.FieldChanges.AsNoTracking().Where(c => c.ObjectId == input.ObjectId && c.RevisionNumber > input.BaseRevision).OrderBy(c => c.RevisionNumber).Select(c => new { c.Field, c.OldValue }).ToListAsync(cancellation);
        var changed = since.GroupBy(c => c.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().OldValue, StringComparer.Ordinal);
        var clashes = changed.Where(c => input.Changes.Has(c.Key) && !JsonNode.DeepEquals(input.Changes[c.Key], now[c.Key]))
            .Select(c => new Clash(c.Key, c.Value is null ? null : JsonNode.Parse(c.Value), now[c.Key]?.DeepClone(), input.Changes[c.Key]?.DeepClone())).ToList();
        return (clashes, [.. changed.Keys.Except(clashes.Select(c => c.Path), StringComparer.Ordinal)]);
    }

    private static List<Difference> Compare(JsonObject before, JsonObject after, bool isNew) =>
    [
        .. from path in before.Select(p => p.Key).Union(after.Select(p => p.Key), StringComparer.Ordinal)
           let old = before[path]
           let now = after[path]
           where !JsonNode.DeepEquals(old, now) && !(isNew && path is "kind" or "slug" && isNew)
           select new Difference(path, old?.DeepClone(), now?.DeepClone()),
    ];

    /// <summary>True when the city that keeps the object, or keeps its campus, lets a colleague see every change.</summary>
    private static async Task<bool> HasFourEyesAsync(PortalDbContext db, RegisterObject item, Resource before, CancellationToken cancellation)
    {
        // As it was before this change: who switches it off needs a colleague too.
        if (item is City city) return db.Entry(city).State != EntityState.Added && db.Entry(city).Property(c => c.HasFourEyes).OriginalValue;
        if (before.StewardId is not { } steward) return false;
        return await db.Objects.OfType<City>().AnyAsync(c => c.HasFourEyes && (c.Id == steward || db.Objects.Any(s => s.Id == steward && s.StewardId == c.Id)), cancellation);
    }
}
