using System.Globalization;
using System.Security.Claims;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace KennisstedenPortal.Working.Shared;

/// <summary>
/// Base of every working component: the language of the page, and who works. It knows no <c>HttpContext</c>, so it is the same
/// in a plain page and in a circuit. The language stands in the address (<c>/en/…</c>) and nowhere else. No component of a form takes
/// a cascading value: the framework would keep a copy of all its parameters, a quarter of what a form weighs.
/// </summary>
public abstract class WorkingComponent : ComponentBase, IDisposable
{
    private static readonly CultureInfo DutchCulture = CultureInfo.GetCultureInfo("nl-NL"), EnglishCulture = CultureInfo.GetCultureInfo("en-GB");
    private readonly CancellationTokenSource _gone = new();

    /// <summary>The token is taken at once: work that goes on after the screen is gone still asks for it.</summary>
    protected WorkingComponent() => Cancelled = _gone.Token;

    [Inject] protected NavigationManager Navigation { get; set; } = default!;
    [Inject] private ActorQuery Actors { get; set; } = default!;
    [Inject] private AuthenticationStateProvider SignedIn { get; set; } = default!;

    protected string Language => LanguageOf(Navigation);
    protected bool IsEnglish => Language == "en";
    protected CultureInfo Culture => IsEnglish ? EnglishCulture : DutchCulture;

    /// <summary>The page's own address without language prefix and query, beginning with a slash.</summary>
    protected string PagePath
    {
        get
        {
            var path = new Uri(Navigation.Uri).AbsolutePath;
            return path == "/en" ? "/" : path.StartsWith("/en/", StringComparison.Ordinal) ? path[3..] : path;
        }
    }

    /// <summary>Cancelled when the component leaves the screen.</summary>
    protected CancellationToken Cancelled { get; }

    /// <summary>False while a live page is only drawn beforehand: what is typed then would be lost, so forms wait for it.</summary>
    protected bool IsLive => RendererInfo.IsInteractive;

    protected string T(string nl, string en) => IsEnglish ? en : nl;
    protected string T(Text text) => text.In(Language);

    /// <summary>An address of the portal in the language of the page.</summary>
    protected string Href(string path) => IsEnglish ? path == "/" ? "/en" : "/en" + path : path;

    protected string Number(decimal value) => value.ToString(value == decimal.Truncate(value) ? "#,0" : "#,0.##", Culture);
    protected string Day(DateOnly day) => day.ToString("d MMMM yyyy", Culture);
    protected string Day(DateTimeOffset at) => Day(Dutch.Day(at));
    /// <summary>Day and time in the Netherlands: 24 november 2026, 14:05.</summary>
    protected string Moment(DateTimeOffset at) => Dutch.Moment(at, Culture);

    /// <summary>
    /// Who works, with the rights of this moment: ask it anew for each thing that is done, and give it to the writer. When the
    /// account was closed meanwhile, a live page closes and says so, another goes to the sign-in; the work in hand is cancelled.
    /// </summary>
    /// <exception cref="OperationCanceledException">Nobody is signed in any more.</exception>
    protected async Task<Actor> CurrentActorAsync()
    {
        if (await FindActorAsync() is { } actor) return actor;
        if (IsLive && SignedIn is IHostEnvironmentAuthenticationStateProvider session) session.SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal())));
        else Navigation.NavigateTo(SignInAddress, forceLoad: true);
        throw new OperationCanceledException("Nobody is signed in.");
    }

    /// <summary>Who works, or null on a page that anybody may open.</summary>
    protected async Task<Actor?> FindActorAsync() =>
        AccountIdOf((await SignedIn.GetAuthenticationStateAsync()).User) is { } id ? await Actors.FindAsync(id, Cancelled) : null;

    /// <summary>The sign-in that leads back here.</summary>
    protected string SignInAddress => $"{Href("/inloggen")}?terug={Uri.EscapeDataString(new Uri(Navigation.Uri).PathAndQuery)}";

    internal static Guid? AccountIdOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    internal static string LanguageOf(NavigationManager navigation)
    {
        var path = navigation.ToBaseRelativePath(navigation.Uri);
        return path == "en" || path.StartsWith("en/", StringComparison.Ordinal) || path.StartsWith("en?", StringComparison.Ordinal) ? "en" : "nl";
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _gone.Cancel();
        _gone.Dispose();
    }
}

/// <summary>A layout that is a working component as well.</summary>
public abstract class WorkingLayoutComponent : WorkingComponent
{
    /// <summary>The page; the name is the framework's.</summary>
    [Parameter] public RenderFragment? Body { get; set; }
}
