using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

/// <summary>An object on the page of a city.</summary>
/// <param name="Nearness">Computed from the municipality it stands in.</param>
/// <param name="Belongs">It belongs to the city or to its region; else it only stands in or next to it.</param>
/// <param name="OtherCity">The kennisstad it belongs to instead, if any.</param>
public sealed record CityObject(string KindCode, string Slug, string Name, Text? Sort, string? Municipality, string? MunicipalityCode, Nearness Nearness, RelationKind? Belongs, string? OtherCity, string? Summary, Place? Place);

public sealed record NeighbourArea(string Code, string? Name, double? SharedBorderKm, string? CitySlug);

public sealed record CitySurroundings(IReadOnlyList<CityObject> Objects, IReadOnlyList<NeighbourArea> Neighbours, string? CoropName);

/// <summary>What stands in, next to, or belongs to a kennisstad.</summary>
public sealed class CityQuery(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<CitySurroundings> RunAsync(RegisterObject city, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var code = city.MunicipalityCode;
        var neighbours = await db.Neighbours.Where(n => n.MunicipalityCode == code)
            .Join(db.Areas, n => n.NeighbourCode, a => a.Code, (n, a) => new NeighbourArea(a.Code, a.Name, n.SharedBorderKm,
                db.Objects.Public().OfType<City>().Where(c => c.MunicipalityCode == a.Code).Select(c => c.Slug).FirstOrDefault()))
            .ToListAsync(cancellation);
        var around = neighbours.Select(n => n.Code).ToList();
        var rows = await db.Objects.AsNoTracking().AsSplitQuery().Public()
            .Where(o => !(o is City) && (o.MunicipalityCode == code || (around.Contains(o.MunicipalityCode!) && !(o is Organisation))
                || o.OtherLocations.Any(l => l.MunicipalityCode == code)
                || o.Relations.Any(r => r.ToId == city.Id && (r.Kind == RelationKind.BelongsTo || r.Kind == RelationKind.Serves))))
            .Include(o => o.Municipality)
            .Include(o => o.Relations.Where(r => (r.Kind == RelationKind.BelongsTo || r.Kind == RelationKind.Serves || r.Kind == RelationKind.LocatedOn) && r.To!.State == ObjectState.Published && r.To.Visibility == Visibility.Public)).ThenInclude(r => r.To)
            .OrderBy(o => o.Name).ToListAsync(cancellation);
        var corop = await db.Areas.Where(a => a.Code == code).Join(db.Areas, a => a.CoropCode, c => c.Code, (_, c) => c.Name).FirstOrDefaultAsync(cancellation);
        var objects = rows.OrderBy(o => (o as Organisation)?.Type).Select(o => new CityObject(KindRegistry.Of(o).Code, o.Slug, o.Name, KindSorts.LabelOf(o), o.Municipality?.Name, o.MunicipalityCode,
            string.Equals(o.MunicipalityCode, code, StringComparison.Ordinal) ? Nearness.In : around.Contains(o.MunicipalityCode, StringComparer.Ordinal) ? Nearness.Adjacent : Nearness.Elsewhere,
            o.Relations.Where(r => r.ToId == city.Id).Select(r => (RelationKind?)r.Kind).FirstOrDefault(),
            o.Relations.Any(r => r.ToId == city.Id) ? null : o.Relations.Where(r => r.Kind is RelationKind.BelongsTo or RelationKind.Serves).Select(r => r.To!.Name).FirstOrDefault(),
            o.Keywords.Count > 0 ? string.Join(", ", o.Keywords) : null, DetailQuery.PlaceOf(o)));
        return new CitySurroundings([.. objects], [.. neighbours.OrderBy(n => n.Name, StringComparer.Create(new("nl-NL"), ignoreCase: true))], corop);
    }
}
