using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Reports;

/// <summary>What stands out about an action, for a board.</summary>
public enum ReportSignal
{
    /// <summary>On track by the last update, and not late.</summary>
    [Label("Gaat goed", "Goes well")] Well,
    [Label("Te laat", "Late")] Late,
    /// <summary>Paused, or stuck by the last update.</summary>
    [Label("Zit vast", "Is stuck")] Stuck,
    [Label("Zonder eigenaar", "Without owner")] NoOwner,
    [Label("Zonder einddatum", "Without end date")] NoEnd,
    [Label("Niets gemeld", "Nothing reported")] Silent,
    [Label("Afgerond zonder bewijs", "Completed without evidence")] Unproven,
}

/// <summary>The agenda on one page for a board: of the whole, or of a city.</summary>
/// <param name="City">Null is the whole.</param>
/// <param name="Report">Totals and changes; its actions are not filled.</param>
/// <param name="Signals">Of each signal the first actions, <see cref="BoardQuery.Most"/> and one more when there are more.</param>
/// <param name="OpenMoney">Promised in euros and still to come, known amounts and how many are unknown: by the city itself, or by everybody. What stands in an action that was stopped is left out.</param>
public sealed record BoardSummary(Link? City, ProgressReport Report, IReadOnlyDictionary<ReportSignal, IReadOnlyList<ReportAction>> Signals, (decimal Amount, int Unknown) OpenMoney)
{
    /// <summary>What the city itself promised and has not done in time, with the action in which it stands; the longest ago first.</summary>
    public IReadOnlyList<(ReportAction Action, ReportPromise Promise)> Overdue { get; init; } = [];
}

/// <summary>Makes board summaries. Which actions are of a city: <see cref="ActionIndex.StandsFor"/>.</summary>
public sealed class BoardQuery(IDbContextFactory<PortalDbContext> contexts, SearchRoom? room = null)
{
    /// <summary>Actions named per signal.</summary>
    public const int Most = 5;
    private static readonly string PartiesOfCity = $"select m.id as \"Value\" from register_object m join register_object c on {ActionIndex.StandsFor("m", "c")} where c.id = {{0}}";

