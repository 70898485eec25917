using KennisstedenPortal.Data.Agenda;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>What is missing, with and without the examples.</summary>
public sealed class GapsQueryTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    [Fact]
    public async Task Gaps_WithoutExamples_AreEverythingSinceNoActionIsReal()
    {
        var gaps = await RunAsync(filled.Database, examples: false);

        (gaps.Real, gaps.Examples).Should().Be((0, 24));
        gaps.Asks.Select(e => e.Code).Should().Equal("vraag-1", "vraag-2", "vraag-3", "vraag-4");
        gaps.Bottlenecks.Should().HaveCount(5);
        gaps.Results.Should().HaveCount(5);
        gaps.Cities.Should().HaveCount(13);
        (gaps.WithoutAsk.Total, gaps.Unproven.Total).Should().Be((0, 0));
    }

    [Fact]
    public async Task Gaps_WithExamples_AreThoseOfTheFile()
    {
        var gaps = await RunAsync(filled.Database, examples: true);

        gaps.Asks.Should().BeEmpty();
        gaps.Bottlenecks.Should().BeEmpty();
        gaps.Cities.Should().BeEmpty();
        gaps.WithoutAsk.Total.Should().Be(0);
        gaps.Results.Should().HaveCount(5, "no example says how its result is measured");
        gaps.Unproven.First.Select(a => a.Code).Should().Equal("VA-005");
    }

    [Fact]
    public async Task Gaps_AnActionWithAnIndicator_ClosesItsResults()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-010") + ActionSql.Indicator("va-010") + ActionSql.Indicator("va-001"));

        (await RunAsync(own, examples: false)).Results.Select(e => e.Code).Should().Equal("resultaat-1", "resultaat-3", "resultaat-4");
    }

    [Fact]
    public async Task Gaps_ACompletedAction_IsOneUntilEveryMilestoneIsProven()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-005"));
        (await RunAsync(own, examples: false)).Unproven.First.Select(a => a.Code).Should().Equal("VA-005");

        await own.ExecuteAsync(ActionSql.Proven("va-005"));
        (await RunAsync(own, examples: false)).Unproven.Total.Should().Be(0);

        await own.ExecuteAsync(ActionSql.WithoutMilestones("va-005"));
        (await RunAsync(own, examples: false)).Unproven.Total.Should().Be(1, "nothing proves it");
    }

    [Fact]
    public async Task Gaps_AnActionThatIsNotPublic_ClosesNothing()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-010") + ActionSql.Hidden("va-010"));

        var gaps = await RunAsync(own, examples: false);

        (gaps.Real, gaps.Examples).Should().Be((0, 23));
        gaps.Asks.Should().HaveCount(4);
    }

    [Fact]
    public async Task Gaps_ACityWhoseMunicipalityOwnsAnAction_IsNone()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-010") + "update register_object set steward_id = (select id from register_object where kind = 'organisation' and slug = 'gemeente-amsterdam') where kind = 'action' and slug = 'va-010';");

        (await RunAsync(own, examples: false)).Cities.Should().HaveCount(9).And.NotContain(c => c.Slug == "amsterdam");
    }

    [Fact]
    public async Task Gaps_ARealAction_ClosesWhatItServes()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-010"));

        var gaps = await RunAsync(own, examples: false);

        (gaps.Real, gaps.Examples).Should().Be((1, 23));
        gaps.Asks.Select(e => e.Code).Should().Equal("vraag-1", "vraag-2", "vraag-4");
        gaps.Bottlenecks.Select(e => e.Code).Should().Equal("knelpunt-2", "knelpunt-3", "knelpunt-4");
        gaps.Cities.Should().HaveCount(10);
    }

    [Fact]
    public async Task Gaps_AnActionThatStandsStill_DoesNotWorkOnABottleneckButServesItsAsk()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-014"));

        var gaps = await RunAsync(own, examples: false);

        gaps.Asks.Should().NotContain(e => e.Code == "vraag-3");
        gaps.Bottlenecks.Should().Contain(e => e.Code == "knelpunt-1");
    }

    [Fact]
    public async Task Gaps_AStoppedAction_ServesNothingAndIsNoGapItself()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-010") + ActionSql.Status("va-010", "stopped") + ActionSql.Unlink("va-010", "ask"));

        var gaps = await RunAsync(own, examples: false);

        gaps.Asks.Should().HaveCount(4);
        gaps.Cities.Should().HaveCount(13);
        gaps.WithoutAsk.Total.Should().Be(0);
    }

    [Fact]
    public async Task Gaps_AnActionWithoutAsk_IsNamed()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-010") + ActionSql.Unlink("va-010", "ask"));

        var gaps = await RunAsync(own, examples: false);

        gaps.WithoutAsk.First.Select(a => a.Code).Should().Equal("VA-010");
        gaps.WithoutAsk.Total.Should().Be(1);
    }

    private static async Task<AgendaGaps> RunAsync(TestDatabase database, bool examples)
    {
        await database.RebuildActionsAsync();
        return await new GapsQuery(database).RunAsync(examples, TestContext.Current.CancellationToken);
    }
}
