using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data;

/// <summary>
/// Who waits for whom when the register is written. Every writer takes the lock of the register first, and then those of
/// objects in the order of their identities, so that no two writers can block each other. All end with the transaction.
/// </summary>
internal static class RegisterLock
{
    private const long Key = 5_080_004;

    /// <param name="alone">
    /// For a change that shows in objects which others may be writing now, with nothing in common to wait for: a city, a
    /// theme, an area, or everything. All other writers share.
    /// </param>
    public static Task TakeAsync(PortalDbContext db, bool alone, CancellationToken cancellation) => alone
        ? db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Key})", cancellation)
        : db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({Key})", cancellation);

    /// <summary>Others may still refer to these objects, but neither change them nor write anew what shows them.</summary>
    public static async Task ObjectsAsync(PortalDbContext db, IEnumerable<Guid> objects, CancellationToken cancellation)
    {
        var ids = objects.ToArray();
        await db.Database.ExecuteSqlAsync($"select 1 from register_object where id = any({ids}) order by id for no key update", cancellation);
    }
}
