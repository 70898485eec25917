using System.Security.Cryptography;
using System.Text.Json;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Working.Shared;

/// <summary>What a form came to, told on the page that is opened after it.</summary>
/// <param name="Path">Of that page.</param>
/// <param name="Names">Which it was about, at most <see cref="MostNames"/>.</param>
public sealed record Told(string Path, string Words, bool IsProblem, IReadOnlyList<string> Names)
{
    /// <summary>It travels in a cookie.</summary>
    public const int MostNames = 20, NameLength = 60;
}

/// <summary>A page of plain forms, without circuit. It answers with the right status, and a refusal becomes a sentence.</summary>
public abstract class PlainPage : WorkingComponent
{
    private const string ToldCookie = "kennissteden-verteld";
    private static readonly TimeSpan ToldFor = TimeSpan.FromMinutes(1);
    private Told? _told;
    private bool _wasAsked;

    [CascadingParameter] protected HttpContext Http { get; set; } = default!;
    [Inject] private IDataProtectionProvider Protection { get; set; } = default!;

    /// <summary>What was told to somebody is nothing for who signs in after them.</summary>
    private ITimeLimitedDataProtector Protector => Protection.CreateProtector(ToldCookie, AccountIdOf(Http.User)?.ToString() ?? "nobody").ToTimeLimitedDataProtector();
    private string CookieName => Http.Request.IsHttps ? "__Host-" + ToldCookie : ToldCookie;
    private CookieOptions Options => new() { HttpOnly = true, IsEssential = true, MaxAge = ToldFor, Path = "/", SameSite = SameSiteMode.Lax, Secure = Http.Request.IsHttps };

    /// <summary>What the form came to that was posted before this page was opened: told once.</summary>
    protected Told? Said
    {
        get
        {
            if (!_wasAsked && HttpMethods.IsGet(Http.Request.Method)) _told = TakeTold();
            _wasAsked = true;
            return _told;
        }
    }

    /// <summary>
    /// Opens the page anew and tells there what was done. The answer to a form is no page: who goes back or reloads would post
    /// it again, or get an error of the browser. Only what is wrong with a form is told at once, with what was typed.
    /// </summary>
    protected void OpenAnew(string words, bool isProblem = false, IReadOnlyList<string>? names = null)
    {
        var address = new Uri(Navigation.Uri);
        Http.Response.Cookies.Append(CookieName, Protector.Protect(JsonSerializer.Serialize(new Told(address.AbsolutePath, words, isProblem, [.. (names ?? []).Take(Told.MostNames).Select(n => InputText.Shortened(n, Told.NameLength))])), ToldFor), Options);
        Navigation.NavigateTo(address.PathAndQuery);
    }

    private Told? TakeTold()
    {
        if (!Http.Request.Cookies.TryGetValue(CookieName, out var cookie)) return null;
        try
        {
            if (JsonSerializer.Deserialize<Told>(Protector.Unprotect(cookie)) is not { } told || told.Path != new Uri(Navigation.Uri).AbsolutePath) return null;
            Http.Response.Cookies.Delete(CookieName, Options);
            return told;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            // Too old, or not ours.
            return null;
        }
    }

    protected const string FormIdName = "formulier";
    private Guid? _formId;

    /// <summary>Names what a form is about to do, so that a second click on the same form does it once: it travels in the form.</summary>
    protected Guid FormId => _formId ??= PostedIds(FormIdName) is [var id, ..] ? id : Guid.CreateVersion7();

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
