using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>An action where an element of the agenda or a gap names it.</summary>
/// <param name="Slug">Last part of its address.</param>
public sealed record ActionLink(string Slug, string Name, ActionStatus Status, bool IsExample)
{
    /// <summary>VA-001 and up.</summary>
    public string Code => Slug.ToUpperInvariant();
}

/// <summary>The actions that serve an element. Examples are counted apart: they count nowhere else (product rule 10).</summary>
/// <param name="First">The first of them: real before example, then by status, then by code.</param>
public sealed record Serving(int Real, int Examples, IReadOnlyList<ActionLink> First)
{
    /// <summary>No action at all.</summary>
    public static Serving None { get; } = new(0, 0, []);

    public int Total => Real + Examples;
}

/// <summary>How the chain and the gaps read actions.</summary>
internal static class AgendaActions
{
    /// <summary>Actions that anybody may read.</summary>
    public static IQueryable<AgendaAction> PublicActions(this PortalDbContext db) => db.Objects.AsNoTracking().Public().OfType<AgendaAction>();

    /// <summary>Those that count, or with the examples as well.</summary>
    public static IQueryable<AgendaAction> Counted(this IQueryable<AgendaAction> actions, bool examples) => examples ? actions : actions.Where(a => a.Verification != Verification.Example);

    /// <summary>How many there are; examples apart.</summary>
    public static async Task<(int Real, int Examples)> CountApartAsync(this IQueryable<AgendaAction> actions, CancellationToken cancellation) =>
        await actions.GroupBy(a => 1).Select(g => new { Real = g.Count(a => a.Verification != Verification.Example), Examples = g.Count(a => a.Verification == Verification.Example) }).FirstOrDefaultAsync(cancellation) is { } count
            ? (count.Real, count.Examples) : (0, 0);

    /// <summary>What runs first, what has ended last.</summary>
    public static IQueryable<AgendaAction> InOrder(this IQueryable<AgendaAction> actions) => actions.OrderBy(a => a.Verification == Verification.Example)
        .ThenBy(a => a.Status == ActionStatus.InProgress ? 0 : a.Status == ActionStatus.InPreparation ? 1 : a.Status == ActionStatus.Exploration ? 2 : a.Status == ActionStatus.Idea ? 3
            : a.Status == ActionStatus.Paused ? 4 : a.Status == ActionStatus.Completed ? 5 : 6)
        .ThenBy(a => a.Slug);

    /// <summary>Those that say by what their result will be measured.</summary>
    public static IQueryable<AgendaAction> WithIndicator(this IQueryable<AgendaAction> actions) => actions.Where(a => a.ResultIndicator != null);

    /// <summary>Those that have no milestone, or one that is open or without evidence: nothing proves that the whole is done.</summary>
    public static IQueryable<AgendaAction> WithoutEvidence(this IQueryable<AgendaAction> actions) => actions.Where(a => !a.Milestones.Any()
        || a.Milestones.Any(m => m.Status != MilestoneStatus.Completed || m.EvidenceUrl == null && m.EvidenceObjectId == null && m.EvidenceNote == null));

    /// <summary>Kennissteden that none of the actions is about, and that own none and are partner in none, themselves or by their municipality.</summary>
    public static IQueryable<City> WithoutAny(this IQueryable<City> cities, PortalDbContext db, IQueryable<AgendaAction> actions)
    {
        var municipalities = db.Objects.OfType<Organisation>().Where(o => o.Type == OrganisationType.Municipality);
        return cities.Where(c => !actions.Any(a => a.StewardId == c.Id || municipalities.Any(m => m.MunicipalityCode == c.MunicipalityCode && m.Id == a.StewardId)
            || a.Relations.Any(r => (r.ReportedById == null || r.ConfirmedOn != null)
                && (r.Kind == RelationKind.Concerns && r.ToId == c.Id || r.Kind == RelationKind.CarriedBy && municipalities.Any(m => m.MunicipalityCode == c.MunicipalityCode && m.Id == r.ToId)))));
    }

    public static async Task<IReadOnlyList<ActionLink>> ToLinksAsync(this IQueryable<AgendaAction> actions, CancellationToken cancellation) =>
        await actions.Select(a => new ActionLink(a.Slug, a.Name, a.Status, a.Verification == Verification.Example)).ToListAsync(cancellation);

    /// <summary>Per code of an element its actions; an element without any is absent.</summary>
    /// <param name="elements">Of these only.</param>
    /// <param name="take">At most so many are named per element; all are counted.</param>
    public static async Task<IReadOnlyDictionary<string, Serving>> ServingAsync(PortalDbContext db, IQueryable<AgendaElement> elements, int take, CancellationToken cancellation)
    {
        var (actions, ordered) = (db.PublicActions(), db.PublicActions().InOrder());
        var totals = await actions.SelectMany(a => a.Elements, (a, l) => new { l.ElementCode, IsExample = a.Verification == Verification.Example }).Where(l => elements.Any(e => e.Code == l.ElementCode))
            .GroupBy(l => l.ElementCode).Select(g => new { g.Key, Real = g.Count(l => !l.IsExample), Examples = g.Count(l => l.IsExample) }).ToListAsync(cancellation);
        var first = (await elements.SelectMany(e => ordered.Where(a => a.Elements.Any(l => l.ElementCode == e.Code)).Take(take), (e, a) => new { e.Code, a.Slug, a.Name, a.Status, IsExample = a.Verification == Verification.Example }).ToListAsync(cancellation))
            .ToLookup(a => a.Code, a => new ActionLink(a.Slug, a.Name, a.Status, a.IsExample), StringComparer.Ordinal);
        return totals.ToDictionary(t => t.Key, t => new Serving(t.Real, t.Examples, [.. first[t.Key]]), StringComparer.Ordinal);
    }

    /// <summary>Per code of another element, the actions that serve it as well as this one.</summary>
    public static async Task<IReadOnlyDictionary<string, (int Real, int Examples)>> TogetherAsync(PortalDbContext db, string code, CancellationToken cancellation) =>
        (await db.PublicActions().Where(a => a.Elements.Any(l => l.ElementCode == code)).SelectMany(a => a.Elements, (a, l) => new { l.ElementCode, IsExample = a.Verification == Verification.Example })
            .Where(l => l.ElementCode != code).GroupBy(l => l.ElementCode).Select(g => new { g.Key, Real = g.Count(l => !l.IsExample), Examples = g.Count(l => l.IsExample) }).ToListAsync(cancellation))
            .ToDictionary(g => g.Key, g => (g.Real, g.Examples), StringComparer.Ordinal);
}
