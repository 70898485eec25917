using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.Identity;

namespace KennisstedenPortal.Data.People;

/// <summary>
/// Somebody who can sign in. The only place where a name and an address of a person are kept (product rule 13). Passwords,
/// lockout and the second factor are those of ASP.NET Core Identity.
/// </summary>
public sealed class Account : IdentityUser<Guid>
{
    public const int NameMaxLength = 100, EmailMaxLength = 254;

    public required string Name { get; set; }
    /// <summary>Every person belongs to one organisation, which the public sees instead of the name.</summary>
    public required Guid OrganisationId { get; set; }
    public RegisterObject? Organisation { get; init; }
    /// <summary>Language tag of screens and mails: nl or en.</summary>
    public string Language { get; set; } = "nl";
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignInAt { get; set; }
    /// <summary>Since when the account is closed; null is open.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
    /// <summary>Since when the person is forgotten: name and address are gone, the history stays under "oud-gebruiker".</summary>
    public DateTimeOffset? ForgottenAt { get; set; }
    /// <summary>The 30 seconds of the newest code of the second factor that was used: neither it nor an older one works again. Only <see cref="CodeSteps"/> moves it.</summary>
    public long? LastCodeStep { get; init; }
    public ICollection<RoleGrant> Grants { get; } = [];
}

/// <summary>Somebody is signed in at one browser for as long as this row exists; the cookie only names it.</summary>
public sealed class Session
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
}

/// <summary>A role that an account holds.</summary>
public sealed class RoleGrant
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required Role Role { get; init; }
    /// <summary>City, campus or organisation of an editor; null for the other roles.</summary>
    public Guid? ScopeId { get; init; }
    public RegisterObject? Scope { get; init; }
    public required DateTimeOffset GrantedAt { get; init; }
    public Guid? GrantedById { get; init; }
}

/// <summary>An address of an account at an identity provider: its issuer and subject.</summary>
public sealed class ExternalLogin : IdentityUserLogin<Guid>;

/// <summary>A secret of an account: the key of its second factor, its recovery codes.</summary>
public sealed class AccountToken : IdentityUserToken<Guid>;

/// <summary>Invites a person by mail; there is no open registration.</summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required string Name { get; init; }
    public required Guid OrganisationId { get; init; }
    public RegisterObject? Organisation { get; init; }
    public string Language { get; init; } = "nl";
    /// <summary>The roles the account will hold, as JSON: <c>[{"role":"municipal-editor","scope":"…"}]</c>.</summary>
    public required string Grants { get; init; }
    /// <summary>SHA-256 of the secret in the link, hexadecimal; the secret itself is kept nowhere.</summary>
    public required string SecretHash { get; set; }
    public required DateTimeOffset SentAt { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public Guid? InvitedById { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public Guid? AccountId { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A link in a mail that works without a password: once, for a while, and until it is revoked.</summary>
public sealed class AccessLink
{
    public required Guid Id { get; init; }
    public required LinkPurpose Purpose { get; init; }
    /// <summary>SHA-256 of the secret, hexadecimal.</summary>
    public required string SecretHash { get; init; }
    /// <summary>To whom it was sent; null for an address without account.</summary>
    public Guid? AccountId { get; init; }
    /// <summary>What it is about, as JSON: identities of objects or actions.</summary>
    public required string Subject { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    /// <summary>Raised when it is used: of two who use it at once, one is too late.</summary>
    public int Version { get; set; }
}

/// <summary>One line of the audit of rights and sign-in. Written in the transaction of what it tells; never changed or deleted.</summary>
public sealed class RightsEvent
{
    public const int DetailMaxLength = 300;

    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required RightsEventSort Sort { get; init; }
    /// <summary>Who did it; null for the portal or somebody who was not signed in.</summary>
    public Guid? ActorId { get; init; }
    /// <summary>Whom it concerns.</summary>
    public Guid? AccountId { get; init; }
    /// <summary>Codes and identities: the role and scope, the invitation, the name of the setting. No names or addresses of persons.</summary>
    public string? Detail { get; init; }
}

/// <summary>A setting that an administrator may change while the portal runs.</summary>
public sealed class Setting
{
    public required string Name { get; init; }
    public required string Value { get; set; }
}

/// <summary>A key with which cookies and links are protected, shared by all instances. The host reads and writes it.</summary>
public sealed class ProtectionKey
{
    public int Id { get; init; }
    public string? FriendlyName { get; init; }
    public string? Xml { get; init; }
}
