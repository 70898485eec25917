using System.Text.Json.Nodes;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.History;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Editing;

/// <summary>What somebody wants to change.</summary>
/// <param name="ObjectId">The object, or the identity a new one gets.</param>
/// <param name="BaseRevision">Revision of the object that the person saw; 0 for a new one.</param>
/// <param name="Reason">Why, in the words of the person; shown in the history.</param>
public sealed record EditInput(Guid ObjectId, ObjectKind Kind, int BaseRevision, ChangeSet Changes, string? Reason)
{
    /// <summary>An older version is put back: it needs no other reason for what it brings back. It stays so when a colleague decides on it in other words.</summary>
    public bool IsRestore { get; init; } = IsPutBack(Reason);

    /// <summary>Whether this is the reason that the portal gives when an older version is put back.</summary>
    public static bool IsPutBack(string? reason) => reason?.StartsWith(OwnReason.PutBack, StringComparison.Ordinal) == true;
}

/// <summary>Something in a change that can't be kept: the path it is about (empty for the whole), and what to do about it.</summary>
/// <param name="Member">Of what belongs to the object, which of its members; null when it is about the whole of it.</param>
public sealed record Problem(string Path, Text Message, string? Member = null);

/// <summary>What a change does at one path, as it will stand in the history.</summary>
public sealed record Difference(string Path, JsonNode? Before, JsonNode? After);

/// <summary>Two people changed the same path: what stood there when this person began, what somebody else made of it, and what this person wants.</summary>
public sealed record Clash(string Path, JsonNode? Base, JsonNode? Theirs, JsonNode? Mine);

/// <summary>What saving would do, before it is done.</summary>
/// <param name="Clashes">Paths that somebody else changed in the meantime, to something else.</param>
/// <param name="OthersChanged">Further paths that others changed in the meantime; they stay as they are.</param>
/// <param name="Revision">The revision as it stands, on which the person who chooses builds on.</param>
/// <param name="WaitsForColleague">The city lets every change be seen by a second person.</param>
public sealed record EditPreview(IReadOnlyList<Difference> Differences, IReadOnlyList<Problem> Problems, IReadOnlyList<Clash> Clashes, IReadOnlyList<string> OthersChanged, int Revision, bool WaitsForColleague)
{
    /// <summary>What may be so and seldom is: to be looked at before saving.</summary>
    public IReadOnlyList<Text> Warnings { get; init; } = [];
}

/// <summary>How a change ended.</summary>
public abstract record EditOutcome
{
    private EditOutcome() { }

    public sealed record Saved(Guid ObjectId, string Slug, int Revision) : EditOutcome;
    /// <summary>It became a proposal, which somebody else decides on.</summary>
    public sealed record Waiting(Guid ProposalId) : EditOutcome;
    /// <summary>A proposal was decided on, and the object stays as it was.</summary>
    public sealed record Decided : EditOutcome;
    /// <summary>There was nothing to change; nothing was written.</summary>
    public sealed record Unchanged : EditOutcome;
    public sealed record Conflict(EditPreview Preview) : EditOutcome;
    public sealed record Invalid(IReadOnlyList<Problem> Problems) : EditOutcome;
    public sealed record NotFound : EditOutcome;
}
