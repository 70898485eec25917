using KennisstedenPortal.Data;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Working.SignIn;

/// <summary>How an attempt to sign in ended.</summary>
public enum SignInOutcome { SignedIn, SecondFactor, Refused }

/// <summary>
/// Signing in with a password. Unknown address, wrong password, closed or locked account: all get one answer after
/// comparable work, so that nobody learns who has an account.
/// </summary>
public sealed class PasswordSignIn(UserManager<Account> users, SignInManager<Account> signIn, OwnAccount own, IPasswordHasher<Account> hasher, IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>The hash of a password that nobody has.</summary>
    private static string? _nobodys;

    public async Task<SignInOutcome> TryAsync(string? email, string? password)
    {
        password ??= "";
        var account = Usable(email) && password.Length <= PasswordRules.MaxLength ? await users.FindByEmailAsync(email!.Trim()) : null;
        if (account?.PasswordHash is null)
        {
            Work(password);
            return SignInOutcome.Refused;
        }
        var locked = await users.IsLockedOutAsync(account);
        var result = await signIn.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded) return SignInOutcome.SignedIn;
        if (result.RequiresTwoFactor) return SignInOutcome.SecondFactor;
        if (locked || result.IsNotAllowed) Work(password);
        else if (result.IsLockedOut) await NoteLockAsync(account.Id);
        return SignInOutcome.Refused;
    }

    /// <summary>A code of the second factor, or a recovery code, of who just gave the right password.</summary>
    public async Task<SignInOutcome> TryCodeAsync(string? code)
    {
        var plain = new string([.. (code ?? "").Where(char.IsAsciiLetterOrDigit)]);
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account || plain.Length == 0) return SignInOutcome.Refused;
        var locked = await users.IsLockedOutAsync(account);
        var result = plain.Length == 6 && plain.All(char.IsAsciiDigit)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(plain, isPersistent: false, rememberClient: false)
            : await RecoveryAsync(account, plain, locked);
        if (result.Succeeded) return SignInOutcome.SignedIn;
        if (!locked && result.IsLockedOut) await NoteLockAsync(account.Id);
        return SignInOutcome.Refused;
    }

    /// <summary>Identity counts no wrong recovery codes by itself.</summary>
    private async Task<SignInResult> RecoveryAsync(Account account, string code, bool locked)
    {
        if (locked) return SignInResult.LockedOut;
        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code.Length == 10 ? $"{code[..5]}-{code[5..]}" : code);
        if (result.Succeeded) return result;
        await own.CountFailureAsync(account);
        return await users.IsLockedOutAsync(account) ? SignInResult.LockedOut : SignInResult.Failed;
    }

    private async Task NoteLockAsync(Guid account)
    {
        await using var db = await contexts.CreateDbContextAsync();
        db.Note(RightsEventSort.LockedOut, null, account, time.GetUtcNow());
        await db.SaveChangesAsync();
    }

    private void Work(string password)
    {
        _nobodys ??= hasher.HashPassword(null!, Guid.NewGuid().ToString("N"));
        hasher.VerifyHashedPassword(null!, _nobodys, password);
    }

    /// <summary>An address that can be asked of the database at all.</summary>
    internal static bool Usable(string? email) => email is { Length: > 0 and <= Account.EmailMaxLength } && !email.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}
