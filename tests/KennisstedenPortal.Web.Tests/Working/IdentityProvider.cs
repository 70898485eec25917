using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>The identity provider of an organisation: a real OpenIddict server, which signs in whom the test says.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "kennissteden", ClientSecret = "geheim-van-de-test";
    private readonly WebApplication _app;

    private IdentityProvider(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;
    public string Issuer => Address.ToString();

    /// <summary>Who is signed in there.</summary>
    public string Subject { get; set; } = "anna";
    public string? Email { get; set; }
    public bool? EmailVerified { get; set; }
    /// <summary>Stands in the token instead of the issuer.</summary>
    public string? ClaimsToBe { get; set; }
    public bool Denies { get; set; }
    /// <summary>What the token says is right; who signed it is not the provider.</summary>
    public bool ForgesTokens { get; set; }

    /// <param name="database">An empty one, in which it keeps its codes.</param>
    public static async Task<IdentityProvider> StartAsync(TestDatabase database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<DbContext>(o => o.UseNpgsql(database.Owner).UseOpenIddict());
        IdentityProvider? provider = null;
        builder.Services.AddOpenIddict()
            .AddCore(o => o.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(o =>
            {
                o.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
                o.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                o.RegisterScopes(Scopes.Email, Scopes.Profile);
                o.AddEphemeralEncryptionKey().AddEphemeralSigningKey().DisableAccessTokenEncryption();
                o.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
                o.AddEventHandler<OpenIddict.Server.OpenIddictServerEvents.GenerateTokenContext>(h => h.SetOrder(OpenIddict.Server.OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 100).UseInlineHandler(context =>
                {
                    if (provider?.ClaimsToBe is { } other && context.TokenType == TokenTypeIdentifiers.IdentityToken) context.SecurityTokenDescriptor.Issuer = other;
                    return default;
                }));
                o.AddEventHandler<OpenIddict.Server.OpenIddictServerEvents.ApplyTokenResponseContext>(h => h.SetOrder(int.MinValue).UseInlineHandler(context =>
                {
                    if (provider?.ForgesTokens == true && context.Response?.IdToken is { } token) context.Response.IdToken = Forged(token);
                    return default;
                }));
            });
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        provider = new IdentityProvider(app);
        app.MapGet("/authorize", provider.Authorize);
        await app.StartAsync();
        provider.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/");
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DbContext>().GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        return provider;
    }

    public async Task RegisterAsync(Uri callback)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            ConsentType = ConsentTypes.Implicit,
            RedirectUris = { callback },
            Permissions = { Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code, Permissions.Scopes.Email, Permissions.Scopes.Profile },
        });
    }

    /// <summary>The same header and claims, signed with a key of somebody else's.</summary>
    private static string Forged(string token)
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var signed = token[..token.LastIndexOf('.')];
        return $"{signed}.{Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1))}";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Authorize(HttpContext http)
    {
        if (Denies) return Results.Forbid(new Microsoft.AspNetCore.Authentication.AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal) { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied }), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Subject);
        if (Email is not null) identity.SetClaim(Claims.Email, Email);
        if (EmailVerified is { } verified) identity.SetClaim(Claims.EmailVerified, verified);
        identity.SetScopes(http.GetOpenIddictServerRequest()!.GetScopes());
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
