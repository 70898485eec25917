using System.Globalization;
using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Working.Editing;

/// <summary>Which path of a form changed, and whether something came or went by it.</summary>
public sealed class PathEventArgs(string path, bool isNumber) : EventArgs
{
    public string Path => path;
    /// <summary>Something of the section was added, removed or put back: its number may be another.</summary>
    public bool IsNumber => isNumber;
}

/// <summary>What should stand where two people changed the same.</summary>
public enum ClashChoice { None, Theirs, Mine, Both }

/// <summary>
/// What stands on an open form: the object as it stands, as JSON, and what the person makes of it. Nothing here is checked or
/// tracked; the writer does that. Parts of the form change it and are told when another part did.
/// </summary>
public sealed class EditSession(ObjectKind kind, Guid id)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public ObjectKind Kind => kind;
    public Guid Id => id;
    /// <summary>Revision on which the changes were made; 0 while the object does not exist.</summary>
    public int BaseRevision { get; set; }
    public bool IsNew => BaseRevision == 0;
    /// <summary>The proposal that is being adjusted; its maker hears what becomes of it.</summary>
    public Guid? ProposalId { get; private set; }
    /// <summary>What became of that proposal before it was taken over from here; open while it waits.</summary>
    public ProposalState? Decision { get; set; }
    /// <summary>Taking over the proposal is what saving does.</summary>
    public bool IsTakingOver => ProposalId is not null && Decision == ProposalState.Open;
    /// <summary>Path to value, as in history.</summary>
    public JsonObject Stands { get; private set; } = [];
    public ChangeSet Changes { get; set; } = new();
    /// <summary>What identities and codes are called.</summary>
    public IReadOnlyDictionary<string, string> Names => _names;
    /// <summary>Why the person changes this; kept with the draft.</summary>
    public string? Reason { get; private set; }
    /// <summary>Revision that the choices below were made on; on another one they say nothing.</summary>
    public int ChosenOn { get; set; }
    /// <summary>What the person chose where somebody else changed the same, by path.</summary>
    public Dictionary<string, ClashChoice> Choices { get; } = new(StringComparer.Ordinal);
    /// <summary>Texts that the person made of both versions, by path.</summary>
    public Dictionary<string, string?> Combined { get; } = new(StringComparer.Ordinal);
    /// <summary>Fields in which something was typed to choose by and nothing chosen yet, by id; and what to do about it.</summary>
    public Dictionary<string, string> Unchosen { get; } = new(StringComparer.Ordinal);
    /// <summary>The person was told of them.</summary>
    public bool IsChoiceAsked { get; set; }
    /// <summary>What the last look at the whole found wrong.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>How often what is wrong was told; not each time that something of it was mended.</summary>
    public int TimesTold { get; private set; }

    /// <summary>What is wrong now, after the whole was looked at.</summary>
    public void Tell(IReadOnlyList<Problem> problems) => (Problems, TimesTold) = (problems, TimesTold + 1);

    /// <summary>After every change, with its path.</summary>
    public event EventHandler<PathEventArgs>? Changed;

    /// <summary>Takes the object as it stands now.</summary>
    public void Stand(EditView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        Stands = view.Snapshot;
        Learn(view.Names);
    }

    /// <summary>What began as something new was added meanwhile: from here on it is a change of what was added.</summary>
    public void BecomeChange()
    {
        BaseRevision = 1;
        Changes = Changes.Against(Stands);
    }

    /// <summary>Begins with what the portal fills in by itself.</summary>
    public void StandBlank() => Stands = EditQuery.Blank(kind, id);

    public void Learn(IEnumerable<KeyValuePair<string, string>> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var (code, name) in names) _names[code] = name;
    }

    /// <summary>Goes on with a draft.</summary>
    public void Resume(DraftView draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        (Changes, BaseRevision, ProposalId, Decision, Reason) = (draft.Changes, draft.BaseRevision, draft.ProposalId, draft.Decision, draft.Reason);
    }

    public void Learn(string code, string name) => _names[code] = name;
    public string Name(string? code) => code is null ? "" : _names.GetValueOrDefault(code, code);

    public JsonNode? this[string path] => Changes.Has(path) ? Changes[path] : Stands[path];
    public bool IsChanged(string path) => Changes.Has(path);

    /// <summary>A value that is what stands there is no change; neither is empty instead of unknown.</summary>
    public void Set(string path, JsonNode? value)
    {
        var was = this[path] is not null;
        if (JsonNode.DeepEquals(value, Stands[path]) || IsEmpty(value) && IsEmpty(Stands[path])) Changes.Unset(path);
        else Changes.Set(path, value);
        // What was wrong with the old value says nothing of the new one.
        if (Problems.Any(p => p.Path == path)) Problems = [.. Problems.Where(p => p.Path != path)];
        Changed?.Invoke(this, new PathEventArgs(path, was != this[path] is not null));
    }

    public void Explain(string? reason)
    {
        Reason = reason;
        Changed?.Invoke(this, new PathEventArgs("", isNumber: false));
    }

    /// <summary>Names something as it stands, to say that it still holds beside what changes.</summary>
    public void Restate(string path, bool holds)
    {
        if (holds) Changes.Set(path, Stands[path]);
        else Changes.Unset(path);
        Changed?.Invoke(this, new PathEventArgs(path, isNumber: false));
    }

    /// <summary>Changes one member of something that belongs to the object; null takes the member away.</summary>
    public void SetMember(string path, string member, JsonNode? value)
    {
        var node = this[path]?.DeepClone() as JsonObject ?? [];
        if (value is null) node.Remove(member);
        else node[member] = value;
        Set(path, node);
    }

    /// <summary>The paths of a section that stand there or are added, removed ones left out.</summary>
    public IReadOnlyList<string> Paths(string section)
    {
        var start = section + "/";
        return [.. Stands.Select(p => p.Key).Concat(Changes.Values.Keys).Where(p => p.StartsWith(start, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Where(p => this[p] is not null)];
    }

    /// <summary>What stood in a section and will be removed.</summary>
    public IReadOnlyList<string> Removed(string section)
    {
        var start = section + "/";
        return [.. Changes.Values.Where(p => p.Value is null && p.Key.StartsWith(start, StringComparison.Ordinal)).Select(p => p.Key)];
    }

    public void Remove(string path) => Set(path, null);

    /// <summary>The first field of an element in which something stands half filled in; the person is told there.</summary>
    public string? AskUnchosen(string elementId)
    {
        if (Unchosen.Keys.FirstOrDefault(id => id == elementId || id.StartsWith(elementId + "-", StringComparison.Ordinal)) is not { } id) return null;
        IsChoiceAsked = true;
        return id;
    }

    public void PutBack(string path)
    {
        Changes.Unset(path);
        Changed?.Invoke(this, new PathEventArgs(path, isNumber: true));
    }

    /// <summary>A day that is kept (yyyy-MM-dd) as people write it; anything else as it is.</summary>
    public static string DayShown(string text) => Json.Day(text) is { } day ? day.ToString("d-M-yyyy", CultureInfo.InvariantCulture) : text;

    /// <summary>An amount that is kept as people write it: 1.250.000,50; what was typed as it is.</summary>
    public static string? AmountShown(JsonNode? value) => Json.Number(value) is { } amount ? amount.ToString("#,0.##", CultureInfo.GetCultureInfo("nl-NL")) : Json.Text(value);

    public static string NewPath(string section) => $"{section}/{Guid.CreateVersion7()}";

    /// <summary>An id for an element; paths hold slashes.</summary>
    public static string ElementId(string path, string? part = null) => $"veld-{path.Replace('/', '-')}{(part is null ? "" : "-" + part)}";

    private static bool IsEmpty(JsonNode? value) => value is null or JsonArray { Count: 0 } || Json.Text(value) is { Length: 0 };
}
