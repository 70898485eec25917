namespace KennisstedenPortal.Domain.Editing;

public enum ProposalState
{
    [Label("Wacht op beoordeling", "Waiting for a decision")] Open,
    [Label("Overgenomen", "Accepted")] Accepted,
    [Label("Afgewezen", "Rejected")] Rejected,
    [Label("Ingetrokken", "Withdrawn")] Withdrawn,
}

/// <summary>Why a change waits for somebody else.</summary>
public enum ProposalSort
{
    /// <summary>From somebody without the right to change the object.</summary>
    [Label("Voorstel", "Proposal")] Suggestion,
    /// <summary>From an editor whose city lets every change be seen by a colleague (product rule 3).</summary>
    [Label("Wacht op een collega", "Waits for a colleague")] FourEyes,
}

/// <summary>A change that its steward accepts or rejects, with a reason.</summary>
public sealed class Proposal
{
    public const int ReasonMaxLength = 1000;

    public required Guid Id { get; init; }
    /// <summary>The object, or the identity it will have.</summary>
    public required Guid ObjectId { get; init; }
    public required string Kind { get; init; }
    /// <summary>0 when the proposal is a new object.</summary>
    public required int BaseRevision { get; init; }
    /// <summary>Who would keep it, so that a new object too stands in somebody's queue.</summary>
    public Guid? StewardId { get; init; }
    public required ProposalSort Sort { get; init; }
    /// <summary>A <see cref="ChangeSet"/> as JSON.</summary>
    public required string Changes { get; init; }
    public required string Reason { get; init; }
    public ProposalState State { get; set; }
    /// <summary>Who made it, by a link too: nobody decides on their own.</summary>
    public Guid? ProposerId { get; init; }
    public required string ProposerName { get; init; }
    public required string ProposerOrganisation { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public Guid? DeciderId { get; set; }
    public string? DeciderName { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? Decision { get; set; }
    /// <summary>The revision that came of it.</summary>
    public int? AppliedRevision { get; set; }
    /// <summary>Raised at every decision: two who decide at once see each other.</summary>
    public int Version { get; set; }
}
