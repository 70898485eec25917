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

public enum MilestoneStatus
{
    [Label("Open", "Open")] Open,
    [Label("Loopt", "Running")] Running,
    [Label("Afgerond", "Completed")] Completed,
}

/// <summary>An action of the agenda. Links to agenda elements, themes and any register object are records.</summary>
public sealed class AgendaAction
{
    public required Guid Id { get; init; }
    /// <summary>VA-001 and up; unique.</summary>
    public required string Code { get; init; }
    public required string Title { get; set; }
    public string? Description { get; set; }
    public ActionStatus Status { get; set; }
    public DateOnly? StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }
    /// <summary>Sort of owner where no organisation is named.</summary>
    public string? OwnerSort { get; set; }
    public Guid? OwnerId { get; set; }
    public List<string> PartnerSorts { get; set; } = [];
    public string? ProgressNote { get; set; }
    public string? BudgetNote { get; set; }
    /// <summary>Invented, to show a living agenda: labelled everywhere, left out of every calculation.</summary>
    public bool IsExample { get; set; }
    public Provenance.Verification Verification { get; set; } = Provenance.Verification.GeneralKnowledge;
    public int Revision { get; set; }
    public ICollection<Milestone> Milestones { get; } = [];
    public ICollection<ActionElement> Elements { get; } = [];
    public ICollection<ActionObject> Objects { get; } = [];
    public ICollection<ActionTheme> Themes { get; } = [];
}

public sealed class Milestone
{
    public required Guid Id { get; init; }
    public required Guid ActionId { get; init; }
    public required int Rank { get; init; }
    public required string Title { get; set; }
    public DateOnly? DueOn { get; set; }
    public MilestoneStatus Status { get; set; }
}

public sealed class ActionElement
{
    public required Guid ActionId { get; init; }
    public required Guid ElementId { get; init; }
}

/// <summary>An action concerns a register object of any kind.</summary>
public sealed class ActionObject
{
    public required Guid ActionId { get; init; }
    public required Guid ObjectId { get; init; }
}

public sealed class ActionTheme
{
    public required Guid ActionId { get; init; }
    public required string ThemeCode { get; init; }
}
