using System.Globalization;
using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Editing;
using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Working.Editing;

/// <summary>A section of the form that shows what belongs to the object: themes, relations, figures. One item is open at a time.</summary>
public abstract class SectionComponent : Shared.MovingComponent
{
    [Parameter, EditorRequired] public EditSession Session { get; set; } = default!;

    [Inject] private protected EditQuery Edits { get; set; } = default!;

    /// <summary>The part of a path before the slash, of what this section shows.</summary>
    protected abstract string Section { get; }

    /// <summary>Id of what adds an item.</summary>
    protected abstract string AddId { get; }

    private int _told;

    /// <summary>Path of the item whose fields are open.</summary>
    protected string? Opened { get; private set; }

    protected void Toggle(string path) => Open(Opened == path ? null : path);

    /// <summary>Opens an item instead of the one that is open, unless something stands half filled in there: closing would lose it, so it says so.</summary>
    protected void Open(string? path)
    {
        if (Opened is { } open && open != path && Session.AskUnchosen(Id(open)) is { } field) GoOn(field);
        else Opened = path;
    }

    protected string? Text(string path, string member) => Domain.Registry.Json.Text(Session[path]?[member]);

    /// <summary>Puts a text on an item; empty takes the member away.</summary>
    protected void Write(string path, string member, string? text) => Session.SetMember(path, member, string.IsNullOrEmpty(text) ? null : text);

    /// <summary>A day as people write it; what is being typed stays as it is typed.</summary>
    protected string? DayShown(string path, string member) => Text(path, member) is { } text && JsonNode.DeepEquals(Session[path]?[member], Session.Stands[path]?[member]) ? EditSession.DayShown(text) : Text(path, member);

    /// <summary>The same for an amount, which is a number once it is kept.</summary>
    protected string? AmountShown(string path, string member) => EditSession.AmountShown(Session[path]?[member]);

    protected string? NumberShown(string path) => Domain.Registry.Json.Whole(Session[path]?["number"]) is { } number ? number.ToString(CultureInfo.InvariantCulture) : Text(path, "number");

    /// <summary>What is no number stays as it was typed, to be told.</summary>
    protected void Number(string path, string? text) => Session.SetMember(path, "number", int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : string.IsNullOrWhiteSpace(text) ? null : text);

    /// <summary>Objects of these kinds that whoever works may name.</summary>
    protected async Task<IReadOnlyList<Choice>> FindObjectsAsync(string text, IReadOnlyCollection<string> kinds, CancellationToken cancellation) => await Edits.ObjectsAsync(text, kinds, await CurrentActorAsync(), cancellation);

    /// <summary>Names an object that was found.</summary>
    protected void Choose(string path, string member, Choice choice)
    {
        Session.Learn(choice.Code, choice.Name);
        Write(path, member, choice.Code);
    }

    protected override void OnInitialized() => Session.Changed += OnChanged;

    /// <summary>When the whole was looked at, the first item with a mistake at a field of its own opens: a mistake stands where it can be mended.</summary>
    protected override void OnParametersSet()
    {
        if (_told == Session.TimesTold) return;
        _told = Session.TimesTold;
        var wrong = Session.Problems.Where(p => p.Member is not null && ChangeSet.SectionOf(p.Path) == Section).Select(p => p.Path).ToList();
        if (wrong.Count > 0 && (Opened is null || !wrong.Contains(Opened)) && (Opened is null || Session.AskUnchosen(Id(Opened)) is null)) Opened = wrong[0];
    }

    /// <summary>An item draws itself; the section draws the list of them.</summary>
    private void OnChanged(object? sender, PathEventArgs e)
    {
        if (ChangeSet.SectionOf(e.Path) != Section) return;
        if (e.IsNumber) Follow(e.Path);
        _ = InvokeAsync(StateHasChanged);
    }

    /// <summary>The button that was pressed may be gone: to the item that came, or to where one that is gone can be had back.</summary>
    private void Follow(string path)
    {
        if (Session[path] is not null)
        {
            GoOn(Id(path));
            return;
        }
        if (Opened == path) Opened = null;
        GoOn(Session.Stands[path] is null ? AddId : RemovedItems.KeepId(path));
    }

    protected override void Dispose(bool disposing)
    {
        Session.Changed -= OnChanged;
        base.Dispose(disposing);
    }

    protected static string Id(string path, string? part = null) => EditSession.ElementId(path, part);
}
