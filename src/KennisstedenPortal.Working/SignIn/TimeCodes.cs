using KennisstedenPortal.Data.People;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace KennisstedenPortal.Working.SignIn;

/// <summary>
/// Codes of an app on a telephone (TOTP, RFC 6238). Each works once, and with it those before it: who looks over a shoulder
/// is too late. Clocks may differ by one step.
/// </summary>
public sealed class TimeCodes(CodeSteps steps, TimeProvider time) : IUserTwoFactorTokenProvider<Account>
{
    public const int Digits = 6;
    private static readonly VerificationWindow Around = new(previous: 1, future: 1);

    /// <summary>Uses the code up.</summary>
    /// <param name="key">In base 32.</param>
    /// <returns>False when the code is wrong, or was used before.</returns>
    public async Task<bool> UseAsync(Guid accountId, string? key, string? code)
    {
        var digits = string.Concat((code ?? "").Where(char.IsAsciiDigit));
        return !string.IsNullOrEmpty(key) && digits.Length == Digits && new Totp(Base32Encoding.ToBytes(key)).VerifyTotp(time.GetUtcNow().UtcDateTime, digits, out var step, Around) && await steps.UseAsync(accountId, step);
    }

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user)
    {
        ArgumentNullException.ThrowIfNull(manager);
        return !string.IsNullOrEmpty(await manager.GetAuthenticatorKeyAsync(user));
    }

    /// <summary>The app makes them.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        ArgumentNullException.ThrowIfNull(manager);
        ArgumentNullException.ThrowIfNull(user);
        return await UseAsync(user.Id, await manager.GetAuthenticatorKeyAsync(user), token);
    }
}
