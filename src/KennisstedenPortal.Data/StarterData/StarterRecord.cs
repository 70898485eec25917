using System.Text.Json;
using KennisstedenPortal.Domain;

namespace KennisstedenPortal.Data.StarterData;

/// <summary>Something wrong in the starter files: which file, which record, why. In Dutch, since a person reads it.</summary>
public sealed record StarterProblem(string File, string Record, string Reason)
{
    public override string ToString() => $"{File} · {Record}: {Reason}";
}

/// <summary>The files can't be imported; nothing was written.</summary>
public sealed class StarterDataException(IReadOnlyList<StarterProblem> problems)
    : Exception($"De startgegevens zijn geweigerd; er is niets geschreven.{Environment.NewLine}{string.Join(Environment.NewLine, problems.Take(50))}")
{
    public IReadOnlyList<StarterProblem> Problems { get; } = problems;
}

/// <summary>
/// One record of a starter file. Reading a value notes a problem when it is missing or of the wrong type; a property that
/// nobody read is a problem as well, so that no fact is ever dropped in silence.
/// </summary>
internal sealed class StarterRecord
{
    private readonly JsonElement _json;
    private readonly List<StarterProblem> _problems;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public StarterRecord(string file, string id, JsonElement json, List<StarterProblem> problems)
    {
        (File, Id, _json, _problems) = (file, id, json, problems);
        if (json.ValueKind != JsonValueKind.Object) Refuse("is geen record");
    }

    public JsonElement Json => _json;
    public string File { get; }
    public string Id { get; }

    public void Refuse(string reason) => _problems.Add(new StarterProblem(File, Id, reason));

    public string Text(string name)
    {
        var value = TextOrNull(name);
        if (string.IsNullOrWhiteSpace(value)) Refuse($"'{name}' ontbreekt");
        return value ?? "";
    }

    /// <summary>Null when absent or null; lone surrogates and NUL are refused, since the database can't hold them.</summary>
    public string? TextOrNull(string name)
    {
        if (Find(name) is not { } e) return null;
        if (e.ValueKind == JsonValueKind.String) return Readable(name, e);
        Refuse($"'{name}' is geen tekst");
        return null;
    }

    /// <summary>The value of an id, or null without a problem when it is none.</summary>
    public string? IdOrNull(string name) =>
        _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(name, out var e) && e.ValueKind == JsonValueKind.String ? Readable(name, e) : null;

    public string Text(string name, int maxLength)
    {
        var text = Text(name);
        if (text.Length > maxLength) Refuse($"'{name}' is langer dan {maxLength} tekens");
        return text;
    }

    private string? Readable(string name, JsonElement e)
    {
        try
        {
            var text = e.GetString()!;
            if (!text.Contains('\0', StringComparison.Ordinal)) return text;
            Refuse($"'{name}' bevat een nulteken");
        }
        catch (InvalidOperationException)
        {
            Refuse($"'{name}' bevat ongeldige tekens");
        }
        return null;
    }

    public string? TextOrNull(string name, int maxLength)
    {
        var text = TextOrNull(name);
        if (text?.Length > maxLength) Refuse($"'{name}' is langer dan {maxLength} tekens");
        return text;
    }

    public bool Flag(string name) => FlagOrNull(name) ?? Missing(name, false);

    public bool? FlagOrNull(string name)
    {
        switch (Find(name)?.ValueKind)
        {
            case null: return null;
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            default: Refuse($"'{name}' is geen ja/nee"); return null;
        }
    }

