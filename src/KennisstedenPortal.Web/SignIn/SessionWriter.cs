using System.Security.Claims;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Working.SignIn;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Web.SignIn;

/// <summary>Begins and ends sessions.</summary>
internal sealed class SessionWriter(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <param name="user">Who will have the cookie.</param>
    /// <param name="before">Who was signed in at this browser; that session is replaced.</param>
    public async Task StartAsync(ClaimsPrincipal user, ClaimsPrincipal before, CancellationToken cancellation)
    {
        if (SessionClaim.IdOf(user) is not { } id || !Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var account)) throw new InvalidOperationException("A session is of somebody.");
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (SessionClaim.IdOf(before) is { } old && await db.Sessions.Where(s => s.Id == old).ExecuteDeleteAsync(cancellation) > 0
            && Guid.TryParse(before.FindFirstValue(ClaimTypes.NameIdentifier), out var other) && other != account)
            db.Note(RightsEventSort.SignedOut, other, other, time.GetUtcNow());
        db.Sessions.Add(new Session { Id = id, AccountId = account, StartedAt = time.GetUtcNow() });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Is not given up when the browser goes away.</summary>
    public async Task EndAsync(ClaimsPrincipal user)
    {
        if (SessionClaim.IdOf(user) is not { } id || !Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var account)) return;
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await db.Sessions.Where(s => s.Id == id).ExecuteDeleteAsync() == 0) return;
        db.Note(RightsEventSort.SignedOut, account, account, time.GetUtcNow());
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}
