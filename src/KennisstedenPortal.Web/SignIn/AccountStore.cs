using System.Security.Cryptography;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.People;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KennisstedenPortal.Web.SignIn;

/// <summary>
/// Accounts for ASP.NET Core Identity. Who reads the database can neither make codes of a second factor nor use recovery
/// codes: the key is protected, the codes are kept as hashes.
/// </summary>
internal sealed class AccountStore(PortalDbContext db, IDataProtectionProvider protection, IOptions<PasswordHasherOptions> hashing, IdentityErrorDescriber errors)
    : UserOnlyStore<Account, PortalDbContext, Guid, IdentityUserClaim<Guid>, ExternalLogin, AccountToken>(db, errors)
{
    private const int CodesOfAPerson = 10;
    /// <summary>Where Identity counts the codes that are left.</summary>
    private const string CodesProvider = "[AspNetUserStore]", CodesName = "RecoveryCodes";

    /// <summary>As many rounds for all codes of a person together as for a password: they are random, and longer to guess than one.</summary>
    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = hashing.Value.IterationCount / CodesOfAPerson }));
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

    /// <summary>Salted and slow to try, as passwords are: a code is shorter than a key.</summary>
    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        SetTokenAsync(user, CodesProvider, CodesName, string.Join(';', recoveryCodes.Select(c => _hasher.HashPassword(user, c.ToUpperInvariant()))), cancellationToken);

    /// <summary>Identity's own would hash the codes that are left a second time, after which none of them works.</summary>
    public override async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        var kept = (await GetTokenAsync(user, CodesProvider, CodesName, cancellationToken) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (Array.Find(kept, k => _hasher.VerifyHashedPassword(user, k, code.ToUpperInvariant()) != PasswordVerificationResult.Failed) is not { } used) return false;
        await SetTokenAsync(user, CodesProvider, CodesName, string.Join(';', kept.Where(k => k != used)), cancellationToken);
        return true;
    }
}
