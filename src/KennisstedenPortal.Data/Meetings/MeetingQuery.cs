using System.Globalization;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Meetings;

/// <summary>A meeting in a list.</summary>
/// <param name="Decided">Points on which something was decided.</param>
/// <param name="Open">Points to which a later meeting must come back.</param>
public sealed record MeetingRow(Guid Id, string Slug, string Name, MeetingSort Sort, DateOnly? HeldOn, string? Venue, int Points, int Decided, int Open, Visibility Visibility);

/// <summary>Meetings to come, the first first, and those that were, the last first.</summary>
/// <param name="Years">In which there were any.</param>
public sealed record MeetingList(Bounded<MeetingRow> Coming, Bounded<MeetingRow> Past, IReadOnlyList<int> Years);

/// <summary>A point of a meeting, with names instead of identities as far as whoever reads may know them.</summary>
/// <param name="Meeting">Where it stood on the agenda.</param>
/// <param name="MeetingSlug">See <paramref name="Meeting"/>.</param>
/// <param name="ActionHasPage">Everybody may read the action; else it has a name only.</param>
public sealed record MeetingPoint(Guid Id, string MeetingSlug, string Meeting, DateOnly? HeldOn, int Number, string Title, string? Asked, string? Decision, DecisionStatus Status, DateOnly? DueOn, DateOnly? CarriedOutOn, ActionLink? Action, bool ActionHasPage, ObjectLink? Party)
{
    public bool IsLate(DateOnly day) => Status == DecisionStatus.Taken && DueOn < day;
}

/// <summary>A party as a meeting names it.</summary>
/// <param name="HasPage">Everybody may read it; else it has a name only.</param>
public sealed record MeetingParty(ObjectLink Link, bool HasPage);

/// <summary>Who takes part.</summary>
/// <param name="IsConfirmed">False: one end of the relation reported it, the other did not confirm it yet.</param>
public sealed record Attendant(MeetingParty Party, bool IsConfirmed);

/// <summary>What a party promised in a meeting.</summary>
/// <param name="CarriedOutIn">Null too when the reader may not know it.</param>
public sealed record MeetingCommitment(MeetingParty Party, CommitmentSort Sort, string Text, decimal? Amount, DateOnly? TermOn, CommitmentStatus Status, string? Reason, ActionLink? CarriedOutIn, bool ActionHasPage)
{
    public bool IsLate(DateOnly day) => !Commitment.IsSettled(Status) && TermOn < day;
}

/// <summary>A meeting as somebody who signed in reads it.</summary>
/// <param name="Website">Where its papers are.</param>
/// <param name="Attending">Who takes part, as far as the reader may know them.</param>
/// <param name="Commitments">By parties that the reader may know.</param>
/// <param name="Earlier">What earlier meetings left open on its day, the oldest first.</param>
/// <param name="Briefed">Parties of which the reader may open the briefing.</param>
/// <param name="MayEdit">Whether the reader keeps it.</param>
public sealed record MeetingView(Guid Id, string Slug, string Name, string? Description, MeetingSort Sort, DateOnly? HeldOn, string? Venue, string? Website, ObjectState State, Visibility Visibility, IReadOnlyList<Attendant> Attending, IReadOnlyList<MeetingPoint> Points, IReadOnlyList<MeetingCommitment> Commitments, Bounded<MeetingPoint> Earlier, IReadOnlyList<ObjectLink> Briefed, bool MayEdit);

