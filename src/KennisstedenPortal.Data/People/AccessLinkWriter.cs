using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Meetings;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>How a link stands at this moment.</summary>
public enum LinkState { Unknown, Valid, Used, Expired, Revoked }

/// <summary>A link that was looked up; looking changes nothing, since mail scanners follow every link.</summary>
/// <param name="Subject">What it is about, as JSON.</param>
public sealed record FoundLink(Guid Id, LinkPurpose Purpose, Guid? AccountId, string Subject, DateTimeOffset ExpiresAt, LinkState State);

/// <summary>A new link. The secret stands in the mail and nowhere else.</summary>
public sealed record NewLink(Guid Id, string Secret, DateTimeOffset ExpiresAt);

/// <summary>
/// Links in mails that work without a password: for one purpose and subject, for a while, until revoked. One that does something
/// works once; one that reads may be opened as often as one likes. Each step is in the audit of rights, of one that reads only
/// that it was sent and revoked. A link gives no rights: whoever uses one asks again what its account may do at that moment.
/// </summary>
public sealed class AccessLinkWriter(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Characters of a secret in an address: 256 bits in base64 for addresses.</summary>
    public const int SecretLength = 43;

    /// <summary>Adds a link to the transaction of the caller, who also adds the mail that carries it, saves and commits.</summary>
    /// <param name="actor">Who had it sent.</param>
    public NewLink Add(PortalDbContext db, LinkPurpose purpose, Guid? accountId, string subject, TimeSpan lifetime, Actor actor, Guid? id = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(actor);
        var now = time.GetUtcNow();
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var link = new AccessLink { Id = id ?? Guid.CreateVersion7(now), Purpose = purpose, SecretHash = HashOf(secret), AccountId = accountId, Subject = subject, CreatedAt = now, ExpiresAt = now + lifetime };
        db.Add(link);
        Log(db, RightsEventSort.LinkSent, link.AccountId, actor.UserId, link.Purpose, link.Subject);
        return new(link.Id, secret, link.ExpiresAt);
    }

    /// <summary>What a second click on a form comes to: the link that the first one sent, while it works; or the identity of the link to send.</summary>
    internal async Task<(AccessLink? Sent, Guid? Id)> OnceAsync(PortalDbContext db, Guid form, string subject, string address, CancellationToken cancellation)
    {
        var id = FormIdentity.Of(form, subject, address);
        // Of two clicks at one moment the second waits for what the first came to.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, 0))", cancellation);
        var known = await db.AccessLinks.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id, cancellation);
        // Who goes back after it ended means to send another.
        return known is null ? (null, id) : StateOf(known, time.GetUtcNow()) == LinkState.Valid ? (known, null) : (null, null);
    }

    /// <summary>Holds back who has many links sent to addresses of their choice. Counts in the audit, where every link stands, whatever became of it.</summary>
    /// <returns>When the next link may be sent; null is now.</returns>
    internal async Task<DateTimeOffset?> HeldBackAsync(PortalDbContext db, LinkPurpose purpose, int mostInAnHour, Actor actor, CancellationToken cancellation)
    {
        // One after the other, so that many at once count each other.
        var code = Codes<LinkPurpose>.Code(purpose);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('link-' || {code} || {actor.UserId.ToString()}, 0))", cancellation);
        var since = time.GetUtcNow().AddHours(-1);
        var sent = await db.RightsEvents.Where(e => e.Sort == RightsEventSort.LinkSent && e.ActorId == actor.UserId && e.At > since && e.Detail!.StartsWith(code)).OrderByDescending(e => e.At).Select(e => e.At).Take(mostInAnHour).ToListAsync(cancellation);
        return sent.Count < mostInAnHour ? null : sent[^1].AddHours(1);
    }

    /// <summary>Looks without using; null when there is no such link.</summary>
    public async Task<FoundLink?> FindAsync(string? secret, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await FindAsync(db, secret, cancellation);
    }

    /// <summary>Revokes a link: whoever it was sent to, the secretariat, and who manages people.</summary>
    /// <returns>False when there was nothing to revoke: unknown, used, or revoked already.</returns>
    /// <exception cref="NotAllowedException">It is somebody else's link.</exception>
    public async Task<bool> RevokeAsync(Guid id, Actor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.AccessLinks.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, cancellation) is not { } link) return false;
        if ((link.AccountId is null || link.AccountId != actor.UserId) && !actor.Has(Role.Secretariat)) Rights.Demand(actor, Right.ManagePeople);
        return await RevokeAsync(db, link, actor.UserId, cancellation);
    }

    /// <summary>Revokes a link by its secret: who holds the mail may throw it away.</summary>
    public async Task<bool> RevokeAsync(string secret, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var hash = HashOf(secret);
        return await db.AccessLinks.AsNoTracking().SingleOrDefaultAsync(l => l.SecretHash == hash, cancellation) is { } link && await RevokeAsync(db, link, link.AccountId, cancellation);
    }

    /// <summary>The link that asks this owner for an update of the action and still works; null when nobody has one. A link to a former owner works no more.</summary>
    internal async Task<AccessLink?> AskedAsync(PortalDbContext db, Guid actionId, Guid? ownerId, CancellationToken cancellation)
    {
        var (now, subject) = (time.GetUtcNow(), ownerId is { } owner ? JsonSerializer.Serialize(new ProgressWriter.AskedOf(actionId, owner)) : null);
        return subject is null ? null : await db.AccessLinks.FromSql($"select * from access_link where purpose = {Codes<LinkPurpose>.Code(LinkPurpose.Update)} and used_at is null and revoked_at is null and expires_at > {now} and subject = {subject}::jsonb").AsNoTracking().OrderByDescending(l => l.CreatedAt).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Revokes the links that ask an update of this action, of whomever, in the transaction of the caller, who saves.</summary>
    internal async Task RevokeAskedAsync(PortalDbContext db, Guid actionId, Actor actor, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // One after the other for an action, so that only the newest is left.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('asked-' || {actionId.ToString()}, 0))", cancellation);
        // Held while they are read: one that is being used at this moment is used, and no more among them.
        foreach (var link in await db.AccessLinks.FromSql($"select * from access_link where purpose = {Codes<LinkPurpose>.Code(LinkPurpose.Update)} and used_at is null and revoked_at is null and expires_at > {now} and subject->>'Action' = {actionId.ToString()} for update").ToListAsync(cancellation))
        {
            (link.RevokedAt, link.Version) = (now, link.Version + 1);
            Log(db, RightsEventSort.LinkRevoked, link.AccountId, actor.UserId, link.Purpose, link.Subject);
        }
    }

    internal async Task<FoundLink?> FindAsync(PortalDbContext db, string? secret, CancellationToken cancellation)
    {
        if (secret is not { Length: SecretLength }) return null;
        var hash = HashOf(secret);
        return await db.AccessLinks.AsNoTracking().SingleOrDefaultAsync(l => l.SecretHash == hash, cancellation) is { } link
            ? new(link.Id, link.Purpose, link.AccountId, link.Subject, link.ExpiresAt, StateOf(link, time.GetUtcNow()))
            : null;
    }

    /// <summary>Uses a link in the transaction of the caller: of two at once the second waits here, and is too late.</summary>
    /// <returns>False when it does not work any more.</returns>
    internal async Task<bool> ConsumeAsync(PortalDbContext db, FoundLink link, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var used = await db.AccessLinks.Where(l => l.Id == link.Id && l.UsedAt == null && l.RevokedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.UsedAt, now).SetProperty(x => x.Version, x => x.Version + 1), cancellation);
        if (used == 0) return false;
        Log(db, RightsEventSort.LinkUsed, link.AccountId, link.AccountId, link.Purpose, link.Subject);
        return true;
    }

    private async Task<bool> RevokeAsync(PortalDbContext db, AccessLink link, Guid? by, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = time.GetUtcNow();
        var revoked = await db.AccessLinks.Where(l => l.Id == link.Id && l.UsedAt == null && l.RevokedAt == null)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.RevokedAt, now).SetProperty(x => x.Version, x => x.Version + 1), cancellation);
        if (revoked == 0) return false;
        Log(db, RightsEventSort.LinkRevoked, link.AccountId, by, link.Purpose, link.Subject);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static LinkState StateOf(AccessLink link, DateTimeOffset now) =>
        link.RevokedAt is not null ? LinkState.Revoked : link.UsedAt is not null ? LinkState.Used : link.ExpiresAt <= now ? LinkState.Expired : LinkState.Valid;

    private void Log(PortalDbContext db, RightsEventSort sort, Guid? accountId, Guid? actorId, LinkPurpose purpose, string subject) =>
        db.Note(sort, actorId, accountId, time.GetUtcNow(), string.Join(", ", [Codes<LinkPurpose>.Code(purpose), .. About(purpose, subject)]));

    /// <summary>What a link is about that belongs to no account: the line of the audit names it.</summary>
    private static IEnumerable<string> About(LinkPurpose purpose, string subject) => purpose switch
    {
        LinkPurpose.Update => [JsonSerializer.Deserialize<ProgressWriter.AskedOf>(subject)!.Action.ToString()],
        LinkPurpose.Read when JsonSerializer.Deserialize<BriefingLink>(subject) is { } read => [read.Meeting.ToString(), read.Party.ToString()],
        _ => [],
    };

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
