using System.Globalization;
using System.Security.Claims;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Working.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Web.SignIn;

/// <summary>How long somebody stays signed in.</summary>
internal static class SessionLimits
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8), Absolute = TimeSpan.FromHours(24);
}

/// <summary>What the cookie of a session holds: who, which session, which stamp, since when. No name, no roles: those are asked of the database.</summary>
internal sealed class SessionClaims(TimeProvider time) : IUserClaimsPrincipalFactory<Account>
{
    public Task<ClaimsPrincipal> CreateAsync(Account user) => Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()),
        new Claim(SessionClaim.Session, Guid.NewGuid().ToString()),
        new Claim(SessionClaim.Stamp, user.SecurityStamp!),
        new Claim(SessionClaim.Since, time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ], IdentityConstants.ApplicationScheme)));
}

/// <summary>What a session is worth at this moment.</summary>
internal enum SessionState { Ended, NeedsSecondFactor, Holds }

/// <summary>
/// Asks the database whether a session still holds: it was not signed out, the account is open, nobody ended its sessions, and it is not a day old.
/// Every request to a working page asks it, and every open circuit within a minute.
/// </summary>
internal sealed class SessionCheck(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private static readonly Role[] Guarded = [.. Enum.GetValues<Role>().Where(r => r.NeedsSecondFactor())];

    public async Task<SessionState> StateOfAsync(ClaimsPrincipal user, CancellationToken cancellation)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) || user.FindFirstValue(SessionClaim.Stamp) is not { } stamp
            || SessionClaim.IdOf(user) is not { } session || SessionClaim.StartOf(user) is not { } since || time.GetUtcNow() - since >= SessionLimits.Absolute) return SessionState.Ended;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var account = await db.Accounts.AsNoTracking().Where(a => a.Id == id && a.SecurityStamp == stamp && a.DisabledAt == null && a.ForgottenAt == null && db.Sessions.Any(s => s.Id == session && s.AccountId == a.Id))
            .Select(a => new { Lacks = !a.TwoFactorEnabled && a.Grants.Any(g => Guarded.Contains(g.Role)) }).SingleOrDefaultAsync(cancellation);
        return account is null ? SessionState.Ended : account.Lacks ? SessionState.NeedsSecondFactor : SessionState.Holds;
    }
}

/// <summary>What happens with the cookie of a session.</summary>
internal sealed class SessionCookie(SessionCheck check, SessionWriter sessions, SignInLog log) : CookieAuthenticationEvents
{
    public const string StateItem = "session-state";

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var state = context.Principal is { } user ? await check.StateOfAsync(user, context.HttpContext.RequestAborted) : SessionState.Ended;
        context.HttpContext.Items[StateItem] = state;
        if (state != SessionState.Ended) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    public override Task SigningIn(CookieSigningInContext context) => sessions.StartAsync(context.Principal!, context.HttpContext.User, context.HttpContext.RequestAborted);

    /// <summary>The session ends here, not only at this browser: a copy of the cookie is worth nothing afterwards.</summary>
    public override Task SigningOut(CookieSigningOutContext context) => sessions.EndAsync(context.HttpContext.User);

    /// <summary>A cookie that is made anew for who is signed in already is no new signing in.</summary>
    public override Task SignedIn(CookieSignedInContext context) =>
        context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } now && now != context.HttpContext.User.FindFirstValue(ClaimTypes.NameIdentifier) && Guid.TryParse(now, out var id) ? log.SignedInAsync(id, context.HttpContext.RequestAborted) : Task.CompletedTask;

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        var english = request.Path.StartsWithSegments("/en", StringComparison.Ordinal) ? "/en" : "";
        context.Response.Redirect($"{english}/inloggen?terug={Uri.EscapeDataString(request.Path + request.QueryString)}");
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}

/// <summary>Whoever reaches everybody's data sets up a second factor before anything else.</summary>
internal sealed class SecondFactorFirst(RequestDelegate next)
{
    public const string Path = "/account/tweede-factor";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var english = path.StartsWithSegments("/en", StringComparison.Ordinal, out var rest);
        if (!english) rest = path;
        if (context.Items[SessionCookie.StateItem] is not SessionState.NeedsSecondFactor || rest == Path || rest == "/uitloggen" || rest.StartsWithSegments("/fout", StringComparison.Ordinal)) return next(context);
        context.Response.Redirect((english ? "/en" : "") + Path);
        return Task.CompletedTask;
    }
}