    /// <param name="city">Slug of a city; null is the whole.</param>
    /// <returns>Null when there is no such city.</returns>
    /// <exception cref="SearchIsFullException">Too many ask at once.</exception>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    public async Task<BoardSummary?> RunAsync(string? city, DateTimeOffset at, DateTimeOffset since, bool examples, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await SearchRoom.WithinAsync(room, db, () => RunAsync(db, city, at, since, examples, cancellation), cancellation);
    }

    private static async Task<BoardSummary?> RunAsync(PortalDbContext db, string? city, DateTimeOffset at, DateTimeOffset since, bool examples, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var request = await ProgressReportQuery.WithPresentAsync(db, new ReportRequest(at.ToUniversalTime(), since.ToUniversalTime(), examples) { Take = Most }, cancellation);
        Link? of = null;
        if (city is not null)
        {
            if (await db.Objects.Public().OfType<City>().Where(c => c.Slug == city).Select(c => new { c.Id, c.Slug, c.Name }).FirstOrDefaultAsync(cancellation) is not { } found) return null;
            of = new Link(found.Slug, found.Name);
            request = request with { TiedTo = await db.Database.SqlQueryRaw<Guid>(PartiesOfCity, found.Id).ToListAsync(cancellation) };
        }
        var (now, before) = await ProgressReportQuery.TotalsAsync(db, request, cancellation);
        Dictionary<ReportSignal, List<Guid>> named = [];
        Dictionary<Guid, ActionState> states = [];
        foreach (var signal in Codes<ReportSignal>.All)
        {
            var page = await ProgressReportQuery.PageAsync(db, request with { Signal = signal }, cancellation);
            named[signal] = [.. page.Select(s => s.ActionId)];
            foreach (var state in page) states[state.ActionId] = state;
        }
        var promising = await PromisingAsync(db, request, cancellation);
        foreach (var state in promising) states[state.ActionId] = state;
        var order = states.Values.ToList();
        var (actions, changes) = await new ReportReader(db, request.At, request.Since).ReadAsync(order, await ProgressReportQuery.ChangesAsync(db, request, cancellation), cancellation);
        var told = order.Zip(actions).ToDictionary(p => p.First.ActionId, p => p.Second);
        return new BoardSummary(of, new ProgressReport(ProgressReport.CurrentRules, request.At, request.Since, request.Examples, ProgressReportQuery.Totals(now, ""), ProgressReportQuery.Totals(before, ""), [], changes, [], null),
            named.ToDictionary(n => n.Key, n => (IReadOnlyList<ReportAction>)[.. n.Value.Select(id => told[id])]), await OpenMoneyAsync(db, request, ProgressReportQuery.Totals(now, ""), cancellation))
        {
            Overdue = await OverdueAsync(db, request, [.. promising.Select(s => told[s.ActionId])], cancellation),
        };
    }

    /// <summary>Actions in which a city promised something that is still to come: as many as one summary can need.</summary>
    private static async Task<List<ActionState>> PromisingAsync(PortalDbContext db, ReportRequest request, CancellationToken cancellation)
    {
        if (request.TiedTo is not { } ties) return [];
        var own = ties.ToArray();
        var states = await ProgressReportQuery.StoodAt(db, request.At).Where(s => s.IsPublic && (request.Examples || !s.IsExample) && s.Status != ActionStatus.Stopped && s.Parties.Any(p => own.Contains(p))).OrderBy(s => s.Number).ToListAsync(cancellation);
        return [.. states.Where(s => ReportIndex.PromisesIn(s.Promises).Any(p => own.Contains(p.Party) && !Commitment.IsSettled(p.Status))).Take(MostPromising)];
    }

    private const int MostPromising = 200;

    private static async Task<IReadOnlyList<(ReportAction, ReportPromise)>> OverdueAsync(PortalDbContext db, ReportRequest request, IReadOnlyList<ReportAction> actions, CancellationToken cancellation)
    {
        if (actions.Count == 0) return [];
        var own = request.TiedTo!.ToArray();
        var (names, day) = ((await db.Objects.Where(o => own.Contains(o.Id)).Select(o => o.Name).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal), Dutch.Day(request.At));
        return [.. actions.SelectMany(a => a.Promises.Where(p => names.Contains(p.Party) && !Commitment.IsSettled(p.Status) && p.TermOn < day).Select(p => (a, p))).OrderBy(p => p.p.TermOn)];
    }

    private static async Task<(decimal Amount, int Unknown)> OpenMoneyAsync(PortalDbContext db, ReportRequest request, ReportTotals totals, CancellationToken cancellation)
    {
        var states = ProgressReportQuery.StoodAt(db, request.At).Where(s => s.IsPublic && (request.Examples || !s.IsExample));
        if (request.TiedTo is { } ties)
        {
            var own = ties.ToArray();
            return Sum(await states.Where(s => s.Status != ActionStatus.Stopped && s.Parties.Any(p => own.Contains(p))).Select(s => s.Promises).ToListAsync(cancellation), p => own.Contains(p.Party));
        }
        var open = totals.Money.Where(m => !Commitment.IsSettled(m.Status)).ToList();
        var counted = (await db.Objects.Nameable().Where(Parties.Are).Where(o => states.Any(s => s.Status == ActionStatus.Stopped && s.Parties.Contains(o.Id))).Select(o => o.Id).ToListAsync(cancellation)).ToHashSet();
        var left = counted.Count == 0 ? (Amount: 0, Unknown: 0) : Sum(await states.Where(s => s.Status == ActionStatus.Stopped && s.Parties.Length > 0).Select(s => s.Promises).ToListAsync(cancellation), p => counted.Contains(p.Party));
        return (Math.Max(0, open.Sum(m => m.Amount) - left.Amount), Math.Max(0, open.Sum(m => m.Unknown) - left.Unknown));

        static (decimal Amount, int Unknown) Sum(List<string> promises, Func<StatedPromise, bool> counts)
        {
            var open = promises.SelectMany(ReportIndex.PromisesIn).Where(p => p.Sort == CommitmentSort.Money && !Commitment.IsSettled(p.Status) && counts(p)).ToList();
            return (open.Sum(p => p.Amount ?? 0), open.Count(p => p.Amount is null));
        }
    }
}
