using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.History;

/// <summary>The object whose past is told, as it is called now.</summary>
/// <param name="MayEdit">The reader keeps it; false for the public.</param>
/// <param name="IsPublic">It has a page that everybody reads.</param>
public sealed record HistorySubject(ObjectKind Kind, Guid Id, string Slug, string Name, int Revision, bool MayEdit, bool IsPublic);

/// <summary>One saved change.</summary>
/// <param name="Organisation">For whom it was done.</param>
/// <param name="Person">Who did it, for readers who keep the object; null for others, for the portal itself, and for who left.</param>
/// <param name="HasLeft">The person has no account any more.</param>
/// <param name="Paths">What it changed, as far as the reader may see; empty for the first version.</param>
public sealed record HistoryEntry(int Number, DateTimeOffset At, string Organisation, string? Person, bool HasLeft, string Reason, IReadOnlyList<string> Paths)
{
    /// <summary>What became of the status of an action; null when it stayed, and of other kinds.</summary>
    public (ActionStatus From, ActionStatus To)? Step { get; init; }
}

/// <param name="Entries">Newest first, at most <see cref="HistoryQuery.PageSize"/>.</param>
/// <param name="Older">Number before which the next page goes on; null on the last page.</param>
/// <param name="Names">What the identities and codes in the changed paths are called.</param>
/// <param name="Reports">What was reported on an action in the time of these entries, newest first, at most <see cref="HistoryQuery.MostReports"/>.</param>
/// <param name="Talks">Where meetings spoke of an action in the time of these entries, newest first, as many at most.</param>
public sealed record Timeline(HistorySubject Subject, IReadOnlyList<HistoryEntry> Entries, int? Older, IReadOnlyDictionary<string, string> Names, IReadOnlyList<PastReport> Reports, IReadOnlyList<PastTalk> Talks);

/// <summary>How an action went at a moment. It is no version; it stands between them.</summary>
/// <param name="Owner">For whom somebody else reported it.</param>
/// <param name="ByLink">By a link in a mail, without signing in.</param>
public sealed record PastReport(DateTimeOffset At, TrafficLight Light, string Text, string Organisation, string? Owner, bool ByLink);

/// <summary>That a meeting spoke of an action, on the day that it was held; with what it decided, as that stands now.</summary>
public sealed record PastTalk(DateOnly On, string MeetingSlug, string Meeting, string Title, string? Decision, DecisionStatus Status);

/// <summary>One side of a comparison.</summary>
/// <param name="IsOpen">The reader may see this version; else nothing of it is told.</param>
public sealed record HistoryVersion(int Number, DateTimeOffset At, bool IsOpen);

/// <param name="From">Null: there was nothing yet.</param>
/// <param name="To">Null: there was nothing yet.</param>
/// <param name="Differences">Empty when a side is missing or closed.</param>
public sealed record Comparison(HistorySubject Subject, HistoryVersion? From, HistoryVersion? To, HistoryEntry? Entry, IReadOnlyList<Difference> Differences, IReadOnlyDictionary<string, string> Names);

/// <summary>A proposal for an object, for who keeps it.</summary>
/// <param name="HasLeft">Who proposed it has no account any more.</param>
public sealed record PastProposal(Guid Id, ProposalState State, DateTimeOffset MadeAt, string Proposer, bool HasLeft, string Organisation, string Reason, string? Decision);

