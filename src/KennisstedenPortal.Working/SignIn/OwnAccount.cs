using KennisstedenPortal.Data;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Working.SignIn;

/// <summary>What people do with the way they sign in: they prove again who they are, and are told of each change by mail.</summary>
public sealed class OwnAccount(UserManager<Account> users, PortalDbContext db, Outbox outbox, TimeProvider time)
{
    private const int CountTries = 50;

    /// <summary>Whether this is the password of the account. A wrong one counts as an attempt to sign in.</summary>
    public Task<bool> ProveAsync(Account account, string? password) => TryAsync(account, () => users.CheckPasswordAsync(account, password ?? ""));

    /// <summary>One attempt at a password or a code. A wrong one counts; a right one is worth nothing when meanwhile others locked the account.</summary>
    public async Task<bool> TryAsync(Account account, Func<Task<bool>> isRight)
    {
        ArgumentNullException.ThrowIfNull(isRight);
        if (await users.IsLockedOutAsync(account)) return false;
        if (!await isRight())
        {
            // What was refused because the account changed meanwhile is not kept after all with the count: a recovery code stays usable.
            foreach (var refused in db.ChangeTracker.Entries<AccountToken>().Where(e => e.State == EntityState.Modified).ToList()) await refused.ReloadAsync();
            await CountFailureAsync(account);
            return false;
        }
        await db.Entry(account).ReloadAsync();
        return !await users.IsLockedOutAsync(account);
    }

    /// <summary>Counts a wrong attempt. Of many at one moment each counts: Identity refuses to count on what another changed meanwhile, and then it is counted on that.</summary>
    /// <exception cref="InvalidOperationException">It could not be counted; nobody may try on.</exception>
    private async Task CountFailureAsync(Account account)
    {
        for (var attempt = 0; attempt < CountTries; attempt++)
        {
            if (await users.IsLockedOutAsync(account)) return;
            if ((await users.AccessFailedAsync(account)).Succeeded)
            {
                if (!await users.IsLockedOutAsync(account)) return;
                db.Note(RightsEventSort.LockedOut, null, account.Id, time.GetUtcNow());
                await db.SaveChangesAsync();
                return;
            }
            await db.Entry(account).ReloadAsync();
        }
        throw new InvalidOperationException("A wrong attempt could not be counted.");
    }

    /// <summary>A change with its line in the audit and its mail: all of it or nothing.</summary>
    /// <param name="change">Works on the account through Identity, which uses the same context.</param>
    /// <returns>False when the change was refused, such as when the account was changed elsewhere in between.</returns>
    public async Task<bool> SaveAsync(Account account, RightsEventSort sort, MailText text, Func<Task<bool>> change)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(change);
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await change())
        {
            await transaction.RollbackAsync();
            db.ChangeTracker.Clear();
            return false;
        }
        await outbox.AddAsync(db, new(account.Email!, text, account.Language));
        db.Note(sort, account.Id, account.Id, time.GetUtcNow());
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }
}
