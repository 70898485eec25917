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
        ElementKind[] asked = [ElementKind.Ask, ElementKind.Result, ElementKind.Bottleneck];
        var elements = await db.AgendaElements.AsNoTracking().Where(e => asked.Contains(e.Kind)).OrderBy(e => e.Rank).ToListAsync(cancellation);
        var cities = await db.Objects.Public().OfType<City>().OrderBy(c => c.Name).Select(c => new Link(c.Slug, c.Name)).ToListAsync(cancellation);
        var (all, noAsk, unproven) = (ActionFacet.Key(ActionFacet.All), ActionFacet.Key(ActionFacet.NoAsk), ActionFacet.Key(ActionFacet.NoEvidence));
        var counts = await AgendaActions.CountsAsync(db, [all, noAsk, unproven, .. elements.Select(KeyOf), .. cities.Select(KeyOfCity)], cancellation);
        int Number(string key) => examples ? counts(key).Total : counts(key).Real;

        var documents = db.PublicDocuments();
        var answered = await db.AgendaElements.Where(e => e.Kind == ElementKind.Ask && documents.Any(d => d.Elements.Any(l => l.ElementCode == e.Code))).Select(e => e.Code).ToListAsync(cancellation);
        return new AgendaGaps(counts(all).Real, counts(all).Examples, Of(ElementKind.Ask), await FirstAsync(ActionFacet.NoAsk), Of(ElementKind.Result), await FirstAsync(ActionFacet.NoEvidence),
            cities.FindAll(c => Number(KeyOfCity(c)) == 0), Of(ElementKind.Bottleneck)) { Unanswered = elements.FindAll(e => e.Kind == ElementKind.Ask && !answered.Contains(e.Code, StringComparer.Ordinal)) };

        List<AgendaElement> Of(ElementKind kind) => elements.FindAll(e => e.Kind == kind && Number(KeyOf(e)) == 0);

        async Task<ActionGap> FirstAsync(string facet) => Number(ActionFacet.Key(facet)) is > 0 and var total ? new ActionGap(total, await AgendaActions.FirstAsync(db, facet, examples, Shown, cancellation)) : new ActionGap(0, []);
    }

    /// <summary>A result needs an action that says how it is measured, a bottleneck one that runs now, an ask one that was not stopped.</summary>
    private static string KeyOf(AgendaElement element) => ActionFacet.Key(ActionFacet.Of(ActionFacet.Serves, element.Code), element.Kind switch { ElementKind.Result => ActionFacet.Measured, ElementKind.Bottleneck => ActionFacet.Working, _ => ActionFacet.Alive });

    private static string KeyOfCity(Link city) => ActionFacet.Key(ActionFacet.Of(ActionFacet.City, city.Slug), ActionFacet.Alive);
}
