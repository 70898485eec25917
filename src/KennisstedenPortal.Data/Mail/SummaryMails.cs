using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Mail;

/// <summary>
/// One mail per person per day with the notices that were neither read nor mailed. Without such notices there is no mail:
/// what merely waits is on the workplace, and in the monthly <see cref="ReviewReminder"/>.
/// </summary>
public sealed class SummaryMails(IDbContextFactory<PortalDbContext> contexts, Outbox outbox, PortalLinks links, TimeProvider time)
{
    /// <summary>Lines per heading; the rest is counted.</summary>
    public const int LinesPerGroup = 15;

    /// <summary>Safe to repeat on one day and on several instances: a person gets one mail a day.</summary>
    /// <returns>How many mails were written.</returns>
    public async Task<int> SendAsync(CancellationToken cancellation)
    {
        List<Guid> people;
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            people = await Waiting(db).Select(n => n.AccountId).Distinct().Where(id => EditorsQuery.Open(db).Any(a => a.Id == id)).ToListAsync(cancellation);
        var sent = 0;
        foreach (var id in people)
            if (await SendAsync(id, cancellation)) sent++;
        return sent;
    }

    private static IQueryable<Notice> Waiting(PortalDbContext db) => db.Notices.Where(n => n.MailedAt == null && n.ReadAt == null);

    private async Task<bool> SendAsync(Guid accountId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await EditorsQuery.Open(db).AsNoTracking().Where(a => a.Id == accountId).Select(a => new { a.Name, a.Email, a.Language }).SingleOrDefaultAsync(cancellation) is not { } person) return false;
        var actor = (await ActorQuery.FindAsync(db, accountId, cancellation))!;
        var notices = await Waiting(db).Where(n => n.AccountId == accountId).OrderBy(n => n.At).ToListAsync(cancellation);
        if (notices.Count == 0) return false;

        var pages = links.In(person.Language);
        var lines = await LinesAsync(db, actor, notices, person.Language, pages, cancellation);
        List<SummaryGroup> groups = [];
        foreach (var sort in Enum.GetValues<NoticeSort>())
        {
            var group = notices.Where(n => n.Sort == sort).Select(n => lines[n.Id]).Distinct().ToList();
            if (group.Count > 0) groups.Add(new(sort, [.. group.Take(LinesPerGroup)], Math.Max(0, group.Count - LinesPerGroup)));
        }
        var scopes = actor.Scopes.ToList();
        var everything = Enum.GetValues<Role>().Any(r => actor.Has(r) && Rights.ReachOf(Right.Decide, r) == Reach.All);
        var open = await db.Proposals.CountAsync(p => p.State == ProposalState.Open && p.ProposerId != accountId && (scopes.Contains(p.ObjectId) || p.StewardId != null && scopes.Contains(p.StewardId.Value) || everything && p.StewardId == null), cancellation);
        var due = await DueQuery.Of(db, time.Today()).CountAsync(o => scopes.Contains(o.Id) || o.StewardId != null && scopes.Contains(o.StewardId.Value), cancellation);

        var text = MailTexts.Summary(person.Language, person.Name, groups, open, due, pages);
        var key = $"summary {time.Today():yyyy-MM-dd} {accountId}";
        if (!await outbox.AddAsync(db, new(person.Email!, text, person.Language, key), cancellation)) return false;
        foreach (var notice in notices) notice.MailedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>What each notice says: the name of what it is about, and where to see it.</summary>
    private static async Task<Dictionary<Guid, MailLine>> LinesAsync(PortalDbContext db, Actor actor, List<Notice> notices, string language, PortalLinks links, CancellationToken cancellation)
    {
        var objectIds = notices.Select(n => n.ObjectId).OfType<Guid>().Distinct().ToList();
        var objects = await db.Objects.ReadableBy(actor).Where(o => objectIds.Contains(o.Id)).Select(o => new { o.Id, o.Name, Kind = EF.Property<string>(o, RegisterObjectConfiguration.Kind) }).ToDictionaryAsync(o => o.Id, cancellation);
        var proposalIds = notices.Select(n => n.ProposalId).OfType<Guid>().Distinct().ToList();
        var proposals = await db.Proposals.Where(p => proposalIds.Contains(p.Id)).Select(p => new { p.Id, p.Kind, p.Changes }).ToDictionaryAsync(p => p.Id, cancellation);
        return notices.ToDictionary(n => n.Id, n =>
        {
            var known = n.ObjectId is { } id ? objects.GetValueOrDefault(id) : null;
            if (n.ProposalId is { } proposal)
            {
                // A proposal for a new object has no object to name; its own name says what it is.
                var made = proposals.GetValueOrDefault(proposal);
                var name = known?.Name ?? (made is null ? null : Json.Text(ChangeSet.Parse(made.Changes)["name"]) ?? KindRegistry.OfCode(made.Kind).Singular.In(language));
                return new MailLine(name ?? new Text("Een voorstel", "A proposal").In(language), links.ProposalPage(proposal));
            }
            return known is null ? new MailLine(new Text("Op uw werkplek", "On your workplace").In(language), links.Workplace) : new MailLine(n.Part is null ? known.Name : $"{known.Name}: {n.Part}", links.ObjectPage(KindRegistry.OfCode(known.Kind), known.Id));
        });
    }
}
