using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Reading.Shared;

/// <summary>A layout that is a reading component as well.</summary>
public abstract class ReadingLayout : ReadingComponent
{
    /// <summary>The page; the name is the framework's.</summary>
    [Parameter] public RenderFragment? Body { get; set; }
}
