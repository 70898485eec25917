using KennisstedenPortal.Data;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Web.SignIn;

/// <summary>Notes who signed in.</summary>
internal sealed class SignInLog(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task SignedInAsync(Guid accountId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = time.GetUtcNow();
        await db.Accounts.Where(a => a.Id == accountId).ExecuteUpdateAsync(a => a.SetProperty(x => x.LastSignInAt, now), cancellation);
        db.Note(RightsEventSort.SignedIn, accountId, accountId, now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
