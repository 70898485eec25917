using System.Text.Json.Nodes;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.History;

/// <summary>
/// Turns an older version into a change of the present: what people may edit and what can still stand. What was removed comes
/// back under its own identity. The rest is told apart, so that nobody believes that it came back.
/// </summary>
/// <param name="isThere">Whether what is referred to can still be referred to: objects, figures, sources, themes, areas.</param>
/// <param name="mayChange">Whether the person may change such a field.</param>
internal sealed class RestorePlan(ObjectKind kind, Guid id, JsonObject then, JsonObject now, Func<string, bool> isThere, Func<Right, bool> mayChange)
{
    private readonly SortedSet<string> _kept = new(StringComparer.Ordinal);

    public ChangeSet Changes { get; } = new();

    /// <summary>Paths that differ and that can't be put back this way.</summary>
    public IReadOnlyCollection<string> Kept => _kept;

    /// <param name="only">These paths; null is the whole version.</param>
    public RestorePlan Build(IReadOnlyCollection<string>? only = null)
    {
        foreach (var path in then.Select(p => p.Key).Union(now.Select(p => p.Key), StringComparer.Ordinal).Where(p => p is not "kind" && only?.Contains(p, StringComparer.Ordinal) != false)
            .OrderBy(p => ChangeSet.SectionOf(p) == "swot").ToList())
        {
            if (JsonNode.DeepEquals(then[path], now[path])) continue;
            var (section, key, old) = (ChangeSet.SectionOf(path), ChangeSet.KeyOf(path), then[path]);
            if (section is null) Field(path, old);
            else if (old is null) Remove(section, path);
            else if (Member(section, key, path, old) is { } value) Put(path, value);
        }
        // The mark and the sources of a value are those of then, also where they did not change: they hold for it, not for what stands now.
        foreach (var field in Changes.Values.Keys.Where(p => ChangeSet.SectionOf(p) is null).ToList())
        {
            foreach (var (path, value) in then.Where(p => p.Key == $"provenance/{field}" || ChangeSet.SectionOf(p.Key) == "citation" && Json.Text(p.Value?["field"]) == field))
                if (!Changes.Has(path) && value is not null && Member(ChangeSet.SectionOf(path)!, ChangeSet.KeyOf(path), path, value) is { } support) Changes.Set(path, support);
            foreach (var path in now.Where(p => ChangeSet.SectionOf(p.Key) == "citation" && Json.Text(p.Value?["field"]) == field && !then.ContainsKey(p.Key)).Select(p => p.Key)) Changes.Set(path, null);
        }
        return this;
    }

    private void Field(string path, JsonNode? old)
    {
        // The address stays: links to it must keep working. A field that is younger than the version says nothing about then.
        if (!kind.FieldsByName.TryGetValue(path, out var field) || field.Input == FieldInput.None || !then.ContainsKey(path)) Keep(path);
        // The course of an action goes step by step; an older status is no next step.
        else if (kind.Type == typeof(AgendaAction) && path is "status" or "statusReason") Keep(path);
        else if (path == "state" && Json.Text(old) == Codes<ObjectState>.Code(ObjectState.Draft) || field.Problem(old) is not null || field.Needs != Right.Edit && !mayChange(field.Needs)) Keep(path);
        else if (field.Input is FieldInput.Municipality or FieldInput.Area or FieldInput.Steward && Json.Text(old) is { } code && !isThere(code)) Keep(path);
        else Put(path, old);
    }

    private void Remove(string section, string path)
    {
        // What the other end reported is not ours to take away along with a version.
        var foreign = section == "relation" && Json.Id(now[path]?["reportedBy"]) is { } end && end != id;
        if (section is "key" || foreign || IsExample(now[path])) Keep(path);
        else Put(path, null);
    }

