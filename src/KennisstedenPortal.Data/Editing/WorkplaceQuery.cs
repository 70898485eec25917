using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>A list of which only the first rows are read, and how many there are.</summary>
public sealed record Some<T>(IReadOnlyList<T> Rows, int Count)
{
    public static Some<T> None { get; } = new([], 0);
    public int Left => Count - Rows.Count;
}

/// <param name="Slug">Null while the object does not exist yet.</param>
/// <param name="IsGone">The person can't see the object any more: nothing is told of it.</param>
public sealed record DraftRow(Guid ObjectId, string KindCode, string? Slug, string Name, DateTimeOffset ChangedAt, int Changes, bool IsGone);

public sealed record ClosedRow(string KindCode, string Slug, string Name, ObjectState State, Visibility Visibility);

/// <param name="ConfirmedOn">Null: never confirmed.</param>
public sealed record DueRow(Guid Id, string KindCode, string Slug, string Name, DateOnly? ConfirmedOn, DateOnly? ReviewBy);

/// <param name="Own">The end that has to answer.</param>
/// <param name="Reporter">The end that said so.</param>
public sealed record RelationRow(Guid Id, RelationKind Kind, bool IsFromOwn, string OwnKind, string OwnSlug, string Own, string ReporterKind, string ReporterSlug, string Reporter, string? Since, string? Until, string? Note);

/// <summary>A change by somebody else.</summary>
public sealed record ChangeRow(Guid ObjectId, string KindCode, string Slug, string Name, int Revision, DateTimeOffset At, string By, string Organisation, string Reason)
{
    /// <summary>Names of what a relation was laid with, changed or removed, as far as the actor may read them.</summary>
    public IReadOnlyList<string> With { get; init; } = [];
}

public sealed record ProfileRow(string KindCode, string Slug, string Name, Completeness Completeness);

/// <param name="Filled">Parts that all kept profiles have together, of <paramref name="Total"/>.</param>
/// <param name="Rows">The least complete first.</param>
public sealed record Profiles(int Objects, int Complete, int Filled, int Total, IReadOnlyList<ProfileRow> Rows);