/// <summary>Who changed what, when and why; the past as somebody may read it (<see cref="HistoryEyes"/>).</summary>
public sealed class HistoryQuery(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public const int PageSize = 20, MostReports = 100;

    private static readonly string Sql = $"""
        select r.number, r.at, r.actor_organisation, r.actor_name, r.user_id, a.id is null or a.forgotten_at is not null, r.reason, case when r.number = 1 or {Open("p")} then v.paths else array[]::text[] end, s.old, s.new
        from revision r
        left join revision p on p.object_id = r.object_id and p.number = r.number - 1
        left join account a on a.id = r.user_id
        cross join lateral (
            select coalesce(array_agg(c.field order by c.field), array[]::text[]) as paths from field_change c
            where c.object_id = r.object_id and c.revision_number = r.number and ($3 or case split_part(c.field, '/', 1)
                when 'swot' then c.new_value->>'visibility' = any($2) or c.old_value->>'visibility' = any($2)
                when 'exchange' then c.new_value->>'visibility' = any($2) or c.old_value->>'visibility' = any($2)
                when 'relation' then exists (select 1 from register_object t
                    where t.id = any(array[coalesce(c.new_value, c.old_value)->>'from', coalesce(c.new_value, c.old_value)->>'to']::uuid[]) and t.id <> r.object_id and t.state = 'published' and t.visibility = any($2))
                when 'commitment' then exists (select 1 from register_object t where t.id = (coalesce(c.new_value, c.old_value)->>'party')::uuid and t.state = 'published' and t.visibility = any($2))
                else true end)) v
        left join lateral (select c.old_value #>> array[]::text[] as old, c.new_value #>> array[]::text[] as new from field_change c join register_object o on o.id = c.object_id
            where c.object_id = r.object_id and c.revision_number = r.number and c.field = 'status' and o.kind = '{KindRegistry.Of<AgendaAction>().Code}' and {Open("p")}) s on true
        where r.object_id = $1 and r.number < $4 and {Open("r")} and (r.number = 1 or cardinality(v.paths) > 0)
        order by r.number desc limit $5
        """;

    private static string Open(string revision) => $"($3 or {revision}.snapshot->>'state' = 'published' and {revision}.snapshot->>'visibility' = any($2))";

    /// <param name="before">Only changes with a lower number; null begins at the newest.</param>
    /// <param name="actor">Null is the public.</param>
    /// <returns>Null when there is no such object for this reader.</returns>
    public async Task<Timeline?> TimelineAsync(ObjectKind kind, string slug, Actor? actor, int? before = null, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await FindAsync(db, kind, slug, actor, cancellation) is not var (subject, eyes)) return null;
        var entries = await EntriesAsync(db, subject.Id, eyes, before ?? int.MaxValue, PageSize + 1, cancellation);
        var shown = entries.Take(PageSize).ToList();
        return new Timeline(subject, shown, entries.Count > PageSize ? shown[^1].Number : null,
            await EditQuery.NamesAsync(db, shown.SelectMany(e => e.Paths).Select(p => (JsonNode?)JsonValue.Create(ChangeSet.KeyOf(p))), eyes.Readable(db), cancellation),
            kind.Type == typeof(AgendaAction) ? await ReportsAsync(db, subject.Id, eyes, entries.Count > PageSize ? shown[^1].At : null, before, cancellation) : [],
            kind.Type == typeof(AgendaAction) ? await TalksAsync(db, subject.Id, eyes, entries.Count > PageSize ? shown[^1].At : null, before, cancellation) : []);
    }

    /// <inheritdoc cref="ReportsAsync"/>
    private async Task<IReadOnlyList<PastTalk>> TalksAsync(PortalDbContext db, Guid id, HistoryEyes eyes, DateTimeOffset? since, int? before, CancellationToken cancellation)
    {
        DateTimeOffset? until = before is { } number ? await db.Revisions.Where(r => r.ObjectId == id && r.Number == number).Select(r => (DateTimeOffset?)r.At).FirstOrDefaultAsync(cancellation) : null;
        // On the last page without a bound: a meeting may be older than the first version. What is still to come did not happen.
        var (first, last) = (since is { } from ? Dutch.Day(from) : (DateOnly?)null, until is { } to ? Dutch.Day(to).AddDays(-1) : time.Today());
        var today = time.Today();
        // See AgendaPoint.WasDiscussed.
        var meetings = eyes.Readable(db).OfType<Meeting>().Where(m => m.HeldOn <= last && (first == null || m.HeldOn >= first)).Select(m => m.Id);
        return await db.AgendaPoints.AsNoTracking().Where(p => p.ActionId == id && meetings.Contains(p.MeetingId)).Where(p => p.Meeting!.HeldOn < today || p.Status != DecisionStatus.Pending).OrderByDescending(p => p.Meeting!.HeldOn).ThenBy(p => p.Number).Take(MostReports)
            .Select(p => new PastTalk(p.Meeting!.HeldOn!.Value, p.Meeting.Slug, p.Meeting.Name, p.Title, p.Decision, p.Status)).ToListAsync(cancellation);
    }

    /// <param name="since">Moment of the oldest entry of the page; null on the last one.</param>
    /// <param name="before">Number of the version before which the page begins.</param>
    private static async Task<IReadOnlyList<PastReport>> ReportsAsync(PortalDbContext db, Guid id, HistoryEyes eyes, DateTimeOffset? since, int? before, CancellationToken cancellation)
    {
        var open = Codes<Visibility>.All.Where(v => eyes.Visibilities.Contains(Codes<Visibility>.Code(v), StringComparer.Ordinal)).ToArray();
        DateTimeOffset? until = before is { } number ? await db.Revisions.Where(r => r.ObjectId == id && r.Number == number).Select(r => (DateTimeOffset?)r.At).FirstOrDefaultAsync(cancellation) : null;
        var readable = eyes.Readable(db);
        return await db.ProgressUpdates.AsNoTracking().Where(u => u.ActionId == id && open.Contains(u.Visibility) && (since == null || u.At >= since) && (until == null || u.At < until)).OrderByDescending(u => u.At).Take(MostReports)
            .Select(u => new PastReport(u.At, u.Light, u.Text, u.Organisation, readable.Where(o => o.Id == u.OnBehalfOfId).Select(o => o.Name).FirstOrDefault(), u.ByLink)).ToListAsync(cancellation);
    }

    /// <summary>What one change did.</summary>
    /// <returns>Null when there is no such object or change for this reader.</returns>
    public async Task<Comparison?> ChangeAsync(ObjectKind kind, string slug, int number, Actor? actor, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (number < 1 || number == int.MaxValue || await FindAsync(db, kind, slug, actor, cancellation) is not var (subject, eyes)) return null;
        var entry = (await EntriesAsync(db, subject.Id, eyes, number + 1, 1, cancellation)).FirstOrDefault(e => e.Number == number);
        return entry is null ? null : await CompareAsync(db, subject, eyes, await NumberedAsync(db, subject.Id, number - 1, cancellation), await NumberedAsync(db, subject.Id, number, cancellation), entry, cancellation);
    }

    /// <summary>Differences between two moments, whatever happened in between.</summary>
    /// <returns>Null when there is no such object for this reader.</returns>
    public async Task<Comparison?> CompareAsync(ObjectKind kind, string slug, DateTimeOffset from, DateTimeOffset to, Actor? actor, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await FindAsync(db, kind, slug, actor, cancellation) is var (subject, eyes)
            ? await CompareAsync(db, subject, eyes, await AtAsync(db, subject.Id, from, cancellation), await AtAsync(db, subject.Id, to, cancellation), null, cancellation) : null;
    }

    /// <summary>Differences between two versions.</summary>
    /// <returns>Null when there is no such object for this reader.</returns>
    public async Task<Comparison?> CompareAsync(ObjectKind kind, string slug, int from, int to, Actor? actor, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await FindAsync(db, kind, slug, actor, cancellation) is var (subject, eyes)
            ? await CompareAsync(db, subject, eyes, await NumberedAsync(db, subject.Id, from, cancellation), await NumberedAsync(db, subject.Id, to, cancellation), null, cancellation) : null;
    }

    /// <summary>The newest proposals for an object; empty for who does not keep it.</summary>
    public async Task<IReadOnlyList<PastProposal>> ProposalsAsync(HistorySubject subject, CancellationToken cancellation = default)
    {
        if (!subject.MayEdit) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Proposals.Where(p => p.ObjectId == subject.Id).OrderByDescending(p => p.MadeAt).ThenByDescending(p => p.Id).Take(PageSize)
            .Select(p => new PastProposal(p.Id, p.State, p.MadeAt, p.ProposerName, p.ProposerId != null && !db.Accounts.Any(a => a.Id == p.ProposerId && a.ForgottenAt == null), p.ProposerOrganisation, p.Reason, p.Decision)).ToListAsync(cancellation);
    }

    /// <summary>The new address of an object that had this one, when it is public.</summary>
    public async Task<string?> MovedToAsync(ObjectKind kind, string slug, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await MovedToAsync(db, kind, slug, cancellation);
    }

    internal static Task<string?> MovedToAsync(PortalDbContext db, ObjectKind kind, string slug, CancellationToken cancellation) =>
        db.FormerSlugs.Where(f => f.Kind == kind.Code && f.Slug == slug).Join(db.Objects.Public(), f => f.ObjectId, o => o.Id, (_, o) => (string?)o.Slug).FirstOrDefaultAsync(cancellation);

    /// <summary>A stored version.</summary>
    internal sealed record Stored(int Number, DateTimeOffset At, JsonObject Snapshot);

    /// <summary>The last version at or before a moment; transaction time.</summary>
    internal static Task<Stored?> AtAsync(PortalDbContext db, Guid id, DateTimeOffset at, CancellationToken cancellation)
    {
        var moment = at.ToUniversalTime();
        return StoredAsync(db.Revisions.Where(r => r.ObjectId == id && r.At <= moment), cancellation);
    }

    internal static Task<Stored?> NumberedAsync(PortalDbContext db, Guid id, int number, CancellationToken cancellation) => StoredAsync(db.Revisions.Where(r => r.ObjectId == id && r.Number == number), cancellation);

    private static async Task<Stored?> StoredAsync(IQueryable<Domain.History.Revision> revisions, CancellationToken cancellation) =>
        await revisions.OrderByDescending(r => r.Number).Select(r => new { r.Number, r.At, r.Snapshot }).FirstOrDefaultAsync(cancellation) is { } found
            ? new Stored(found.Number, found.At, JsonNode.Parse(found.Snapshot)!.AsObject()) : null;

    internal static async Task<(HistorySubject, HistoryEyes)?> FindAsync(PortalDbContext db, ObjectKind kind, string slug, Actor? actor, CancellationToken cancellation)
    {
        var objects = actor is null ? db.Objects.Public() : db.Objects.ReadableBy(actor);
        var found = await objects.Where(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind.Code && o.Slug == slug).Select(o => new { o.Id, o.Slug, o.Name, o.Revision, o.StewardId, IsPublic = o.State == ObjectState.Published && o.Visibility == Visibility.Public }).FirstOrDefaultAsync(cancellation);
        if (found is null) return null;
        var eyes = HistoryEyes.Of(actor, found.Id, found.StewardId);
        return (new HistorySubject(kind, found.Id, found.Slug, found.Name, found.Revision, eyes.SeesAll, found.IsPublic), eyes);
    }

    private static async Task<Comparison> CompareAsync(PortalDbContext db, HistorySubject subject, HistoryEyes eyes, Stored? from, Stored? to, HistoryEntry? entry, CancellationToken cancellation)
    {
        var (before, after) = (Of(from), Of(to));
        if (from is null || to is null || !before!.IsOpen || !after!.IsOpen) return new Comparison(subject, before, after, entry, [], new Dictionary<string, string>(StringComparer.Ordinal));
        await eyes.CloseAsync(db, subject.Id, from.Snapshot, cancellation);
        await eyes.CloseAsync(db, subject.Id, to.Snapshot, cancellation);
        var differences = HistoryWriter.Differences(from.Snapshot, to.Snapshot);
        return new Comparison(subject, before, after, entry, differences, await NamesAsync(db, differences, eyes.Readable(db), cancellation));

        HistoryVersion? Of(Stored? stored) => stored is null ? null : new HistoryVersion(stored.Number, stored.At, eyes.Opens(stored.Snapshot));
    }

    internal static Task<IReadOnlyDictionary<string, string>> NamesAsync(PortalDbContext db, IEnumerable<Difference> differences, IQueryable<RegisterObject> readable, CancellationToken cancellation) =>
        EditQuery.NamesAsync(db, differences.SelectMany(d => new[] { d.Before, d.After, JsonValue.Create(ChangeSet.KeyOf(d.Path)) }), readable, cancellation);

    private static async Task<List<HistoryEntry>> EntriesAsync(PortalDbContext db, Guid id, HistoryEyes eyes, int before, int most, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(Sql, (NpgsqlConnection)db.Database.GetDbConnection())
        { Parameters = { new() { Value = id }, new() { Value = eyes.Visibilities }, new() { Value = eyes.SeesAll }, new() { Value = before }, new() { Value = most } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<HistoryEntry>();
        while (await reader.ReadAsync(cancellation))
        {
            var byPerson = !await reader.IsDBNullAsync(4, cancellation);
            var hasLeft = byPerson && reader.GetBoolean(5);
            entries.Add(new HistoryEntry(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), eyes.SeesAll && byPerson && !hasLeft ? reader.GetString(3) : null, eyes.SeesAll && hasLeft, reader.GetString(6), reader.GetFieldValue<string[]>(7))
            {
                Step = !await reader.IsDBNullAsync(8, cancellation) && Codes<ActionStatus>.TryParse(reader.GetString(8), out var from) && !await reader.IsDBNullAsync(9, cancellation) && Codes<ActionStatus>.TryParse(reader.GetString(9), out var to) ? (from, to) : null,
            });
        }
        return entries;
    }
}