    /// <summary>What people may edit of a member as it was, or null when it can't come back.</summary>
    private JsonNode? Member(string section, string key, string path, JsonNode old)
    {
        var present = now[path];
        var node = old as JsonObject ?? [];
        string[] members = section switch
        {
            "theme" => ["strength", "basis"],
            "relation" => present is null ? ["kind", "from", "to", "since", "until", "note"] : ["since", "until", "note"],
            "observation" => ["indicator", "period", "source", "value", "missing", "segment", "qualifier", "derived", "preferred", "verification"],
            "swot" => ["sort", "text", "visibility", "evidence"],
            "exchange" => ["sort", "theme", "text", "visibility"],
            "citation" => ["source", "field", "passage"],
            "provenance" => ["verification", "note", "noteLanguage"],
            "milestone" => ["title", "due", "status", "closedOn", "evidenceUrl", "evidenceObject", "evidenceNote"],
            "commitment" => ["number", "party", "sort", "text", "amount", "term", "status", "reason", "carriedOutIn", "settledOn", "extendedFrom", "extendedOn"],
            "point" => ["number", "title", "action", "asked", "decision", "status", "party", "due", "carriedOutOn"],
            _ => [],
        };
        var possible = section switch
        {
            "location" => isThere(key),
            "theme" => present is not null || isThere(key),
            "relation" => present is not null || HistoryEyes.OtherEnd(node, id) is { } other && isThere(other.ToString()),
            // Bounds and areas come with official figures; nobody enters them.
            "observation" => !node.ContainsKey("min") && !node.ContainsKey("max") && (present is not null || !node.ContainsKey("area") && IsThere(node["source"]) && IsThere(node["indicator"])),
            "exchange" => IsThere(node["theme"]),
            // Some citations of the starter files are for what is no field of the kind; nobody enters those.
            "citation" => IsThere(node["source"]) && (Json.Text(node["field"]) is not { } cited || kind.FieldsByName.ContainsKey(cited)),
            "provenance" => present is not null || kind.FieldsByName.ContainsKey(key),
            "swot" => true,
            "element" => isThere(key),
            "milestone" => node["evidenceObject"] is null || IsThere(node["evidenceObject"]),
            "commitment" => IsThere(node["party"]) && (node["carriedOutIn"] is null || IsThere(node["carriedOutIn"])),
            "point" => (node["action"] is null || IsThere(node["action"])) && (node["party"] is null || IsThere(node["party"])),
            _ => false,
        };
        if (!possible || IsExample(node))
        {
            Keep(path);
            return null;
        }
        if (section is "location" or "element") return JsonValue.Create(true);
        if (present is not null && Equal(node, present, members) && section is not ("provenance" or "citation"))
        {
            Keep(path);
            return null;
        }
        var value = new JsonObject(members.Where(node.ContainsKey).Select(m => KeyValuePair.Create(m, node[m]?.DeepClone())));
        // A strength that nobody had confirmed comes back as the estimate that it was.
        if (section == "theme" && node["confirmedOn"] is null && node["strengthVerification"] is { } estimate) value["strengthVerification"] = estimate.DeepClone();
        if (section != "swot") return value;
        var evidence = new JsonArray([.. HistoryEyes.EvidenceOf(node).Where(e => e.Select(p => p.Value).All(IsThere)).Select(e => e.DeepClone())]);
        value["evidence"] = evidence;
        if (evidence.Count > 0) return value;
        Keep(path);
        return null;
    }

    private bool IsThere(JsonNode? code) => Json.Text(code) is { } text && (isThere(text) || Changes.Has($"observation/{text}"));
    private static bool IsExample(JsonNode? node) => Json.Code<Verification>((node as JsonObject)?["verification"]) == Verification.Example;
    private static bool Equal(JsonObject node, JsonNode present, string[] members) => members.All(m => JsonNode.DeepEquals(node[m], present[m]));
    private void Put(string path, JsonNode? value) => Changes.Set(path, value);
    private void Keep(string path) => _kept.Add(path);
}
