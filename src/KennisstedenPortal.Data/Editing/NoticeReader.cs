using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>What somebody was told.</summary>
/// <param name="Name">Of the object it is about, where there is one that the person may see.</param>
public sealed record NoticeRow(Guid Id, NoticeSort Sort, DateTimeOffset At, Guid? ProposalId, string? KindCode, string? Slug, string? Name, string? Part);

/// <summary>The notices of one person, as long as they are not read.</summary>
public sealed class NoticeReader(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task<(IReadOnlyList<NoticeRow> Rows, int Count)> UnreadAsync(Actor actor, int size, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var own = db.Notices.AsNoTracking().Where(n => n.AccountId == actor.UserId && n.ReadAt == null);
        var readable = db.Objects.ReadableBy(actor);
        var rows = await own.OrderByDescending(n => n.At).Take(size)
            .Select(n => new { n.Id, n.Sort, n.At, n.ProposalId, n.Part, Item = readable.Where(o => o.Id == n.ObjectId).Select(o => new { Kind = EF.Property<string>(o, Configurations.RegisterObjectConfiguration.Kind), o.Slug, o.Name }).FirstOrDefault() }).ToListAsync(cancellation);
        return ([.. rows.Select(n => new NoticeRow(n.Id, n.Sort, n.At, n.ProposalId, n.Item?.Kind, n.Item?.Slug, n.Item?.Name, n.Item is null ? null : n.Part))], rows.Count < size ? rows.Count : await own.CountAsync(cancellation));
    }

    /// <summary>Marks one's own notices as read; those of others stay as they are.</summary>
    /// <returns>How many.</returns>
    public async Task<int> MarkReadAsync(IReadOnlyCollection<Guid> ids, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var (some, now) = (ids.ToArray(), time.GetUtcNow());
        return await db.Notices.Where(n => n.AccountId == actor.UserId && n.ReadAt == null && some.Contains(n.Id)).ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, now), cancellation);
    }
}
