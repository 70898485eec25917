using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Data.Meetings;

/// <summary>What a party must know before a meeting, to be read in a minute. Everything in it is for partners; nothing for the secretariat alone.</summary>
/// <param name="Party">A city stands for its municipality too, and the other way round; of a city is also what is about it.</param>
/// <param name="Points">The agenda of the meeting.</param>
/// <param name="Earlier">Decisions of earlier meetings that the party has still to carry out; those about examples only when these are counted.</param>
/// <param name="Own">What the party promised and did not do yet.</param>
/// <param name="Others">What others promised for actions of the party and did not do yet.</param>
/// <param name="Actions">Actions of the party that run and of which something must be said.</param>
/// <param name="Asks">The asks to the Rijk that actions of the party serve.</param>
/// <param name="Running">How many actions of the party run.</param>
/// <param name="Examples">Examples are counted too.</param>
public sealed record Briefing(string MeetingSlug, string Meeting, MeetingSort Sort, DateOnly? HeldOn, string? Venue, ObjectLink Party, IReadOnlyList<BriefingPoint> Points, Bounded<MeetingPoint> Earlier, Bounded<BriefingCommitment> Own, Bounded<BriefingCommitment> Others, Bounded<BriefingAction> Actions, IReadOnlyList<(string Code, string Title)> Asks, int Running, bool Examples, DateOnly Today);

/// <param name="IsOurs">The party owns the action of this point or has a part in it, or it is about the city.</param>
/// <param name="IsForUs">The party carries the decision out.</param>
public sealed record BriefingPoint(MeetingPoint Point, bool IsOurs, bool IsForUs);

/// <param name="Party">Who promised it; null for what the party itself promised.</param>
/// <param name="Holder">Name of what it stands in.</param>
/// <param name="Action">Slug of that when it is an action.</param>
public sealed record BriefingCommitment(string Text, decimal? Amount, DateOnly? TermOn, string? Party, string Holder, bool IsExample, string? Action = null)
{
    public bool IsLate(DateOnly day) => TermOn < day;
    /// <summary>What it stands in, of an action with its number.</summary>
    public string In => Action is null ? Holder : $"{Action.ToUpperInvariant()} {Holder}";
}

/// <param name="LateAfter">See <see cref="ActionHealth.LateAfter"/>.</param>
/// <param name="SilentFrom">First day on which nobody knows any more how it goes.</param>
/// <param name="ReportedOn">Null: nothing was ever reported.</param>
public sealed record BriefingAction(string Slug, string Name, ActionStatus Status, bool IsExample, DateOnly? LateAfter, DateOnly? SilentFrom, DateOnly? ReportedOn, TrafficLight? Light, string? NextTitle, DateOnly? NextOn)
{
    public string Code => Slug.ToUpperInvariant();
    public bool IsLate(DateOnly day) => LateAfter < day;
    public bool IsSilent(DateOnly day) => SilentFrom <= day;
}
