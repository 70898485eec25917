using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Provenance;

/// <summary>What can rest on a source, in the order in which it is shown.</summary>
public enum UseSort
{
    [Label("Objecten", "Objects")] Item,
    [Label("Velden van objecten", "Fields of objects")] Field,
    [Label("Relaties", "Relations")] Relation,
    [Label("Specialisaties", "Specialisations")] Specialisation,
    [Label("Indicatoren", "Indicators")] Indicator,
    [Label("Cijfers uit de oproep", "Figures of the call")] Claim,
    [Label("Thema's", "Themes")] Theme,
    [Label("Indelingen", "Taxonomies")] Taxonomy,
    [Label("Elementen van de agenda", "Elements of the agenda")] AgendaElement,
    [Label("Waarnemingen", "Observations")] Observation,
}

public enum SourceOrder
{
    [Label("Naam", "Name")] Name,
    [Label("Meest gebruikt", "Most used")] MostUsed,
    [Label("Datum van de bron", "Date of the source")] Date,
}

/// <param name="Uses">How many public facts of each sort rest on it; sorts without any are left out.</param>
public sealed record SourceItem(Source Source, IReadOnlyDictionary<UseSort, int> Uses)
{
    public int Total => Uses.Values.Sum();
}

public sealed record SourceOverview(IReadOnlyList<SourceItem> Items, int Total, int Page)
{
    public const int PageSize = 50;

    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
}

/// <summary>All sources with what rests on each.</summary>
public sealed class SourceListQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <param name="page">From 1; a page beyond the last has no items.</param>
    public async Task<SourceOverview> RunAsync(SourceOrder order, int page, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var (citations, observations) = (db.Citations.PublicAndReal(db), db.Observations.PublicAndReal(db));
        var readable = db.Sources.AsNoTracking().Readable(db);
        var total = await readable.CountAsync(cancellation);
        var ordered = order switch
        {
            SourceOrder.MostUsed => readable.OrderByDescending(s => citations.Count(c => c.SourceId == s.Id) + observations.Count(o => o.SourceId == s.Id)).ThenBy(s => EF.Functions.Collate(s.Title, Configurations.Collations.Dutch)),
            // Without a date comes last; dates of reduced precision sort as text.
            SourceOrder.Date => readable.OrderBy(s => s.PublishedOn == null).ThenByDescending(s => s.PublishedOn).ThenBy(s => EF.Functions.Collate(s.Title, Configurations.Collations.Dutch)),
            _ => readable.OrderBy(s => EF.Functions.Collate(s.Title, Configurations.Collations.Dutch)),
        };
        var sources = await ordered.ThenBy(s => s.Id).Skip((page - 1) * SourceOverview.PageSize).Take(SourceOverview.PageSize).ToListAsync(cancellation);
        var uses = await CountAsync(db, [.. sources.Select(s => s.Id)], cancellation);
        return new SourceOverview([.. sources.Select(s => new SourceItem(s, uses.GetValueOrDefault(s.Id, Nothing)))], total, page);
    }

    internal static IReadOnlyDictionary<UseSort, int> Nothing { get; } = new Dictionary<UseSort, int>();

    /// <summary>How many public facts of each sort rest on these sources.</summary>
    internal static async Task<Dictionary<Guid, IReadOnlyDictionary<UseSort, int>>> CountAsync(PortalDbContext db, Guid[] sources, CancellationToken cancellation)
    {
        var counts = await db.Citations.PublicAndReal(db).Where(c => sources.Contains(c.SourceId))
            .Select(c => new
            {
                c.SourceId,
                Sort = c.ObjectId != null ? c.Field == null ? UseSort.Item : UseSort.Field
                    : c.RelationId != null ? UseSort.Relation
                    : c.SpecialisationId != null ? UseSort.Specialisation
                    : c.IndicatorCode != null ? UseSort.Indicator
                    : c.ClaimId != null ? UseSort.Claim
                    : c.ThemeCode != null ? UseSort.Theme
                    : c.TaxonomyCode != null ? UseSort.Taxonomy
                    : UseSort.AgendaElement,
            })
            .Concat(db.Observations.PublicAndReal(db).Where(o => sources.Contains(o.SourceId)).Select(o => new { o.SourceId, Sort = UseSort.Observation }))
            .GroupBy(u => new { u.SourceId, u.Sort }).Select(g => new { g.Key.SourceId, g.Key.Sort, Count = g.Count() }).ToListAsync(cancellation);
        return counts.GroupBy(c => c.SourceId).ToDictionary(g => g.Key, g => (IReadOnlyDictionary<UseSort, int>)g.ToDictionary(c => c.Sort, c => c.Count));
    }
}
