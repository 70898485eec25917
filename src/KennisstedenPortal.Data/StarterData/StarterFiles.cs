using System.Text.Json;

namespace KennisstedenPortal.Data.StarterData;

/// <summary>The starter files in a folder. Parsing problems and double ids are noted, not thrown.</summary>
internal sealed class StarterFiles(string folder, List<StarterProblem> problems) : IDisposable
{
    private readonly Dictionary<string, JsonDocument?> _documents = new(StringComparer.Ordinal);

    /// <summary>The folder that ships with the portal.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "StarterData", "Files");

    public List<StarterProblem> Problems => problems;

    /// <summary>The records of a list in a file, each known by the value of <paramref name="idProperty"/>, which must be unique.</summary>
    public List<StarterRecord> Records(string file, string list, string idProperty)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var records = new List<StarterRecord>();
        if (Root(file) is not { } root) return records;
        if (!root.TryGetProperty(list, out var items) || items.ValueKind != JsonValueKind.Array)
        {
            problems.Add(new StarterProblem(file, list, "de lijst ontbreekt"));
            return records;
        }
        var number = 0;
        foreach (var item in items.EnumerateArray())
        {
            number++;
            var unnamed = new StarterRecord(file, $"{list} {number}", item, problems);
            var id = unnamed.IdOrNull(idProperty) ?? "";
            var record = id.Length > 0 ? new StarterRecord(file, id, item, problems) : unnamed;
            record.Repeats(idProperty);
            if (id.Length == 0) record.Refuse($"'{idProperty}' ontbreekt");
            else if (!seen.Add(id)) record.Refuse("komt twee keer voor");
            records.Add(record);
        }
        return records;
    }

    /// <summary>The records of a list without ids, known by their place.</summary>
    public List<StarterRecord> Unnamed(string file, string list) =>
        Root(file) is { } root && root.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray().Select((e, i) => new StarterRecord(file, $"{list} {i + 1}", e, problems))]
            : [];

    public StarterRecord Whole(string file, string part) =>
        new(file, part, Root(file) is { } root && root.TryGetProperty(part, out var e) ? e : JsonDocument.Parse("{}").RootElement, problems);

    public JsonElement? Root(string file)
    {
        if (_documents.TryGetValue(file, out var known)) return known?.RootElement;
        JsonDocument? document = null;
        try
        {
            using var stream = File.OpenRead(Path.Combine(folder, file));
            document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("het bestand is geen JSON-object");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(new StarterProblem(file, "bestand", "ontbreekt"));
        }
        catch (JsonException e)
        {
            document = null;
            problems.Add(new StarterProblem(file, $"regel {(e.LineNumber ?? 0) + 1}", $"is geen geldige JSON: {e.Message}"));
        }
        _documents[file] = document;
        return document?.RootElement;
    }

    public void Dispose()
    {
        foreach (var d in _documents.Values) d?.Dispose();
    }
}
