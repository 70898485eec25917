namespace KennisstedenPortal.Working.SignIn;

/// <summary>An identity provider of an organisation.</summary>
/// <param name="Scheme">Name of its authentication scheme, and its part of addresses.</param>
public sealed record SignInProvider(string Scheme, string Name);

/// <summary>What the sign-in page offers.</summary>
/// <param name="OffersDemoPeople">In a local run only.</param>
/// <param name="LocalPost">Address of the page with the mails of a local run; null where mails are really sent.</param>
public sealed record SignInSettings(bool OffersDemoPeople, IReadOnlyList<SignInProvider> Providers, string? LocalPost = null);

/// <summary>Limits on how often somebody may try.</summary>
public static class SignInLimits
{
    /// <summary>Name of the policy.</summary>
    public const string Policy = "sign-in";
}

/// <summary>Where somebody goes after signing in.</summary>
public static class ReturnAddress
{
    /// <summary>The address when it is one of our own, else the workplace.</summary>
    public static string Of(string? asked, string workplace) =>
        asked is ['/', ..] && !asked.StartsWith("//", StringComparison.Ordinal) && !asked.StartsWith("/\\", StringComparison.Ordinal) && !asked.Any(char.IsControl) ? asked : workplace;
}

/// <summary>Why signing in at an identity provider did not work; stands in the address of the page that explains it.</summary>
public static class SignInFailure
{
    public const string Unknown = "onbekend", Issuer = "uitgever", NoEmail = "geen-adres", UnverifiedEmail = "adres-niet-bevestigd", OtherEmail = "ander-adres", Expired = "verlopen", Denied = "geweigerd", Closed = "gesloten", Invitation = "uitnodiging", Failed = "fout";
}
