using System.Linq.Expressions;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Agenda;

public enum MeetingSort
{
    [Label("Bestuurlijk overleg", "Executive meeting")] Administrative,
    [Label("Ambtelijk overleg", "Meeting of officials")] Official,
}

/// <summary>
/// A meeting about the agenda: what is asked of it and what it decided. Who convenes it is its steward; who takes part are
/// relations; what parties promise there are commitments, in the one ledger.
/// </summary>
public sealed class Meeting : AgendaObject
{
    public MeetingSort Sort { get; set; }
    public DateOnly? HeldOn { get; set; }
    /// <summary>Where it is held: a place, or that it is online.</summary>
    public string? Venue { get; set; }

    public ICollection<AgendaPoint> Points { get; } = [];
}

public enum DecisionStatus
{
    [Label("Nog te besluiten", "To be decided")] Pending,
    [Label("Besloten, nog uit te voeren", "Decided, to be carried out")] Taken,
    [Label("Uitgevoerd", "Carried out")] CarriedOut,
    [Label("Aangehouden", "Postponed")] HeldOver,
    [Label("Afgewezen", "Rejected")] Rejected,
}

/// <summary>A point on the agenda of a meeting, with the decision that is asked for and the one that was taken.</summary>
public sealed class AgendaPoint
{
    public const int TitleMaxLength = 300, TextMaxLength = 2000, MaxNumber = 99;

    public required Guid Id { get; init; }
    public required Guid MeetingId { get; init; }
    public Meeting? Meeting { get; init; }
    /// <summary>Place on the agenda, from 1; each once in a meeting.</summary>
    public required int Number { get; set; }
    public required string Title { get; set; }
    /// <summary>The action that it is about.</summary>
    public Guid? ActionId { get; set; }
    public AgendaAction? Action { get; init; }
    /// <summary>What the meeting is asked to decide (gevraagd besluit).</summary>
    public string? Asked { get; set; }
    /// <summary>What it decided; there once it did.</summary>
    public string? Decision { get; set; }
    public DecisionStatus Status { get; set; }
    /// <summary>Who carries the decision out.</summary>
    public Guid? PartyId { get; set; }
    public RegisterObject? Party { get; init; }
    /// <summary>Day by which it is carried out.</summary>
    public DateOnly? DueOn { get; set; }
    /// <summary>Set when and only when it was carried out.</summary>
    public DateOnly? CarriedOutOn { get; set; }

    /// <summary>A decision has words, unless it is still to come.</summary>
    public static bool NeedsWords(DecisionStatus status) => status != DecisionStatus.Pending;

    /// <summary>Whether a meeting on a later day must come back to it: it was asked and never decided, held over, or not carried out by then. What asks for no decision, as any other business, is over with its meeting.</summary>
    public static Expression<Func<AgendaPoint, bool>> IsOpenOn(DateOnly day) => p => p.Status == DecisionStatus.Pending && p.Asked != null || p.Status == DecisionStatus.Taken || p.Status == DecisionStatus.HeldOver || p.CarriedOutOn > day;

    /// <summary>Whether the meeting spoke of it: it is over, or it is today and the outcome is there.</summary>
    public bool WasDiscussed(DateOnly today) => Meeting!.HeldOn < today || Status != DecisionStatus.Pending;
}
