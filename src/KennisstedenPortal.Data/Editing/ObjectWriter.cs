using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.History;
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
        if (await ReadyAsync(db, input, actor, proposing: null, cancellation) is not { IsReadable: true } ready) return null;
        return ready.Preview with { Differences = await ClosedAsync(db, ready, actor, cancellation), Clashes = await ClosedClashesAsync(db, ready, actor, cancellation) };
    }

    /// <summary>The object with the change on it, in a context that is never saved; whatever can't be kept is left out and told.</summary>
    /// <returns>Null when there is no such object for this actor.</returns>
    internal async Task<(RegisterObject Item, IReadOnlyList<Problem> Problems)?> WithChangeAsync(PortalDbContext db, EditInput input, Actor actor, CancellationToken cancellation)
    {
        Rights.Demand(actor, Right.Propose);
        return await ReadyAsync(db, input, actor, proposing: null, cancellation) is { IsReadable: true } ready ? (ready.Item, ready.Preview.Problems) : null;
    }

    /// <summary>Only what the person may read of the object as it stood: nobody reads a hidden fact by proposing to change it.</summary>
    private static async Task<IReadOnlyList<Difference>> ClosedAsync(PortalDbContext db, Ready ready, Actor actor, CancellationToken cancellation)
    {
        var before = new JsonObject(ready.Preview.Differences.Where(d => d.Before is not null).Select(d => KeyValuePair.Create(d.Path, d.Before?.DeepClone())));
        await HistoryEyes.Of(actor, ready.Before.Id, ready.Before.StewardId).CloseAsync(db, ready.Before.Id, before, cancellation);
        return [.. ready.Preview.Differences.Where(d => d.Before is null || before.ContainsKey(d.Path)).Select(d => d with { Before = before[d.Path]?.DeepClone() })];
    }

    /// <summary>The same for what others made of it meanwhile.</summary>
    private static async Task<IReadOnlyList<Clash>> ClosedClashesAsync(PortalDbContext db, Ready ready, Actor actor, CancellationToken cancellation)
    {
        var eyes = HistoryEyes.Of(actor, ready.Before.Id, ready.Before.StewardId);
        async Task<JsonObject> SeenAsync(Func<Clash, JsonNode?> side)
        {
            var values = new JsonObject(ready.Preview.Clashes.Where(c => side(c) is not null).Select(c => KeyValuePair.Create(c.Path, side(c)?.DeepClone())));
            await eyes.CloseAsync(db, ready.Before.Id, values, cancellation);
            return values;
        }
        var (before, theirs) = (await SeenAsync(c => c.Base), await SeenAsync(c => c.Theirs));
        return [.. ready.Preview.Clashes.Select(c => c with { Base = before[c.Path]?.DeepClone(), Theirs = theirs[c.Path]?.DeepClone() })];
    }

    /// <summary>Saves a change of somebody who may make it; when the city works with four eyes it becomes a proposal.</summary>
    /// <exception cref="NotAllowedException">The actor keeps neither this object nor, for a new one, its steward's data.</exception>
    public Task<EditOutcome> SaveAsync(EditInput input, Actor actor, CancellationToken cancellation = default) => WriteAsync(input, actor, null, cancellation);

    /// <summary>Leaves a change for the steward to decide on.</summary>
    /// <exception cref="NotAllowedException">The actor may not propose.</exception>
    public async Task<EditOutcome> ProposeAsync(EditInput input, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        return await InTurnAsync(async db =>
        {
            if (await ReadyAsync(db, input, actor, proposing: true, cancellation) is not { IsReadable: true } ready) return new EditOutcome.NotFound();
            if (InputText.Clean(input.Reason) is null) return new EditOutcome.Invalid([new("", new("Schrijf erbij waarom u dit voorstelt. De beheerder beslist daarop.", "Write why you propose this. The steward decides on it."))]);
            if (Problems(input, ready) is { Count: > 0 } problems) return new EditOutcome.Invalid(problems);
            if (ready.Preview.Differences.Count == 0) return new EditOutcome.Unchanged();
            return await LeaveAsync(db, input, ready, ProposalSort.Suggestion, actor, cancellation);
        }, cancellation);
    }

    /// <summary>Takes over a proposal, in the name of who decides. The proposal itself is marked in the same transaction.</summary>
    internal Task<EditOutcome> TakeOverAsync(Proposal proposal, ChangeSet changes, int baseRevision, string reason, Actor actor, CancellationToken cancellation) =>
        WriteAsync(new EditInput(proposal.ObjectId, KindRegistry.OfCode(proposal.Kind), baseRevision, changes, reason) { IsRestore = EditInput.IsPutBack(proposal.Reason) }, actor, proposal, cancellation);

    private Task<EditOutcome> WriteAsync(EditInput input, Actor actor, Proposal? accepted, CancellationToken cancellation) => InTurnAsync(async db =>
    {
        if (await ReadyAsync(db, input, actor, proposing: false, cancellation) is not { } ready) return new EditOutcome.NotFound();
        DemandEdit(actor, ready, input);
        if (ready.Preview.Clashes.Count > 0) return new EditOutcome.Conflict(ready.Preview);
        if (Problems(input, ready) is { Count: > 0 } problems) return new EditOutcome.Invalid(problems);
        if (ready.Preview.Differences.Count == 0) return new EditOutcome.Unchanged();
        // What stands beside the proposal is the work of who takes it over, and nobody else has seen it.
        if (ready.Preview.WaitsForColleague && (accepted is null || !OnPage(input, ready).IsPartOf(ChangeSet.Parse(accepted.Changes)))) return await LeaveAsync(db, input, ready, ProposalSort.FourEyes, actor, cancellation);
        if (accepted is not null && !await ProposalWriter.MarkAcceptedAsync(db, accepted, ready.Item.Revision + 1, input.Reason, actor, time.GetUtcNow(), cancellation)) return new EditOutcome.NotFound();
        await DraftStore.RemoveAsync(db, actor, input.ObjectId, input.Changes, cancellation);
        await Notices.AboutRelationsAsync(db, ready.Item.Id, actor, time.GetUtcNow(), cancellation);
        await db.SaveAsync(actor, InputText.Clean(input.Reason) ?? (ready.Item.Revision == 0 ? OwnReason.Added : OwnReason.Changed), accepted?.Id, cancellation);
        return new EditOutcome.Saved(ready.Item.Id, ready.Item.Slug, ready.Item.Revision);
    }, cancellation);

    /// <summary>Somebody may be just before us: then what stands there now is looked at again, with the same eyes.</summary>
    private async Task<EditOutcome> InTurnAsync(Func<PortalDbContext, Task<EditOutcome>> write, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            try
            {
                return await write(db);
            }
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation })
            {
            }
        }
        return new EditOutcome.Invalid([new("", new("Anderen wijzigen dit op dit moment ook. Er is niets opgeslagen. Probeer het over een minuut opnieuw.", "Others are changing this too at the moment. Nothing was saved. Try again in a minute."))]);
    }

    /// <summary>The part of a change that makes a difference.</summary>
    private static ChangeSet OnPage(EditInput input, Ready ready)
    {
        var different = ready.Preview.Differences.Select(d => d.Path).ToHashSet(StringComparer.Ordinal);
        return new(input.Changes.Values.Where(p => different.Contains(p.Key)));
    }

    /// <summary>Instead of the change a proposal, for who keeps the object as it stands; what the change would make of it does not decide that.</summary>
    private async Task<EditOutcome> LeaveAsync(PortalDbContext db, EditInput input, Ready ready, ProposalSort sort, Actor actor, CancellationToken cancellation)
    {
        var proposal = NewProposal(input, ready.Before, sort, actor);
        db.ChangeTracker.Clear();
        await DraftStore.RemoveAsync(db, actor, input.ObjectId, input.Changes, cancellation);
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
        Reason = InputText.Clean(input.Reason) ?? OwnReason.Changed,
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
        if (!input.Changes.CanBeKept()) problems.Add(new Problem("", new("Dit is te veel in één keer. Sla een deel op en ga daarna verder.", "This is too much at once. Save a part and go on after that.")));
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
        if (!isNew) await Snapshots.LoadAgendaAsync(db, [item], cancellation);
        // A new object gets its steward with the change; whether the actor may add it is asked apart.
        if (isNew && input.Changes["steward"] is { } steward) item.StewardId = Json.Id(steward);
        var before = new Resource(item.Id, item.StewardId);
        var readable = isNew || item.IsReadableBy(actor);
        var snapshot = isNew ? [] : Snapshots.Of(item);
        var mayEdit = isNew ? Rights.AllowsAdding(actor, input.Kind.Code, item.StewardId) : Rights.Allows(actor, Right.Edit, before);
        var applier = new ChangeApplier(db, item, actor, proposing ?? !mayEdit, time.Today(), input.IsRestore);
        if (isNew) await applier.CheckStewardAsync(input.Changes["steward"], cancellation);
        await applier.ApplyAsync(isNew ? new ChangeSet(input.Changes.Values.Where(p => p.Key is not "steward")) : input.Changes, cancellation);
        var problems = applier.Problems.ToList();
        if (input.BaseRevision < 0 || !isNew && input.BaseRevision > item.Revision) problems.Add(new Problem("", new("Deze wijziging hoort niet bij wat er nu staat. Open het formulier opnieuw.", "This change does not belong to what stands here now. Open the form again.")));
        // What a new object is, nobody chose by leaving it as the form began.
        if (isNew) problems.AddRange(input.Kind.Fields.Where(f => f.IsChosen && !input.Changes.Has(f.Name)).Select(f => new Problem(f.Name, f.Problem(null)!.Value)));
        if (isNew && !input.Changes.Has("name")) problems.Add(new Problem("name", new("Vul een naam in.", "Enter a name.")));
        db.ChangeTracker.DetectChanges();
        var after = Snapshots.Of(item);
        var differences = Compare(snapshot, after, isNew);
        // As it would be kept, so that both versions are shown in the same words; what can't be kept, as it was typed.
        var mine = input.Changes.Values.ToDictionary(p => p.Key, p => problems.Any(r => r.Path == p.Key) ? p.Value : after[p.Key], StringComparer.Ordinal);
        var (clashes, others) = isNew ? ([], []) : await ClashesAsync(db, input, snapshot, differences, mine, cancellation);
        return new Ready(item, before, readable, new EditPreview(differences, problems, clashes, others, isNew ? 0 : item.Revision, await HasFourEyesAsync(db, item, before, cancellation)) { Warnings = applier.Warnings });
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
        if (kind.NumberedAs is { } prefix)
        {
            // Two who add at once get the same; the second one's save is refused, and it takes the next.
            var last = await db.Database.SqlQuery<int>($"select coalesce(max(substring(slug from {prefix.Length + 1})::int), 0) as \"Value\" from register_object where kind = {kind.Code} and slug like {prefix + "%"}").SingleAsync(cancellation);
            return FormattableString.Invariant($"{prefix}{last + 1:000}");
        }
        var stem = SlugText.From(name) is { Length: > 0 } slug ? slug : kind.Code;
        // A number must fit behind it; what is taken is looked for by the part that all of them share.
        var start = stem[..Math.Min(stem.Length, SlugText.MaxLength - 6)].TrimEnd('-');
        var taken = (await db.Objects.Where(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind.Code && o.Slug.StartsWith(start)).Select(o => o.Slug)
            .Union(db.FormerSlugs.Where(f => f.Kind == kind.Code && f.Slug.StartsWith(start)).Select(f => f.Slug)).ToListAsync(cancellation)).Concat(kind.ReservedSlugs).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? stem : $"{start}-{n}").First(s => !taken.Contains(s));
    }

    /// <summary>Paths that this change touches, or would change along with them, and that others changed since, unless they made the same of it.</summary>
    private static async Task<(IReadOnlyList<Clash>, IReadOnlyList<string>)> ClashesAsync(PortalDbContext db, EditInput input, JsonObject now, IReadOnlyList<Difference> differences, Dictionary<string, JsonNode?> mine, CancellationToken cancellation)
    {
        var since = await db.FieldChanges.AsNoTracking().Where(c => c.ObjectId == input.ObjectId && c.RevisionNumber > input.BaseRevision).OrderBy(c => c.RevisionNumber).Select(c => new { c.Field, c.OldValue }).ToListAsync(cancellation);
        var changed = since.GroupBy(c => c.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().OldValue, StringComparer.Ordinal);
        foreach (var difference in differences) mine.TryAdd(difference.Path, difference.After);
        var clashes = changed.Where(c => mine.ContainsKey(c.Key) && !JsonNode.DeepEquals(mine[c.Key], now[c.Key]))
            .Select(c => new Clash(c.Key, c.Value is null ? null : JsonNode.Parse(c.Value), now[c.Key]?.DeepClone(), mine[c.Key]?.DeepClone())).ToList();
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
