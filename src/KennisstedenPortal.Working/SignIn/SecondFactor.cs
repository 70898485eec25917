using System.Globalization;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace KennisstedenPortal.Working.SignIn;

/// <summary>Codes of an app on the telephone (TOTP, RFC 6238), and recovery codes for when it is not at hand.</summary>
public sealed class SecondFactor(UserManager<Account> users, SignInManager<Account> signIn, IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int RecoveryCodes = 10, PixelsPerModule = 6;

    public async Task<bool> IsRequiredAsync(Guid accountId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return (await db.RoleGrants.Where(g => g.AccountId == accountId).Select(g => g.Role).ToListAsync()).Exists(r => r.NeedsSecondFactor());
    }

    /// <summary>The key for the app, as text in groups of four and as a picture.</summary>
    public async Task<(string Key, string Picture)> BeginAsync(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (await users.GetAuthenticatorKeyAsync(account) is not { Length: > 0 } key)
        {
            await users.ResetAuthenticatorKeyAsync(account);
            await signIn.RefreshSignInAsync(account);
            key = (await users.GetAuthenticatorKeyAsync(account))!;
        }
        var address = string.Create(CultureInfo.InvariantCulture, $"otpauth://totp/Kennissteden:{Uri.EscapeDataString(account.Email!)}?secret={key}&issuer=Kennissteden&digits=6");
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(code);
        return (string.Join(' ', key.Chunk(4).Select(c => new string(c))), "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(PixelsPerModule)));
    }

    /// <returns>The recovery codes, or null when the code was wrong.</returns>
    public async Task<IReadOnlyList<string>?> EnableAsync(Account account, string? code)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!await IsRightAsync(account, code)) return null;
        await users.SetTwoFactorEnabledAsync(account, true);
        await NoteAsync(account);
        return await CodesAsync(account);
    }

    /// <returns>New recovery codes, or null when the code was wrong.</returns>
    public async Task<IReadOnlyList<string>?> RenewCodesAsync(Account account, string? code)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.TwoFactorEnabled && await IsRightAsync(account, code) ? await CodesAsync(account) : null;
    }

    private async Task<bool> IsRightAsync(Account account, string? code)
    {
        if (await users.IsLockedOutAsync(account)) return false;
        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        if (digits.Length == 6 && await users.VerifyTwoFactorTokenAsync(account, users.Options.Tokens.AuthenticatorTokenProvider, digits)) return true;
        await users.AccessFailedAsync(account);
        return false;
    }

    private async Task<IReadOnlyList<string>> CodesAsync(Account account)
    {
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        await users.ResetAccessFailedCountAsync(account);
        await signIn.RefreshSignInAsync(account);
        return [.. codes!];
    }

    private async Task NoteAsync(Account account)
    {
        await using var db = await contexts.CreateDbContextAsync();
        db.Note(RightsEventSort.SecondFactorEnabled, account.Id, account.Id, time.GetUtcNow());
        await db.SaveChangesAsync();
    }
}
