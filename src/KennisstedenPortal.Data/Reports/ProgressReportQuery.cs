using KennisstedenPortal.Data.Agenda;
using System.Globalization;
using System.Text.Json.Nodes;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Provenance;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Reports;

/// <summary>What a report is asked for.</summary>
/// <param name="At">The state at this moment; a report of a day is asked for its end.</param>
/// <param name="Since">An earlier moment.</param>
public sealed record ReportRequest(DateTimeOffset At, DateTimeOffset Since, bool Examples = false)
{
    /// <summary>Of the actions, those that serve this line, and those with this status.</summary>
    public string? Line { get; init; }
    public ActionStatus? Status { get; init; }
    /// <summary>Only those that one of these owns, is partner in, or that are about it; null is all.</summary>
    public IReadOnlyCollection<Guid>? TiedTo { get; init; }
    /// <summary>Only those of which this stands out; null is all.</summary>
    internal ReportSignal? Signal { get; init; }
    /// <summary>Where a page begins, as <see cref="ProgressReport.Next"/> gave it.</summary>
    public string? After { get; init; }
    public int Take { get; init; } = ProgressReportQuery.PageSize;
}

/// <summary>
/// The state of the agenda at any moment, by transaction time: what the register said then. Totals come from sums per day, the
/// rest from the snapshots of the actions on the page, so that a report costs the same however many actions there are.
/// What was hidden then, and what is hidden now, is in none.
/// </summary>
public sealed class ProgressReportQuery(IDbContextFactory<PortalDbContext> contexts, SearchRoom? room = null)
{
    public const int PageSize = 25, MostChanges = 50, MostUpdates = 3;
    /// <summary>Actions in an edition and in one file.</summary>
    public const int MostActions = 2000;

