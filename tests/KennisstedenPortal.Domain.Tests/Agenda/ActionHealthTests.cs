using CsCheck;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Domain.Tests.Agenda;

public sealed class ActionHealthTests
{
    private static readonly DateOnly Today = new(2026, 11, 28);
    private static readonly Gen<ActionStatus> Statuses = Gen.OneOf(Enum.GetValues<ActionStatus>());
    private static readonly Gen<DateOnly?> Days = Gen.Int[-400, 400].Select(d => d == 0 ? null : (DateOnly?)Today.AddDays(d));
    private static readonly Gen<Milestone> Milestones = Gen.Select(Days, Gen.OneOf(Enum.GetValues<MilestoneStatus>()), Gen.Bool)
        .Select(m => new Milestone { Id = Guid.NewGuid(), ActionId = Guid.Empty, Title = "Stap", DueOn = m.Item1, Status = m.Item2, EvidenceNote = m.Item3 ? "Verslag" : null });
    private static readonly Gen<(DateOnly, TrafficLight)?> Updates = Gen.Select(Gen.Int[0, 200], Gen.OneOf(Enum.GetValues<TrafficLight>())).Select(u => u.Item1 == 0 ? null : ((DateOnly, TrafficLight)?)(Today.AddDays(-u.Item1), u.Item2));

    [Fact]
    public void Of_AnyAction_TellsWhatTheRuleSays() => Gen.Select(Statuses, Days, Gen.Bool, Milestones.List[0, 4], Updates, Gen.Int[0, 200]).Sample((status, end, owned, milestones, last, age) =>
    {
        var health = ActionHealth.Of(status, end, owned, milestones, last, Today.AddDays(-age), Today);

        var closed = status is ActionStatus.Completed or ActionStatus.Stopped;
        health.IsLate.Should().Be(!closed && (end < Today || milestones.Exists(m => m.Status != MilestoneStatus.Completed && m.DueOn < Today)));
        health.IsSilent.Should().Be(!closed && (last is null ? age : Today.DayNumber - last.Value.Item1.DayNumber) >= 90);
        health.HasNoOwner.Should().Be(!closed && !owned);
        health.HasNoEnd.Should().Be(!closed && end is null);
        health.LacksEvidence.Should().Be(status == ActionStatus.Completed && (milestones.Count == 0 || milestones.Exists(m => m.Status != MilestoneStatus.Completed || m.EvidenceNote is null)));
        health.Light.Should().Be(health.IsSilent ? null : last?.Item2, "whatever light it had, after ninety days nobody knows");
        health.IsWell.Should().Be(new[] { health.IsLate, health.IsSilent, health.HasNoOwner, health.HasNoEnd, health.LacksEvidence }.All(b => !b));
    });

    [Fact]
    public void Of_NeverReported_IsSilentNinetyDaysAfterItWasMadeAndHasNoLight()
    {
        var action = new AgendaAction { Id = Guid.NewGuid(), Slug = "va-001", Name = "Actie", Status = ActionStatus.Idea };
        ActionHealth Of(int age) => ActionHealth.Of(action, [], new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero), Today.AddDays(-age));

        (Of(0).IsSilent, Of(89).IsSilent, Of(90).IsSilent, Of(0).Light).Should().Be((false, false, true, null));
    }

    [Theory]
    [InlineData("2026-08-30T21:59:59Z", true)]
    [InlineData("2026-08-30T22:00:00Z", false)]
    public void Of_UpdateNinetyDaysAgo_IsSilentByTheDayInTheNetherlands(string at, bool silent)
    {
        // In the Netherlands it was 30 August until 22:00 UTC, ninety days before 28 November.
        var action = new AgendaAction { Id = Guid.NewGuid(), Slug = "va-001", Name = "Actie", Status = ActionStatus.InProgress };
        var update = new ProgressUpdate { Id = Guid.NewGuid(), ActionId = action.Id, At = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Light = TrafficLight.Green, Text = "Goed", Organisation = "Gemeente" };

        ActionHealth.Of(action, [update], new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero), madeOn: null).IsSilent.Should().Be(silent);
    }

    [Fact]
    public void Of_UpdateAfterTheMoment_IsNotKnownYet()
    {
        var action = new AgendaAction { Id = Guid.NewGuid(), Slug = "va-001", Name = "Actie", Status = ActionStatus.InProgress };
        var moment = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
        ProgressUpdate Of(DateTimeOffset at, TrafficLight light) => new() { Id = Guid.NewGuid(), ActionId = action.Id, At = at, Light = light, Text = "Tekst", Organisation = "Gemeente" };

        ActionHealth.Of(action, [Of(moment.AddDays(-2), TrafficLight.Amber), Of(moment.AddDays(1), TrafficLight.Red)], moment, madeOn: null).Light.Should().Be(TrafficLight.Amber);
    }
}
