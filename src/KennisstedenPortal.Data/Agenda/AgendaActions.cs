using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>An action where an element of the agenda or a gap names it.</summary>
/// <param name="Slug">Last part of its address.</param>
/// <param name="Code">VA-001 and up.</param>
public sealed record ActionLink(string Slug, string Code, string Title, ActionStatus Status, bool IsExample);

/// <summary>The actions that serve an element. Examples are counted apart: they count nowhere else (product rule 10).</summary>
/// <param name="First">The first of them: real before example, then by status, then by code.</param>
public sealed record Serving(int Real, int Examples, IReadOnlyList<ActionLink> First)
{
    /// <summary>No action at all.</summary>
    public static Serving None { get; } = new(0, 0, []);

    public int Total => Real + Examples;
}

/// <summary>How the chain and the gaps read actions: the one place that knows their table.</summary>
internal static class AgendaActions
{
    /// <summary>Actions that anybody may read.</summary>
    public static IQueryable<AgendaAction> PublicActions(this PortalDbContext db) => db.AgendaActions.AsNoTracking();

    /// <summary>Those that count, or with the examples as well.</summary>
    public static IQueryable<AgendaAction> Counted(this IQueryable<AgendaAction> actions, bool examples) => examples ? actions : actions.Where(a => !a.IsExample);

    /// <summary>How many there are; examples apart.</summary>
    public static async Task<(int Real, int Examples)> CountApartAsync(this IQueryable<AgendaAction> actions, CancellationToken cancellation) =>
        await actions.GroupBy(a => 1).Select(g => new { Real = g.Count(a => !a.IsExample), Examples = g.Count(a => a.IsExample) }).FirstOrDefaultAsync(cancellation) is { } count ? (count.Real, count.Examples) : (0, 0);

    /// <summary>What runs first, what has ended last.</summary>
    public static IQueryable<AgendaAction> InOrder(this IQueryable<AgendaAction> actions) => actions.OrderBy(a => a.IsExample)
        .ThenBy(a => a.Status == ActionStatus.InProgress ? 0 : a.Status == ActionStatus.InPreparation ? 1 : a.Status == ActionStatus.Exploration ? 2 : a.Status == ActionStatus.Idea ? 3
            : a.Status == ActionStatus.Paused ? 4 : a.Status == ActionStatus.Completed ? 5 : 6)
        .ThenBy(a => a.Code);

    /// <summary>Those that say how their result will be measured.</summary>
    public static IQueryable<AgendaAction> WithIndicator(this IQueryable<AgendaAction> actions) => actions.Where(a => false);

    /// <summary>Those of which nothing proves that what was promised is there.</summary>
    public static IQueryable<AgendaAction> WithoutEvidence(this IQueryable<AgendaAction> actions) => actions;

    public static async Task<IReadOnlyList<ActionLink>> ToLinksAsync(this IQueryable<AgendaAction> actions, CancellationToken cancellation) =>
        [.. (await actions.Select(a => new { a.Code, a.Title, a.Status, a.IsExample }).ToListAsync(cancellation)).Select(a => LinkTo(a.Code, a.Title, a.Status, a.IsExample))];

    /// <summary>Per element its actions; an element without any is absent.</summary>
    /// <param name="elements">Of these only.</param>
    /// <param name="take">At most so many are named per element; all are counted.</param>
    public static async Task<IReadOnlyDictionary<Guid, Serving>> ServingAsync(PortalDbContext db, IQueryable<AgendaElement> elements, int take, CancellationToken cancellation)
    {
        var (actions, ordered) = (db.PublicActions(), db.PublicActions().InOrder());
        var totals = await actions.SelectMany(a => a.Elements, (a, l) => new { l.ElementId, a.IsExample }).Where(l => elements.Any(e => e.Id == l.ElementId))
            .GroupBy(l => l.ElementId).Select(g => new { g.Key, Real = g.Count(l => !l.IsExample), Examples = g.Count(l => l.IsExample) }).ToListAsync(cancellation);
        var first = (await elements.SelectMany(e => ordered.Where(a => a.Elements.Any(l => l.ElementId == e.Id)).Take(take), (e, a) => new { e.Id, a.Code, a.Title, a.Status, a.IsExample }).ToListAsync(cancellation))
            .ToLookup(a => a.Id, a => LinkTo(a.Code, a.Title, a.Status, a.IsExample));
        return totals.ToDictionary(t => t.Key, t => new Serving(t.Real, t.Examples, [.. first[t.Key]]));
    }

    private static ActionLink LinkTo(string code, string title, ActionStatus status, bool isExample) => new(SlugText.From(code), code, title, status, isExample);
}
