using System.Collections.Frozen;

namespace KennisstedenPortal.Domain.Agenda;

/// <summary>What the course of an action depends on beside its status.</summary>
/// <param name="Reason">Given for the status that it gets or has; one that was given for an earlier status does not count.</param>
/// <param name="Milestones">All of them.</param>
/// <param name="OpenMilestones">Not completed.</param>
/// <param name="Unproven">Milestones without evidence.</param>
public sealed record ActionFacts(string? Reason, int Milestones, int OpenMilestones, int Unproven)
{
    public static ActionFacts Of(string? reason, IEnumerable<Milestone> milestones)
    {
        var all = milestones.ToList();
        return new(reason, all.Count, all.Count(m => m.Status != MilestoneStatus.Completed), all.Count(m => !m.HasEvidence));
    }
}

/// <summary>The one table of how the status of an action may change (product rule 7). Forms ask it what to offer, the writer refuses the rest.</summary>
public static class ActionFlow
{
    private static readonly ActionStatus[] Steps = [ActionStatus.Idea, ActionStatus.Exploration, ActionStatus.InPreparation, ActionStatus.InProgress];

    private static readonly FrozenDictionary<ActionStatus, ActionStatus[]> Next = new Dictionary<ActionStatus, ActionStatus[]>
    {
        [ActionStatus.Idea] = [ActionStatus.Exploration, ActionStatus.Paused, ActionStatus.Stopped],
        [ActionStatus.Exploration] = [ActionStatus.Idea, ActionStatus.InPreparation, ActionStatus.Paused, ActionStatus.Stopped],
        [ActionStatus.InPreparation] = [ActionStatus.Exploration, ActionStatus.InProgress, ActionStatus.Paused, ActionStatus.Stopped],
        [ActionStatus.InProgress] = [ActionStatus.InPreparation, ActionStatus.Completed, ActionStatus.Paused, ActionStatus.Stopped],
        [ActionStatus.Paused] = [.. Steps, ActionStatus.Stopped],
        [ActionStatus.Completed] = [ActionStatus.InProgress],
        [ActionStatus.Stopped] = [ActionStatus.InProgress],
    }.ToFrozenDictionary();

    /// <summary>As what an action may be added: nothing is over before it began.</summary>
    public static IReadOnlyList<ActionStatus> Beginnings => Steps;

    /// <summary>What may come after a status, in the order of the course.</summary>
    public static IReadOnlyList<ActionStatus> After(ActionStatus status) => Next[status];

    /// <summary>Whether somebody must say why: at the side, and when what was closed is opened again.</summary>
    public static bool NeedsReason(ActionStatus from, ActionStatus to) => to is ActionStatus.Paused or ActionStatus.Stopped || IsClosed(from) && !IsClosed(to);

    /// <summary>Nothing is expected of it any more.</summary>
    public static bool IsClosed(ActionStatus status) => status is ActionStatus.Completed or ActionStatus.Stopped;

    /// <summary>Why an action can't have this status, or null when it can. A status that stays keeps what it needs.</summary>
    /// <param name="from">The status it has; null for a new action.</param>
    public static Text? Problem(ActionStatus? from, ActionStatus to, ActionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (from is not { } now)
            return Steps.Contains(to) ? null : new($"Een nieuwe actie begint niet als ‘{Codes<ActionStatus>.Label(to).Nl}’. Kies hoe ver zij nu is; daarna kunt u de status wijzigen.", $"A new action does not begin as ‘{Codes<ActionStatus>.Label(to).En}’. Choose how far it is now; after that you can change the status.");
        return ProblemOfStep(now, to, facts);
    }

    private static Text? ProblemOfStep(ActionStatus from, ActionStatus to, ActionFacts facts)
    {
        if (from != to && !Next[from].Contains(to))
        {
            string Names(Func<Text, string> read) => string.Join(", ", Next[from].Select(s => read(Codes<ActionStatus>.Label(s))));
            return new($"Van ‘{Codes<ActionStatus>.Label(from).Nl}’ kan een actie niet naar ‘{Codes<ActionStatus>.Label(to).Nl}’. Wel naar: {Names(t => t.Nl)}.",
                $"An action can't go from ‘{Codes<ActionStatus>.Label(from).En}’ to ‘{Codes<ActionStatus>.Label(to).En}’. It can go to: {Names(t => t.En)}.");
        }
        if (facts.Reason is not null) return null;
        return to switch
        {
            ActionStatus.Paused => new("Schrijf erbij waarom de actie wordt gepauzeerd.", "Write why the action is paused."),
            ActionStatus.Stopped => new("Schrijf erbij waarom de actie stopt.", "Write why the action stops."),
            ActionStatus.Completed when facts.Milestones == 0 => new("Zonder mijlpalen is niet te zien of de actie klaar is. Voeg een mijlpaal met bewijs toe, of schrijf erbij waarom de actie klaar is.", "Without milestones nobody sees whether the action is done. Add a milestone with evidence, or write why the action is done."),
            ActionStatus.Completed when facts.OpenMilestones > 0 => new($"Nog niet alle mijlpalen zijn afgerond ({facts.OpenMilestones} open). Rond ze af, of schrijf erbij waarom de actie toch klaar is.", $"Not all milestones are completed ({facts.OpenMilestones} open). Complete them, or write why the action is done all the same."),
            ActionStatus.Completed when facts.Unproven > 0 => new($"Niet bij elke mijlpaal staat bewijs ({facts.Unproven} zonder). Voeg het toe, of schrijf erbij waarom het er niet is.", $"Not every milestone has evidence ({facts.Unproven} without). Add it, or write why there is none."),
            _ when NeedsReason(from, to) => new("Schrijf erbij waarom de actie weer opengaat.", "Write why the action is opened again."),
            _ => null,
        };
    }
}
