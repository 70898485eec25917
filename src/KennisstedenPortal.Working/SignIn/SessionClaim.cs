using System.Globalization;
using System.Security.Claims;

namespace KennisstedenPortal.Working.SignIn;

/// <summary>What the cookie of a session says, besides who it is of.</summary>
public static class SessionClaim
{
    /// <summary>The row of the session, the stamp of the account, the second at which somebody signed in.</summary>
    public const string Session = "session", Stamp = "stamp", Since = "since";

    public static Guid? IdOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;

    public static DateTimeOffset? StartOf(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(Since), CultureInfo.InvariantCulture, out var since) ? DateTimeOffset.FromUnixTimeSeconds(since) : null;
}
