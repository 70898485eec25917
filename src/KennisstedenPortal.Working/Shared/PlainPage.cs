using KennisstedenPortal.Domain.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Working.Shared;

/// <summary>A page of plain forms, without circuit. It answers with the right status, and a refusal becomes a sentence.</summary>
public abstract class PlainPage : WorkingComponent
{
    [CascadingParameter] protected HttpContext Http { get; set; } = default!;

    /// <summary>Set when the person has no right to this; the page shows <c>Refused</c>.</summary>
    protected NotAllowedException? Refusal { get; private set; }

    /// <summary>Set by the handler of a form, when it is done or about to tell what came of it.</summary>
    protected bool IsHandled { get; set; }

    /// <summary>
    /// Whether this form was posted and is not handled yet. A form that was on the page when it was opened must be there again
    /// to be handled, also when meanwhile there is nothing left to decide; then it tells so.
    /// </summary>
    protected bool Awaits(params ReadOnlySpan<string> forms) => !IsHandled && PostedOne("_handler") is { } posted && forms.Contains(posted);

    /// <summary>Does it, or answers 403.</summary>
    protected async Task AllowedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (NotAllowedException refusal)
        {
            Refusal = refusal;
            if (!Http.Response.HasStarted) Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    /// <summary>All values that the posted form gives under a name.</summary>
    protected IReadOnlyList<string> Posted(string name) => Http.Request.HasFormContentType ? [.. Http.Request.Form[name].OfType<string>()] : [];

    protected string? PostedOne(string name) => Posted(name) is [var one, ..] ? one : null;

    protected IReadOnlyList<Guid> PostedIds(string name) => [.. Posted(name).Select(v => Guid.TryParseExact(v, "D", out var id) ? id : (Guid?)null).OfType<Guid>()];
}
