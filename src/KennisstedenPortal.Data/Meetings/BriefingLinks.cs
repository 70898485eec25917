using System.Text.Json;
using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Meetings;

/// <summary>A link to a briefing that works. To whom it went is nowhere kept.</summary>
public sealed record OpenBriefingLink(Guid Id, string Party, DateTimeOffset SentAt, DateTimeOffset Until);

/// <summary>How sending a briefing ended.</summary>
public abstract record BriefingOutcome
{
    private BriefingOutcome() { }

    /// <param name="Until">Last day on which the link works.</param>
    public sealed record Sent(DateOnly Until) : BriefingOutcome;
    public sealed record Invalid(Text Email) : BriefingOutcome;
    /// <summary>There is no such meeting or party for partners: what only the secretariat may read goes to nobody.</summary>
    public sealed record NotOpen : BriefingOutcome;
    /// <summary>As many links to this meeting work as may at once.</summary>
    public sealed record TooMany : BriefingOutcome;
}

/// <summary>Sends briefings by links that read, and ends them.</summary>
public sealed class BriefingLinks(IDbContextFactory<PortalDbContext> contexts, AccessLinkWriter links, Outbox outbox, PortalLinks pages, TimeProvider time)
{
    /// <summary>Links that may work at once for one meeting: enough for every party, too few to send mail to the world.</summary>
    public const int Most = 100;

    /// <summary>Shortest and longest time that a link works, and days after the meeting until which it does in between.</summary>
    private const int ShortestDays = 14, LongestDays = 120, DaysAfter = 7;

    /// <param name="kind">Kind of the party.</param>
    /// <param name="language">nl or en, of the mail.</param>
    /// <exception cref="NotAllowedException">The actor does not run the agenda.</exception>
    public async Task<BriefingOutcome> SendAsync(Guid meetingId, ObjectKind kind, string partySlug, string? email, string language, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.RunAgenda);
        ArgumentNullException.ThrowIfNull(kind);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var open = db.Objects.AsNoTracking().Where(o => o.State == ObjectState.Published && o.Visibility != Visibility.Secretariat);
        var meeting = await open.OfType<Meeting>().Where(m => m.Id == meetingId).Select(m => new { m.Id, m.Name, m.HeldOn }).FirstOrDefaultAsync(cancellation);
        var party = await open.Where(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind.Code && o.Slug == partySlug && (o is City || o is Organisation)).Select(o => new { o.Id, o.Name }).FirstOrDefaultAsync(cancellation);
        if (meeting is null || party is null) return new BriefingOutcome.NotOpen();
        var address = InputText.Clean(email);
        if (!Outbox.IsAddress(address)) return new BriefingOutcome.Invalid(new("Vul één mailadres in, bijvoorbeeld bestuur@gemeente.nl.", "Enter one e-mail address, for example board@city.nl."));
        if (await Working(db, meetingId).CountAsync(cancellation) >= Most) return new BriefingOutcome.TooMany();
        var (now, today) = (time.GetUtcNow(), time.Today());
        var last = meeting.HeldOn is { } day && day.AddDays(DaysAfter) is var after && after > today.AddDays(ShortestDays) ? after : today.AddDays(ShortestDays);
        if (last > today.AddDays(LongestDays)) last = today.AddDays(LongestDays);
        var link = links.Add(db, LinkPurpose.Read, accountId: null, JsonSerializer.Serialize(new BriefingLink(meeting.Id, party.Id)), Dutch.EndOf(last) - now, actor);
        await outbox.AddAsync(db, new(address!, MailTexts.Briefing(language, party.Name, meeting.Name, meeting.HeldOn, pages.In(language).BriefingPage(link.Secret), last), language), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new BriefingOutcome.Sent(last);
    }

    /// <summary>The links to briefings for a meeting that work now, the newest first.</summary>
    /// <exception cref="NotAllowedException">The actor does not run the agenda.</exception>
    public async Task<IReadOnlyList<OpenBriefingLink>> OpenAsync(Guid meetingId, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.RunAgenda);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var found = await Working(db, meetingId).OrderByDescending(l => l.CreatedAt).Take(Most).Select(l => new { l.Id, l.Subject, l.CreatedAt, l.ExpiresAt }).ToListAsync(cancellation);
        var parties = found.ToDictionary(l => l.Id, l => JsonSerializer.Deserialize<BriefingLink>(l.Subject)!.Party);
        var names = await db.Objects.Where(o => parties.Values.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellation);
        return [.. found.Select(l => new OpenBriefingLink(l.Id, names[parties[l.Id]], l.CreatedAt, l.ExpiresAt))];
    }

    private IQueryable<AccessLink> Working(PortalDbContext db, Guid meetingId)
    {
        var (now, purpose, meeting) = (time.GetUtcNow(), Codes<LinkPurpose>.Code(LinkPurpose.Read), meetingId.ToString());
        return db.AccessLinks.FromSql($"select * from access_link where purpose = {purpose} and revoked_at is null and expires_at > {now} and subject->>'Meeting' = {meeting}").AsNoTracking();
    }
}
