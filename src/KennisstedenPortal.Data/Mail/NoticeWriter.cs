using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Mail;

/// <summary>What a notice is about.</summary>
public sealed record NewNotice(NoticeSort Sort, Guid? ObjectId = null, Guid? ProposalId = null);

/// <summary>
/// Tells people what concerns them. Notices are added to the context of the caller and saved with what they are about; the
/// workplace shows them, and <see cref="SummaryMails"/> gathers them into one mail a day.
/// </summary>
public sealed class NoticeWriter(TimeProvider time)
{
    /// <summary>For one person, such as who made a proposal. Nobody (a proposal by link) is nobody told.</summary>
    public void Add(PortalDbContext db, NewNotice notice, Guid? accountId)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(notice);
        if (accountId is { } id)
            db.Add(new Notice { Id = Guid.CreateVersion7(), AccountId = id, Sort = notice.Sort, ObjectId = notice.ObjectId, ProposalId = notice.ProposalId, At = time.GetUtcNow() });
    }

    /// <summary>For everybody who keeps what this steward keeps; see <see cref="EditorsQuery"/>.</summary>
    /// <param name="except">Who did it, and knows already.</param>
    public async Task AddForEditorsAsync(PortalDbContext db, NewNotice notice, Guid? stewardId, Guid? except, CancellationToken cancellation)
    {
        foreach (var id in await EditorsQuery.OfAsync(db, stewardId, except, cancellation)) Add(db, notice, id);
    }
}
