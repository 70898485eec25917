using CsCheck;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Domain.Tests.Agenda;

public sealed class ActionFlowTests
{
    private static readonly Gen<ActionStatus> Statuses = Gen.OneOf(Enum.GetValues<ActionStatus>());
    private static readonly Gen<ActionFacts> Facts = Gen.Select(Gen.OneOf<string?>(null, "Omdat het zo is."), Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3]).Select(f => new ActionFacts(f.Item1, f.Item2, Math.Min(f.Item2, f.Item3), Math.Min(f.Item2, f.Item4)));

    private static readonly ActionStatus[] Steps = [ActionStatus.Idea, ActionStatus.Exploration, ActionStatus.InPreparation, ActionStatus.InProgress];

    [Fact]
    public void Problem_AnyStatusAndFacts_IsNullExactlyWhenTheRuleAllowsIt() => Gen.Select(Statuses, Statuses, Facts).Sample((from, to, facts) =>
    {
        var reason = facts.Reason is not null;
        var (here, there) = (Array.IndexOf(Steps, from), Array.IndexOf(Steps, to));
        // Product rule 7, written out once more.
        var allowed = (from, to) switch
        {
            _ when from == to => to switch { ActionStatus.Paused or ActionStatus.Stopped => reason, ActionStatus.Completed => reason || facts is { Milestones: > 0, OpenMilestones: 0, Unproven: 0 }, _ => true },
            _ when here >= 0 && there >= 0 => Math.Abs(here - there) == 1,
            (_, ActionStatus.Paused) => here >= 0 && reason,
            (_, ActionStatus.Stopped) => (here >= 0 || from == ActionStatus.Paused) && reason,
            (ActionStatus.InProgress, ActionStatus.Completed) => reason || facts is { Milestones: > 0, OpenMilestones: 0, Unproven: 0 },
            (ActionStatus.Paused, _) => there >= 0,
            (ActionStatus.Completed or ActionStatus.Stopped, ActionStatus.InProgress) => reason,
            _ => false,
        };

        var problem = ActionFlow.Problem(from, to, facts);

        (problem is null).Should().Be(allowed, $"{from} to {to} with {facts}");
        if (problem is { } text) new[] { text.Nl, text.En }.Should().AllSatisfy(t => t.Should().EndWith("."));
    });

    [Fact]
    public void After_AnyStatus_IsWhatTheWriterAllowsWithAReason() => Statuses.Sample(from =>
        ActionFlow.After(from).Should().BeEquivalentTo(Enum.GetValues<ActionStatus>().Where(to => to != from && ActionFlow.Problem(from, to, new ActionFacts("Daarom.", 1, 1, 1)) is null)));

    [Fact]
    public void After_FromAnyStatus_EveryOtherCanBeReached()
    {
        foreach (var start in Enum.GetValues<ActionStatus>())
        {
            HashSet<ActionStatus> seen = [start];
            for (var more = true; more;) more = seen.ToList().SelectMany(ActionFlow.After).Aggregate(false, (added, s) => seen.Add(s) || added);
            seen.Should().HaveCount(Enum.GetValues<ActionStatus>().Length, $"an action that is {start} is never stuck");
        }
    }

    [Fact]
    public void Problem_OfANewAction_IsNullExactlyForWhatRuns() => Gen.Select(Statuses, Facts).Sample((to, facts) =>
        (ActionFlow.Problem(null, to, facts) is null).Should().Be(Steps.Contains(to) && ActionFlow.Beginnings.Contains(to)));

    [Fact]
    public void Problem_IllegalStep_NamesWhatIsPossible() =>
        ActionFlow.Problem(ActionStatus.Idea, ActionStatus.Completed, new ActionFacts(null, 0, 0, 0))!.Value.Nl.Should().Be("Van ‘Idee’ kan een actie niet naar ‘Afgerond’. Wel naar: Verkenning, Gepauzeerd, Gestopt.");

    [Fact]
    public void Of_Milestones_CountsWhatIsOpenAndWhatIsUnproven()
    {
        Milestone Of(MilestoneStatus status, string? url = null, string? note = null, Guid? subject = null) => new() { Id = Guid.NewGuid(), ActionId = Guid.Empty, Title = "Stap", Status = status, EvidenceUrl = url, EvidenceNote = note, EvidenceObjectId = subject };

        ActionFacts.Of(null, [Of(MilestoneStatus.Open), Of(MilestoneStatus.Running, "https://voorbeeld.nl"), Of(MilestoneStatus.Completed), Of(MilestoneStatus.Completed, note: "Besluit"), Of(MilestoneStatus.Completed, subject: Guid.NewGuid())])
            .Should().Be(new ActionFacts(null, 5, 2, 2));
    }
}
