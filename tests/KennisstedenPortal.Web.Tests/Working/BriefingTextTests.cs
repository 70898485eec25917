using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Meetings;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Working.Meetings;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>The words of a briefing: what they suggest, and that they say of all what is true of all.</summary>
public sealed class BriefingTextTests
{
    private static readonly DateOnly Today = new(2026, 11, 28);

    [Fact]
    public void Suggestions_OfActions_NameEachByWhatPressesMost()
    {
        BriefingAction[] actions =
        [
            Action(1, lateAfter: Today.AddDays(-1), light: TrafficLight.Red), Action(2, light: TrafficLight.Amber), Action(3, light: TrafficLight.Red), Action(4, status: ActionStatus.Paused, light: TrafficLight.Green),
            Action(5, light: TrafficLight.Red, isSilent: true), Action(6, isSilent: true, isExample: true),
        ];

        Say(Of(actions, running: 6)).Should().Equal(
            ("Noem een nieuwe dag voor VA-001, Actie 1", false), ("Zeg wat er nodig is voor VA-003, Actie 3", false), ("Zeg wat er nodig is voor VA-002, Actie 2", false), ("Zeg wanneer VA-004, Actie 4, verdergaat", false), ("Vertel hoe het gaat met VA-005", false));
        Say(Of(actions[4..], running: 2)).Should().Equal(("Vertel hoe het gaat met VA-005", false), ("Vertel hoe het gaat met VA-006", true));
    }

    [Fact]
    public void Suggestion_ForWhoCarriesItOut_AsksWhetherTheyCanAndNotThatTheyAskForIt()
    {
        var point = new MeetingPoint(Guid.CreateVersion7(), "overleg", "Overleg", Today, 2, "Geld", "Zeg de ontbrekende 300.000 euro toe.", null, DecisionStatus.Pending, null, null, new ActionLink("va-001", "Actie", ActionStatus.InProgress, IsExample: false), true, null);

        Say(Of([], running: 1) with { Points = [new BriefingPoint(point, IsOurs: true, IsForUs: true)] }).Should().Equal(("Zeg bij punt 2 of u dit kunt uitvoeren: Zeg de ontbrekende 300.000 euro toe.", false));
        Say(Of([], running: 1) with { Points = [new BriefingPoint(point, IsOurs: true, IsForUs: false)] }).Should().Equal(("Vraag bij punt 2 om dit besluit: Zeg de ontbrekende 300.000 euro toe.", false));
    }

    [Theory]
    [InlineData(0, "Wij hebben geen lopende acties.")]
    [InlineData(1, "Bij onze lopende actie valt niets op: zij is niet te laat, stil, gepauzeerd, oranje of rood.")]
    [InlineData(3, "Bij onze 3 lopende acties valt niets op: geen is te laat, stil, gepauzeerd, oranje of rood.")]
    public void Nothing_OfActions_IsSaidInTheRightNumber(int running, string sentence)
    {
        var nothing = new BriefingText(Of([], running), "nl").Nothing;

        nothing.Should().Contain(sentence);
        nothing.Any(n => n.Contains("vraag aan het Rijk", StringComparison.Ordinal)).Should().Be(running > 0, "without actions there is nothing that could belong to an ask");
    }

    [Fact]
    public void Line_AboutAnInventedAction_SaysSoEverywhere()
    {
        var point = new MeetingPoint(Guid.CreateVersion7(), "vorig", "Vorig overleg", new DateOnly(2025, 3, 1), 1, "Punt", "Stem in.", null, DecisionStatus.Pending, null, null, new ActionLink("va-001", "Actie", ActionStatus.InProgress, IsExample: true), true, null);
        var decided = point with { Status = DecisionStatus.Taken, Decision = "Wij doen dit.", DueOn = Today.AddDays(-5) };
        var text = new BriefingText(Of([], running: 0) with { Points = [new BriefingPoint(point, IsOurs: false, IsForUs: true)], Earlier = new([decided], 3) }, "nl");

        text.Parts.SelectMany(p => p.Lines).Should().HaveCount(4).And.OnlyContain(l => l.IsExample);
        text.Parts.Single(p => p.Id == "besluiten").Left.Should().Be(2);
    }

    private static IEnumerable<(string, bool)> Say(Briefing briefing) => new BriefingText(briefing, "nl").Parts.Single(p => p.Id == "inbreng").Lines.Select(l => (l.Text, l.IsExample));

    private static Briefing Of(BriefingAction[] actions, int running) => new("overleg", "Overleg", MeetingSort.Official, Today, null, new ObjectLink("city", "delft", "Delft"), [], new([], 0), new([], 0), new([], 0), new(actions, actions.Length), [], running, Examples: false, Today);

    private static BriefingAction Action(int number, ActionStatus status = ActionStatus.InProgress, DateOnly? lateAfter = null, TrafficLight? light = null, bool isSilent = false, bool isExample = false) =>
        new($"va-00{number}", $"Actie {number}", status, isExample, lateAfter, isSilent ? Today : Today.AddDays(30), Today.AddDays(-60), light, null, null);
}
