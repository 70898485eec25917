using System.Text.Json;
using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.History;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.History;

/// <summary>Writes revision, field changes and snapshot of every touched object, inside the transaction of the change.</summary>
internal static class HistoryWriter
{
    public static async Task WriteAsync(PortalDbContext db, IReadOnlyCollection<Guid> touched, Actor actor, string reason, DateTimeOffset now, Guid? proposalId, CancellationToken cancellation)
    {
        if (touched.Count == 0) return;
        var tracked = db.ChangeTracker.Entries<RegisterObject>().Select(e => e.Entity.Id).ToHashSet();
        var others = touched.Where(id => !tracked.Contains(id)).ToArray();
        if (others.Length > 0)
        {
            await db.Objects.Where(o => others.Contains(o.Id))
                .ExecuteUpdateAsync(s => s.SetProperty(o => o.Revision, o => o.Revision + 1).SetProperty(o => o.ChangedAt, now), cancellation);
        }

        await RememberAsync(db, touched.ToArray(), actor, reason, now, proposalId, cancellation);
    }

    /// <summary>The present version of these objects, as their revision numbers it.</summary>
    public static async Task RememberAsync(PortalDbContext db, Guid[] ids, Actor actor, string reason, DateTimeOffset now, Guid? proposalId, CancellationToken cancellation)
    {
        var before = await db.Revisions.AsNoTracking().Where(r => ids.Contains(r.ObjectId))
            .GroupBy(r => r.ObjectId).Select(g => g.OrderByDescending(r => r.Number).First())
            .ToDictionaryAsync(r => r.ObjectId, r => r.Snapshot, cancellation);
        foreach (var (id, (number, snapshot)) in await Snapshots.BuildAsync(db, ids, cancellation))
        {
            var revision = new Revision
            {
                ObjectId = id,
                Number = number,
                At = now,
                UserId = actor.UserId,
                ActorName = actor.Name,
                ActorOrganisation = actor.Organisation,
                Reason = reason,
                ProposalId = proposalId,
                Snapshot = snapshot.ToJsonString(Snapshots.Json),
            };
            // The first revision is its snapshot; listing every field as new would only repeat it.
            if (before.TryGetValue(id, out var old))
                foreach (var change in Compare(id, number, JsonNode.Parse(old)!.AsObject(), snapshot)) revision.Changes.Add(change);
            db.Add(revision);
        }
        await db.SaveChangesAsync(cancellation);
    }

    private static IEnumerable<FieldChange> Compare(Guid id, int number, JsonObject before, JsonObject after) =>
        Differences(before, after).Select(d => new FieldChange
        {
            ObjectId = id,
            RevisionNumber = number,
            Field = d.Path,
            OldValue = d.Before?.ToJsonString(Snapshots.Json),
            NewValue = d.After?.ToJsonString(Snapshots.Json),
        });

    /// <summary>What differs between two snapshots of one object, path by path.</summary>
    public static IReadOnlyList<Difference> Differences(JsonObject before, JsonObject after) =>
    [
        .. from path in before.Select(p => p.Key).Union(after.Select(p => p.Key), StringComparer.Ordinal)
           let old = before[path]
           let now = after[path]
           where !JsonNode.DeepEquals(old, now) && !(IsNewField(before, path) && now?.GetValueKind() is JsonValueKind.False)
           select new Difference(path, old?.DeepClone(), now?.DeepClone()),
    ];

    /// <summary>A field that did not exist when the older snapshot was made; that it is not set is no change.</summary>
    private static bool IsNewField(JsonObject before, string path) => !before.ContainsKey(path) && !path.Contains('/', StringComparison.Ordinal);
}
