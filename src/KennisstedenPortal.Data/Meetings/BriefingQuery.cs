using System.Text.Json;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Meetings;

/// <summary>The page behind a link to a briefing. Without <see cref="LinkState.Valid"/> it holds nothing of the agenda.</summary>
public sealed record BriefingByLink(LinkState State, Briefing? Briefing = null, DateTimeOffset? Until = null);

/// <summary>Makes the briefing of a party for a meeting, out of what stands in the agenda at that moment.</summary>
public sealed class BriefingQuery(IDbContextFactory<PortalDbContext> contexts, AccessLinkWriter links, TimeProvider time)
{
    /// <summary>Of each list; what does not fit is counted.</summary>
    public const int Shown = 6;

    /// <param name="kind">Kind of the party, see <see cref="Parties"/>.</param>
    /// <returns>Null when there is no such meeting or party for this reader.</returns>
    /// <exception cref="NotAllowedException">The actor is no editor of the party: only who runs the agenda reads the briefings of all.</exception>
    public async Task<Briefing?> FindAsync(string meetingSlug, ObjectKind kind, string partySlug, bool examples, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ReadPartners);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var meeting = await db.Objects.ReadableBy(actor).OfType<Meeting>().AsNoTracking().FirstOrDefaultAsync(m => m.Slug == meetingSlug, cancellation);
        var party = await db.Objects.ReadableBy(actor).Where(Parties.Are).AsNoTracking().FirstOrDefaultAsync(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind.Code && o.Slug == partySlug && o.State == ObjectState.Published, cancellation);
        if (meeting is null || party is null) return null;
        var own = await OwnAsync(db, [party.Id], cancellation);
        if (!own.Any(actor.Scopes.Contains)) Rights.Demand(actor, Right.RunAgenda);
        return await OfAsync(db, meeting, party, own, examples, cancellation);
    }

    /// <summary>What a link opens, for whoever holds it, until it expires. Only reads.</summary>
    public async Task<BriefingByLink> FindByLinkAsync(string? secret, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await links.FindAsync(db, secret, cancellation) is not { Purpose: LinkPurpose.Read } link) return new(LinkState.Unknown);
        if (link.State != LinkState.Valid) return new(link.State);
        var (meetingId, partyId) = JsonSerializer.Deserialize<BriefingLink>(link.Subject)!;
        // A meeting that was closed to partners meanwhile takes its links along.
        var meeting = await ForPartners(db).OfType<Meeting>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == meetingId, cancellation);
        var party = await ForPartners(db).AsNoTracking().FirstOrDefaultAsync(o => o.Id == partyId, cancellation);
        return meeting is null || party is null ? new(LinkState.Revoked) : new(LinkState.Valid, await OfAsync(db, meeting, party, await OwnAsync(db, [party.Id], cancellation), examples: false, cancellation), link.ExpiresAt);
    }

    /// <summary>What partners may read: of nothing else a briefing tells, whoever opens it.</summary>
    internal static IQueryable<RegisterObject> ForPartners(PortalDbContext db) => db.Objects.Where(o => o.State == ObjectState.Published && o.Visibility != Visibility.Secretariat);

    /// <summary>These parties, and of a city its municipality, or the other way round: who speaks for the one speaks for the other. What is hidden stands for nothing, as in <see cref="ActionIndex.StandsFor"/>.</summary>
    internal static async Task<Guid[]> OwnAsync(PortalDbContext db, Guid[] parties, CancellationToken cancellation)
    {
        var municipalities = db.Objects.Public().OfType<Organisation>().Where(o => o.Type == OrganisationType.Municipality);
        var pairs = await db.Objects.Public().OfType<City>().Join(municipalities, c => c.MunicipalityCode, o => o.MunicipalityCode, (c, o) => new { City = c.Id, Municipality = o.Id })
            .Where(p => parties.Contains(p.City) || parties.Contains(p.Municipality)).ToListAsync(cancellation);
        return [.. parties.Concat(pairs.SelectMany(p => new[] { p.City, p.Municipality })).Distinct()];
    }

    private async Task<Briefing> OfAsync(PortalDbContext db, Meeting meeting, RegisterObject party, Guid[] own, bool examples, CancellationToken cancellation)
    {
        var (today, readable) = (time.Today(), ForPartners(db));
        // What is about a city is its own too, as on its page and in the summary for its board.
        var cities = await db.Objects.OfType<City>().Where(c => own.Contains(c.Id)).Select(c => c.Slug).ToListAsync(cancellation);
        string[] keys = [.. own.Select(id => ActionFacet.Of(ActionFacet.Party, id.ToString())), .. cities.Select(slug => ActionFacet.Of(ActionFacet.City, slug))];
        var ours = db.ActionEntries.AsNoTracking().Where(e => e.Visibility != Visibility.Secretariat && (examples || !e.IsExample) && e.Facets.Any(f => keys.Contains(f)));
        var running = ours.Where(e => e.Status != ActionStatus.Completed && e.Status != ActionStatus.Stopped);
        var worrying = running.Where(e => e.LateAfter < today || e.SilentFrom <= today || e.LastLight == TrafficLight.Red || e.LastLight == TrafficLight.Amber || e.Status == ActionStatus.Paused);
        var ourIds = ours.Select(e => e.ActionId);

        var points = await MeetingQuery.PointsOf(db.AgendaPoints.Where(p => p.MeetingId == meeting.Id).OrderBy(p => p.Number), readable).ToListAsync(cancellation);
        var (oursOnAgenda, forUs) = ((await db.AgendaPoints.Where(p => p.MeetingId == meeting.Id && p.ActionId != null && ours.Any(e => e.ActionId == p.ActionId && e.Facets.Any(f => keys.Contains(f)))).Select(p => p.Id).ToListAsync(cancellation)).ToHashSet(),
            (await db.AgendaPoints.Where(p => p.MeetingId == meeting.Id && p.PartyId != null && own.Contains(p.PartyId.Value)).Select(p => p.Id).ToListAsync(cancellation)).ToHashSet());
        // Of what earlier meetings left for nobody, the meeting itself tells.
        var earlier = await MeetingQuery.PointsOf(MeetingQuery.OpenBefore(db, readable, meeting.Id, meeting.HeldOn ?? today, today)
            .Where(p => p.PartyId != null && own.Contains(p.PartyId.Value) && (examples || p.ActionId == null || p.Action!.Verification != Verification.Example))
            .OrderBy(p => p.DueOn == null).ThenBy(p => p.DueOn).ThenBy(p => p.Meeting!.HeldOn).ThenBy(p => p.Number), readable).FirstAsync(Shown, cancellation);
        // Of an action that was stopped nothing is asked any more; the ledger still tells it.
        var commitments = db.Commitments.AsNoTracking().Where(c => (c.Status == CommitmentStatus.Open || c.Status == CommitmentStatus.PartlyMet) && c.Holder!.State == ObjectState.Published && c.Holder.Visibility != Visibility.Secretariat && !(c.Holder is AgendaAction && ((AgendaAction)c.Holder).Status == ActionStatus.Stopped) && (examples || c.Holder.Verification != Verification.Example));
        var theirs = commitments.Where(c => !own.Contains(c.PartyId) && c.Party!.State == ObjectState.Published && c.Party.Visibility != Visibility.Secretariat && (ourIds.Contains(c.ObjectId) || c.CarriedOutInId != null && ourIds.Contains(c.CarriedOutInId.Value)));
        var asks = await db.AgendaElements.AsNoTracking().Where(e => e.Kind == ElementKind.Ask && db.Set<ObjectElement>().Any(l => l.ElementCode == e.Code && running.Any(r => r.ActionId == l.ObjectId))).OrderBy(e => e.Rank).Select(e => new { e.Code, e.Title }).ToListAsync(cancellation);

        return new Briefing(meeting.Slug, meeting.Name, meeting.Sort, meeting.HeldOn, meeting.Venue, new ObjectLink(KindRegistry.Of(party).Code, party.Slug, party.Name),
            [.. points.Select(p => new BriefingPoint(p, oursOnAgenda.Contains(p.Id), forUs.Contains(p.Id)))], earlier,
            await commitments.Where(c => own.Contains(c.PartyId)).OrderBy(c => c.TermOn == null).ThenBy(c => c.TermOn).ThenBy(c => c.Id).Select(c => new BriefingCommitment(c.Text, c.Amount, c.TermOn, null, c.Holder!.Name, c.Holder.Verification == Verification.Example, c.Holder is AgendaAction ? c.Holder.Slug : null)).FirstAsync(Shown, cancellation),
            await theirs.OrderBy(c => c.TermOn == null).ThenBy(c => c.TermOn).ThenBy(c => c.Id).Select(c => new BriefingCommitment(c.Text, c.Amount, c.TermOn, c.Party!.Name, c.Holder!.Name, c.Holder.Verification == Verification.Example, c.Holder is AgendaAction ? c.Holder.Slug : null)).FirstAsync(Shown, cancellation),
            await worrying.OrderBy(e => e.IsExample).ThenBy(e => e.LateAfter == null).ThenBy(e => e.LateAfter).ThenBy(e => e.Number).Select(e => new BriefingAction(e.Slug, e.Name, e.Status, e.IsExample, e.LateAfter, e.SilentFrom, e.ReportedOn == DateOnly.MinValue ? null : e.ReportedOn, e.LastLight, e.NextTitle, e.NextOn)).FirstAsync(Shown, cancellation),
            [.. asks.Select(a => (a.Code, a.Title))], await running.CountAsync(cancellation), examples, today);
    }
}

/// <summary>What a link to a briefing is about.</summary>
internal sealed record BriefingLink(Guid Meeting, Guid Party);
