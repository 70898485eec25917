using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>Which proposals somebody wants to see.</summary>
/// <param name="KeeperId">City, campus or organisation that keeps the object.</param>
/// <param name="Own">Those the actor made, instead of those the actor decides on.</param>
/// <param name="ByOthers">Leaves out what the actor made, and so can't decide on.</param>
public sealed record ProposalFilter(ProposalState State = ProposalState.Open, string? KindCode = null, Guid? KeeperId = null, bool Own = false, bool ByOthers = false);

/// <summary>A proposal in a list.</summary>
/// <param name="Name">Of the object; of a new one the name that is proposed. Empty when it is hidden.</param>
/// <param name="Slug">Null while the object does not exist, or is hidden.</param>
/// <param name="IsHidden">The object is there, but the actor may not see it any more: nothing of it is told.</param>
/// <param name="IsOwn">The actor made it, and so cannot decide on it.</param>
/// <param name="HasPage">The object is public, and has a page to lead to.</param>
public sealed record ProposalRow(Guid Id, Guid ObjectId, string KindCode, string Name, string? Slug, string? Keeper, ProposalSort Sort, ProposalState State, string Reason, string ProposerName, string ProposerOrganisation,
    DateTimeOffset MadeAt, string? DeciderName, DateTimeOffset? DecidedAt, string? Decision, bool IsOwn, bool IsHidden, bool HasPage);

/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="Counts">How many there are in each state, whatever the filter.</param>
/// <param name="Keepers">Whose proposals there are among them, to filter by.</param>
public sealed record ProposalList(IReadOnlyList<ProposalRow> Rows, Guid? Next, IReadOnlyDictionary<ProposalState, int> Counts, IReadOnlyList<Choice> Keepers, IReadOnlyList<string> Kinds)
{
    public int Open => Counts.GetValueOrDefault(ProposalState.Open);
}

/// <summary>One proposal with what it does.</summary>
/// <param name="Changes">What it wants, to go on with in the form.</param>
/// <param name="Differences">Against what stands there now; of a decided one, what it changed or wanted to change.</param>
/// <param name="Clashes">What somebody else changed since, and this wants differently.</param>
/// <param name="Problems">Why it can't be taken over as it is.</param>
/// <param name="Names">What identities and codes are called.</param>
/// <param name="Revision">The object as it stands, for who chooses; 0 for a new one.</param>
/// <param name="IsKeeper">The actor keeps the object; on their own proposal a colleague decides all the same.</param>
public sealed record ProposalView(ProposalRow Row, ObjectKind Kind, int BaseRevision, ChangeSet Changes, IReadOnlyList<Difference> Differences, IReadOnlyList<Clash> Clashes, IReadOnlyList<string> OthersChanged, IReadOnlyList<Problem> Problems,
    IReadOnlyDictionary<string, string> Names, int Revision, bool IsKeeper)
{
    public bool MayDecide => IsKeeper && !Row.IsOwn && Row.State == ProposalState.Open;
    public bool MayWithdraw => Row.IsOwn && Row.State == ProposalState.Open;
}

/// <summary>The proposals somebody decides on or made.</summary>
public sealed class ProposalQuery(IDbContextFactory<PortalDbContext> contexts, ObjectWriter objects, EditQuery names)
{
    public const int PageSize = 25;

