using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Reading.Maps;

/// <summary>What the interactive map asks for, as GeoJSON (RFC 7946).</summary>
public static class MapGeoJson
{
    /// <summary>A metre; more would only pretend.</summary>
    private const int Decimals = 5;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The word for how precise a place is.</summary>
    public static string Word(PlacePrecision precision) => precision switch
    {
        PlacePrecision.Own => "eigen",
        PlacePrecision.Host => "campus",
        _ => "gemeente",
    };

    /// <summary>The objects; <c>meer</c> says that there are more than these.</summary>
    public static ReadOnlyMemory<byte> Points(MapPoints points, string language) => Write(json =>
    {
        json.WriteBoolean("meer", points.More);
        json.WriteStartArray("features");
        foreach (var point in points.Points)
        {
            var kind = KindRegistry.OfCode(point.KindCode);
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteStartObject("geometry");
            json.WriteString("type", "Point");
            json.WriteStartArray("coordinates");
            Write(json, (point.Longitude, point.Latitude));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteString("id", point.Id);
            json.WriteString("kind", point.KindCode);
            json.WriteString("soort", kind.Singular.In(language));
            json.WriteString("naam", point.Name);
            json.WriteString("adres", $"{(language == "en" ? "/en" : "")}/{kind.Path}/{point.Slug}");
            json.WriteString("gemeente", point.Municipality);
            json.WriteString("plaats", Word(point.Precision));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>The municipalities; <c>rol</c> tells kennissteden and their neighbours from the others.</summary>
    public static ReadOnlyMemory<byte> Municipalities(ReferenceSnapshot data)
    {
        var near = data.CityMunicipalities.Keys.SelectMany(code => data.Neighbours[code]).ToHashSet(StringComparer.Ordinal);
        return Write(json =>
        {
            json.WriteStartArray("features");
            foreach (var municipality in data.Municipalities.Values.OrderBy(m => m.Code, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("type", "Feature");
                json.WriteStartObject("properties");
                json.WriteString("code", municipality.Code);
                json.WriteString("naam", municipality.Name);
                json.WriteString("rol", data.CityMunicipalities.ContainsKey(municipality.Code) ? "kennisstad" : near.Contains(municipality.Code) ? "buurgemeente" : "overig");
                json.WriteEndObject();
                json.WriteStartObject("geometry");
                json.WriteString("type", "MultiPolygon");
                json.WriteStartArray("coordinates");
                foreach (var polygon in Polygons(municipality.Rings))
                {
                    json.WriteStartArray();
                    foreach (var ring in polygon)
                    {
                        json.WriteStartArray();
                        foreach (var place in ring)
                        {
                            json.WriteStartArray();
                            Write(json, place);
                            json.WriteEndArray();
                        }
                        json.WriteEndArray();
                    }
                    json.WriteEndArray();
                }
                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    /// <summary>Rings with their holes, wound as the standard asks: the outside against the clock, holes with it.</summary>
    private static IEnumerable<List<IReadOnlyList<(double X, double Y)>>> Polygons(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings)
    {
        var arrays = rings.Where(r => r.Count > 3).Select(r => r.ToArray()).ToList();
        var depth = arrays.ConvertAll(r => arrays.Count(o => !ReferenceEquals(o, r) && Shapes.Contains([o], r[0].X, r[0].Y)));
        for (var i = 0; i < arrays.Count; i++)
        {
            if (depth[i] % 2 == 1) continue;
            var polygon = new List<IReadOnlyList<(double X, double Y)>> { Wound(arrays[i], against: true) };
            polygon.AddRange(arrays.Where((r, n) => depth[n] == depth[i] + 1 && Shapes.Contains([arrays[i]], r[0].X, r[0].Y)).Select(r => Wound(r, against: false)));
            yield return polygon;
        }
    }

    private static (double X, double Y)[] Wound((double X, double Y)[] ring, bool against)
    {
        var area = 0d;
        for (var i = 1; i < ring.Length; i++) area += (ring[i - 1].X * ring[i].Y) - (ring[i].X * ring[i - 1].Y);
        return area > 0 == against ? ring : [.. ring.Reverse()];
    }

    private static void Write(Utf8JsonWriter json, (double Longitude, double Latitude) place)
    {
        json.WriteNumberValue(Math.Round(place.Longitude, Decimals));
        json.WriteNumberValue(Math.Round(place.Latitude, Decimals));
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
