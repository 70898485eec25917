using System.Linq.Expressions;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Meetings;

/// <summary>A meeting in a list.</summary>
/// <param name="Decided">Points on which something was decided.</param>
/// <param name="Open">Points to which a later meeting must come back.</param>
public sealed record MeetingRow(Guid Id, string Slug, string Name, MeetingSort Sort, DateOnly? HeldOn, string? Venue, int Points, int Decided, int Open, Visibility Visibility);

/// <summary>A point of a meeting, with names instead of identities as far as whoever reads may know them.</summary>
/// <param name="Meeting">Where it stood on the agenda.</param>
/// <param name="MeetingSlug">See <paramref name="Meeting"/>.</param>
public sealed record MeetingPoint(Guid Id, string MeetingSlug, string Meeting, DateOnly? HeldOn, int Number, string Title, string? Asked, string? Decision, DecisionStatus Status, DateOnly? DueOn, DateOnly? CarriedOutOn, ActionLink? Action, ObjectLink? Party)
{
    public bool IsLate(DateOnly day) => Status == DecisionStatus.Taken && DueOn < day;
}

/// <summary>A meeting as somebody who signed in reads it.</summary>
/// <param name="Earlier">What earlier meetings left open on its day, the oldest first; at most <see cref="MeetingQuery.MostOpen"/>.</param>
/// <param name="Parties">Who gets a briefing: who takes part, and who owns or carries out what is on the agenda.</param>
/// <param name="MayEdit">Whether the reader keeps it.</param>
public sealed record MeetingView(Guid Id, string Slug, string Name, string? Description, MeetingSort Sort, DateOnly? HeldOn, string? Venue, string? Website, ObjectState State, Visibility Visibility, IReadOnlyList<MeetingPoint> Points, IReadOnlyList<MeetingPoint> Earlier, IReadOnlyList<ObjectLink> Parties, bool MayEdit);

