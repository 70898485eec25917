using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.Registry;

/// <summary>What was found at an address: the object, its new address, or neither.</summary>
public sealed record DetailResult(ObjectDetail? Detail, string? MovedTo);

/// <param name="Item">Detached, with everything that belongs to it; relations to what is not public are left out, and so is what belongs to a city (<see cref="CityQuery"/> tells that, within a bound).</param>
/// <param name="Place">Where to draw it, or null when even the municipality is unknown.</param>
public sealed record ObjectDetail(ObjectKind Kind, RegisterObject Item, Place? Place, string? ProvinceName, string? WorkingAreaName)
{
    /// <summary>Of the relations that others have to it; searching for its name finds all of them.</summary>
    public const int MostInverse = 500;

    /// <summary>Of the updates on an action, the newest.</summary>
    public const int MostUpdates = 50;

    /// <summary>Of what documents promised that an action carries out; the ledger has all of them.</summary>
    public const int MostCarriedOut = 50;

    /// <summary>Where meetings spoke of an action, the newest first.</summary>
    public const int MostPoints = 50;

    /// <summary>There are more relations of others than <see cref="MostInverse"/>: the first that were made are in <see cref="Item"/>.</summary>
    public bool InverseIsCut { get; init; }
}

/// <param name="Precision">Own point, that of the campus or district it stands on, or the middle of its municipality.</param>
public sealed record Place(double Latitude, double Longitude, PlacePrecision Precision);

/// <summary>What everybody could read until it was archived.</summary>
public sealed record ArchivedObject(string Name, bool IsExample, DateOnly On);

public enum PlacePrecision { Own, Host, Municipality }

/// <summary>One public object with everything that belongs to it, in one statement (<see cref="ObjectRows"/>).</summary>
public sealed class DetailQuery(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource source)
{
    public async Task<DetailResult> RunAsync(ObjectKind kind, string slug, CancellationToken cancellation)
    {
        var rows = ObjectRows.Of(contexts);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(rows.SqlOf(kind), connection) { Parameters = { new() { Value = kind.Code }, new() { Value = slug } } };
        // Planning it takes longer than running it: it is planned once for each connection of the pool.
        await command.PrepareAsync(cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        string? Name(int i) => reader.IsDBNull(i) ? null : reader.GetString(i);
        if (await reader.IsDBNullAsync(0, cancellation)) return new DetailResult(null, Name(3));
        var item = rows.Read(reader.GetFieldValue<byte[]>(0));
        var cut = item.InverseRelations.Count > ObjectDetail.MostInverse;
        if (cut) item.InverseRelations.Remove(item.InverseRelations.Last());
        return new DetailResult(new ObjectDetail(kind, item, PlaceOf(item), Name(1), Name(2)) { InverseIsCut = cut }, null);
    }

    /// <summary>What stood at an address, or at a former one, until it was archived without being hidden; null when nothing did.</summary>
    public async Task<ArchivedObject?> ArchivedAsync(ObjectKind kind, string slug, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        // What was never public is no more known for being archived, and has the name under which it was.
        var found = await db.Database.SqlQuery<ArchivedRow>($"""
            select s.name, o.verification = {Codes<Verification>.Code(Verification.Example)} as is_example, (select max(r.at) from field_change c join revision r on r.object_id = c.object_id and r.number = c.revision_number where c.object_id = o.id and c.field = 'state') as at
            from register_object o cross join lateral (select r.snapshot ->> 'name' as name from revision r where r.object_id = o.id and r.snapshot ->> 'state' = {Codes<ObjectState>.Code(ObjectState.Published)} and r.snapshot ->> 'visibility' = {Codes<Visibility>.Code(Visibility.Public)} order by r.number desc limit 1) s
            where o.kind = {kind.Code} and (o.slug = {slug} or o.id = (select f.object_id from former_slug f where f.kind = {kind.Code} and f.slug = {slug}))
                and o.state = {Codes<ObjectState>.Code(ObjectState.Archived)} and o.visibility = {Codes<Visibility>.Code(Visibility.Public)}
            order by o.slug = {slug} desc limit 1
            """).ToListAsync(cancellation);
        return found is [{ At: { } at } row] ? new ArchivedObject(row.Name, row.IsExample, Dutch.Day(at)) : null;
    }

    private sealed record ArchivedRow(string Name, bool IsExample, DateTimeOffset? At);

    /// <summary>The address of an object by its permanent identity, or null; that of what was archived tells so.</summary>
    public async Task<string?> SlugOfAsync(ObjectKind kind, Guid id, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var found = await db.Objects.Nameable().Where(o => o.Id == id && EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind.Code).Select(o => new { o.Slug, o.State }).FirstOrDefaultAsync(cancellation);
        return found is null || found.State == ObjectState.Archived && await ArchivedAsync(kind, found.Slug, cancellation) is null ? null : found.Slug;
    }

    /// <summary>A point that is not the object's own is only drawn, never stored, and marked as such.</summary>
    public static Place? PlaceOf(RegisterObject item) => PlaceOf(item, item.Municipality?.InteriorLatitude, item.Municipality?.InteriorLongitude);

    /// <summary>The same for an object without its municipality, whose boundary is heavy to load: with the point inside it instead.</summary>
    public static Place? PlaceOf(RegisterObject item, double? municipalityLatitude, double? municipalityLongitude)
    {
        if (item is { Latitude: { } latitude, Longitude: { } longitude }) return new Place(latitude, longitude, PlacePrecision.Own);
        // One of several by its identity: the same register must give the same place.
        var host = item.Relations.Where(r => r.Kind == RelationKind.LocatedOn && !r.IsUnconfirmed).OrderBy(r => r.Id).Select(r => r.To).FirstOrDefault(t => t?.Latitude is not null);
        if (host is { Latitude: { } hostLatitude, Longitude: { } hostLongitude }) return new Place(hostLatitude, hostLongitude, PlacePrecision.Host);
        return (municipalityLatitude, municipalityLongitude) is ({ } y, { } x) ? new Place(y, x, PlacePrecision.Municipality) : null;
    }
}
