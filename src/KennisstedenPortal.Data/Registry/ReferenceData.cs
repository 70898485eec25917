using System.Text.Json;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

public sealed record Municipality(string Code, string Name, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings);
public sealed record EntryTheme(string Code, string NameNl, string NameEn);
public sealed record ElementName(string Code, ElementKind Kind, string Title);
public sealed record ThemeName(string Code, string NameNl, string? NameEn, string EntryCode);

/// <summary>What every page needs and what rarely changes: names for filters, and boundaries for maps.</summary>
/// <param name="Elements">What actions can serve, by code, in the order of the agenda.</param>
/// <param name="Neighbours">Codes of the land neighbours per municipality.</param>
public sealed record ReferenceSnapshot(IReadOnlyList<Link> Cities, IReadOnlyDictionary<string, string> CityMunicipalities, IReadOnlyList<EntryTheme> EntryThemes, IReadOnlyDictionary<string, ThemeName> Themes,
    IReadOnlyDictionary<string, Municipality> Municipalities, ILookup<string, string> Neighbours, IReadOnlyDictionary<string, ElementName> Elements)
{
    /// <summary>Who owns an action, by name, at most <see cref="ReferenceData.OwnersMost"/>; where one can choose an owner.</summary>
    public IReadOnlyList<Link> ActionOwners { get; init; } = [];
}

/// <summary>
/// Keeps one snapshot in memory per register generation. The generation is read before the queries, so that a change that
/// comes in between leads to a new snapshot.
/// </summary>
public sealed class ReferenceData(IDbContextFactory<PortalDbContext> contexts, RegisterGeneration generation)
{
    public const int OwnersMost = 300;

    private readonly Lock _gate = new();
    private (long Generation, Task<ReferenceSnapshot> Snapshot)? _current;

    /// <summary>Everybody who asks at once waits for the same load, and fails with it: an outage must not become a queue.</summary>
    public Task<ReferenceSnapshot> GetAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            var number = generation.Current;
            if (_current is not { } present || present.Generation != number || present.Snapshot.IsFaulted || present.Snapshot.IsCanceled)
                _current = present = (number, LoadAsync(CancellationToken.None));
            return present.Snapshot.WaitAsync(cancellation);
        }
    }

    private async Task<ReferenceSnapshot> LoadAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var cities = await db.Objects.Public().OfType<City>().OrderBy(c => c.Name).Select(c => new { c.Slug, c.Name, c.MunicipalityCode }).ToListAsync(cancellation);
        var themes = await db.Themes.OrderBy(t => t.Rank).Select(t => new { t.Code, t.NameNl, t.NameEn, t.TaxonomyCode, t.EntryThemeCode }).ToListAsync(cancellation);
        var areas = await db.Areas.Where(a => a.Kind == AreaKind.Municipality && a.Boundary != null).Select(a => new { a.Code, a.Name, a.Boundary }).ToListAsync(cancellation);
        var neighbours = await db.Neighbours.Select(n => new { n.MunicipalityCode, n.NeighbourCode }).ToListAsync(cancellation);
        var elements = await db.AgendaElements.Where(e => AgendaElement.ServedKinds.Contains(e.Kind)).OrderBy(e => e.Rank).ThenBy(e => e.Code).Select(e => new ElementName(e.Code, e.Kind, e.Title)).ToListAsync(cancellation);
        var owners = await db.Objects.Public().Where(o => db.ActionEntries.Any(e => e.OwnerId == o.Id && e.Visibility == Visibility.Public)).OrderBy(o => o.Name).Take(OwnersMost).Select(o => new Link(o.Slug, o.Name)).ToListAsync(cancellation);
        return new ReferenceSnapshot(
            [.. cities.Select(c => new Link(c.Slug, c.Name))],
            cities.Where(c => c.MunicipalityCode is not null).ToDictionary(c => c.MunicipalityCode!, c => c.Slug, StringComparer.Ordinal),
            [.. themes.Where(t => string.Equals(t.TaxonomyCode, Taxonomy.EntryCode, StringComparison.Ordinal)).Select(t => new EntryTheme(t.Code, t.NameNl, t.NameEn ?? t.NameNl))],
            themes.ToDictionary(t => t.Code, t => new ThemeName(t.Code, t.NameNl, t.NameEn, t.EntryThemeCode), StringComparer.Ordinal),
            areas.ToDictionary(a => a.Code, a => new Municipality(a.Code, cities.FirstOrDefault(c => c.MunicipalityCode == a.Code)?.Name ?? a.Name ?? a.Code, RingsOf(a.Boundary!)), StringComparer.Ordinal),
            neighbours.ToLookup(n => n.MunicipalityCode, n => n.NeighbourCode, StringComparer.Ordinal),
            elements.OrderBy(e => e.Kind).ToDictionary(e => e.Code, StringComparer.Ordinal))
        {
            ActionOwners = owners,
        };
    }

    private static IReadOnlyList<IReadOnlyList<(double X, double Y)>> RingsOf(string boundary)
    {
        using var json = JsonDocument.Parse(boundary);
        return Boundaries.Rings(json.RootElement);
    }
}