    /// <summary>Whether a text may be where a page begins: rank of the line and number of the action.</summary>
    public static bool TryPlace(string? text, out int rank, out int number)
    {
        (rank, number) = (0, 0);
        return text?.Split('-') is [{ Length: <= 3 } first, { Length: <= 9 } second] && text.All(c => char.IsAsciiDigit(c) || c == '-') && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out rank) && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <exception cref="ArgumentException">The period ends before it begins, or the place of the page is none.</exception>
    /// <exception cref="SearchIsFullException">Too many ask at once.</exception>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    public async Task<ProgressReport> RunAsync(ReportRequest request, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await SearchRoom.WithinAsync(room, db, () => ReadAsync(db, request, cancellation), cancellation);
    }

    /// <summary>For who freezes it, whom no crowd of visitors keeps out.</summary>
    internal async Task<ProgressReport> WholeAsync(ReportRequest request, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await ReadAsync(db, request, cancellation);
    }

    private static async Task<ProgressReport> ReadAsync(PortalDbContext db, ReportRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Since >= request.At) throw new ArgumentException("The period ends before it begins.", nameof(request));
        request = request with { At = request.At.ToUniversalTime(), Since = request.Since.ToUniversalTime() };
        // All questions see the same register.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        request = await WithPresentAsync(db, request, cancellation);
        var lines = await db.AgendaElements.AsNoTracking().Where(e => e.Kind == ElementKind.Line).OrderBy(e => e.Rank).Select(e => new { e.Code, e.Rank, e.Title }).ToListAsync(cancellation);
        var (now, before) = await TotalsAsync(db, request, cancellation);
        var states = await PageAsync(db, request, cancellation);
        string? next = null;
        if (states.Count > request.Take)
        {
            states.RemoveAt(states.Count - 1);
            next = string.Create(CultureInfo.InvariantCulture, $"{states[^1].LineRank}-{states[^1].Number}");
        }
        var changes = await ChangesAsync(db, request, cancellation);
        var reader = new ReportReader(db, request.At, request.Since);
        var (actions, told) = await reader.ReadAsync(states, changes, cancellation);
        return new ProgressReport(ProgressReport.CurrentRules, request.At, request.Since, request.Examples, Totals(now, ""), Totals(before, ""),
            [.. lines.Select(l => new ReportLine(l.Code, l.Rank, l.Title, Totals(now, l.Code).Statuses, Totals(now, l.Code).Late))], told, actions, next)
        {
            WithoutLine = new ReportLine("", ActionState.NoLine, "", Totals(now, Measures.NoLine).Statuses, Totals(now, Measures.NoLine).Late),
        };
    }

    /// <summary>Examples that were put away are shown nowhere, whatever was asked.</summary>
    internal static async Task<ReportRequest> WithPresentAsync(PortalDbContext db, ReportRequest request, CancellationToken cancellation) =>
        request.Examples && !await db.AgendaActions.AnyAsync(a => a.Verification == Verification.Example && a.State == ObjectState.Published, cancellation) ? request with { Examples = false } : request;

    /// <summary>The versions that stood at a moment and are to be told.</summary>
    internal static IQueryable<ActionState> StoodAt(PortalDbContext db, DateTimeOffset at) => db.Set<ActionState>().AsNoTracking()
        .Where(s => s.FromAt <= at && (s.UntilAt == null || s.UntilAt > at) && db.Objects.Any(o => o.Id == s.ActionId && o.Visibility == Visibility.Public && o.State != ObjectState.Draft));

    internal static async Task<List<ActionState>> PageAsync(PortalDbContext db, ReportRequest request, CancellationToken cancellation)
    {
        var states = StoodAt(db, request.At).Where(s => s.IsPublic);
        if (!request.Examples) states = states.Where(s => !s.IsExample);
        if (request.Line is { } line) states = states.Where(s => s.Lines.Contains(line));
        if (request.Status is { } status) states = states.Where(s => s.Status == status);
        if (request.TiedTo is { } ties)
        {
            var ids = ties.ToArray();
            states = states.Where(s => s.TiedTo.Any(t => ids.Contains(t)));
        }
        if (request.Signal is { } signal) states = Of(states, db, signal, request.At);
        if (request.After is { } after)
        {
            if (!TryPlace(after, out var rank, out var number)) throw new ArgumentException("This is no place in the report.", nameof(request));
            states = states.Where(s => EF.Functions.GreaterThan(ValueTuple.Create(s.LineRank, s.Number), ValueTuple.Create(rank, number)));
        }
        return await states.OrderBy(s => s.LineRank).ThenBy(s => s.Number).Take(request.Take + 1).ToListAsync(cancellation);
    }

    /// <summary>The same rules as <see cref="ActionHealth"/>, asked of the database.</summary>
    private static IQueryable<ActionState> Of(IQueryable<ActionState> states, PortalDbContext db, ReportSignal signal, DateTimeOffset at)
    {
        var day = Dutch.Day(at);
        var silentBefore = Dutch.EndOf(day.AddDays(-ActionHealth.SilentAfter));
        if (signal == ReportSignal.Unproven) return states.Where(s => s.Status == ActionStatus.Completed && (s.Milestones == 0 || s.Proven < s.Milestones));
        states = states.Where(s => s.Status != ActionStatus.Completed && s.Status != ActionStatus.Stopped);
        return signal switch
        {
            ReportSignal.Late => states.Where(s => s.EndsOn < day || s.OpenDueOn < day),
            ReportSignal.Stuck => states.Where(s => s.Status == ActionStatus.Paused || db.PublicUpdates().Where(u => u.ActionId == s.ActionId && u.At <= at).OrderByDescending(u => u.At).ThenByDescending(u => u.Id).Take(1).Any(u => u.Light == TrafficLight.Red && u.At > silentBefore)),
            ReportSignal.Well => states.Where(s => !(s.EndsOn < day || s.OpenDueOn < day) && s.Status != ActionStatus.Paused && db.PublicUpdates().Where(u => u.ActionId == s.ActionId && u.At <= at).OrderByDescending(u => u.At).ThenByDescending(u => u.Id).Take(1).Any(u => u.Light == TrafficLight.Green && u.At > silentBefore)),
            ReportSignal.Silent => states.Where(s => !db.PublicUpdates().Any(u => u.ActionId == s.ActionId && u.At <= at && u.At > silentBefore) && db.Set<ActionState>().Any(f => f.ActionId == s.ActionId && f.FromAt <= silentBefore)),
            ReportSignal.NoOwner => states.Where(s => !s.HasOwner),
            _ => states.Where(s => s.EndsOn == null),
        };
    }

    /// <summary>What happened in the period to actions that could be read at the end of it, or were archived by then.</summary>
    internal static async Task<List<ActionState>> ChangesAsync(PortalDbContext db, ReportRequest request, CancellationToken cancellation)
    {
        var (at, since, examples) = (request.At, request.Since, request.Examples);
        var stood = StoodAt(db, at).Where(s => s.IsPublic || s.IsPutAway);
        if (request.TiedTo is { } ties)
        {
            var ids = ties.ToArray();
            stood = stood.Where(s => s.TiedTo.Any(t => ids.Contains(t)));
        }
        var happened = db.Set<ActionState>().AsNoTracking().Where(s => s.FromAt > since && s.FromAt <= at && (examples || !s.IsExample) && stood.Any(t => t.ActionId == s.ActionId));
        return await Newest(happened.Where(s => s.IsFirst)).Union(Newest(happened.Where(s => s.StatusBefore != null))).Union(Newest(happened.Where(s => s.IsGone))).Union(Newest(happened.Where(s => s.Closed > 0 && s.IsPublic))).ToListAsync(cancellation);

        static IQueryable<ActionState> Newest(IQueryable<ActionState> states) => states.OrderByDescending(s => s.FromAt).ThenByDescending(s => s.Number).Take(MostChanges);
    }

    /// <summary>Sums until the end of both days; of a moment within a day, what came after it is taken off.</summary>
    internal static async Task<(Dictionary<TotalKey, decimal> Now, Dictionary<TotalKey, decimal> Before)> TotalsAsync(PortalDbContext db, ReportRequest request, CancellationToken cancellation)
    {
        if (request.TiedTo is { } ties)
        {
            // Some actions only: counted one by one.
            var ids = ties.ToArray();
            var some = await StoodAt(db, request.At).Where(s => (s.IsPublic || s.IsPutAway) && s.TiedTo.Any(t => ids.Contains(t))).Select(s => s.ActionId).ToListAsync(cancellation);
            var counted = await ReportIndex.SumAsync(db, some, [request.At, request.Since], cancellation);
            return (Sum(counted[0].Select(c => (c.Key, c.Value)), request.Examples), Sum(counted[1].Select(c => (c.Key, c.Value)), request.Examples));
        }
        var (day, earlier) = (Dutch.Day(request.At), Dutch.Day(request.Since));
        var sums = await db.Set<ActionTotal>().AsNoTracking().Where(t => t.Day <= day && (request.Examples || !t.IsExample)).GroupBy(t => new { t.IsExample, t.Line, t.Measure })
            .Select(g => new { g.Key, Now = g.Sum(t => t.Amount), Before = g.Sum(t => t.Day <= earlier ? t.Amount : 0) }).ToListAsync(cancellation);
        var now = Sum(sums.Select(s => (new TotalKey(s.Key.IsExample, s.Key.Line, s.Key.Measure), s.Now)), request.Examples);
        var before = Sum(sums.Select(s => (new TotalKey(s.Key.IsExample, s.Key.Line, s.Key.Measure), s.Before)), request.Examples);
        await TakeOffAsync(now, request.At);
        await TakeOffAsync(before, request.Since);
        return (now, before);

        async Task TakeOffAsync(Dictionary<TotalKey, decimal> totals, DateTimeOffset at)
        {
            var end = Dutch.EndOf(Dutch.Day(at));
            if (at >= end) return;
            var later = await db.Revisions.Where(r => r.At > at && r.At <= end && db.AgendaActions.Any(a => a.Id == r.ObjectId)).Select(r => r.ObjectId).Union(db.PublicUpdates().Where(u => u.At > at && u.At <= end).Select(u => u.ActionId)).ToListAsync(cancellation);
            // A party that was hidden or shown meanwhile changes what is counted of others.
            var turned = await db.Revisions.Where(r => r.At > at && r.At <= end && (r.Number == 1 || r.Changes.Any(c => c.Field == "state" || c.Field == "visibility"))).Select(r => r.ObjectId).Distinct().ToArrayAsync(cancellation);
            if (turned.Length > 0) later = [.. later.Union(await db.Set<ActionState>().Where(s => s.Parties.Any(p => turned.Contains(p))).Select(s => s.ActionId).Distinct().ToListAsync(cancellation))];
            if (later.Count == 0) return;
            var counted = await ReportIndex.SumAsync(db, later, [end, at], cancellation);
            foreach (var (sign, sum) in new[] { (-1, counted[0]), (1, counted[1]) })
                foreach (var (key, amount) in Sum(sum.Select(c => (c.Key, c.Value)), request.Examples)) totals[key] = totals.GetValueOrDefault(key) + sign * amount;
        }
    }

    /// <summary>Real and example actions together, or the real ones.</summary>
    private static Dictionary<TotalKey, decimal> Sum(IEnumerable<(TotalKey Key, decimal Amount)> totals, bool examples)
    {
        var sum = new Dictionary<TotalKey, decimal>();
        foreach (var (key, amount) in totals.Where(t => examples || !t.Key.IsExample)) sum[key with { IsExample = false }] = sum.GetValueOrDefault(key with { IsExample = false }) + amount;
        return sum;
    }

    internal static ReportTotals Totals(Dictionary<TotalKey, decimal> totals, string line)
    {
        return new ReportTotals(
            [.. Codes<ActionStatus>.All.Select(s => new StatusCount(s, Count(Measures.OfStatus(s))))],
            [.. Codes<TrafficLight>.All.Select(l => new LightCount(l, Count(Measures.OfLight(l))))], Count(Measures.OfLight(null)),
            Count(Measures.Late), Count(Measures.NoOwner), Count(Measures.NoEnd), Count(Measures.Unproven), Count(Measures.Milestones), Count(Measures.Completed), Count(Measures.Proven),
            [.. from sort in Codes<CommitmentSort>.All from status in Codes<CommitmentStatus>.All let count = Count(Measures.OfPromise(sort, status)) where count > 0 select new PromiseCount(sort, status, count)],
            [.. from status in Codes<CommitmentStatus>.All where Count(Measures.OfPromise(CommitmentSort.Money, status)) > 0 select new MoneyCount(status, Amount(Measures.OfAmount(status)), Count(Measures.OfUnknownAmount(status)))],
            Count(Measures.New), Count(Measures.Gone), Count(Measures.Closed), Count(Measures.Updates),
            [.. Codes<ActionStatus>.All.Select(s => new StatusCount(s, Count(Measures.OfStep(s))))]) { Silent = Count(Measures.Silent) };

        decimal Amount(string measure) => totals.GetValueOrDefault(new(false, line, measure));
        int Count(string measure) => (int)Amount(measure);
    }
}
