using System.Text.Json;
using System.Text.Json.Nodes;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Editing;

/// <summary>
/// A change to one object, as a map from path to new value: the one shape of drafts, proposals, differences, conflicts and
/// restored versions. The paths are those of the snapshots in history: a field stands under its name, what belongs to the
/// object under <c>section/key</c> (<c>theme/…</c>, <c>relation/…</c>, <c>observation/…</c>). Null means unknown for a
/// field, and removed for anything else.
/// </summary>
public sealed class ChangeSet
{
    /// <summary>Characters of JSON that a draft or proposal may take.</summary>
    public const int MaxLength = 400_000;
    /// <summary>Paths that one change may hold.</summary>
    public const int MaxPaths = 500;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private readonly SortedDictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    public ChangeSet() { }

    public ChangeSet(IEnumerable<KeyValuePair<string, JsonNode?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (path, value) in values) _values[path] = value?.DeepClone();
    }

    public IReadOnlyDictionary<string, JsonNode?> Values => _values;
    public bool IsEmpty => _values.Count == 0;
    public bool Has(string path) => _values.ContainsKey(path);

    /// <summary>The new value, or null when it becomes unknown, is removed, or is not changed (see <see cref="Has"/>).</summary>
    public JsonNode? this[string path] => _values.GetValueOrDefault(path);

    public void Set(string path, JsonNode? value) => _values[path] = value?.DeepClone();

    /// <summary>Takes the change to this path back.</summary>
    public void Unset(string path) => _values.Remove(path);

    /// <summary>Whether every value of it stands in the other change too: nothing was added and nothing made different.</summary>
    public bool IsPartOf(ChangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _values.All(p => other.Has(p.Key) && JsonNode.DeepEquals(p.Value, other[p.Key]));
    }

    /// <summary>Titles of the sources that come with the change, by their identity.</summary>
    public IEnumerable<KeyValuePair<string, string>> SourceTitles => _values.Where(p => SectionOf(p.Key) == "source" && Json.Text((p.Value as JsonObject)?["title"]) is not null).Select(p => KeyValuePair.Create(KeyOf(p.Key), Json.Text(p.Value!["title"])!));

    /// <summary>What really differs from an object as it stands; an equal value is no change, but for a source or check that is named to say that it holds for a new value too.</summary>
    public ChangeSet Against(JsonObject snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        bool Differs(string path) => Has(path) && !JsonNode.DeepEquals(this[path], snapshot[path]);
        return new(_values.Where(p => Differs(p.Key) || p.Value is not null && (SectionOf(p.Key) switch { "citation" => Json.Text((p.Value as JsonObject)?["field"]), "provenance" => KeyOf(p.Key), _ => null }) is { } field && Differs(field)));
    }

    public string ToJson() => new JsonObject(_values.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))).ToJsonString();

    /// <summary>Whether it can be kept and read back: not too much, not too deep.</summary>
    public bool CanBeKept()
    {
        if (_values.Count > MaxPaths) return false;
        try
        {
            Parse(ToJson());
            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <exception cref="FormatException">It is not a JSON object, too large or too deep, or names something twice.</exception>
    public static ChangeSet Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaxLength) throw new FormatException("The change is too large.");
        try
        {
            if (JsonNode.Parse(json, documentOptions: Strict) is not JsonObject map || map.Count > MaxPaths) throw new FormatException("A change is a JSON object of at most 500 paths.");
            ReadTexts(map);
            return new ChangeSet(map);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException("The change is not valid JSON.", e);
        }
    }

    /// <summary>Half a character can stand in JSON, escaped; it throws only when it is read.</summary>
    private static void ReadTexts(JsonNode? node)
    {
        if (node is JsonObject map)
            foreach (var (_, value) in map) ReadTexts(value);
        else if (node is JsonArray items)
            foreach (var item in items) ReadTexts(item);
        else if (node?.GetValueKind() == JsonValueKind.String) _ = node.GetValue<string>();
    }

    /// <summary>The part of a path before the slash, or null for a field.</summary>
    public static string? SectionOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? path[..slash] : null;
    }

    /// <summary>The part of a path after the section, or the whole path for a field.</summary>
    public static string KeyOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];
    }
}
