using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.History;

/// <summary>A difference in words for a reader.</summary>
/// <param name="Label">What it is about, in the words of the form.</param>
/// <param name="Before">Null when it was not there, or unknown.</param>
/// <param name="After">Null when it is not there any more, or unknown.</param>
/// <param name="IsField">Null is unknown; else null is absent.</param>
public sealed record ReadableDifference(string Path, string Label, IReadOnlyList<Piece>? Before, IReadOnlyList<Piece>? After, bool IsField);

/// <summary>Puts differences and paths into words: labels from the registry, names instead of identities.</summary>
/// <param name="names">What identities and codes are called; one that is not there can't be told.</param>
/// <param name="language">nl or en.</param>
public sealed class DifferenceWords(ObjectKind kind, Guid objectId, IReadOnlyDictionary<string, string> names, string language)
{
    private static readonly string[] Sections = ["location", "relation", "theme", "observation", "swot", "exchange", "element", "milestone", "commitment", "point", "source", "citation", "provenance", "key"];
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "nl-NL");

    /// <summary>In the order of the form; what belongs to the object after its fields. What says nothing before and after is left out.</summary>
    public IReadOnlyList<ReadableDifference> Of(IEnumerable<Difference> differences)
    {
        return [.. differences.Where(d => IsTold(d.Path)).OrderBy(d => PlaceOf(d.Path)).ThenBy(d => d.Path, StringComparer.Ordinal).Select(Of).Where(d => d is not { Before: null, After: null })];
    }

    /// <summary>Where a path stands in the form: its fields, and then what belongs to it.</summary>
    public int PlaceOf(string path) => ChangeSet.SectionOf(path) is { } section ? 1000 + Array.IndexOf(Sections, section) : kind.Fields.TakeWhile(f => f.Name != path).Count();

    /// <summary>Labels of changed paths, each once.</summary>
    public IReadOnlyList<string> LabelsOf(IEnumerable<string> paths) => [.. paths.Where(IsTold).Select(p => Label(p)).Distinct(StringComparer.Ordinal)];

    /// <summary>What a path is about.</summary>
    public string Label(string path) => ChangeSet.SectionOf(path) is "theme" && names.TryGetValue(ChangeSet.KeyOf(path), out var theme) ? $"{LabelOf(path, null)} {theme}" : LabelOf(path, null);

    /// <summary>The same with which one, of what there may be many: the number of an agenda point or else its subject, the title of a milestone, who commits.</summary>
    public string Which(string path, JsonNode? value) => (value as JsonObject, ChangeSet.SectionOf(path)) switch
    {
        ({ } point, "point") when (Json.Whole(point["number"])?.ToString(CultureInfo.InvariantCulture) ?? Json.Text(point["title"])) is { Length: > 0 } which => $"{Label(path)} {which}",
        ({ } milestone, "milestone") when Json.Text(milestone["title"]) is { Length: > 0 } title => $"{Label(path)} ‘{InputText.Shortened(title, 60)}’",
        ({ } commitment, "commitment") when Json.Text(commitment["party"]) is { } party && names.TryGetValue(party, out var name) => T($"{Label(path)} van {name}", $"{Label(path)} of {name}"),
        _ => Label(path),
    };

    /// <summary>What a choice between values is about; of relations and figures there may be many, so that says which.</summary>
    public string About(string path, JsonNode? value) => ChangeSet.SectionOf(path) switch
    {
        null or "provenance" => Label(path),
        "theme" => $"{LabelOf(path, null)}: {Name(ChangeSet.KeyOf(path))}",
        _ when value is not JsonObject => LabelOf(path, null),
        "relation" => $"{LabelOf(path, value)}: {Name(Json.Text(value[IsFromHere(value) ? "to" : "from"]))}",
        "observation" => $"{LabelOf(path, value)}: {Name(Json.Text(value["indicator"]))} ({Json.Text(value["period"])})",
        _ => $"{LabelOf(path, value)}: {Value(path, value)}",
    };

    /// <summary>A value to choose, also when it is that there is none.</summary>
    public string Choice(string path, JsonNode? value) => Value(path, value) ?? (ChangeSet.SectionOf(path) is null ? T("niet ingevuld", "not filled in") : T("staat er niet", "not there"));

    /// <summary>The bookkeeping of imports says nothing to a reader.</summary>
    private static bool IsTold(string path) => ChangeSet.SectionOf(path) != "key" || ChangeSet.KeyOf(path).Split('/')[0] is "ror" or "brin" or "geonames";

    private ReadableDifference Of(Difference difference)
    {
        var (before, after) = (Value(difference.Path, difference.Before), Value(difference.Path, difference.After));
        var (old, now) = before is not null && after is not null ? WordDiff.Of(before, after) : (before is null ? null : [new Piece(before, false)], after is null ? null : [new Piece(after, false)]);
        return new ReadableDifference(difference.Path, LabelOf(difference.Path, difference.After ?? difference.Before), old, now, ChangeSet.SectionOf(difference.Path) is null);
    }

    private string LabelOf(string path, JsonNode? value)
    {
        var key = ChangeSet.KeyOf(path);
        return ChangeSet.SectionOf(path) switch
        {
            null => FieldLabel(path),
            "location" => T("Ook gevestigd in", "Also located in"),
            "theme" => T("Thema", "Theme"),
            "relation" => Json.Code<RelationKind>((value as JsonObject)?["kind"]) is { } relation ? Capital(IsFromHere(value!) ? Codes<RelationKind>.Label(relation) : RelationKinds.All[relation].Inverse) : T("Relatie", "Relation"),
            "observation" => T("Cijfer", "Figure"),
            "swot" => Json.Code<SwotSort>((value as JsonObject)?["sort"]) is { } sort ? Capital(Codes<SwotSort>.Label(sort)) : T("Sterk, zwak, kans of bedreiging", "Strength, weakness, opportunity or threat"),
            "exchange" => Json.Code<ExchangeSort>((value as JsonObject)?["sort"]) is { } sort ? Capital(Codes<ExchangeSort>.Label(sort)) : T("Wat wij bieden of zoeken", "What we offer or seek"),
            "element" => T("Onderdeel van de agenda", "Element of the agenda"),
            "milestone" => T("Mijlpaal", "Milestone"),
            "commitment" => T("Toezegging", "Commitment"),
            "point" => T("Agendapunt", "Agenda point"),
            "source" => T("Nieuwe bron", "New source"),
            "citation" => Json.Text((value as JsonObject)?["field"]) is { } field ? $"{T("Bron bij", "Source of")} {Quoted(field)}" : T("Bron", "Source"),
            "provenance" => $"{T("Verificatie van", "Verification of")} {Quoted(key)}",
            _ => key.Split('/')[0].ToUpperInvariant(),
        };
    }

    private string Quoted(string field) => language == "en" ? $"'{FieldLabel(field)}'" : $"‘{FieldLabel(field)}’";

    private string FieldLabel(string name) => name == "slug" ? T("Adres van de pagina", "Address of the page")
        : kind.FieldsByName.TryGetValue(name, out var field) ? field.Label.In(language)
        : Enum.TryParse<RelationKind>(name, ignoreCase: true, out var relation) ? Capital(Codes<RelationKind>.Label(relation)) : name;

    private bool IsFromHere(JsonNode relation) => Json.Id(relation["from"]) == objectId;

    /// <summary>A value as people read it; null when there is nothing to say: unknown, or not there.</summary>
    public string? Value(string path, JsonNode? value)
    {
        if (value is null) return path == "noteLanguage" ? T("Nederlands", "Dutch") : null;
        // What somebody typed or sent may be anything.
        var node = value as JsonObject ?? [];
        return ChangeSet.SectionOf(path) switch
        {
            null => FieldValue(path, value),
            "location" or "element" => Name(ChangeSet.KeyOf(path)),
            "milestone" => Milestone(node),
            "commitment" => Sentence(Json.Whole(node["number"]) is { } number ? T($"Nummer {number}", $"Number {number}") : null, Json.Text(node["party"]) is { } party ? Name(party) : null, Label<CommitmentSort>(node["sort"]), Json.Text(node["text"]), Euros(node["amount"]), DayOf(node, "term") is { } term ? $"{T("uiterlijk", "by")} {term}" : null, Label<CommitmentStatus>(node["status"]) is { } settled ? DayOf(node, "settledOn") is { } on ? $"{settled} ({on})" : settled : null, Json.Text(node["reason"]), Json.Text(node["carriedOutIn"]) is { } action ? $"{T("uitgevoerd in", "carried out in")} {Name(action)}" : null),
            "point" => Sentence(Json.Whole(node["number"]) is { } place ? $"{place}. {Json.Text(node["title"])}" : Json.Text(node["title"]), Json.Text(node["action"]) is { } about ? Name(about) : null, Json.Text(node["asked"]) is { } asked ? $"{T("gevraagd besluit", "asked decision")}: {asked}" : null, Json.Text(node["decision"]) is { } decision ? $"{T("besluit", "decision")}: {decision}" : null, Label<DecisionStatus>(node["status"]), Json.Text(node["party"]) is { } carrier ? Name(carrier) : null, DayOf(node, "due") is { } until ? $"{T("uiterlijk", "by")} {until}" : null, DayOf(node, "carriedOutOn")),
            "source" => Sentence(Json.Text(node["title"]), Json.Text(node["locator"]), Json.Text(node["publishedOn"])),
            "citation" => Sentence(Name(Json.Text(node["source"])), Json.Text(node["passage"])),
            "provenance" => Sentence(Label<Verification>(node["verification"]), Json.Text(node["note"])),
            "theme" => Sentence(Name(ChangeSet.KeyOf(path)), Label<Strength>(node["strength"]), Json.Text(node["basis"]), Label<Verification>(node["verification"]), Confirmed(node), Sources(node)),
            "relation" => Sentence(Json.Text(node[IsFromHere(node) ? "to" : "from"]) is { } other ? Name(other) : null, Span(node), Json.Text(node["note"]), Reported(node), Label<Verification>(node["verification"]), Sources(node)),
            "observation" => Figure(node),
            "swot" => Sentence(Json.Text(node["text"]), Evidence(node)),
            "exchange" => $"{Name(Json.Text(node["theme"]))}: {Json.Text(node["text"])}" + (Json.Code<Visibility>(node["visibility"]) is { } seen && seen != Visibility.Public ? $" ({T("zichtbaar voor", "visible to")}: {Codes<Visibility>.Label(seen).In(language).ToLowerInvariant()})" : ""),
            _ => Sentence(ChangeSet.KeyOf(path).Split('/', 2)[^1], Json.Text(node["label"])),
        };
    }

    private string? FieldValue(string path, JsonNode value)
    {
        if (value is JsonArray items) return items.Count == 0 ? null : string.Join(", ", items.Select(Json.Text));
        if (Json.Flag(value) is { } yes) return yes ? T("ja", "yes") : T("nee", "no");
        if (kind.FieldsByName.GetValueOrDefault(path)?.Input == FieldInput.Amount) return Euros(value);
        if (Json.Text(value) is not { } text) return value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : null;
        if (path == "verification") return Label<Verification>(value);
        if (Json.Day(value) is { } day) return Day(day);
        return kind.FieldsByName.GetValueOrDefault(path) switch
        {
            { Input: FieldInput.Municipality or FieldInput.Area or FieldInput.Steward } => Name(text),
            { Options: { Count: > 0 } options } => options.Where(o => o.Code == text).Select(o => o.Label.In(language)).FirstOrDefault() ?? text,
            _ => text,
        };
    }

    private string Milestone(JsonObject node) => Sentence(Json.Text(node["title"]), DayOf(node, "due"), Label<MilestoneStatus>(node["status"]) is { } status ? DayOf(node, "closedOn") is { } closed ? $"{status} ({closed})" : status : null,
        Json.Text(node["evidenceUrl"]), Json.Text(node["evidenceObject"]) is { } subject ? Name(subject) : node.ContainsKey(Domain.Agenda.Milestone.ClosedEvidence) ? T("bewijs dat u niet kunt zien", "evidence that you can't see") : null, Json.Text(node["evidenceNote"]));

    /// <summary>A day of a member in words; what was typed when it is none.</summary>
    private string? DayOf(JsonObject node, string member) => Json.Day(node[member]) is { } day ? Day(day) : Json.Text(node[member]);

    private string? Euros(JsonNode? value) => Json.Number(value) is { } amount ? "€ " + amount.ToString("#,0.##", _culture) : Json.Text(value);

    private string Figure(JsonNode value)
    {
        var number = Json.Number(value["value"]) is { } n ? n.ToString("#,0.####", _culture) + (Json.Text(value["unit"]) is { } unit and not "aantal" ? " " + unit : "") : Label<Missing>(value["missing"]) ?? T("onbekend", "unknown");
        var what = string.Join(", ", new[] { Name(Json.Text(value["indicator"])), Json.Text(value["segment"]), Json.Text(value["area"]) is { } area ? Name(area) : null, Json.Text(value["period"]) }.OfType<string>());
        return Sentence($"{what}: {number}", Label<Verification>(value["verification"]), $"{T("bron:", "source:")} {Name(Json.Text(value["source"]))}", Json.Text(value["qualifier"]));
    }

    private string? Evidence(JsonNode value)
    {
        var all = HistoryEyes.EvidenceOf(value).Select(e => Json.Text(e["observation"]) is not null ? T("een cijfer", "a figure") : Name(Json.Text(e["object"]) ?? Json.Text(e["source"]))).ToList();
        return all.Count == 0 ? null : $"{T("blijkt uit", "shown by")} {string.Join(", ", all)}";
    }

    private string? Sources(JsonNode value) => value["citations"] is JsonArray { Count: > 0 } items ? $"{T("bron:", "source:")} {string.Join(", ", items.OfType<JsonObject>().Select(c => Name(Json.Text(c["source"]))).Distinct(StringComparer.Ordinal))}" : null;

    private string? Reported(JsonNode value) => Json.Text(value["reportedBy"]) is not { } end ? null
        : Confirmed(value) ?? $"{T("gemeld door", "reported by")} {(Json.Id(end) == objectId ? T("deze kant", "this end") : Name(end))}, {T("nog niet bevestigd", "not confirmed yet")}";

    private string? Confirmed(JsonNode value) => Json.Day(value["confirmedOn"]) is { } day ? $"{T("bevestigd op", "confirmed on")} {Day(day)}" : null;

    private string? Span(JsonNode value) => (Json.Text(value["since"]), Json.Text(value["until"])) switch
    {
        ({ } since, { } until) => $"{since} – {until}",
        ({ } since, null) => $"{T("sinds", "since")} {since}",
        (null, { } until) => $"{T("tot", "until")} {until}",
        _ => null,
    };

    private string Name(string? code) => names.GetValueOrDefault(code ?? "") ?? (Guid.TryParse(code, out _) ? T("(niet meer openbaar of verwijderd)", "(no longer public, or removed)") : code ?? T("onbekend", "unknown"));

    private string? Label<TCode>(JsonNode? node) where TCode : struct, Enum => Json.Code<TCode>(node) is { } value ? Codes<TCode>.Label(value).In(language) : null;

    private string Day(DateOnly day) => day.ToString("d MMMM yyyy", _culture);
    private string T(string nl, string en) => language == "en" ? en : nl;
    private string Capital(Text text) => text.In(language) is { Length: > 0 } t ? char.ToUpper(t[0], CultureInfo.InvariantCulture) + t[1..] : "";
    private static string Sentence(params string?[] parts) => string.Join("; ", parts.OfType<string>().Where(p => p.Length > 0));
}
