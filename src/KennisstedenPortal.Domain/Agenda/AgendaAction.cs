using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Agenda;

public enum ActionStatus
{
    [Label("Idee", "Idea")] Idea,
    [Label("Verkenning", "Exploration")] Exploration,
    [Label("In voorbereiding", "In preparation")] InPreparation,
    [Label("In uitvoering", "In progress")] InProgress,
    [Label("Gepauzeerd", "Paused")] Paused,
    [Label("Afgerond", "Completed")] Completed,
    [Label("Gestopt", "Stopped")] Stopped,
}

/// <summary>
/// An action of the agenda: who does what, when it is done, and what it serves. Its owner is its steward; partners and what
/// it is about are relations, its themes are specialisations. The course of its status is <see cref="ActionFlow"/>.
/// </summary>
public sealed class AgendaAction : AgendaObject
{
    /// <summary>Digits of an amount before and after the comma, as the database keeps them.</summary>
    public const int AmountDigits = 14, AmountDecimals = 2;
    public const int ReasonMaxLength = 1000, ResultMaxLength = 2000, FunctionMaxLength = 200, TriedMaxLength = 2000;

    public ActionStatus Status { get; set; }
    /// <summary>Why it was paused, stopped or opened again, or why it is complete without evidence of every milestone.</summary>
    public string? StatusReason { get; set; }
    public DateOnly? StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }
    public string? IntendedResult { get; set; }
    /// <summary>By what one measures that the result is there.</summary>
    public string? ResultIndicator { get; set; }
    /// <summary>A function (wethouder economie), never the name of a person (product rule 13).</summary>
    public string? AdministrativeLead { get; set; }
    /// <inheritdoc cref="AdministrativeLead"/>
    public string? OfficialLead { get; set; }
    /// <summary>Euros.</summary>
    public decimal? FundingNeed { get; set; }
    /// <inheritdoc cref="FundingNeed"/>
    public decimal? FundingCovered { get; set; }
    /// <summary>The part that never earns itself back (onrendabele top), in euros.</summary>
    public decimal? FundingGap { get; set; }
    /// <summary>Which instruments were tried, and why they did not fit.</summary>
    public string? FundingTried { get; set; }

    /// <summary>What it is called by, VA-001 and up; the address is the same in lower case.</summary>
    public string Code => Slug.ToUpperInvariant();

    public ICollection<Milestone> Milestones { get; } = [];
    /// <summary>What documents promised and this action carries out; no part of its versions, since it belongs to the document.</summary>
    public ICollection<Commitment> CarriedOut { get; } = [];
    /// <summary>Where meetings spoke of it; no part of its versions, since it belongs to the meeting.</summary>
    public ICollection<AgendaPoint> Points { get; } = [];
    /// <summary>No part of a version: each is written once, and the state at a moment is the version of then with the updates until then.</summary>
    public ICollection<ProgressUpdate> Updates { get; } = [];
}

public enum MilestoneStatus
{
    [Label("Open", "Open")] Open,
    [Label("Loopt", "Under way")] Running,
    [Label("Afgerond", "Completed")] Completed,
}

/// <summary>A step of an action with a day, and the proof that it was taken: an address, a register object, a note, or several of these.</summary>
public sealed class Milestone
{
    public const int TitleMaxLength = 300, NoteMaxLength = 1000;

    public required Guid Id { get; init; }
    public required Guid ActionId { get; init; }
    public required string Title { get; set; }
    public DateOnly? DueOn { get; set; }
    public MilestoneStatus Status { get; set; }
    /// <summary>Set when and only when it is completed.</summary>
    public DateOnly? ClosedOn { get; set; }
    public string? EvidenceUrl { get; set; }
    public Guid? EvidenceObjectId { get; set; }
    public RegisterObject? EvidenceObject { get; init; }
    public string? EvidenceNote { get; set; }

    /// <summary>Member of a milestone in a version or on a form: <see cref="IsEvidenceClosed"/>.</summary>
    public const string ClosedEvidence = "evidenceClosed";

    /// <summary>There is an object as evidence, and whoever looks may not see which. Of a version of the past; never stored.</summary>
    public bool IsEvidenceClosed { get; init; }

    public bool HasEvidence => EvidenceUrl is not null || EvidenceObjectId is not null || EvidenceNote is not null || IsEvidenceClosed;
}

/// <summary>How an action goes, in the eyes of who reports.</summary>
public enum TrafficLight
{
    [Label("Op koers", "On track")] Green,
    [Label("Aandacht nodig", "Needs attention")] Amber,
    [Label("Loopt vast", "Stuck")] Red,
}

/// <summary>How an action went at a moment. Written once, never changed.</summary>
public sealed class ProgressUpdate
{
    public const int TextMaxLength = 2000;

    public required Guid Id { get; init; }
    public required Guid ActionId { get; init; }
    /// <summary>When it was saved.</summary>
    public DateTimeOffset At { get; init; }
    public required TrafficLight Light { get; init; }
    public required string Text { get; init; }
    /// <summary>That of the action when it was written: what was told within a circle stays there when the action opens.</summary>
    public Visibility Visibility { get; init; }
    /// <summary>Who wrote it; the public sees the organisation, never the person.</summary>
    public Guid? AccountId { get; init; }
    /// <summary>Name of the organisation of who wrote it, at that moment.</summary>
    public required string Organisation { get; init; }
    /// <summary>The owner of the action, when somebody else wrote it for them (product rule 8).</summary>
    public Guid? OnBehalfOfId { get; init; }
    public RegisterObject? OnBehalfOf { get; init; }
    /// <summary>It came by a link in a mail: whoever had that spoke for the organisation, without signing in.</summary>
    public bool ByLink { get; init; }
}
