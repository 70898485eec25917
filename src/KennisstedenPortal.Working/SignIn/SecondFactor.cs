using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace KennisstedenPortal.Working.SignIn;

/// <summary>A second factor that is being set up.</summary>
/// <param name="Ticket">Carries the key from page to page, protected; it is kept nowhere until a code proves that the app has it.</param>
/// <param name="Key">For the app, in groups of four.</param>
/// <param name="Picture">The same as a QR code.</param>
public sealed record FactorSetup(string Ticket, string Key, string Picture);

/// <summary>Codes of an app on the telephone, and recovery codes for when it is not at hand.</summary>
public sealed class SecondFactor(UserManager<Account> users, SignInManager<Account> signIn, IUserStore<Account> store, OwnAccount own, TimeCodes codes, IDataProtectionProvider protection, IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int RecoveryCodes = 10, PixelsPerModule = 6;
    private static readonly TimeSpan SetupTime = TimeSpan.FromMinutes(15), FreshTime = TimeSpan.FromMinutes(10);
    private readonly ITimeLimitedDataProtector _tickets = protection.CreateProtector("second-factor-setup").ToTimeLimitedDataProtector();

    public async Task<bool> IsRequiredAsync(Guid accountId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return (await db.RoleGrants.Where(g => g.AccountId == accountId).Select(g => g.Role).ToListAsync()).Exists(r => r.NeedsSecondFactor());
    }

    /// <summary>Begins once somebody proved again who they are: by the password, or without one by having signed in just now.</summary>
    /// <returns>Null when they did not.</returns>
    public async Task<FactorSetup?> BeginAsync(Account account, string? password, ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (account.PasswordHash is null ? !IsFresh(user) : !await own.ProveAsync(account, password)) return null;
        var key = users.GenerateNewAuthenticatorKey();
        return Show(account, _tickets.Protect($"{account.SecurityStamp} {key}", SetupTime), key);
    }

    /// <summary>Whether the session began so recently that signing in counts as proof.</summary>
    public bool IsFresh(ClaimsPrincipal user) => SessionClaim.StartOf(user) is { } since && time.GetUtcNow() - since < FreshTime;

    /// <summary>The set-up that a ticket stands for; null when it is too old, or of another account.</summary>
    public FactorSetup? Find(Account account, string? ticket)
    {
        ArgumentNullException.ThrowIfNull(account);
        return KeyOf(account, ticket) is { } key ? Show(account, ticket!, key) : null;
    }

    /// <returns>The recovery codes, or null when the code was wrong.</returns>
    public async Task<IReadOnlyList<string>?> EnableAsync(Account account, string? ticket, string? code)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (KeyOf(account, ticket) is not { } key || !await own.TryAsync(account, () => codes.UseAsync(account.Id, key, code))) return null;
        return await RecoveryCodesAsync(account, RightsEventSort.SecondFactorEnabled, MailTexts.SecondFactorEnabled(account.Language, account.Name), async () =>
        {
            await ((IUserAuthenticatorKeyStore<Account>)store).SetAuthenticatorKeyAsync(account, key, CancellationToken.None);
            return (await users.SetTwoFactorEnabledAsync(account, true)).Succeeded;
        });
    }

    /// <returns>New recovery codes, or null when the code was wrong.</returns>
    public async Task<IReadOnlyList<string>?> RenewCodesAsync(Account account, string? code)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!account.TwoFactorEnabled || !await own.TryAsync(account, async () => await codes.UseAsync(account.Id, await users.GetAuthenticatorKeyAsync(account), code))) return null;
        return await RecoveryCodesAsync(account, RightsEventSort.RecoveryCodesRenewed, MailTexts.RecoveryCodesRenewed(account.Language, account.Name), async () => (await users.UpdateSecurityStampAsync(account)).Succeeded);
    }

    /// <summary>Other sessions end with it: the stamp of the account changes.</summary>
    private async Task<IReadOnlyList<string>?> RecoveryCodesAsync(Account account, RightsEventSort sort, MailText text, Func<Task<bool>> change)
    {
        List<string>? made = null;
        var saved = await own.SaveAsync(account, sort, text, async () =>
            await change() && (made = (await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes))?.ToList()) is not null && (await users.ResetAccessFailedCountAsync(account)).Succeeded);
        if (!saved) return null;
        await signIn.RefreshSignInAsync(account);
        return made;
    }

    private string? KeyOf(Account account, string? ticket)
    {
        if (string.IsNullOrEmpty(ticket)) return null;
        try
        {
            return _tickets.Unprotect(ticket).Split(' ') is [var stamp, var key] && stamp == account.SecurityStamp ? key : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static FactorSetup Show(Account account, string ticket, string key)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"otpauth://totp/Kennissteden:{Uri.EscapeDataString(account.Email!)}?secret={key}&issuer=Kennissteden&digits={TimeCodes.Digits}");
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(code);
        return new(ticket, string.Join(' ', key.Chunk(4).Select(c => new string(c))), "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(PixelsPerModule)));
    }
}
