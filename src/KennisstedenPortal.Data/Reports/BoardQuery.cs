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
public sealed record BoardSummary(Link? City, ProgressReport Report, IReadOnlyDictionary<ReportSignal, IReadOnlyList<ReportAction>> Signals);

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
        var request = new ReportRequest(at.ToUniversalTime(), since.ToUniversalTime(), examples) { Take = Most };
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
        var order = states.Values.ToList();
        var (actions, changes) = await new ReportReader(db, request.At, request.Since).ReadAsync(order, await ProgressReportQuery.ChangesAsync(db, request, cancellation), cancellation);
        var told = order.Zip(actions).ToDictionary(p => p.First.ActionId, p => p.Second);
        return new BoardSummary(of, new ProgressReport(ProgressReport.CurrentRules, request.At, request.Since, examples, ProgressReportQuery.Totals(now, ""), ProgressReportQuery.Totals(before, ""), [], changes, [], null),
            named.ToDictionary(n => n.Key, n => (IReadOnlyList<ReportAction>)[.. n.Value.Select(id => told[id])]));
    }
}
