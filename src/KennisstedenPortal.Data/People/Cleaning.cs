using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>Removes what is of no more use to anybody, and what names people without need. Safe to repeat, and on several instances.</summary>
public sealed class Cleaning(IDbContextFactory<PortalDbContext> contexts, Outbox outbox, PortalLinks links, TimeProvider time)
{
    /// <summary>After sending or giving up, the text of a mail is kept this long, to help who says it never came.</summary>
    public static readonly TimeSpan MailTextKept = TimeSpan.FromDays(7);
    /// <summary>After its start, a session is kept this long; it held for a day at most.</summary>
    public static readonly TimeSpan SessionKept = TimeSpan.FromDays(2);
    /// <summary>After it expired, a link is kept this long, so that its page can say why it does not work.</summary>
    public static readonly TimeSpan LinkKept = TimeSpan.FromDays(90);
    /// <summary>After it expired, an invitation that nobody accepted is kept this long. It holds a name and an address.</summary>
    public static readonly TimeSpan InvitationKept = TimeSpan.FromDays(30);
    /// <summary>Untouched for this long, a draft is announced to be removed.</summary>
    public static readonly TimeSpan DraftKept = TimeSpan.FromDays(365);
    /// <summary>Between that mail and the removal.</summary>
    public static readonly TimeSpan DraftNotice = TimeSpan.FromDays(30);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await EmptyMailsAsync(cancellation);
        await RemoveSessionsAsync(cancellation);
        await RemoveLinksAsync(cancellation);
        await RemoveInvitationsAsync(cancellation);
        await RemoveDraftsAsync(cancellation);
        await AnnounceDraftsAsync(cancellation);
    }

    /// <summary>The row stays, as a record that it was sent; links in the text are nobody's business any more.</summary>
    public async Task<int> EmptyMailsAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var before = time.GetUtcNow() - MailTextKept;
        var old = db.Outbox.Where(m => m.SentAt < before || m.FailedAt < before);
        // Addresses are kept of people with an account only (product rule 13).
        await old.Where(m => m.Recipient != "" && !db.Accounts.Any(a => a.Email == m.Recipient)).ExecuteUpdateAsync(m => m.SetProperty(x => x.Recipient, ""), cancellation);
        return await old.Where(m => m.Body != "").ExecuteUpdateAsync(m => m.SetProperty(x => x.Body, ""), cancellation);
    }

    /// <summary>Those that lapsed by themselves; longer than any session may last.</summary>
    public async Task<int> RemoveSessionsAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var before = time.GetUtcNow() - SessionKept;
        return await db.Sessions.Where(s => s.StartedAt < before).ExecuteDeleteAsync(cancellation);
    }

    public async Task<int> RemoveLinksAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var before = time.GetUtcNow() - LinkKept;
        return await db.AccessLinks.Where(l => l.ExpiresAt < before).ExecuteDeleteAsync(cancellation);
    }

    public async Task<int> RemoveInvitationsAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var before = time.GetUtcNow() - InvitationKept;
        return await db.Invitations.Where(i => i.AcceptedAt == null && i.ExpiresAt < before).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>One mail per person per month with all drafts that are old now.</summary>
    public async Task<int> AnnounceDraftsAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var (today, before) = (time.Today(), time.GetUtcNow() - DraftKept);
        var drafts = await db.Drafts.AsNoTracking().Where(d => d.ChangedAt < before).OrderBy(d => d.ChangedAt).ToListAsync(cancellation);
        var objectIds = drafts.Select(d => d.ObjectId).Distinct().ToList();
        var names = await db.Objects.Where(o => objectIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellation);
        var sent = 0;
        foreach (var own in drafts.GroupBy(d => d.AccountId))
        {
            if (await EditorsQuery.Open(db).AsNoTracking().SingleOrDefaultAsync(a => a.Id == own.Key, cancellation) is not { } person) continue;
            List<string> lines = [.. own.Select(d => names.TryGetValue(d.ObjectId, out var name) ? name : new Text($"nieuw: {KindRegistry.OfCode(d.Kind).Singular.Nl}", $"new: {KindRegistry.OfCode(d.Kind).Singular.En}").In(person.Language))];
            var text = MailTexts.StaleDrafts(person.Language, person.Name, lines, today.AddDays(DraftNotice.Days + 1), links.In(person.Language));
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (!await outbox.AddAsync(db, new(person.Email!, text, person.Language, $"drafts {today:yyyy-MM} {own.Key}"), cancellation)) continue;
            await transaction.CommitAsync(cancellation);
            sent++;
        }
        return sent;
    }

    /// <summary>
    /// Drafts that were announced long enough ago, in a mail that was really sent, and not touched since. An account that is
    /// closed can't be mailed: its drafts go after the same time without one.
    /// </summary>
    public async Task<int> RemoveDraftsAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var announced = time.GetUtcNow() - DraftNotice;
        var (old, year) = (announced - DraftKept, DraftKept);
        return await db.Drafts.Where(d => d.ChangedAt < old
            && (!EditorsQuery.Open(db).Any(a => a.Id == d.AccountId)
                || db.Outbox.Any(m => m.OnceKey != null && m.OnceKey.StartsWith("drafts ") && m.OnceKey.EndsWith(d.AccountId.ToString()) && m.SentAt < announced && m.CreatedAt > d.ChangedAt + year)))
            .ExecuteDeleteAsync(cancellation);
    }
}
