namespace KennisstedenPortal.Domain.Editing;

/// <summary>What somebody typed and has not saved yet, kept on the server (product rule 5). One per person and object.</summary>
public sealed class Draft
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    /// <summary>Of the object, or the identity that a new one will get.</summary>
    public required Guid ObjectId { get; init; }
    public required string Kind { get; init; }
    /// <summary>Revision of the object when the editing began; 0 for a new one.</summary>
    public int BaseRevision { get; set; }
    /// <summary>The proposal that it adjusts, so that its maker hears what became of it; stays when that was decided on.</summary>
    public Guid? ProposalId { get; set; }
    /// <summary>A <see cref="ChangeSet"/> as JSON.</summary>
    public required string Changes { get; set; }
    /// <summary>Why the person changes it, as far as written.</summary>
    public string? Reason { get; set; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    /// <summary>Raised at every save; two tabs or devices on one draft see each other by it.</summary>
    public int Version { get; set; }
}
