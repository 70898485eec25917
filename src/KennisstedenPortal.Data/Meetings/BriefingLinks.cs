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
    /// <summary>There is no such meeting or party for partners: what only the secretariat may read, drafts and what was archived go to nobody.</summary>
    public sealed record NotOpen : BriefingOutcome;
    /// <summary>The meeting is further away than a link may work.</summary>
    /// <param name="From">First day on which it may be sent.</param>
    public sealed record TooEarly(DateOnly From) : BriefingOutcome;
    /// <summary>As many links to this meeting work as may at once.</summary>
    public sealed record TooMany : BriefingOutcome;
    /// <summary>The person had as many sent in an hour as may be.</summary>
    public sealed record TooFast(DateTimeOffset Again) : BriefingOutcome;
}

/// <summary>Sends briefings by links that read, and ends them.</summary>
public sealed class BriefingLinks(IDbContextFactory<PortalDbContext> contexts, AccessLinkWriter links, Outbox outbox, PortalLinks pages, TimeProvider time)
{
    /// <summary>Links that may work at once for one meeting: enough for every party, too few to send mail to the world.</summary>
    public const int Most = 100;

    /// <summary>Links that one person has sent in an hour, revoked ones too: whoever briefs every party of a meeting gets there.</summary>
    public const int MostInAnHour = 100;

    /// <summary>Days that a link works at least and at most, and days after the meeting until which it does in between.</summary>
    public const int ShortestDays = 14, LongestDays = 120, DaysAfter = 7;

    /// <summary>Last day of a link that is sent today: a week after the meeting, and two weeks from now when that is later or there is no day yet. Null when that is further away than a link may work.</summary>
    public static DateOnly? LastDay(DateOnly? heldOn, DateOnly today)
    {
        var last = heldOn is { } day && day.AddDays(DaysAfter) is var after && after > today.AddDays(ShortestDays) ? after : today.AddDays(ShortestDays);
        return last <= today.AddDays(LongestDays) ? last : null;
    }

    /// <summary>First day on which a briefing of a meeting may be sent.</summary>
    public static DateOnly FirstDay(DateOnly heldOn) => heldOn.AddDays(DaysAfter - LongestDays);

    /// <param name="form">Made when the form was shown: a second click on it sends one link and one mail.</param>
    /// <param name="kind">Kind of the party.</param>
    /// <param name="language">nl or en, of the mail.</param>
    /// <exception cref="NotAllowedException">The actor does not run the agenda.</exception>
    public async Task<BriefingOutcome> SendAsync(Guid meetingId, Guid form, ObjectKind kind, string partySlug, string? email, string language, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.RunAgenda);
        ArgumentNullException.ThrowIfNull(kind);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var open = BriefingQuery.ForPartners(db).AsNoTracking();
        var meeting = await open.OfType<Meeting>().Where(m => m.Id == meetingId).Select(m => new { m.Id, m.Name, m.HeldOn }).FirstOrDefaultAsync(cancellation);
        var party = await open.Where(Parties.Are).Where(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind.Code && o.Slug == partySlug).Select(o => new { o.Id, o.Name }).FirstOrDefaultAsync(cancellation);
        if (meeting is null || party is null) return new BriefingOutcome.NotOpen();
        if (LastDay(meeting.HeldOn, time.Today()) is not { } last) return new BriefingOutcome.TooEarly(FirstDay(meeting.HeldOn!.Value));
        var address = InputText.Clean(email);
        if (!Outbox.IsAddress(address)) return new BriefingOutcome.Invalid(new("Vul één mailadres in, bijvoorbeeld bestuur@gemeente.nl.", "Enter one e-mail address, for example board@city.nl."));
        // One after the other, so that many at once count each other.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('briefing-' || {meeting.Id.ToString()}, 0))", cancellation);
        var subject = JsonSerializer.Serialize(new BriefingLink(meeting.Id, party.Id));
        var (sent, id) = await links.OnceAsync(db, form, subject, address!, cancellation);
        if (sent is not null) return new BriefingOutcome.Sent(Dutch.Day(sent.ExpiresAt).AddDays(-1));
        if (await Working(db, meetingId).CountAsync(cancellation) >= Most) return new BriefingOutcome.TooMany();
        if (await links.HeldBackAsync(db, LinkPurpose.Read, MostInAnHour, actor, cancellation) is { } again) return new BriefingOutcome.TooFast(again);
        // Until midnight, so that the day before it is the last on which it works.
        var link = links.Add(db, LinkPurpose.Read, accountId: null, subject, Dutch.EndOf(last).AddMicroseconds(1) - time.GetUtcNow(), actor, id);
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
