using KennisstedenPortal.Data.Agenda;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace KennisstedenPortal.Data.Reports;

/// <summary>
/// Keeps <see cref="ActionState"/> and <see cref="ActionTotal"/> in step with every save. What an action adds to the totals is
/// computed whole before and after; the totals change by the difference. So they hold for every day, those to come
/// included, and whatever is hidden afterwards is in none of them.
/// </summary>
public static class ReportIndex
{
    private const int BatchSize = 500;
    private static readonly string CurrentRules = $"{Measures.Rules}:{ProgressReport.CurrentRules}";

    /// <summary>Actions of which a save may change what reports tell.</summary>
    internal static async Task<HashSet<Guid>> AffectedAsync(PortalDbContext db, IReadOnlyCollection<Guid> touched, CancellationToken cancellation)
    {
        HashSet<Guid> found = [];
        var seen = db.ChangeTracker.Entries<RegisterObject>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList();
        found.UnionWith(seen.Where(e => e.Entity is AgendaAction).Select(e => e.Entity.Id));
        found.UnionWith(db.ChangeTracker.Entries<ProgressUpdate>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.ActionId));
        // What somebody promised is told only while everybody may see who it is.
        var turned = seen.Where(e => e.State == EntityState.Modified && (e.Property(o => o.State).IsModified || e.Property(o => o.Visibility).IsModified)).Select(e => e.Entity.Id).ToArray();
        var others = touched.Where(id => !seen.Exists(e => e.Entity.Id == id)).ToArray();
        if (others.Length > 0) found.UnionWith(await db.AgendaActions.Where(a => others.Contains(a.Id)).Select(a => a.Id).ToListAsync(cancellation));
        if (turned.Length > 0) found.UnionWith(await db.Set<ActionState>().Where(s => s.Parties.Any(p => turned.Contains(p))).Select(s => s.ActionId).Distinct().ToListAsync(cancellation));
        return found;
    }

    /// <summary>What these actions add to the totals now; asked before and after a change.</summary>
    internal static async Task<Dictionary<(DateOnly Day, TotalKey Key), decimal>> CountAsync(PortalDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var sum = new Dictionary<(DateOnly, TotalKey), decimal>();
        await CountAsync(db, ids, [null], (_, key, amount) => sum[key] = sum.GetValueOrDefault(key) + amount, cancellation);
        return sum;
    }

    /// <summary>What these actions add to the totals at each of these moments.</summary>
    internal static async Task<Dictionary<TotalKey, decimal>[]> SumAsync(PortalDbContext db, IReadOnlyCollection<Guid> ids, DateTimeOffset?[] moments, CancellationToken cancellation)
    {
        var sums = Array.ConvertAll(moments, _ => new Dictionary<TotalKey, decimal>());
        await CountAsync(db, ids, moments, (i, key, amount) => sums[i][key.Key] = sums[i].GetValueOrDefault(key.Key) + amount, cancellation);
        return sums;
    }

    private static async Task CountAsync(PortalDbContext db, IReadOnlyCollection<Guid> ids, DateTimeOffset?[] untils, Action<int, (DateOnly Day, TotalKey Key), decimal> add, CancellationToken cancellation)
    {
        // A city or a party may have thousands; so many at once fit in memory, with all their versions.
        foreach (var some in ids.Chunk(BatchSize)) await CountSomeAsync(db, some, untils, add, cancellation);
    }

    private static async Task CountSomeAsync(PortalDbContext db, Guid[] wanted, DateTimeOffset?[] untils, Action<int, (DateOnly Day, TotalKey Key), decimal> add, CancellationToken cancellation)
    {
        var states = (await db.Set<ActionState>().AsNoTracking().Where(s => wanted.Contains(s.ActionId) && db.Objects.Any(o => o.Id == s.ActionId && o.Visibility == Visibility.Public && o.State != ObjectState.Draft))
            .OrderBy(s => s.Revision).ToListAsync(cancellation)).ToLookup(s => s.ActionId);
        if (states.Count == 0) return;
        var lights = (await db.PublicUpdates().AsNoTracking().Where(u => wanted.Contains(u.ActionId)).OrderBy(u => u.At).ThenBy(u => u.Id).Select(u => new { u.ActionId, u.At, u.Light }).ToListAsync(cancellation)).ToLookup(u => u.ActionId, u => new ReportedLight(u.At, u.Light));
        var parties = await TurnsAsync(db, [.. states.SelectMany(g => g).SelectMany(s => s.Parties).Distinct()], cancellation);
        foreach (var action in states)
            for (var i = 0; i < untils.Length; i++)
                foreach (var (key, amount) in Measures.Of([.. action], [.. lights[action.Key]], Promises, parties, untils[i])) add(i, key, amount);
    }

    /// <summary>Of the parties that may be named now, from when until when that was so before: by their first version, and those that changed it.</summary>
    private static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<PartyTurn>>> TurnsAsync(PortalDbContext db, Guid[] parties, CancellationToken cancellation)
    {
        if (parties.Length == 0) return new Dictionary<Guid, IReadOnlyList<PartyTurn>>();
        return (await db.Database.SqlQuery<PartyVersion>($"""
            select r.object_id as id, r.at, r.snapshot ->> 'visibility' = 'public' and r.snapshot ->> 'state' <> 'draft' as is_open from register_object o
            join lateral (select min(number) as number from revision where object_id = o.id) f on true
            join lateral (select f.number union select c.revision_number from field_change c where c.object_id = o.id and c.field in ('state', 'visibility')) n on true
            join revision r on r.object_id = o.id and r.number = n.number
            where o.id = any({parties}) and o.visibility = 'public' and o.state <> 'draft' order by r.object_id, r.number
            """).ToListAsync(cancellation)).GroupBy(v => v.Id).ToDictionary(g => g.Key, g => (IReadOnlyList<PartyTurn>)[.. g.Select(v => new PartyTurn(v.At, v.IsOpen))]);
    }

    private sealed record PartyVersion(Guid Id, DateTimeOffset At, bool IsOpen);

    /// <summary>Writes the states of versions that have none yet, and by how much the totals change.</summary>
    /// <param name="before">What the actions added before the change.</param>
    internal static async Task WriteAsync(PortalDbContext db, IReadOnlyCollection<Guid> affected, Dictionary<(DateOnly Day, TotalKey Key), decimal> before, CancellationToken cancellation)
    {
        if (affected.Count == 0) return;
        await RememberAsync(db, [.. affected], cancellation);
        var change = await CountAsync(db, affected, cancellation);
        foreach (var (key, amount) in before) change[key] = change.GetValueOrDefault(key) - amount;
        await AddAsync(db, change, cancellation);
    }

    /// <summary>Builds everything anew when a version is not known yet or other rules counted, or always when told to.</summary>
    /// <returns>True when it was built.</returns>
    public static async Task<bool> RebuildAsync(PortalDbContext db, bool always = false, CancellationToken cancellation = default)
    {
        if (!always && await db.Set<ActionTotal>().AnyAsync(t => t.Measure == CurrentRules, cancellation)
            && !await db.AgendaActions.AnyAsync(a => !db.Set<ActionState>().Any(s => s.ActionId == a.Id && s.Revision == a.Revision), cancellation)) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await RegisterLock.TakeAsync(db, alone: true, cancellation);
        await BuildAsync(db, cancellation);
        await db.Database.ExecuteSqlAsync($"select pg_notify({RegisterGeneration.Channel}, '')", cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>A line was moved, renumbered or made something else, or an element was moved to another: the lines of every version may be others now.</summary>
    internal static bool RegroupsActions(PortalDbContext db) => db.ChangeTracker.Entries<AgendaElement>().Any(e => e.State == EntityState.Modified
        && (e.Property(x => x.Code).IsModified || e.Property(x => x.Kind).IsModified || e.Property(x => x.ParentId).IsModified || e.Property(x => x.Rank).IsModified));

    /// <summary>Something is hidden or shown that others may be naming in a promise right now: they would count it with what it was.</summary>
    internal static bool HidesOrShows(PortalDbContext db) => db.ChangeTracker.Entries<RegisterObject>().Any(e => e.State == EntityState.Modified && e.Entity is Organisation or Campus or City
        && (e.Property(o => o.State).IsModified || e.Property(o => o.Visibility).IsModified));

    /// <summary>Everything anew, in the transaction of the caller, who writes alone.</summary>
    internal static async Task BuildAsync(PortalDbContext db, CancellationToken cancellation)
    {
        await db.Set<ActionState>().ExecuteDeleteAsync(cancellation);
        await db.Set<ActionTotal>().ExecuteDeleteAsync(cancellation);
        var totals = new Dictionary<(DateOnly, TotalKey), decimal> { [(DateOnly.MinValue, new TotalKey(false, "", CurrentRules))] = 1 };
        for (var last = Guid.Empty; ;)
        {
            var ids = await db.AgendaActions.Where(a => a.Id.CompareTo(last) > 0).OrderBy(a => a.Id).Select(a => a.Id).Take(BatchSize).ToArrayAsync(cancellation);
            if (ids.Length == 0) break;
            last = ids[^1];
            await RememberAsync(db, ids, cancellation);
            foreach (var (key, amount) in await CountAsync(db, ids, cancellation)) totals[key] = totals.GetValueOrDefault(key) + amount;
        }
        await AddAsync(db, totals, cancellation);
    }

    /// <summary>The version as reports ask it, out of its snapshot.</summary>
    internal static ActionState Of(AgendaAction action, DateTimeOffset at, IReadOnlyDictionary<string, (string Line, int Rank)> lines)
    {
        var milestones = action.Milestones.ToList();
        var completed = milestones.FindAll(m => m.Status == MilestoneStatus.Completed);
        var served = action.Elements.Select(e => lines.TryGetValue(e.ElementCode, out var line) ? line : ("", 0)).Where(l => l.Item1.Length > 0).Distinct().OrderBy(l => l.Item2).ToList();
        // What one end reported and the other did not confirm does not hold.
        var ties = action.Relations.Where(r => r.ReportedById is null || r.ConfirmedOn is not null).Where(r => r.Kind is RelationKind.Concerns or RelationKind.CarriedBy).Select(r => r.ToId);
        return new ActionState
        {
            ActionId = action.Id,
            Revision = action.Revision,
            FromAt = at,
            IsPublic = action.IsPublic(),
            IsPutAway = action is { State: ObjectState.Archived, Visibility: Visibility.Public },
            IsExample = action.Verification == Verification.Example,
            Number = int.TryParse(action.Slug.AsSpan(action.Slug.IndexOf('-', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue,
            Lines = [.. served.Select(l => l.Item1)],
            LineRank = served.Count > 0 ? served[0].Item2 : ActionState.NoLine,
            Status = action.Status,
            EndsOn = action.EndsOn,
            OpenDueOn = milestones.Where(m => m.Status != MilestoneStatus.Completed).Min(m => m.DueOn),
            HasOwner = action.StewardId is not null,
            Milestones = milestones.Count,
            Completed = completed.Count,
            Proven = completed.Count(m => m.HasEvidence),
            CompletedIds = [.. completed.Select(m => m.Id).Order()],
            TiedTo = [.. ties.Concat(action.StewardId is { } owner ? [owner] : []).Distinct().Order()],
            Parties = [.. action.Commitments.Select(c => c.PartyId).Distinct().Order()],
            Promises = JsonSerializer.Serialize(action.Commitments.OrderBy(c => c.Id).Select(c => new StatedPromise(c.PartyId, c.Sort, c.Status, c.Amount)), ProgressReport.Json),
        };
    }

    private static IReadOnlyList<StatedPromise> Promises(ActionState state) => state.Parties.Length == 0 ? [] : PromisesIn(state.Promises);

    internal static IReadOnlyList<StatedPromise> PromisesIn(string json) => JsonSerializer.Deserialize<StatedPromise[]>(json, ProgressReport.Json)!;

    /// <summary>Per code of a line or a part of one, the line and its rank.</summary>
    internal static async Task<IReadOnlyDictionary<string, (string Line, int Rank)>> LinesAsync(PortalDbContext db, CancellationToken cancellation) =>
        (await db.AgendaElements.AsNoTracking().Where(e => e.Kind == ElementKind.Line || e.Kind == ElementKind.LineElement && e.Parent!.Kind == ElementKind.Line)
            .Select(e => new { e.Code, Line = e.Kind == ElementKind.Line ? e.Code : e.Parent!.Code, Rank = e.Kind == ElementKind.Line ? e.Rank : e.Parent!.Rank }).ToListAsync(cancellation))
            .ToDictionary(e => e.Code, e => (e.Line, e.Rank), StringComparer.Ordinal);

    /// <summary>States of the versions that have none: the newest after a save, all after a rebuild.</summary>
    private static async Task RememberAsync(PortalDbContext db, Guid[] ids, CancellationToken cancellation)
    {
        var missing = await db.Revisions.AsNoTracking().Where(r => ids.Contains(r.ObjectId) && !db.Set<ActionState>().Any(s => s.ActionId == r.ObjectId && s.Revision == r.Number))
            .OrderBy(r => r.Number).Select(r => new { r.ObjectId, r.Number, r.At, r.Snapshot }).ToListAsync(cancellation);
        if (missing.Count == 0) return;
        var lines = await LinesAsync(db, cancellation);
        var kind = KindRegistry.Of<AgendaAction>();
        var known = (await db.Set<ActionState>().AsNoTracking().Where(s => ids.Contains(s.ActionId)).OrderBy(s => s.Revision).ToListAsync(cancellation)).ToLookup(s => s.ActionId);
        List<ActionState> added = [];
        foreach (var versions in missing.GroupBy(m => m.ObjectId))
        {
            var states = known[versions.Key].ToList();
            if (states.LastOrDefault() is { UntilAt: null } open)
                await db.Set<ActionState>().Where(s => s.ActionId == open.ActionId && s.Revision == open.Revision).ExecuteUpdateAsync(s => s.SetProperty(x => x.UntilAt, versions.First().At), cancellation);
            foreach (var version in versions)
            {
                var state = Of((AgendaAction)PastObject.Of(kind, versions.Key, JsonNode.Parse(version.Snapshot)!.AsObject(), version.Number, version.At), version.At, lines);
                if (states.LastOrDefault() is { } previous)
                {
                    previous.UntilAt ??= version.At;
                    state.IsGone = state.IsPutAway && previous.IsPublic;
                    state.Closed = state.CompletedIds.Except(previous.CompletedIds).Count();
                }
                else state.Closed = state.Completed;
                if (state.IsPublic)
                {
                    var shown = states.FindLast(s => s.IsPublic);
                    state.IsFirst = shown is null;
                    state.StatusBefore = shown is not null && shown.Status != state.Status ? shown.Status : null;
                }
                states.Add(state);
                added.Add(state);
            }
        }
        await InsertAsync((NpgsqlConnection)db.Database.GetDbConnection(), added, cancellation);
    }

    private static async Task InsertAsync(NpgsqlConnection connection, List<ActionState> states, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy action_state (action_id, revision, from_at, until_at, is_public, is_put_away, is_example, number, lines, line_rank, status, status_before, is_first, is_gone, closed, ends_on, open_due_on, has_owner,
                milestones, completed, proven, completed_ids, tied_to, parties, promises) from stdin (format binary)
            """, cancellation);
        foreach (var s in states)
        {
            object?[] values = [s.ActionId, s.Revision, s.FromAt.UtcDateTime, s.UntilAt?.UtcDateTime, s.IsPublic, s.IsPutAway, s.IsExample, s.Number, s.Lines, s.LineRank, Codes<ActionStatus>.Code(s.Status),
                s.StatusBefore is { } before ? Codes<ActionStatus>.Code(before) : null, s.IsFirst, s.IsGone, s.Closed, s.EndsOn, s.OpenDueOn, s.HasOwner, s.Milestones, s.Completed, s.Proven, s.CompletedIds, s.TiedTo, s.Parties];
            await copy.StartRowAsync(cancellation);
            foreach (var value in values)
                if (value is null) await copy.WriteNullAsync(cancellation);
                else await copy.WriteAsync(value, cancellation);
            await copy.WriteAsync(s.Promises, NpgsqlDbType.Jsonb, cancellation);
        }
        await copy.CompleteAsync(cancellation);
    }

    /// <summary>In one order, after the objects were locked: two writers wait for each other instead of blocking each other.</summary>
    private static async Task AddAsync(PortalDbContext db, Dictionary<(DateOnly Day, TotalKey Key), decimal> change, CancellationToken cancellation)
    {
        var rows = change.Where(c => c.Value != 0).OrderBy(c => c.Key.Day).ThenBy(c => c.Key.Key.IsExample).ThenBy(c => c.Key.Key.Line, StringComparer.Ordinal).ThenBy(c => c.Key.Key.Measure, StringComparer.Ordinal).ToList();
        if (rows.Count == 0) return;
        await using var add = new NpgsqlCommand("""
            insert into action_total as t (day, is_example, line, measure, amount) select * from unnest($1, $2, $3, $4, $5)
            on conflict (day, is_example, line, measure) do update set amount = t.amount + excluded.amount
            """, (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters =
            {
                new() { Value = rows.Select(r => r.Key.Day).ToArray() }, new() { Value = rows.Select(r => r.Key.Key.IsExample).ToArray() }, new() { Value = rows.Select(r => r.Key.Key.Line).ToArray() },
                new() { Value = rows.Select(r => r.Key.Key.Measure).ToArray() }, new() { Value = rows.Select(r => r.Value).ToArray() },
            },
        };
        await add.ExecuteNonQueryAsync(cancellation);
    }
}
