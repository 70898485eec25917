using System.Globalization;
using System.Text.Json.Nodes;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Working.Shared;

/// <summary>Paths and values of a change in words, for who decides on them.</summary>
/// <param name="Names">What identities and codes are called.</param>
public sealed record ValueWords(ObjectKind Kind, IReadOnlyDictionary<string, string> Names, string Language)
{
    private static readonly (string Section, Text Label)[] Sections =
    [
        ("theme", new("Thema", "Theme")), ("relation", new("Relatie", "Relation")), ("observation", new("Cijfer", "Figure")), ("swot", new("Sterk of zwak", "Strength or weakness")), ("exchange", new("Aanbod of vraag", "Offer or need")),
        ("citation", new("Bronverwijzing", "Citation")), ("source", new("Bron", "Source")), ("provenance", new("Nagegaan", "Checked")), ("location", new("Staat ook in", "Also stands in")), ("key", new("Sleutel", "Key")),
    ];

    /// <summary>What a path is about.</summary>
    public string Label(string path)
    {
        var (section, key) = (ChangeSet.SectionOf(path), ChangeSet.KeyOf(path));
        if (section is null) return key == "slug" ? T(new("Adres van de pagina", "Address of the page")) : Kind.FieldsByName.TryGetValue(key, out var field) ? T(field.Label) : key;
        var label = Sections.FirstOrDefault(s => s.Section == section).Label;
        return section switch
        {
            "provenance" => $"{T(label)}: {(Kind.FieldsByName.TryGetValue(key, out var about) ? T(about.Label) : key)}",
            "theme" => $"{T(label)}: {Name(key)}",
            _ => label.Nl is null ? path : T(label),
        };
    }

    /// <summary>A value as people read it; null when there is none.</summary>
    public string? Value(string path, JsonNode? value)
    {
        if (value is null) return null;
        var (section, map) = (ChangeSet.SectionOf(path), value as JsonObject);
        return section switch
        {
            null => OfField(path, value),
            "location" => Name(ChangeSet.KeyOf(path)),
            "theme" => Join(Json.Code<Strength>(map?["strength"]) is { } strength ? T(Codes<Strength>.Label(strength)) : T(new("zonder sterkte", "without strength")), Json.Text(map?["basis"])),
            "relation" => Join(Relation(map), Since(map), Json.Text(map?["note"]), Json.Text(map?["confirmedOn"]) is { } day ? T(new($"bevestigd op {day}", $"confirmed on {day}")) : null),
            "observation" => Join(map?["indicator"] is null ? null : $"{Name(map["indicator"])} ({Json.Text(map["period"])})", Json.Number(map?["value"]) is { } number ? number.ToString("#,0.####", CultureInfo.GetCultureInfo(Language == "en" ? "en-GB" : "nl-NL")) : Json.Code<Missing>(map?["missing"]) is { } missing ? T(Codes<Missing>.Label(missing)) : null, Json.Text(map?["qualifier"]), map?["source"] is null ? null : $"{T(new("bron", "source"))} {Name(map["source"])}"),
            "swot" => Join(Json.Code<SwotSort>(map?["sort"]) is { } sort ? T(Codes<SwotSort>.Label(sort)) : null, Json.Text(map?["text"])),
            "exchange" => Join(Json.Code<ExchangeSort>(map?["sort"]) is { } sort ? T(Codes<ExchangeSort>.Label(sort)) : null, Name(map?["theme"]), Json.Text(map?["text"])),
            "citation" => Join(Name(map?["source"]), Json.Text(map?["field"]) is { } field && Kind.FieldsByName.TryGetValue(field, out var of) ? T(of.Label) : null, Json.Text(map?["passage"])),
            "source" => Join(Json.Text(map?["title"]), Json.Text(map?["locator"]), Json.Text(map?["publishedOn"])),
            "provenance" => Join(Json.Code<Verification>(map?["verification"]) is { } verification ? T(Codes<Verification>.Label(verification)) : null, Json.Text(map?["note"])),
            _ => value.ToJsonString(),
        };
    }

    /// <summary>What a choice between values is about; of relations and figures there may be many, so that says which.</summary>
    public string About(string path, JsonNode? value) => value is null || ChangeSet.SectionOf(path) is null or "theme" or "provenance" ? Label(path) : $"{Label(path)}: {Which(path, value)}";

    /// <summary>A value to choose, also when it is that there is none.</summary>
    public string Choice(string path, JsonNode? value) => Value(path, value) ?? (ChangeSet.SectionOf(path) is null ? T(new("niet ingevuld", "not filled in")) : T(new("staat er niet", "not there")));

    private string Which(string path, JsonNode value)
    {
        var map = value as JsonObject;
        return ChangeSet.SectionOf(path) switch
        {
            "relation" => Relation(map) ?? "",
            "observation" when map?["indicator"] is { } indicator => $"{Name(indicator)} ({Json.Text(map["period"])})",
            _ => Value(path, value) ?? "",
        };
    }

    private string? Relation(JsonObject? map) => Json.Code<RelationKind>(map?["kind"]) switch
    {
        null => null,
        // Its label is a heading on the pages; only from the other end it makes a sentence.
        RelationKind.AnchoredBy => $"{Name(map?["to"])} {T(RelationKinds.All[RelationKind.AnchoredBy].Inverse)} {Name(map?["from"])}",
        { } kind => $"{Name(map?["from"])} {T(Codes<RelationKind>.Label(kind))} {Name(map?["to"])}",
    };

    private string? OfField(string path, JsonNode value)
    {
        if (value is JsonArray items) return items.Count == 0 ? null : string.Join(", ", items.Select(Json.Text));
        if (Json.Flag(value) is { } flag) return flag ? T(new("ja", "yes")) : T(new("nee", "no"));
        if (Json.Text(value) is not { } text) return value.ToJsonString();
        var field = Kind.FieldsByName.GetValueOrDefault(path);
        if (field?.Options.FirstOrDefault(o => o.Code == text) is { Code: not null } option) return T(option.Label);
        return field?.Input is FieldInput.Municipality or FieldInput.Area or FieldInput.Steward ? Name(text) : Json.Day(value) is { } day ? day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo(Language == "en" ? "en-GB" : "nl-NL")) : text;
    }

    private string? Since(JsonObject? map) => (Json.Text(map?["since"]), Json.Text(map?["until"])) switch
    {
        (null, null) => null,
        ({ } since, null) => T(new($"sinds {since}", $"since {since}")),
        (null, { } until) => T(new($"tot {until}", $"until {until}")),
        ({ } since, { } until) => $"{since} – {until}",
    };

    private string Name(JsonNode? node) => Json.Text(node) is { } code ? Name(code) : "";
    private string Name(string code) => Names.GetValueOrDefault(code, Guid.TryParse(code, out _) ? T(new("nieuw", "new")) : code);
    private string T(Text text) => text.In(Language);
    private static string? Join(params string?[] parts) => parts.Where(p => !string.IsNullOrEmpty(p)).ToList() is { Count: > 0 } some ? string.Join(" · ", some) : null;
}