/// <summary>Reads meetings: for everybody what is public, for who signed in what they may read.</summary>
public sealed class MeetingQuery(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Meetings of a list, and points that earlier meetings left open.</summary>
    public const int Most = 100, MostOpen = 50;

    /// <summary>The year of an address; null when it is none.</summary>
    public static int? YearOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= DayText.MinYear and <= DayText.MaxYear ? year : null;

    /// <summary>Meetings that anybody may read, at most <see cref="Most"/> of each sort.</summary>
    /// <param name="year">Of those that were only this year; null is all.</param>
    public async Task<MeetingList> ListAsync(int? year = null, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await ListAsync(db.Objects.Public().OfType<Meeting>(), year, cancellation);
    }

    /// <summary>The same of what somebody may read.</summary>
    public async Task<MeetingList> ListAsync(Actor actor, int? year = null, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ReadPartners);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await ListAsync(db.Objects.ReadableBy(actor).OfType<Meeting>().Where(m => m.State != ObjectState.Archived), year, cancellation);
    }

    private async Task<MeetingList> ListAsync(IQueryable<Meeting> meetings, int? year, CancellationToken cancellation)
    {
        var today = time.Today();
        var all = meetings.AsNoTracking();
        // What has no day yet is still to come, after what has.
        var coming = await RowsOf(all.Where(m => m.HeldOn == null || m.HeldOn >= today).OrderBy(m => m.HeldOn).ThenBy(m => m.Id)).FirstAsync(Most, cancellation);
        var past = all.Where(m => m.HeldOn < today);
        var years = await past.Select(m => m.HeldOn!.Value.Year).Distinct().OrderDescending().ToListAsync(cancellation);
        if (year is { } only) past = past.Where(m => m.HeldOn!.Value.Year == only);
        return new MeetingList(coming, await RowsOf(past.OrderByDescending(m => m.HeldOn).ThenBy(m => m.Id)).FirstAsync(Most, cancellation), years);
    }

    private static IQueryable<MeetingRow> RowsOf(IQueryable<Meeting> meetings) => meetings.Select(m => new MeetingRow(m.Id, m.Slug, m.Name, m.Sort, m.HeldOn, m.Venue, m.Points.Count,
        m.Points.Count(p => p.Status != DecisionStatus.Pending && p.Status != DecisionStatus.HeldOver), m.Points.Count(p => p.Status == DecisionStatus.Pending && p.Asked != null || p.Status == DecisionStatus.Taken || p.Status == DecisionStatus.HeldOver), m.Visibility));

    /// <summary>What public meetings before a day left open on that day, for the page of a meeting that everybody reads.</summary>
    public async Task<Bounded<MeetingPoint>> OpenBeforeAsync(Guid meetingId, DateOnly day, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await OldestAsync(db, db.Objects.Public(), meetingId, day, cancellation);
    }

    /// <returns>Null when there is no such meeting for this reader.</returns>
    public async Task<MeetingView?> FindAsync(string slug, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ReadPartners);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.Objects.ReadableBy(actor).OfType<Meeting>().AsNoTracking().FirstOrDefaultAsync(m => m.Slug == slug, cancellation) is not { } meeting) return null;
        var readable = db.Objects.ReadableBy(actor);
        var attending = await db.Relations.Where(r => r.FromId == meeting.Id && r.Kind == RelationKind.AttendedBy && readable.Any(o => o.Id == r.ToId)).OrderBy(r => r.To!.Name)
            .Select(r => new Attendant(new MeetingParty(new ObjectLink(EF.Property<string>(r.To!, RegisterObjectConfiguration.Kind), r.To!.Slug, r.To.Name), r.To.State == ObjectState.Published && r.To.Visibility == Visibility.Public), r.ReportedById == null || r.ConfirmedOn != null)).ToListAsync(cancellation);
        var points = await PointsOf(db.AgendaPoints.Where(p => p.MeetingId == meeting.Id).OrderBy(p => p.Number), readable).ToListAsync(cancellation);
        return new MeetingView(meeting.Id, meeting.Slug, meeting.Name, meeting.Description, meeting.Sort, meeting.HeldOn, meeting.Venue, meeting.Website, meeting.State, meeting.Visibility, attending, points,
            await CommitmentsAsync(db, readable, meeting.Id, cancellation), await OldestAsync(db, readable, meeting.Id, meeting.HeldOn ?? time.Today(), cancellation),
            await BriefedAsync(db, meeting.Id, meeting.HeldOn ?? time.Today(), readable, actor, cancellation), Rights.Allows(actor, Right.Edit, new Resource(meeting.Id, meeting.StewardId)));
    }

    private static Task<List<MeetingCommitment>> CommitmentsAsync(PortalDbContext db, IQueryable<RegisterObject> readable, Guid meetingId, CancellationToken cancellation) =>
        db.Commitments.AsNoTracking().Where(c => c.ObjectId == meetingId && readable.Any(o => o.Id == c.PartyId)).OrderBy(c => c.TermOn).ThenBy(c => c.Id).Select(c => new MeetingCommitment(
            new MeetingParty(new ObjectLink(EF.Property<string>(c.Party!, RegisterObjectConfiguration.Kind), c.Party!.Slug, c.Party.Name), c.Party.State == ObjectState.Published && c.Party.Visibility == Visibility.Public), c.Sort, c.Text, c.Amount, c.TermOn, c.Status, c.Reason,
            c.CarriedOutInId != null && readable.Any(o => o.Id == c.CarriedOutInId) ? new ActionLink(c.CarriedOutIn!.Slug, c.CarriedOutIn.Name, c.CarriedOutIn.Status, c.CarriedOutIn.Verification == Verification.Example) : null,
            c.CarriedOutIn!.State == ObjectState.Published && c.CarriedOutIn.Visibility == Visibility.Public)).ToListAsync(cancellation);

    /// <summary>Who takes part, who owns an action on the agenda, and who carries out a decision of this meeting or of an earlier one that is still open, as far as the actor may open their briefing. Who takes part according to one end only does not count yet.</summary>
    private async Task<IReadOnlyList<ObjectLink>> BriefedAsync(PortalDbContext db, Guid meetingId, DateOnly day, IQueryable<RegisterObject> readable, Actor actor, CancellationToken cancellation)
    {
        var taking = db.Relations.Where(r => r.FromId == meetingId && r.Kind == RelationKind.AttendedBy && (r.ReportedById == null || r.ConfirmedOn != null)).Select(r => r.ToId);
        var owners = db.AgendaPoints.Where(p => p.MeetingId == meetingId && p.Action!.StewardId != null && readable.Any(o => o.Id == p.ActionId)).Select(p => p.Action!.StewardId!.Value);
        var carriers = db.AgendaPoints.Where(p => p.MeetingId == meetingId && p.PartyId != null).Select(p => p.PartyId!.Value);
        var left = OpenBefore(db, readable, meetingId, day, time.Today()).Where(p => p.PartyId != null).Select(p => p.PartyId!.Value);
        var parties = readable.Where(Parties.Are).Where(o => o.State == ObjectState.Published && (taking.Contains(o.Id) || owners.Contains(o.Id) || carriers.Contains(o.Id) || left.Contains(o.Id)));
        if (!Rights.Allows(actor, Right.RunAgenda))
        {
            var own = await BriefingQuery.OwnAsync(db, [.. actor.Scopes], cancellation);
            parties = parties.Where(o => own.Contains(o.Id));
        }
        return await parties.OrderBy(o => o.Name).Select(o => new ObjectLink(EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.Name)).Take(Most).ToListAsync(cancellation);
    }

    private Task<Bounded<MeetingPoint>> OldestAsync(PortalDbContext db, IQueryable<RegisterObject> readable, Guid meetingId, DateOnly day, CancellationToken cancellation) =>
        PointsOf(OpenBefore(db, readable, meetingId, day, time.Today()).OrderBy(p => p.Meeting!.HeldOn).ThenBy(p => p.Number), readable).FirstAsync(MostOpen, cancellation);

    /// <summary>What earlier meetings left open on a day. What is still to come left nothing open yet, and what is invented leaves nothing.</summary>
    internal static IQueryable<AgendaPoint> OpenBefore(PortalDbContext db, IQueryable<RegisterObject> readable, Guid meetingId, DateOnly day, DateOnly today)
    {
        var meetings = readable.OfType<Meeting>().Where(m => m.State == ObjectState.Published && m.Verification != Verification.Example && m.HeldOn < day && m.HeldOn <= today && m.Id != meetingId).Select(m => m.Id);
        return db.AgendaPoints.Where(p => meetings.Contains(p.MeetingId)).Where(AgendaPoint.IsOpenOn(day));
    }

    internal static IQueryable<MeetingPoint> PointsOf(IQueryable<AgendaPoint> points, IQueryable<RegisterObject> readable) => points.AsNoTracking().Select(p => new MeetingPoint(p.Id, p.Meeting!.Slug, p.Meeting.Name, p.Meeting.HeldOn, p.Number, p.Title, p.Asked, p.Decision, p.Status, p.DueOn, p.CarriedOutOn,
        p.ActionId != null && readable.Any(o => o.Id == p.ActionId) ? new ActionLink(p.Action!.Slug, p.Action.Name, p.Action.Status, p.Action.Verification == Verification.Example) : null,
        p.Action!.State == ObjectState.Published && p.Action.Visibility == Visibility.Public,
        p.PartyId != null && readable.Any(o => o.Id == p.PartyId) ? new ObjectLink(EF.Property<string>(p.Party!, RegisterObjectConfiguration.Kind), p.Party!.Slug, p.Party.Name) : null));
}
