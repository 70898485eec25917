using System.Security.Cryptography;
using System.Text;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.People;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace KennisstedenPortal.Web.SignIn;

/// <summary>
/// Accounts for ASP.NET Core Identity. Who reads the database can neither make codes of a second factor nor use recovery
/// codes: the key is protected, the codes are kept as hashes.
/// </summary>
internal sealed class AccountStore(PortalDbContext db, IDataProtectionProvider protection, IdentityErrorDescriber errors)
    : UserOnlyStore<Account, PortalDbContext, Guid, IdentityUserClaim<Guid>, ExternalLogin, AccountToken>(db, errors)
{
    private readonly IDataProtector _key = protection.CreateProtector("second-factor");

    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken)
    {
        if (await base.GetAuthenticatorKeyAsync(user, cancellationToken) is not { } kept) return null;
        try
        {
            return _key.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            // The protection key is gone: a recovery code still works, or an administrator resets the second factor.
            return null;
        }
    }

    public override Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, _key.Protect(key), cancellationToken);

    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(c => Hash(c)), cancellationToken);

    public override Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken) =>
        base.RedeemCodeAsync(user, Hash(code), cancellationToken);

    private static string Hash(string code) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(code.ToUpperInvariant())));
}
