using System.Security.Claims;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Web.Hosting;
using KennisstedenPortal.Working.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace KennisstedenPortal.Web.SignIn;

/// <summary>An identity provider as configured at <c>Portal:SignIn:Providers:N</c>.</summary>
/// <param name="TrustsEmail">Its word on addresses counts, when it says that it verified them.</param>
internal sealed record Provider(string Scheme, string Name, string Issuer, string ClientId, string? ClientSecret, bool TrustsEmail);

/// <summary>
/// Signing in at an organisation's own identity provider (OpenID Connect, code with PKCE). A login is an issuer and a subject
/// there, tied to an account when an invitation is accepted; an address never finds an account by itself.
/// </summary>
internal static class Providers
{
    private const string Section = "Portal:SignIn:Providers", Return = "terug", Invitation = "uitnodiging", Language = "language", Done = "/inloggen/klaar";

    private static readonly string[] Scopes = ["openid", "profile", "email"];

    /// <exception cref="StartRefusedException">One is half configured, or two have one name.</exception>
    public static IReadOnlyList<Provider> Read(IConfiguration configuration, bool local)
    {
        var all = new List<Provider>();
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            string Value(string key) => section[key] is { Length: > 0 } value ? value : throw new StartRefusedException($"Set Portal__SignIn__Providers__{section.Key}__{key}.");
            var issuer = Value("Issuer");
            if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps && !local) throw new StartRefusedException($"Portal__SignIn__Providers__{section.Key}__Issuer must be an https address.");
            all.Add(new Provider(SlugText.From(Value("Name")), Value("Name"), issuer, Value("ClientId"), section["ClientSecret"], section.GetValue("TrustsEmail", false)));
        }
        if (all.DistinctBy(p => p.Scheme, StringComparer.Ordinal).Count() < all.Count) throw new StartRefusedException("Two identity providers have one name.");
        return all;
    }

    public static void AddProvider(this AuthenticationBuilder authentication, Provider provider, bool local) => authentication.AddOpenIdConnect(provider.Scheme, provider.Name, o =>
    {
        (o.Authority, o.ClientId, o.ClientSecret) = (provider.Issuer, provider.ClientId, provider.ClientSecret);
        (o.SignInScheme, o.ResponseType, o.ResponseMode, o.UsePkce) = (IdentityConstants.ExternalScheme, OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        o.CallbackPath = $"/inloggen/terug/{provider.Scheme}";
        o.MapInboundClaims = false;
        o.RequireHttpsMetadata = !local;
        o.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(15);
        o.Scope.Clear();
        foreach (var scope in Scopes) o.Scope.Add(scope);
        foreach (var cookie in new[] { o.CorrelationCookie, o.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = local ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        }
        // What the discovery document says of itself does not count: this issuer, and no other.
        o.TokenValidationParameters.IssuerValidator = (issuer, _, _) => string.Equals(issuer.TrimEnd('/'), provider.Issuer.TrimEnd('/'), StringComparison.Ordinal) ? issuer : throw new SecurityTokenInvalidIssuerException("Another issuer than the configured one.");
        o.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect(Failed(ReasonOf(context.Failure), context.Properties?.Items.TryGetValue(Language, out var language) == true ? language : null));
            context.HandleResponse();
            return Task.CompletedTask;
        };
    });

    public static void MapProviders(this WebApplication app)
    {
        foreach (var language in new[] { "", "/en" })
            app.MapGet(language + "/inloggen/via/{scheme}", (string scheme, string? terug, string? uitnodiging, IReadOnlyList<Provider> providers) =>
            {
                if (providers.All(p => p.Scheme != scheme)) return Results.NotFound();
                var properties = new AuthenticationProperties { RedirectUri = Done };
                properties.Items[Return] = ReturnAddress.Of(terug, language + "/werkplek");
                properties.Items[Language] = language;
                properties.Items["scheme"] = scheme;
                if (Secrets.IsOne(uitnodiging)) properties.Items[Invitation] = uitnodiging;
                return Results.Challenge(properties, [scheme]);
            });
        app.MapGet(Done, FinishAsync);
    }

    /// <summary>The provider said who it is; now the portal decides whether that is somebody.</summary>
    private static async Task<IResult> FinishAsync(HttpContext http, IReadOnlyList<Provider> providers, UserManager<Account> users, SignInManager<Account> signIn, InvitationWriter invitations, CancellationToken cancellation)
    {
        var result = await http.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        var items = result.Properties?.Items ?? new Dictionary<string, string?>(StringComparer.Ordinal);
        var language = items.TryGetValue(Language, out var prefix) ? prefix : "";
        if (result.Principal?.FindFirst("sub")?.Value is not { Length: > 0 } subject || !items.TryGetValue("scheme", out var scheme) || providers.FirstOrDefault(p => p.Scheme == scheme) is not { } provider)
            return Results.Redirect(Failed(SignInFailure.Expired, language));

        if (items.TryGetValue(Invitation, out var secret))
        {
            if (await invitations.FindAsync(secret, cancellation) is not { } invitation) return Results.Redirect(Failed(SignInFailure.Invitation, language));
            if (provider.TrustsEmail && EmailProblem(result.Principal, invitation.Email) is { } problem) return Results.Redirect(Failed(problem, language));
            if (await users.FindByLoginAsync(provider.Issuer, subject) is not null || await invitations.AcceptAsync(secret, new Acceptance(invitation.Name, null, (provider.Issuer, subject, provider.Name)), cancellation) is not PeopleOutcome.Saved)
                return Results.Redirect(Failed(SignInFailure.Invitation, language));
        }
        else if (await users.FindByLoginAsync(provider.Issuer, subject) is null) return Results.Redirect(Failed(SignInFailure.Unknown, language));

        var outcome = await signIn.ExternalLoginSignInAsync(provider.Issuer, subject, isPersistent: false, bypassTwoFactor: false);
        var target = ReturnAddress.Of(items.TryGetValue(Return, out var back) ? back : null, language + "/werkplek");
        return outcome switch
        {
            { Succeeded: true } => Results.LocalRedirect(target),
            { RequiresTwoFactor: true } => Results.LocalRedirect($"{language}/inloggen/tweede-factor?terug={Uri.EscapeDataString(target)}"),
            _ => Results.Redirect(Failed(SignInFailure.Closed, language)),
        };
    }

    private static string? EmailProblem(ClaimsPrincipal user, string invited)
    {
        if (user.FindFirst("email")?.Value is not { Length: > 0 } email) return SignInFailure.NoEmail;
        if (!string.Equals(user.FindFirst("email_verified")?.Value, "true", StringComparison.OrdinalIgnoreCase)) return SignInFailure.UnverifiedEmail;
        return string.Equals(email, invited, StringComparison.OrdinalIgnoreCase) ? null : SignInFailure.OtherEmail;
    }

    private static string ReasonOf(Exception? failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is SecurityTokenInvalidIssuerException) return SignInFailure.Issuer;
            if (e is OpenIdConnectProtocolException && e.Message.Contains("invalid_grant", StringComparison.Ordinal)) return SignInFailure.Expired;
            if (e is AuthenticationFailureException && e.Message.Contains("access_denied", StringComparison.Ordinal) || e is OpenIdConnectProtocolException && e.Message.Contains("access_denied", StringComparison.Ordinal)) return SignInFailure.Denied;
            if (e is OpenIdConnectProtocolInvalidNonceException || e.Message.Contains("Correlation failed", StringComparison.Ordinal) || e.Message.Contains("State", StringComparison.OrdinalIgnoreCase)) return SignInFailure.Expired;
        }
        return SignInFailure.Failed;
    }

    private static string Failed(string reason, string? language) => $"{language}/inloggen/mislukt?reden={reason}";
}
