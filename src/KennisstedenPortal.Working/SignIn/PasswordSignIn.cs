using KennisstedenPortal.Data.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace KennisstedenPortal.Working.SignIn;

/// <summary>How an attempt to sign in ended.</summary>
public enum SignInOutcome { SignedIn, SecondFactor, Refused }

/// <summary>
/// Signing in with a password. Unknown address, wrong password, closed or locked account: all get one answer after
/// comparable work, so that nobody learns who has an account.
/// </summary>
public sealed class PasswordSignIn(UserManager<Account> users, SignInManager<Account> signIn, OwnAccount own, TimeCodes codes, IPasswordHasher<Account> hasher)
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
        // Neither looks at the password; what that takes is spent all the same.
        if (await users.IsLockedOutAsync(account) || !await signIn.CanSignInAsync(account))
        {
            Work(password);
            return SignInOutcome.Refused;
        }
        // Identity would let wrong attempts at one moment go uncounted, so they are counted here and it only opens the session.
        if (!await own.ProveAsync(account, password)) return SignInOutcome.Refused;
        var result = await signIn.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: false);
        return result.Succeeded ? SignInOutcome.SignedIn : result.RequiresTwoFactor ? SignInOutcome.SecondFactor : SignInOutcome.Refused;
    }

    /// <summary>A code of the second factor, or a recovery code, of who just gave the right password.</summary>
    public async Task<SignInOutcome> TryCodeAsync(string? code)
    {
        var plain = new string([.. (code ?? "").Where(char.IsAsciiLetterOrDigit)]);
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account || plain.Length == 0 || !await signIn.CanSignInAsync(account)) return SignInOutcome.Refused;
        if (!await own.TryAsync(account, () => IsRightAsync(account, plain)) || !(await users.ResetAccessFailedCountAsync(account)).Succeeded) return SignInOutcome.Refused;
        await signIn.Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await signIn.SignInAsync(account, isPersistent: false);
        return SignInOutcome.SignedIn;
    }

    private async Task<bool> IsRightAsync(Account account, string code) => code.Length == TimeCodes.Digits && code.All(char.IsAsciiDigit)
        ? await codes.UseAsync(account.Id, await users.GetAuthenticatorKeyAsync(account), code)
        : (await users.RedeemTwoFactorRecoveryCodeAsync(account, code.Length == 10 ? $"{code[..5]}-{code[5..]}" : code)).Succeeded;

    private void Work(string password)
    {
        _nobodys ??= hasher.HashPassword(null!, Guid.NewGuid().ToString("N"));
        hasher.VerifyHashedPassword(null!, _nobodys, password);
    }

    /// <summary>An address that can be asked of the database at all.</summary>
    internal static bool Usable(string? email) => email is { Length: > 0 and <= Account.EmailMaxLength } && !email.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}
