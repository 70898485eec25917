using System.Text;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Working.SignIn;

/// <summary>A new password: by a link in a mail that works once and for an hour, or by giving the old one.</summary>
public sealed class PasswordRecovery(UserManager<Account> users, SignInManager<Account> signIn, OwnAccount own, PasswordCheck passwords, Outbox outbox, IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public const int MailsPerHour = 3;

    /// <summary>Puts a mail in the outbox when the address has an open account with a password. <see cref="RecoveryRequests"/> calls it, after who asked has been answered.</summary>
    public async Task SendAsync(string? email, string portal)
    {
        if (!PasswordSignIn.Usable(email?.Trim()) || await users.FindByEmailAsync(email!.Trim()) is not { PasswordHash: not null } account || !await signIn.CanSignInAsync(account)) return;
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync();
        var since = now.AddHours(-1);
        if (await db.RightsEvents.CountAsync(e => e.AccountId == account.Id && e.Sort == RightsEventSort.LinkSent && e.Detail == "password" && e.At > since) >= MailsPerHour) return;
        var token = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await users.GeneratePasswordResetTokenAsync(account)));
        await using var transaction = await db.Database.BeginTransactionAsync();
        await outbox.AddAsync(db, new(account.Email!, MailTexts.Recovery(account.Language, account.Name, $"{portal}{(account.Language == "en" ? "/en" : "")}/wachtwoord/{account.Id}/{token}"), account.Language));
        db.Note(RightsEventSort.LinkSent, null, account.Id, now, "password");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Whether the link still works; looking does not consume it.</summary>
    public async Task<bool> WorksAsync(Guid accountId, string? token) =>
        await FindAsync(accountId) is { } account && Decode(token) is { } plain && await users.VerifyUserTokenAsync(account, users.Options.Tokens.PasswordResetTokenProvider, UserManager<Account>.ResetPasswordTokenPurpose, plain);

    /// <returns>What is wrong with the password, or null when it was changed. False when the link does not work any more.</returns>
    public async Task<(bool Works, Text? Problem)> ResetAsync(Guid accountId, string? token, string? password)
    {
        if (!await WorksAsync(accountId, token) || await FindAsync(accountId) is not { } account) return (false, null);
        if (await ProblemAsync(account, password) is { } problem) return (true, problem);
        // The stamp of the account changes with it, so that the link is used up and every session ends.
        return (await own.SaveAsync(account, RightsEventSort.PasswordChanged, MailTexts.PasswordChanged(account.Language, account.Name), async () =>
            (await users.ResetPasswordAsync(account, Decode(token)!, password!)).Succeeded && (await users.SetLockoutEndDateAsync(account, null)).Succeeded && (await users.ResetAccessFailedCountAsync(account)).Succeeded), null);
    }

    /// <returns>What is wrong, by field (old or new), or null when it was changed.</returns>
    public async Task<(string Field, Text Message)?> ChangeAsync(Guid accountId, string? current, string? password)
    {
        if (await FindAsync(accountId) is not { } account) return ("old", new("Dit account is gesloten.", "This account is closed."));
        if (!await own.ProveAsync(account, current)) return ("old", new("Dit is niet uw huidige wachtwoord. Na 5 foute pogingen moet u 15 minuten wachten.", "This is not your current password. After 5 wrong attempts you have to wait 15 minutes."));
        if (await ProblemAsync(account, password) is { } problem) return ("new", problem);
        if (!await own.SaveAsync(account, RightsEventSort.PasswordChanged, MailTexts.PasswordChanged(account.Language, account.Name), async () =>
            (await users.ChangePasswordAsync(account, current!, password!)).Succeeded && (await users.ResetAccessFailedCountAsync(account)).Succeeded))
            return ("new", new("Uw wachtwoord is niet gewijzigd: uw account werd op hetzelfde moment ergens anders gewijzigd. Probeer het opnieuw.", "Your password was not changed: your account was changed elsewhere at the same moment. Please try again."));
        await signIn.RefreshSignInAsync(account);
        return null;
    }

    private async Task<Account?> FindAsync(Guid id) => await users.FindByIdAsync(id.ToString()) is { PasswordHash: not null } account && await signIn.CanSignInAsync(account) ? account : null;

    private async Task<Text?> ProblemAsync(Account account, string? password)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return passwords.Problem(password, account.Name, account.Email, await db.Objects.Where(o => o.Id == account.OrganisationId).Select(o => o.Name).SingleAsync());
    }

    private static string? Decode(string? token)
    {
        try
        {
            return token is { Length: > 0 and < 2000 } ? Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
