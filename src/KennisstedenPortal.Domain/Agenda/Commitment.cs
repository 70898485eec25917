using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Agenda;

/// <summary>What a party brings.</summary>
public enum CommitmentSort
{
    [Label("Geld", "Money")] Money,
    [Label("Ruimte", "Space")] Space,
    [Label("Regel", "Regulation")] Rule,
    [Label("Capaciteit", "Capacity")] Capacity,
    [Label("Gesprek", "Dialogue")] Dialogue,
}

public enum CommitmentStatus
{
    [Label("Openstaand", "Open")] Open,
    [Label("Deels voldaan", "Partly fulfilled")] PartlyMet,
    [Label("Voldaan", "Fulfilled")] Met,
    [Label("Vervallen", "Lapsed")] Lapsed,
}

/// <summary>
/// What one party promised: for an action, or in a document of the Rijk, of which the numbered actions are commitments too.
/// All of them together are the ledger.
/// </summary>
public sealed class Commitment
{
    public const int TextMaxLength = 1000, ReasonMaxLength = 1000, MaxNumber = 999;

    public required Guid Id { get; init; }
    /// <summary>The action or document that holds it.</summary>
    public required Guid ObjectId { get; init; }
    public AgendaObject? Holder { get; init; }
    /// <summary>Under which it stands in the document, from 1; each number once in a document.</summary>
    public int? Number { get; set; }
    public required Guid PartyId { get; set; }
    public RegisterObject? Party { get; init; }
    public required CommitmentSort Sort { get; set; }
    public required string Text { get; set; }
    /// <summary>Euros; only of money. Null is unknown, which is not 0.</summary>
    public decimal? Amount { get; set; }
    /// <summary>Day by which it is due.</summary>
    public DateOnly? TermOn { get; set; }
    public CommitmentStatus Status { get; set; }
    /// <summary>Why the term was extended, or why it lapsed.</summary>
    public string? Reason { get; set; }
    /// <summary>The action that carries out what a document promises.</summary>
    public Guid? CarriedOutInId { get; set; }
    public AgendaAction? CarriedOutIn { get; init; }
    /// <summary>Day on which it was met or lapsed; null while it is open, and where nobody knows.</summary>
    public DateOnly? SettledOn { get; set; }
    /// <summary>The term before the last extension. Both days of an extension stand there or neither does.</summary>
    public DateOnly? ExtendedFrom { get; set; }
    /// <summary>Day on which the term was last extended.</summary>
    public DateOnly? ExtendedOn { get; set; }

    /// <summary>Met or lapsed: nothing is expected any more.</summary>
    public static bool IsSettled(CommitmentStatus status) => status is CommitmentStatus.Met or CommitmentStatus.Lapsed;

    /// <summary>Whether a term gives more time than the one agreed; no term at all gives more than any.</summary>
    public static bool IsLonger(DateOnly? agreed, DateOnly? term) => agreed is { } day && (term is null || term > day);
}
