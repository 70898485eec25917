using System.Text.Json;

namespace KennisstedenPortal.Domain.Geography;

/// <summary>Reads GeoJSON polygons and multipolygons (RFC 7946) into rings of longitude, latitude.</summary>
public static class Boundaries
{
    /// <exception cref="FormatException">It is not a polygon or multipolygon.</exception>
    public static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings(JsonElement geometry)
    {
        try
        {
            var coordinates = geometry.GetProperty("coordinates");
            return geometry.GetProperty("type").GetString() switch
            {
                "Polygon" => [.. coordinates.EnumerateArray().Select(Ring)],
                "MultiPolygon" => [.. coordinates.EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(Ring)],
                var other => throw new FormatException($"'{other}' is geen Polygon of MultiPolygon"),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new FormatException("geen geldige GeoJSON-geometrie", e);
        }
    }

    private static List<(double X, double Y)> Ring(JsonElement ring) =>
        [.. ring.EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble()))];
}