    /// <param name="after">The last proposal of the page before; open ones stand oldest first, decided ones latest first.</param>
    public async Task<ProposalList> ListAsync(ProposalFilter filter, Actor actor, Guid? after = null, int size = PageSize, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, filter.Own ? Right.Propose : Right.Decide);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var all = filter.Own ? db.Proposals.Where(p => p.ProposerId == actor.UserId) : DecidedBy(db, actor);
        if (filter.ByOthers) all = all.Where(p => p.ProposerId != actor.UserId);
        var counts = await all.GroupBy(p => p.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        // Who keeps the object now; of what is new, who would.
        var keepers = await all.Where(p => p.State == filter.State).Select(p => db.Objects.Any(o => o.Id == p.ObjectId) ? db.Objects.Where(o => o.Id == p.ObjectId).Select(o => o.StewardId).FirstOrDefault() : p.StewardId).Where(k => k != null).Select(k => k!.Value).Distinct().Join(db.Objects, id => id, o => o.Id, (id, o) => new { o.Id, o.Name }).OrderBy(k => k.Name).ToListAsync(cancellation);
        var kinds = await all.Where(p => p.State == filter.State).Select(p => p.Kind).Distinct().ToListAsync(cancellation);
        var chosen = all.Where(p => (filter.KindCode == null || p.Kind == filter.KindCode) && (filter.KeeperId == null || db.Objects.Any(o => o.Id == p.ObjectId && o.StewardId == filter.KeeperId) || p.StewardId == filter.KeeperId && !db.Objects.Any(o => o.Id == p.ObjectId)));
        // One's own stand together, the latest first; identities follow the time at which they were made.
        if (!filter.Own) chosen = chosen.Where(p => p.State == filter.State);
        var oldestFirst = !filter.Own && filter.State == ProposalState.Open;
        if (after is { } last) chosen = oldestFirst ? chosen.Where(p => p.Id.CompareTo(last) > 0) : chosen.Where(p => p.Id.CompareTo(last) < 0);
        chosen = oldestFirst ? chosen.OrderBy(p => p.Id) : chosen.OrderByDescending(p => p.Id);
        var rows = await RowsAsync(db, chosen.Take(size + 1), actor, cancellation);
        return new ProposalList([.. rows.Take(size)], rows.Count > size ? rows[size - 1].Id : null, counts, [.. keepers.Select(k => new Choice(k.Id.ToString(), k.Name))], kinds);
    }

