using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace KennisstedenPortal.Working.Shared;

/// <summary>
/// A part of a live page in which things come and go. Who pressed a button that is gone with it would be thrown back to the top
/// of the page; so the part says where the work goes on.
/// </summary>
public abstract class MovingComponent : WorkingComponent
{
    private string? _next;

    [Inject] private IJSRuntime Script { get; set; } = default!;

    /// <summary>After the next drawing the focus goes to this element, or to the first field of what is opened in it.</summary>
    protected void GoOn(string elementId) => _next = elementId;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_next is not { } next) return;
        _next = null;
        try
        {
            await Script.InvokeVoidAsync("goOn", Cancelled, next);
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // Nobody looks any more, or the browser could not: never a reason to lose the page.
        }
    }
}