/// <summary>What waits for somebody, as it stands on the workplace.</summary>
public sealed class WorkplaceQuery(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public const int Few = 5, Many = 200;
    /// <summary>Profiles whose completeness is looked at: more than that nobody keeps by hand.</summary>
    private const int ProfilesMax = 5000;

    public async Task<Some<DraftRow>> DraftsAsync(Actor actor, int size = Few, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var own = db.Drafts.AsNoTracking().Where(d => d.AccountId == actor.UserId);
        var readable = db.Objects.ReadableBy(actor);
        var rows = await own.OrderByDescending(d => d.ChangedAt).Take(size)
            .Select(d => new { d.ObjectId, d.Kind, d.BaseRevision, d.Changes, d.ChangedAt, Item = readable.Where(o => o.Id == d.ObjectId).Select(o => new { o.Slug, o.Name }).FirstOrDefault() }).ToListAsync(cancellation);
        return new Some<DraftRow>([.. rows.Select(d =>
        {
            var changes = ChangeSet.Parse(d.Changes);
            var gone = d.BaseRevision > 0 && d.Item is null;
            return new DraftRow(d.ObjectId, d.Kind, d.Item?.Slug, gone ? "" : d.Item?.Name ?? InputText.Clean(Json.Text(changes["name"])) ?? "", d.ChangedAt, changes.Values.Count, gone);
        })], rows.Count < size ? rows.Count : await own.CountAsync(cancellation));
    }

    /// <summary>Never confirmed, or due within two weeks; what was confirmed longest ago first.</summary>
    public async Task<Some<DueRow>> DueAsync(Actor actor, int size = Few, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        if (!Rights.Allows(actor, Right.Confirm)) return Some<DueRow>.None;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var until = time.Today().AddDays(DueQuery.DaysAhead);
        var due = db.KeptBy(actor).AsNoTracking().Where(o => o.State == ObjectState.Published && o.Verification != Verification.Example && (o.ConfirmedOn == null || o.ReviewBy <= until));
        var rows = await due.OrderByDescending(o => o.ConfirmedOn != null).ThenBy(o => o.ReviewBy).ThenBy(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind)).ThenBy(o => o.Name).Take(size)
            .Select(o => new DueRow(o.Id, EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.Name, o.ConfirmedOn, o.ReviewBy)).ToListAsync(cancellation);
        return new Some<DueRow>(rows, rows.Count < size ? rows.Count : await due.CountAsync(cancellation));
    }

    /// <summary>Relations that others reported with what the actor keeps.</summary>
    public async Task<Some<RelationRow>> RelationsAsync(Actor actor, int size = Few, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        if (!Rights.Allows(actor, Right.Edit)) return Some<RelationRow>.None;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var kept = db.KeptBy(actor).Where(o => o.State == ObjectState.Published).Select(o => o.Id);
        var open = db.Relations.AsNoTracking().Where(r => r.ReportedById != null && r.ConfirmedOn == null && (r.ReportedById == r.FromId ? kept.Contains(r.ToId) : kept.Contains(r.FromId)));
        var rows = await open.OrderBy(r => r.Id).Take(size).Select(r => new
        {
            r.Id,
            r.Kind,
            IsFromOwn = r.ReportedById != r.FromId,
            FromKind = EF.Property<string>(r.From!, RegisterObjectConfiguration.Kind),
            FromSlug = r.From!.Slug,
            From = r.From.Name,
            ToKind = EF.Property<string>(r.To!, RegisterObjectConfiguration.Kind),
            ToSlug = r.To!.Slug,
            To = r.To.Name,
            r.Since,
            r.Until,
            r.Note,
        }).ToListAsync(cancellation);
        return new Some<RelationRow>([.. rows.Select(r => r.IsFromOwn
            ? new RelationRow(r.Id, r.Kind, true, r.FromKind, r.FromSlug, r.From, r.ToKind, r.ToSlug, r.To, r.Since, r.Until, r.Note)
            : new RelationRow(r.Id, r.Kind, false, r.ToKind, r.ToSlug, r.To, r.FromKind, r.FromSlug, r.From, r.Since, r.Until, r.Note))], rows.Count < size ? rows.Count : await open.CountAsync(cancellation));
    }

    /// <summary>What others changed in the last three months, latest first.</summary>
    public async Task<Some<ChangeRow>> ChangesAsync(Actor actor, int size = Few, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        if (!Rights.Allows(actor, Right.Edit)) return Some<ChangeRow>.None;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var since = time.GetUtcNow().AddMonths(-3);
        // Of who reaches everything: everything.
        var kept = db.ReachedBy(actor);
        var changes = db.Revisions.AsNoTracking().Where(r => r.At >= since && r.UserId != null && r.UserId != actor.UserId).Join(kept, r => r.ObjectId, o => o.Id, (r, o) => new { r, o });
        var rows = await changes.OrderByDescending(c => c.r.At).ThenBy(c => c.o.Id).Take(size)
            .Select(c => new ChangeRow(c.o.Id, EF.Property<string>(c.o, RegisterObjectConfiguration.Kind), c.o.Slug, c.o.Name, c.r.Number, c.r.At, db.Accounts.Any(a => a.Id == c.r.UserId && a.ForgottenAt != null) ? PeopleWriter.FormerUser : c.r.ActorName, c.r.ActorOrganisation, c.r.Reason)).ToListAsync(cancellation);
        return new Some<ChangeRow>(await WithAsync(db, rows, actor, cancellation), rows.Count < size ? rows.Count : await changes.CountAsync(cancellation));
    }

    /// <summary>Whoever adds something with a relation changes what stands at the other end, for a reason that says nothing there.</summary>
    private static async Task<IReadOnlyList<ChangeRow>> WithAsync(PortalDbContext db, List<ChangeRow> rows, Actor actor, CancellationToken cancellation)
    {
        var (ids, numbers) = (rows.Select(r => r.ObjectId).Distinct().ToArray(), rows.Select(r => r.Revision).Distinct().ToArray());
        var relations = (await db.FieldChanges.AsNoTracking().Where(f => ids.Contains(f.ObjectId) && numbers.Contains(f.RevisionNumber) && f.Field.StartsWith("relation/")).Select(f => new { f.ObjectId, f.RevisionNumber, Json = f.NewValue ?? f.OldValue }).ToListAsync(cancellation))
            .Select(f => (Row: (f.ObjectId, f.RevisionNumber), Node: f.Json is null ? null : JsonNode.Parse(f.Json))).SelectMany(f => new[] { Json.Id(f.Node?["from"]), Json.Id(f.Node?["to"]) }.OfType<Guid>().Where(id => id != f.Row.ObjectId).Select(id => (f.Row, Other: id))).ToLookup(f => f.Row, f => f.Other);
        if (relations.Count == 0) return rows;
        var others = relations.SelectMany(r => r).Distinct().ToArray();
        var names = await db.Objects.ReadableBy(actor).Where(o => others.Contains(o.Id)).Select(o => new { o.Id, o.Name }).ToDictionaryAsync(o => o.Id, o => o.Name, cancellation);
        return [.. rows.Select(r => r with { With = [.. relations[(r.ObjectId, r.Revision)].Select(id => names.GetValueOrDefault(id)).OfType<string>().Distinct(StringComparer.Ordinal)] })];
    }

    /// <summary>What the actor may change and not everybody reads, latest changed first: no list of the public pages leads to it.</summary>
    public async Task<Some<ClosedRow>> ClosedAsync(Actor actor, int size = Few, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        if (!Rights.Allows(actor, Right.Edit)) return Some<ClosedRow>.None;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var closed = db.ReachedBy(actor).AsNoTracking().Where(o => o.State != ObjectState.Published || o.Visibility != Visibility.Public);
        var rows = await closed.OrderByDescending(o => o.ChangedAt).ThenBy(o => o.Id).Take(size).Select(o => new ClosedRow(EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.Name, o.State, o.Visibility)).ToListAsync(cancellation);
        return new Some<ClosedRow>(rows, rows.Count < size ? rows.Count : await closed.CountAsync(cancellation));
    }

    /// <summary>How complete the profiles are that the actor keeps.</summary>
    public async Task<Profiles> ProfilesAsync(Actor actor, int size = Few, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        if (!Rights.Allows(actor, Right.Confirm)) return new Profiles(0, 0, 0, 0, []);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var masks = db.KeptBy(actor).AsNoTracking().Where(o => o.State == ObjectState.Published && o.Verification != Verification.Example).OrderBy(o => o.Id).Take(ProfilesMax).Select(ProfileParts.Mask.With((o, mask) => new { Kind = EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.Name, Mask = mask }));
        var rows = (await masks.ToListAsync(cancellation)).ConvertAll(o => new ProfileRow(o.Kind, o.Slug, o.Name, Completeness.Of(KindRegistry.OfCode(o.Kind), o.Mask)));
        return new Profiles(rows.Count, rows.Count(r => r.Completeness.Missing.Count == 0), rows.Sum(r => r.Completeness.Filled), rows.Sum(r => r.Completeness.Total),
            [.. rows.Where(r => r.Completeness.Missing.Count > 0).OrderBy(r => (double)r.Completeness.Filled / r.Completeness.Total).ThenBy(r => r.Name, Dutch.Alphabet).Take(size)]);
    }
}