    /// <returns>Null when there is none, or it is not for this actor: only who made it and who keeps the object see it.</returns>
    public async Task<ProposalView?> FindAsync(Guid id, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.Proposals.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellation) is not { } proposal) return null;
        var present = await db.Objects.Where(o => o.Id == proposal.ObjectId).Select(o => new { o.StewardId, o.Revision }).FirstOrDefaultAsync(cancellation);
        var isKeeper = Rights.Allows(actor, Right.Decide, new Resource(proposal.ObjectId, present is null ? proposal.StewardId : present.StewardId));
        if (!isKeeper && proposal.ProposerId != actor.UserId) return null;
        var row = (await RowsAsync(db, db.Proposals.Where(p => p.Id == id), actor, cancellation))[0];
        var (kind, changes) = (KindRegistry.OfCode(proposal.Kind), ChangeSet.Parse(proposal.Changes));
        var preview = proposal.State == ProposalState.Open ? await objects.PreviewAsync(new EditInput(proposal.ObjectId, kind, proposal.BaseRevision, changes, proposal.Reason), actor, cancellation) : null;
        var differences = row.IsHidden ? Wanted(changes) : proposal.State == ProposalState.Open ? preview?.Differences ?? [] : await DoneAsync(db, proposal, changes, cancellation);
        if (!isKeeper && !row.IsHidden && proposal.State != ProposalState.Open) differences = await ClosedAsync(db, differences, HistoryEyes.Of(actor, proposal.ObjectId, present?.StewardId), proposal, cancellation);
        var clashes = preview?.Clashes ?? [];
        var called = new Dictionary<string, string>(changes.SourceTitles, StringComparer.Ordinal);
        foreach (var (code, name) in await names.NamesAsync([.. differences.SelectMany(d => new[] { d.Before, d.After }), .. clashes.SelectMany(c => new[] { c.Base, c.Theirs, c.Mine }), .. differences.Select(d => (JsonNode)ChangeSet.KeyOf(d.Path)), .. clashes.Select(c => (JsonNode)ChangeSet.KeyOf(c.Path))], actor, cancellation)) called[code] = name;
        return new ProposalView(row, kind, proposal.BaseRevision, changes, differences, clashes, preview?.OthersChanged ?? [], isKeeper ? preview?.Problems ?? [] : [], called, present?.Revision ?? 0, isKeeper);
    }

    /// <summary>Proposals on what the actor keeps, and on new objects that the actor would keep.</summary>
    internal static IQueryable<Proposal> DecidedBy(PortalDbContext db, Actor actor)
    {
        if (Rights.ReachOf(actor, Right.Decide) == Reach.All) return db.Proposals;
        var scopes = actor.Scopes.ToArray();
        return db.Proposals.Where(p => scopes.Contains(p.ObjectId) || db.Objects.Any(o => o.Id == p.ObjectId && scopes.Contains(o.StewardId!.Value)) || scopes.Contains(p.StewardId!.Value) && !db.Objects.Any(o => o.Id == p.ObjectId));
    }

    /// <summary>What its maker wrote, and nothing of what stands or stood there.</summary>
    private static IReadOnlyList<Difference> Wanted(ChangeSet changes) => [.. changes.Values.Select(p => new Difference(p.Key, null, p.Value?.DeepClone()))];

    /// <summary>Who takes a proposal over may add to it; its maker sees of that what they may see of the object, and always their own words.</summary>
    private static async Task<IReadOnlyList<Difference>> ClosedAsync(PortalDbContext db, IReadOnlyList<Difference> differences, HistoryEyes eyes, Proposal proposal, CancellationToken cancellation)
    {
        var before = new JsonObject(differences.Where(d => d.Before is not null).Select(d => KeyValuePair.Create(d.Path, d.Before?.DeepClone())));
        var after = new JsonObject(differences.Where(d => d.After is not null).Select(d => KeyValuePair.Create(d.Path, d.After?.DeepClone())));
        await eyes.CloseAsync(db, proposal.ObjectId, before, cancellation);
        if (proposal.State != ProposalState.Accepted) return [.. differences.Select(d => d with { Before = before[d.Path]?.DeepClone() })];
        await eyes.CloseAsync(db, proposal.ObjectId, after, cancellation);
        return [.. differences.Where(d => (d.Before is null || before.ContainsKey(d.Path)) && (d.After is null || after.ContainsKey(d.Path))).Select(d => new Difference(d.Path, before[d.Path]?.DeepClone(), after[d.Path]?.DeepClone()))];
    }

    /// <summary>What came of an accepted one, and what the others wanted of the object as their maker saw it.</summary>
    private static async Task<IReadOnlyList<Difference>> DoneAsync(PortalDbContext db, Proposal proposal, ChangeSet changes, CancellationToken cancellation)
    {
        if (proposal.AppliedRevision is > 1 and var applied)
            return [.. (await db.FieldChanges.AsNoTracking().Where(c => c.ObjectId == proposal.ObjectId && c.RevisionNumber == applied).OrderBy(c => c.Field).ToListAsync(cancellation)).Select(c => new Difference(c.Field, Node(c.OldValue), Node(c.NewValue)))];
        var snapshot = await db.Revisions.Where(r => r.ObjectId == proposal.ObjectId && r.Number == proposal.BaseRevision).Select(r => r.Snapshot).FirstOrDefaultAsync(cancellation);
        var before = Node(snapshot) as JsonObject ?? [];
        return [.. changes.Values.Select(p => new Difference(p.Key, before[p.Key]?.DeepClone(), p.Value?.DeepClone()))];

        static JsonNode? Node(string? json) => json is null ? null : JsonNode.Parse(json);
    }

    private static async Task<IReadOnlyList<ProposalRow>> RowsAsync(PortalDbContext db, IQueryable<Proposal> proposals, Actor actor, CancellationToken cancellation)
    {
        var readable = db.Objects.ReadableBy(actor);
        var rows = await proposals.AsNoTracking().Select(p => new
        {
            p.Id,
            p.ObjectId,
            p.Kind,
            Item = readable.Where(o => o.Id == p.ObjectId).Select(o => new { o.Name, o.Slug, Keeper = o.Steward!.Name, IsPublic = o.State == ObjectState.Published && o.Visibility == Visibility.Public }).FirstOrDefault(),
            Keeper = db.Objects.Where(o => o.Id == p.StewardId).Select(o => o.Name).FirstOrDefault(),
            Changes = db.Objects.Any(o => o.Id == p.ObjectId) ? null : p.Changes,
            p.Sort,
            p.State,
            p.Reason,
            p.ProposerId,
            p.ProposerName,
            p.ProposerOrganisation,
            p.MadeAt,
            p.DeciderName,
            p.DecidedAt,
            p.Decision,
        }).ToListAsync(cancellation);
        return [.. rows.Select(p => new ProposalRow(p.Id, p.ObjectId, p.Kind, p.Item?.Name ?? NameIn(p.Changes), p.Item?.Slug, p.Item is null ? p.Keeper : p.Item.Keeper, p.Sort, p.State, p.Reason, p.ProposerName, p.ProposerOrganisation,
            p.MadeAt, p.DeciderName, p.DecidedAt, p.Decision, p.ProposerId is { } maker && maker == actor.UserId, p.Item is null && p.Changes is null, p.Item is { IsPublic: true }))];

        static string NameIn(string? changes) => changes is null ? "" : Json.Text(ChangeSet.Parse(changes)["name"])?.Trim() ?? "";
    }
}
