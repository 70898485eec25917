using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>Adds notices to the transaction of what they tell; the workplace shows them, and <see cref="SummaryMails"/> gathers them into one mail a day.</summary>
public static class Notices
{
    /// <summary>Tells one person; nobody when it came from somebody without account.</summary>
    public static void To(PortalDbContext db, Guid? accountId, NoticeSort sort, Guid? objectId, Guid? proposalId, DateTimeOffset now, string? part = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (accountId is { } id) db.Add(new Notice { Id = Guid.CreateVersion7(), AccountId = id, Sort = sort, ObjectId = objectId, ProposalId = proposalId, Part = part, At = now });
    }

    /// <summary>Tells the other end what happens to a relation: reported or rewritten, confirmed, disputed or removed. Not who keeps both ends.</summary>
    internal static async Task AboutRelationsAsync(PortalDbContext db, Guid savedId, Actor actor, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var entry in db.ChangeTracker.Entries<Relation>().ToList())
        {
            var relation = entry.Entity;
            var waited = entry.State != EntityState.Added && relation.ReportedById is { } reporter && reporter != savedId && entry.Property(r => r.ConfirmedOn).OriginalValue is null;
            NoticeSort? sort = entry.State switch
            {
                EntityState.Added when relation.ReportedById is not null => NoticeSort.RelationReported,
                EntityState.Modified when waited && relation.ConfirmedOn is not null => NoticeSort.RelationConfirmed,
                EntityState.Modified when relation.IsUnconfirmed && (relation.ReportedById, relation.ConfirmedOn) != (entry.Property(r => r.ReportedById).OriginalValue, entry.Property(r => r.ConfirmedOn).OriginalValue) => NoticeSort.RelationReported,
                // Who takes back what only they had said, contradicts nobody.
                EntityState.Deleted when waited || !relation.IsUnconfirmed => NoticeSort.RelationDisputed,
                _ => null,
            };
            if (sort is not { } told) continue;
            var (otherId, label) = relation.FromId == savedId ? (relation.ToId, Codes<RelationKind>.Label(relation.Kind)) : (relation.FromId, RelationKinds.All[relation.Kind].Inverse);
            var other = await db.Objects.Where(o => o.Id == otherId).Select(o => new { o.StewardId, o.Name }).FirstAsync(cancellation);
            if (told == NoticeSort.RelationDisputed && !waited && Rights.Allows(actor, Right.Edit, new Resource(otherId, other.StewardId))) continue;
            // Which of its relations: the one with what they keep.
            await ToEditorsAsync(db, otherId, told, savedId, null, actor.UserId, now, cancellation, $"{label.Nl} {other.Name}");
        }
    }

    /// <summary>Tells who keeps an object (see <see cref="EditorsQuery"/>), except who did it.</summary>
    public static async Task ToEditorsAsync(PortalDbContext db, Guid objectId, NoticeSort sort, Guid aboutId, Guid? proposalId, Guid? except, DateTimeOffset now, CancellationToken cancellation, string? part = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        // A proposed object does not exist yet.
        Guid? about = await db.Objects.AnyAsync(o => o.Id == aboutId, cancellation) ? aboutId : null;
        foreach (var editor in await EditorsQuery.OfAsync(db, objectId, except, cancellation)) To(db, editor, sort, about, proposalId, now, part);
    }

    /// <summary>Nobody has to look at a proposal any more on which was decided: what told of it is read with the decision, and no mail tells it afterwards.</summary>
    public static async Task ReadAboutAsync(PortalDbContext db, Guid proposalId, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        foreach (var notice in await db.Notices.Where(n => n.ProposalId == proposalId && n.Sort == NoticeSort.ProposalMade && n.ReadAt == null).ToListAsync(cancellation)) notice.ReadAt = now;
    }
}
