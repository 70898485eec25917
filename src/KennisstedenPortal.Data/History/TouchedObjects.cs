using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace KennisstedenPortal.Data.History;

/// <summary>Which register objects a set of changes belongs to: the one place that knows what belongs to an object.</summary>
internal static class TouchedObjects
{
    public static HashSet<Guid> In(DbContext context)
    {
        var touched = new HashSet<Guid>();
        foreach (var entry in context.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            touched.UnionWith(OwnersOf(entry, context));
        }
        return touched;
    }

    /// <summary>The objects to which a row belongs.</summary>
    public static IEnumerable<Guid> OwnersOf(EntityEntry entry, DbContext context) => entry.Entity switch
    {
        RegisterObject when entry.State == EntityState.Deleted => throw new InvalidOperationException("Register objects are archived, never deleted."),
        RegisterObject o => [o.Id],
        Relation r => [r.FromId, r.ToId],
        Specialisation s => [s.ObjectId],
        FieldProvenance p => [p.ObjectId],
        ExternalKey k => [k.ObjectId],
        ObjectLocation l => [l.ObjectId],
        Observation { ObjectId: { } id } => [id],
        SwotItem s => [s.ObjectId],
        SwotEvidence e => Owned<SwotItem>(context, e.ItemId) is { } s ? [s.ObjectId] : [],
        Exchange e => [e.ObjectId],
        ObjectElement e => [e.ObjectId],
        Milestone m => [m.ActionId],
        Commitment c => [c.ObjectId],
        AgendaPoint p => [p.MeetingId],
        Citation { ObjectId: { } id } => [id],
        Citation { RelationId: { } id } => Owned<Relation>(context, id) is { } r ? [r.FromId, r.ToId] : [],
        Citation { SpecialisationId: { } id } => Owned<Specialisation>(context, id) is { } s ? [s.ObjectId] : [],
        _ => [],
    };

    private static T? Owned<T>(DbContext context, Guid id) where T : class => context.Find<T>(id);
}
