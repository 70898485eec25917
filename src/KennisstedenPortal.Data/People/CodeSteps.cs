using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>Which codes of a second factor were used. A code belongs to a step of 30 seconds, and a step is used once per account.</summary>
public sealed class CodeSteps(IDbContextFactory<PortalDbContext> contexts)
{
    /// <returns>False when this step or a later one was used before; of two who use one at the same moment, one.</returns>
    public async Task<bool> UseAsync(Guid accountId, long step, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Database.ExecuteSqlAsync($"update account set last_code_step = {step} where id = {accountId} and (last_code_step is null or last_code_step < {step})", cancellation) == 1;
    }
}
