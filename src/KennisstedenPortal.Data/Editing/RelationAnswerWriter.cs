using System.Globalization;
using System.Text.Json.Nodes;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>Answers a relation that the other end reported: it is so, or it is not.</summary>
public sealed class RelationAnswerWriter(IDbContextFactory<PortalDbContext> contexts, ObjectWriter objects, TimeProvider time)
{
    /// <param name="confirms">False removes the relation; it stays in the history of both ends.</param>
    /// <exception cref="NotAllowedException">The actor does not keep the end that has to answer.</exception>
    public async Task<EditOutcome> AnswerAsync(Guid relationId, bool confirms, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Edit);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var relation = await db.Relations.AsNoTracking().Include(r => r.From).Include(r => r.To).FirstOrDefaultAsync(r => r.Id == relationId && r.ReportedById != null && r.ConfirmedOn == null, cancellation);
        if (relation is null) return new EditOutcome.NotFound();
        var own = relation.ReportedById == relation.FromId ? relation.To! : relation.From!;
        Rights.Demand(actor, Right.Edit, new Resource(own.Id, own.StewardId));
        // What the other end wrote stays as it is.
        var value = confirms ? new JsonObject { ["since"] = relation.Since, ["until"] = relation.Until, ["note"] = relation.Note, ["confirmedOn"] = time.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) } : null;
        return await objects.SaveAsync(new EditInput(own.Id, KindRegistry.Of(own), own.Revision, new ChangeSet([new($"relation/{relation.Id}", value)]), confirms ? "Relatie bevestigd" : "Relatie tegengesproken"), actor, cancellation);
    }
}
