namespace KennisstedenPortal.Domain.History;

/// <summary>
/// One saved change of one object. Written in the same transaction as the change, with the object whole
/// (fields, relations, specialisations, sources) as it was from that moment on.
/// </summary>
public sealed class Revision
{
    public required Guid ObjectId { get; init; }
    /// <summary>1, 2, 3 … without gaps per object.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? UserId { get; init; }
    public required string ActorName { get; init; }
    public required string ActorOrganisation { get; init; }
    public required string Reason { get; init; }
    /// <summary>The proposal that was accepted with it, which tells who proposed and who decided.</summary>
    public Guid? ProposalId { get; init; }
    /// <summary>JSON of the whole object at this revision.</summary>
    public required string Snapshot { get; init; }
    public ICollection<FieldChange> Changes { get; } = [];
}

/// <summary>One field (or relation, specialisation, citation) that a revision changed, as JSON before and after.</summary>
public sealed class FieldChange
{
    public const int FieldMaxLength = 300;

    public required Guid ObjectId { get; init; }
    public required int RevisionNumber { get; init; }
    /// <summary>Path in the snapshot; the longest is that of an external key.</summary>
    public required string Field { get; init; }
    public string? OldValue { get; init; }
    public string? NewValue { get; init; }
}
