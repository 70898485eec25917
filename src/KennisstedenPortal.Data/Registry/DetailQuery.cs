using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.History;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

/// <summary>What was found at an address: the object, its new address, or neither.</summary>
public sealed record DetailResult(ObjectDetail? Detail, string? MovedTo);

/// <param name="Item">Detached, with everything that belongs to it; relations to what is not public are left out.</param>
/// <param name="Place">Where to draw it, or null when even the municipality is unknown.</param>
public sealed record ObjectDetail(ObjectKind Kind, RegisterObject Item, Place? Place, string? ProvinceName, string? WorkingAreaName);

/// <param name="Precision">Own point, that of the campus or district it stands on, or the middle of its municipality.</param>
public sealed record Place(double Latitude, double Longitude, PlacePrecision Precision);

public enum PlacePrecision { Own, Host, Municipality }

/// <summary>One public object with everything that belongs to it.</summary>
public sealed class DetailQuery(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<DetailResult> RunAsync(ObjectKind kind, string slug, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var found = db.Objects.Public().Where(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind.Code && o.Slug == slug);
        var whole = With(found);
        // A reference can't be included under a condition.
        if (await found.AnyAsync(o => o.Steward!.State == ObjectState.Published && o.Steward.Visibility == Visibility.Public, cancellation)) whole = whole.Include(o => o.Steward);
        var item = await whole.FirstOrDefaultAsync(cancellation);
        if (item is null)
        {
            var moved = await db.FormerSlugs.Where(f => f.Kind == kind.Code && f.Slug == slug)
                .Join(db.Objects.Public(), f => f.ObjectId, o => o.Id, (_, o) => o.Slug).FirstOrDefaultAsync(cancellation);
            return new DetailResult(null, moved);
        }
        var province = item.Municipality?.ParentCode;
        var workingArea = (item as Organisation)?.WorkingAreaCode;
        var names = await db.Areas.Where(a => a.Code == province || a.Code == workingArea).ToDictionaryAsync(a => a.Code, a => a.Name, StringComparer.Ordinal, cancellation);
        return new DetailResult(new ObjectDetail(kind, item, PlaceOf(item), province is null ? null : names.GetValueOrDefault(province), workingArea is null ? null : names.GetValueOrDefault(workingArea)), null);
    }

    /// <summary>The address of an object by its permanent identity, or null.</summary>
    public async Task<string?> SlugOfAsync(ObjectKind kind, Guid id, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Objects.Public().Where(o => o.Id == id && EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind.Code).Select(o => o.Slug).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>A point that is not the object's own is only drawn, never stored, and marked as such.</summary>
    public static Place? PlaceOf(RegisterObject item) => PlaceOf(item, item.Municipality?.InteriorLatitude, item.Municipality?.InteriorLongitude);

    /// <summary>The same for an object without its municipality, whose boundary is heavy to load: with the point inside it instead.</summary>
    public static Place? PlaceOf(RegisterObject item, double? municipalityLatitude, double? municipalityLongitude)
    {
        if (item is { Latitude: { } latitude, Longitude: { } longitude }) return new Place(latitude, longitude, PlacePrecision.Own);
        var host = item.Relations.Where(r => r.Kind == RelationKind.LocatedOn).Select(r => r.To).FirstOrDefault(t => t?.Latitude is not null);
        if (host is { Latitude: { } hostLatitude, Longitude: { } hostLongitude }) return new Place(hostLatitude, hostLongitude, PlacePrecision.Host);
        return (municipalityLatitude, municipalityLongitude) is ({ } y, { } x) ? new Place(y, x, PlacePrecision.Municipality) : null;
    }

    private static IQueryable<RegisterObject> With(IQueryable<RegisterObject> objects) => objects.AsNoTracking().AsSplitQuery()
        .Include(o => o.Municipality)
        .Include(o => o.OtherLocations).ThenInclude(l => l.Municipality)
        .Include(o => o.Provenance).Include(o => o.ExternalKeys)
        .Include(o => o.Citations).ThenInclude(c => c.Source)
        .Include(o => o.Specialisations).ThenInclude(s => s.Theme).ThenInclude(t => t!.Taxonomy)
        .Include(o => o.Specialisations).ThenInclude(s => s.Citations).ThenInclude(c => c.Source)
        .Include(o => o.Relations.Where(r => r.To!.State == ObjectState.Published && r.To.Visibility == Visibility.Public)).ThenInclude(r => r.To)
        .Include(o => o.Relations).ThenInclude(r => r.Citations).ThenInclude(c => c.Source)
        .Include(o => o.InverseRelations.Where(r => r.From!.State == ObjectState.Published && r.From.Visibility == Visibility.Public)).ThenInclude(r => r.From).ThenInclude(f => f!.Municipality)
        .Include(o => o.Observations).ThenInclude(o => o.Indicator)
        .Include(o => o.Observations).ThenInclude(o => o.Source);
}
