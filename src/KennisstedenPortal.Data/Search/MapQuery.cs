using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Registry;
using Npgsql;

namespace KennisstedenPortal.Data.Search;

/// <summary>A rectangle in degrees WGS84.</summary>
public sealed record Box(double West, double South, double East, double North);

public sealed record MapPoint(Guid Id, string KindCode, string Slug, string Name, string? Municipality, double Longitude, double Latitude, PlacePrecision Precision);

/// <param name="More">There is more than fits: the points are an even sample, and a smaller rectangle shows all.</param>
public sealed record MapPoints(IReadOnlyList<MapPoint> Points, bool More);

/// <summary>The points on the map: all that fit the filter, or an even sample of at most <see cref="Limit"/>.</summary>
/// <param name="room">Bounds how many run at once; null sets no bound.</param>
public sealed class MapQuery(NpgsqlDataSource source, SearchRoom? room = null)
{
    public const int Limit = 2000;
    private const int TimeoutSeconds = 5;

    /// <param name="box">Null for the whole country.</param>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    /// <exception cref="SearchIsFullException">Too many search at once.</exception>
    public async Task<MapPoints> RunAsync(SearchFilter filter, Box? box, CancellationToken cancellation)
    {
        var words = SearchWords.Of(filter.Text);
        if (filter.Text is not null && words.IsEmpty) return new MapPoints([], false);
        var values = new List<object>();
        var where = "e.longitude is not null";
        if (filter.Facets.Count > 0)
        {
            values.Add(filter.Facets.ToArray());
            where += $" and e.facets @> ${values.Count}";
        }
        if (filter.Text is not null)
        {
            values.Add(words.All());
            where += $" and e.words @@ to_tsquery('kennis', ${values.Count})";
        }
        if (box is { } b)
        {
            // As ranges, of which the planner knows how much they hold: a crowded rectangle is read in the order of the sample, a small one by place.
            values.AddRange([Math.Min(b.West, b.East), Math.Min(b.South, b.North), Math.Max(b.West, b.East), Math.Max(b.South, b.North)]);
            var n = values.Count;
            where += $" and e.longitude between ${n - 3} and ${n - 1} and e.latitude between ${n - 2} and ${n}";
        }
        using var place = room is null ? null : await room.EnterAsync(cancellation);
        // Everything it shows stands in both indexes of the map: thousands of rows come from one place instead of from all over the table.
        await using var command = source.CreateCommand($"select e.object_id, e.kind, e.slug, e.name, e.municipality_name, e.longitude, e.latitude, e.precision from search_entry e where {where} order by e.spread limit {Limit + 1}");
        command.CommandTimeout = TimeoutSeconds;
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        try
        {
            return await ReadAsync(command, cancellation);
        }
        catch (NpgsqlException e) when (SearchTooSlowException.Explains(e))
        {
            throw new SearchTooSlowException(e);
        }
    }

    private static async Task<MapPoints> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var points = new List<MapPoint>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            points.Add(new MapPoint(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), await reader.IsDBNullAsync(4, cancellation) ? null : reader.GetString(4), reader.GetDouble(5), reader.GetDouble(6), (PlacePrecision)reader.GetInt16(7)));
        var more = points.Count > Limit;
        if (more) points.RemoveAt(Limit);
        return new MapPoints(points, more);
    }
}
