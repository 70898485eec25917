using System.Threading.RateLimiting;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Web.Hosting;
using KennisstedenPortal.Web.Mail;
using KennisstedenPortal.Working.Shared;
using KennisstedenPortal.Working.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Web.SignIn;

/// <summary>Signing in: accounts, cookies, keys, limits.</summary>
internal static class SignInSetup
{
    private const string Portal = "portal";
    /// <summary>PBKDF2 with SHA-512, as OWASP's password storage guide asks.</summary>
    private const int HashIterations = 210_000;
    private static readonly string[] Cookies = [IdentityConstants.ApplicationScheme, IdentityConstants.ExternalScheme, IdentityConstants.TwoFactorUserIdScheme, IdentityConstants.TwoFactorRememberMeScheme];

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var (services, configuration, local) = (builder.Services, builder.Configuration, builder.Environment.IsDevelopment());

        services.AddDbContext<KeyContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention(), optionsLifetime: ServiceLifetime.Singleton);
        var keys = services.AddDataProtection().SetApplicationName("kennisstedenportaal").PersistKeysToDbContext<KeyContext>();
        if (KeyCertificates.Read(configuration) is [var certificate, ..] certificates)
            keys.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate([.. certificates]);

        services.AddIdentityCore<Account>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = "";
            // Length and the rest are PasswordRules'.
            identity.Password = new PasswordOptions { RequiredLength = 1, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 0 };
            identity.Lockout = new LockoutOptions { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15), AllowedForNewUsers = true };
            identity.SignIn.RequireConfirmedAccount = true;
        }).AddSignInManager().AddDefaultTokenProviders().AddTokenProvider<TimeCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services.AddScoped<IUserClaimsPrincipalFactory<Account>, SessionClaims>();
        services.AddScoped<IUserConfirmation<Account>, OpenAccounts>();
        services.AddSingleton(new PasswordCheck(AppContext.BaseDirectory));
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = HashIterations);
        services.Configure<DataProtectionTokenProviderOptions>(o => o.TokenLifespan = TimeSpan.FromHours(1));
        services.AddSingleton<SessionCheck>().AddSingleton<SessionWriter>().AddSingleton<SignInLog>().AddSingleton<SessionCookie>();

        var providers = Providers.Read(configuration, local);
        services.AddSingleton(providers);
        var authentication = services.AddAuthentication(Portal)
            .AddPolicyScheme(Portal, null, o => o.ForwardDefaultSelector = c => c.IsWorking() ? IdentityConstants.ApplicationScheme : NobodyHandler.Name)
            .AddScheme<AuthenticationSchemeOptions, NobodyHandler>(NobodyHandler.Name, null);
        authentication.AddIdentityCookies();
        foreach (var provider in providers) authentication.AddProvider(provider, local);
        foreach (var scheme in Cookies) services.PostConfigure<CookieAuthenticationOptions>(scheme, o => Guard(o.Cookie, scheme, local));
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, o =>
        {
            o.EventsType = typeof(SessionCookie);
            o.ExpireTimeSpan = SessionLimits.Idle;
            o.SlidingExpiration = true;
        });
        services.AddAuthorization();
        services.AddAntiforgery(o =>
        {
            Guard(o.Cookie, "Forms", local);
            o.Cookie.SameSite = SameSiteMode.Strict;
            // The portal's own policy says it.
            o.SuppressXFrameOptionsHeader = true;
        });

        services.AddCascadingAuthenticationState();
        services.Configure<CircuitSessionOptions>(o => o.Interval = configuration.GetValue("Portal:SignIn:CircuitCheck", o.Interval));
        services.AddScoped<CircuitActivity>().AddScoped<CircuitHandler>(p => p.GetRequiredService<CircuitActivity>());
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();

        var attempts = configuration.GetValue("Portal:SignIn:AttemptsPerMinute", 20);
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            // Looking is free; what is tried is counted by address of the sender.
            limits.AddPolicy(SignInLimits.Policy, context => HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetSlidingWindowLimiter(Proxies.PartyOf(context.Connection.RemoteIpAddress), _ => new SlidingWindowRateLimiterOptions { PermitLimit = attempts, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 })
                : RateLimitPartition.GetNoLimiter(""));
        });

        if (!local && configuration.GetValue("Portal:SignIn:DemoPeople", false)) throw new StartRefusedException("Portal__SignIn__DemoPeople is for a local run only: anybody could sign in as anybody.");
        services.AddSingleton(new SignInSettings(local && configuration.GetValue("Portal:SignIn:DemoPeople", false), [.. providers.Select(p => new SignInProvider(p.Scheme, p.Name))],
            local && MailSettings.Read(configuration) is null ? LocalPost.Path : null));
        services.AddSingleton(new PortalAddress(configuration["Portal:PublicUrl"]));
        services.AddSingleton<DemoPeople>();
    }

    public static void MapSignIn(this WebApplication app)
    {
        app.MapProviders();
        foreach (var language in new[] { "", "/en" })
        {
            app.MapPost(language + "/uitloggen", async (HttpContext http, IAntiforgery antiforgery) =>
            {
                if (!await antiforgery.IsRequestValidAsync(http)) return Results.StatusCode(StatusCodes.Status400BadRequest);
                foreach (var scheme in Cookies) await http.SignOutAsync(scheme);
                return Results.LocalRedirect($"~{language}/inloggen?uit");
            });
        }
    }

    /// <exception cref="StartRefusedException">Outside a local run, somebody is there as whom anybody could sign in.</exception>
    public static async Task RefuseDemoPeopleAsync(this WebApplication app, CancellationToken cancellation)
    {
        if (app.Environment.IsDevelopment()) return;
        try
        {
            if (await app.Services.GetRequiredService<DemoPeople>().AnyAsync(cancellation))
                throw new StartRefusedException("The database holds demo people, who belong in a local run only. Remove them, or use a database that was never used locally.");
        }
        catch (Exception e) when (Unavailable.StatusOf(e) == StatusCodes.Status503ServiceUnavailable)
        {
            // The portal starts without its database as well; signing in does not work then either.
        }
    }

    private static void Guard(CookieBuilder cookie, string name, bool local)
    {
        var plain = "kennissteden-" + name.Split('.')[^1].ToLowerInvariant();
        cookie.Name = local ? plain : "__Host-" + plain;
        cookie.SecurePolicy = local ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.HttpOnly = true;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }
}