/// <summary>Reads meetings: for everybody what is public, for who signed in what they may read.</summary>
public sealed class MeetingQuery(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Meetings of a list, and points that earlier meetings left open.</summary>
    public const int Most = 100, MostOpen = 50;

    /// <summary>Meetings that anybody may read: those to come, the first first, and those that were, the last first. At most <see cref="Most"/> of each.</summary>
    /// <param name="year">Of those that were only this year; null is all.</param>
    public async Task<(IReadOnlyList<MeetingRow> Coming, IReadOnlyList<MeetingRow> Past, IReadOnlyList<int> Years)> ListAsync(int? year = null, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await ListAsync(db.Objects.Public().OfType<Meeting>(), year, cancellation);
    }

    /// <summary>The same of what somebody may read.</summary>
    public async Task<(IReadOnlyList<MeetingRow> Coming, IReadOnlyList<MeetingRow> Past, IReadOnlyList<int> Years)> ListAsync(Actor actor, int? year = null, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ReadPartners);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await ListAsync(db.Objects.ReadableBy(actor).OfType<Meeting>().Where(m => m.State != ObjectState.Archived), year, cancellation);
    }

    private async Task<(IReadOnlyList<MeetingRow>, IReadOnlyList<MeetingRow>, IReadOnlyList<int>)> ListAsync(IQueryable<Meeting> meetings, int? year, CancellationToken cancellation)
    {
        var today = time.Today();
        var all = meetings.AsNoTracking();
        // What has no day yet is still to come, after what has.
        var coming = await RowsOf(all.Where(m => m.HeldOn == null || m.HeldOn >= today).OrderBy(m => m.HeldOn).ThenBy(m => m.Id).Take(Most)).ToListAsync(cancellation);
        var past = all.Where(m => m.HeldOn < today);
        var years = await past.Select(m => m.HeldOn!.Value.Year).Distinct().OrderDescending().ToListAsync(cancellation);
        if (year is { } only) past = past.Where(m => m.HeldOn!.Value.Year == only);
        return (coming, await RowsOf(past.OrderByDescending(m => m.HeldOn).ThenBy(m => m.Id).Take(Most)).ToListAsync(cancellation), years);
    }

    private static IQueryable<MeetingRow> RowsOf(IQueryable<Meeting> meetings) => meetings.Select(m => new MeetingRow(m.Id, m.Slug, m.Name, m.Sort, m.HeldOn, m.Venue, m.Points.Count,
        m.Points.Count(p => p.Status != DecisionStatus.Pending && p.Status != DecisionStatus.HeldOver), m.Points.Count(p => p.Status == DecisionStatus.Pending || p.Status == DecisionStatus.Taken || p.Status == DecisionStatus.HeldOver), m.Visibility));

    /// <summary>What public meetings before a day left open on that day, for the page of a meeting that everybody reads.</summary>
    public async Task<IReadOnlyList<MeetingPoint>> OpenBeforeAsync(Guid meetingId, DateOnly day, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await OpenBeforeAsync(db, db.Objects.Public(), meetingId, day, time.Today(), cancellation);
    }

    /// <returns>Null when there is no such meeting for this reader.</returns>
    public async Task<MeetingView?> FindAsync(string slug, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ReadPartners);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.Objects.ReadableBy(actor).OfType<Meeting>().AsNoTracking().FirstOrDefaultAsync(m => m.Slug == slug, cancellation) is not { } meeting) return null;
        var readable = db.Objects.ReadableBy(actor);
        var points = await PointsOf(db.AgendaPoints.Where(p => p.MeetingId == meeting.Id).OrderBy(p => p.Number), readable).ToListAsync(cancellation);
        var earlier = await OpenBeforeAsync(db, readable, meeting.Id, meeting.HeldOn ?? time.Today(), time.Today(), cancellation);
        return new MeetingView(meeting.Id, meeting.Slug, meeting.Name, meeting.Description, meeting.Sort, meeting.HeldOn, meeting.Venue, meeting.Website, meeting.State, meeting.Visibility, points, earlier,
            await PartiesAsync(db, meeting.Id, readable, cancellation), Rights.Allows(actor, Right.Edit, new Resource(meeting.Id, meeting.StewardId)));
    }

    /// <summary>Who takes part, who owns an action on the agenda, and who carries out a decision; of both ends of a relation that one only reported, nobody says so yet.</summary>
    internal static async Task<IReadOnlyList<ObjectLink>> PartiesAsync(PortalDbContext db, Guid meetingId, IQueryable<RegisterObject> readable, CancellationToken cancellation)
    {
        var taking = db.Relations.Where(r => r.FromId == meetingId && r.Kind == RelationKind.AttendedBy).Select(r => r.ToId);
        var owners = db.AgendaPoints.Where(p => p.MeetingId == meetingId && p.Action!.StewardId != null && readable.Any(o => o.Id == p.ActionId)).Select(p => p.Action!.StewardId!.Value);
        var carriers = db.AgendaPoints.Where(p => p.MeetingId == meetingId && p.PartyId != null).Select(p => p.PartyId!.Value);
        return await readable.Where(o => taking.Contains(o.Id) || owners.Contains(o.Id) || carriers.Contains(o.Id)).Where(o => o.State == ObjectState.Published)
            .OrderBy(o => o.Name).Select(o => new ObjectLink(EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.Name)).Take(Most).ToListAsync(cancellation);
    }

    internal static Task<List<MeetingPoint>> OpenBeforeAsync(PortalDbContext db, IQueryable<RegisterObject> readable, Guid meetingId, DateOnly day, DateOnly today, CancellationToken cancellation)
    {
        // What is still to come left nothing open yet.
        var meetings = readable.OfType<Meeting>().Where(m => m.State == ObjectState.Published && m.Verification != Verification.Example && m.HeldOn < day && m.HeldOn <= today && m.Id != meetingId).Select(m => m.Id);
        return PointsOf(db.AgendaPoints.Where(p => meetings.Contains(p.MeetingId)).Where(IsOpenOn(day)).OrderBy(p => p.Meeting!.HeldOn).ThenBy(p => p.Number).Take(MostOpen), readable).ToListAsync(cancellation);
    }

    /// <summary>See <see cref="AgendaPoint.IsOpenOn"/>, for the database.</summary>
    internal static Expression<Func<AgendaPoint, bool>> IsOpenOn(DateOnly day) => p => p.Status == DecisionStatus.Pending || p.Status == DecisionStatus.Taken || p.Status == DecisionStatus.HeldOver || p.CarriedOutOn > day;

    internal static IQueryable<MeetingPoint> PointsOf(IQueryable<AgendaPoint> points, IQueryable<RegisterObject> readable) => points.AsNoTracking().Select(p => new MeetingPoint(p.Id, p.Meeting!.Slug, p.Meeting.Name, p.Meeting.HeldOn, p.Number, p.Title, p.Asked, p.Decision, p.Status, p.DueOn, p.CarriedOutOn,
        p.ActionId != null && readable.Any(o => o.Id == p.ActionId) ? new ActionLink(p.Action!.Slug, p.Action.Name, p.Action.Status, p.Action.Verification == Verification.Example) : null,
        p.PartyId != null && readable.Any(o => o.Id == p.PartyId) ? new ObjectLink(EF.Property<string>(p.Party!, RegisterObjectConfiguration.Kind), p.Party!.Slug, p.Party.Name) : null));
}
