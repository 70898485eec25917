using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Working.Editing;

/// <summary>A section of the form that shows what belongs to the object: themes, relations, figures. One item is open at a time.</summary>
public abstract class SectionComponent : Shared.WorkingComponent
{
    [Parameter, EditorRequired] public EditSession Session { get; set; } = default!;

    /// <summary>Path of the item whose fields are open.</summary>
    protected string? Opened { get; set; }

    protected void Toggle(string path) => Opened = Opened == path ? null : path;

    protected string? Text(string path, string member) => Domain.Registry.Json.Text(Session[path]?[member]);

    /// <summary>Puts a text on an item; empty takes the member away.</summary>
    protected void Write(string path, string member, string? text) => Session.SetMember(path, member, string.IsNullOrEmpty(text) ? null : text);

    protected string? Problem(string path) => Session.Problems.FirstOrDefault(p => p.Path == path) is { } problem ? T(problem.Message) : null;

    protected static string Id(string path, string? part = null) => EditSession.ElementId(path, part);
}