    public int? WholeOrNull(string name)
    {
        if (Find(name) is not { } e) return null;
        if (e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var value)) return value;
        Refuse($"'{name}' is geen geheel getal");
        return null;
    }

    public decimal? NumberOrNull(string name)
    {
        if (Find(name) is not { } e) return null;
        if (e.ValueKind == JsonValueKind.Number && e.TryGetDecimal(out var value)) return value;
        Refuse($"'{name}' is geen getal");
        return null;
    }

    public decimal Number(string name) => NumberOrNull(name) ?? Missing(name, 0m);

    public double Degrees(string name) => NumberOrNull(name) is { } value ? (double)value : Missing(name, 0d);

    public DateOnly? DateOrNull(string name)
    {
        var text = TextOrNull(name);
        if (text is null) return null;
        if (text.Length == 10 && Period.FirstDay(text) is { } day) return day;
        Refuse($"'{name}' is geen datum (jjjj-mm-dd): {text}");
        return null;
    }

    public string? PeriodOrNull(string name)
    {
        var text = TextOrNull(name);
        if (text is not null && Period.FirstDay(text) is null) Refuse($"'{name}' is geen datum of jaar: {text}");
        return text;
    }

    public List<string> List(string name)
    {
        if (Find(name) is not { } e) return Missing(name, new List<string>());
        return Strings(name, e);
    }

    public List<string> ListOrEmpty(string name) => Find(name) is { } e ? Strings(name, e) : [];

    public T Vocabulary<T>(string name, IReadOnlyDictionary<string, T>? words = null) where T : struct, Enum =>
        VocabularyOrNull(name, words) ?? Missing(name, default(T));

    public T? VocabularyOrNull<T>(string name, IReadOnlyDictionary<string, T>? words = null) where T : struct, Enum
    {
        var text = TextOrNull(name);
        if (text is null) return null;
        if (words is not null ? words.TryGetValue(text, out var value) : Codes<T>.TryParse(text.Replace('_', '-'), out value)) return value;
        Refuse($"'{name}' heeft een onbekende waarde: {text}");
        return null;
    }

    public StarterRecord? PartOrNull(string name) =>
        Find(name) is { } e ? new StarterRecord(File, $"{Id} › {name}", e, _problems) : null;

    public StarterRecord Part(string name) =>
        PartOrNull(name) ?? Missing(name, new StarterRecord(File, Id, JsonDocument.Parse("{}").RootElement, []));

    public IEnumerable<StarterRecord> Parts(string name, string idProperty = "")
    {
        if (Find(name) is not { } e) return Missing(name, Array.Empty<StarterRecord>());
        if (e.ValueKind != JsonValueKind.Array) { Refuse($"'{name}' is geen lijst"); return []; }
        return e.EnumerateArray().Select((item, i) => new StarterRecord(File, $"{Id} › {name} {i + 1}", item, _problems)).ToList();
    }

    /// <summary>Names and values of an object of texts, such as <c>field_verification</c>.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Map(string name)
    {
        if (Find(name) is not { } e) yield break;
        if (e.ValueKind != JsonValueKind.Object) { Refuse($"'{name}' is geen tabel"); yield break; }
        foreach (var p in e.EnumerateObject())
            yield return new(p.Name, p.Value.ValueKind == JsonValueKind.Null ? null : p.Value.ToString());
    }

    /// <summary>Properties that are known to repeat something that is read elsewhere (names beside codes).</summary>
    public void Repeats(params string[] names) => _read.UnionWith(names);

    /// <summary>Call when everything has been read.</summary>
    public void Done()
    {
        if (_json.ValueKind != JsonValueKind.Object) return;
        foreach (var p in _json.EnumerateObject().Where(p => !_read.Contains(p.Name)))
            Refuse($"onbekend veld '{p.Name}'");
    }

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(name, out var e) && e.ValueKind != JsonValueKind.Null ? e : null;
    }

    private T Missing<T>(string name, T value)
    {
        Refuse($"'{name}' ontbreekt");
        return value;
    }

    private List<string> Strings(string name, JsonElement e)
    {
        if (e.ValueKind == JsonValueKind.Array && e.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String))
            return [.. e.EnumerateArray().Select(i => Readable(name, i)).OfType<string>()];
        Refuse($"'{name}' is geen lijst van teksten");
        return [];
    }
}
