using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>The actions that somebody owns, for its own page: examples included, since that page marks them.</summary>
public sealed class OwnedActionsQuery(IDbContextFactory<PortalDbContext> contexts)
{
    public const int Shown = 20;

    /// <summary>The first of them: what runs first, examples last.</summary>
    public async Task<IReadOnlyList<ActionLink>> RunAsync(Guid owner, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await AgendaActions.FirstAsync(db, ActionFacet.Of(ActionFacet.Owner, owner.ToString()), examples: true, Shown, cancellation);
    }
}
