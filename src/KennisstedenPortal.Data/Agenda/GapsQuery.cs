using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <param name="Total">How many there are.</param>
/// <param name="First">The first <see cref="GapsQuery.Shown"/>.</param>
public sealed record ActionGap(int Total, IReadOnlyList<ActionLink> First);

/// <summary>What is missing in the agenda. A stopped action serves nothing.</summary>
/// <param name="Real">Actions there are; examples apart.</param>
/// <param name="Asks">Asks that no action serves.</param>
/// <param name="WithoutAsk">Actions that serve no ask.</param>
/// <param name="Results">Results of which no action names a measurable indicator.</param>
/// <param name="Unproven">Completed actions without milestones, or with one that is open or without evidence.</param>
/// <param name="Cities">Kennissteden that no action is about, and that own none and are partner in none.</param>
/// <param name="Bottlenecks">Bottlenecks on which nobody works now.</param>
public sealed record AgendaGaps(int Real, int Examples, IReadOnlyList<AgendaElement> Asks, ActionGap WithoutAsk, IReadOnlyList<AgendaElement> Results, ActionGap Unproven, IReadOnlyList<Link> Cities,
    IReadOnlyList<AgendaElement> Bottlenecks)
{
    /// <summary>Asks to which no document of the Rijk gives an answer.</summary>
    public IReadOnlyList<AgendaElement> Unanswered { get; init; } = [];
}

/// <summary>The gaps of the agenda, counted without examples unless asked for.</summary>
public sealed class GapsQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Actions named per gap.</summary>
    public const int Shown = 50;

    /// <param name="examples">Count examples as if they were real.</param>
    public async Task<AgendaGaps> RunAsync(bool examples, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var actions = db.PublicActions().Counted(examples);
        var alive = actions.Where(a => a.Status != ActionStatus.Stopped);
        var working = actions.Where(a => a.Status == ActionStatus.Exploration || a.Status == ActionStatus.InPreparation || a.Status == ActionStatus.InProgress);
        var measured = alive.WithIndicator();
        var asks = db.AgendaElements.Where(e => e.Kind == ElementKind.Ask);

        var elements = await db.AgendaElements.AsNoTracking()
            .Where(e => e.Kind == ElementKind.Ask && !alive.Any(a => a.Elements.Any(l => l.ElementCode == e.Code))
                || e.Kind == ElementKind.Result && !measured.Any(a => a.Elements.Any(l => l.ElementCode == e.Code))
                || e.Kind == ElementKind.Bottleneck && !working.Any(a => a.Elements.Any(l => l.ElementCode == e.Code)))
            .OrderBy(e => e.Rank).ToListAsync(cancellation);
        var cities = await db.Objects.Public().OfType<City>().WithoutAny(db, alive).OrderBy(c => c.Name).Select(c => new Link(c.Slug, c.Name)).ToListAsync(cancellation);
        var documents = db.PublicDocuments();
        var unanswered = await db.AgendaElements.AsNoTracking().Where(e => e.Kind == ElementKind.Ask && !documents.Any(d => d.Elements.Any(l => l.ElementCode == e.Code))).OrderBy(e => e.Rank).ToListAsync(cancellation);
        var (real, invented) = await db.PublicActions().CountApartAsync(cancellation);
        return new AgendaGaps(real, invented, Of(ElementKind.Ask),
            await FirstAsync(alive.Where(a => !a.Elements.Any(l => asks.Any(e => e.Code == l.ElementCode))), cancellation), Of(ElementKind.Result),
            await FirstAsync(actions.Where(a => a.Status == ActionStatus.Completed).WithoutEvidence(), cancellation), cities, Of(ElementKind.Bottleneck)) { Unanswered = unanswered };

        List<AgendaElement> Of(ElementKind kind) => elements.FindAll(e => e.Kind == kind);
    }

    private static async Task<ActionGap> FirstAsync(IQueryable<AgendaAction> actions, CancellationToken cancellation) =>
        await actions.CountAsync(cancellation) is > 0 and var total ? new ActionGap(total, await actions.InOrder().Take(Shown).ToLinksAsync(cancellation)) : new ActionGap(0, []);
}
