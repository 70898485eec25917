using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Data.Tests.Agenda;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using Npgsql;

namespace KennisstedenPortal.Data.Tests.Reports;

/// <summary>What was frozen stays, and can be made again from history.</summary>
public sealed class EditionTests(TestServer server)
{
    [Fact]
    public async Task Freeze_ThenEverythingChanges_TheReportOfThatMomentIsStillTheSame()
    {
        await using var course = await Course.StartAsync(server);
        var (plan, lab) = ($"milestone/{Guid.CreateVersion7()}", $"milestone/{Guid.CreateVersion7()}");
        var money = await course.PromiseAsync("gemeente-enschede", CommitmentSort.Money, "1250000");
        var first = await course.AddAsync(changes: [(plan, ActionEditingTests.Milestone("Plan", "open")), (lab, ActionEditingTests.Milestone("Lab", "open")), money, await course.PromiseAsync("gemeente-delft", CommitmentSort.Space), ("element/lijn-1", true), ("endsOn", "2030-12-31")]);
        var second = await course.AddAsync(ActionStatus.Exploration, owner: null);
        var third = await course.AddAsync(ActionStatus.InPreparation, "delft", ("element/lijn-2", true));
        course.Pass(10);
        var since = course.Today;
        course.Pass(5);
        await course.ChangeAsync(first, (plan, ActionEditingTests.Milestone("Plan", "completed", "Besluit van de raad.")));
        await course.ChangeAsync(second, ("status", "stopped"), ("statusReason", "Geen partner gevonden."));
        await course.TellAsync(first, TrafficLight.Amber, "De vergunning laat op zich wachten.");
        await course.TellAsync(third, TrafficLight.Green);
        course.PassMinutes(30);
        var name = await course.FreezeAsync(course.Today, since);
        var frozen = (await course.Editions.FindAsync(name, CancellationToken.None))!;

        // Everything changes, later on the same day as well.
        course.PassMinutes(30);
        await course.TellAsync(first, TrafficLight.Red, "Het loopt vast.");
        await course.ChangeAsync(first, ("name", "Anders genoemd"), (plan, null), (lab, ActionEditingTests.Milestone("Lab", "completed", "Foto.")), ("element/lijn-1", null), ("element/lijn-3", true), ("endsOn", null),
            await course.PromiseAsync("gemeente-delft", CommitmentSort.Money, "5", CommitmentStatus.Lapsed, money.Path));
        await course.ChangeAsync(third, ("status", "in-progress"), ("description", "Nieuw."));
        await course.ChangeAsync("enschede", ("name", "Enschede aan de Aa"));
        course.Pass(100);
        await course.ChangeAsync(second, ("status", "in-progress"), ("statusReason", "Toch een partner."));
        await course.ChangeAsync(first, ("state", "archived"));
        await course.AddAsync(ActionStatus.Idea);
        await course.RebuildAsync();

        var again = await course.Reports.RunAsync(new ReportRequest(frozen.Item.At, frozen.Item.Since) { Take = ProgressReportQuery.MostActions }, CancellationToken.None);

        again.ToJson().Should().Be(frozen.Report.ToJson());
        again.Actions.Select(a => a.Code).Should().Equal(first.Code, third.Code, second.Code);
        again.Actions[0].Owner.Should().Be("Enschede", "names are those of then");
        again.Actions[0].Milestones.Should().Contain(m => m.Title == "Plan" && m.IsNew).And.Contain(m => m.Title == "Lab" && !m.IsNew);
        again.Actions[0].Light.Should().Be(TrafficLight.Amber);
        again.Changes.Steps.Should().ContainSingle().Which.Should().Match<ReportStep>(s => s.From == ActionStatus.Exploration && s.Status == ActionStatus.Stopped && s.Reason == "Geen partner gevonden.");
        again.Changes.Closed.Should().ContainSingle().Which.Closed.Should().ContainSingle().Which.EvidenceNote.Should().Be("Besluit van de raad.");
        (again.Now.Actions, again.Now.Open, again.Happened(t => t.Closed), again.Happened(t => t.Updates), again.Happened(t => t.New)).Should().Be((3, 2, 1, 2, 0));
        again.Now.Money.Should().Equal(new MoneyCount(CommitmentStatus.Open, 1_250_000, 0));
        frozen.IsWhole.Should().BeTrue();
        frozen.Item.RulesVersion.Should().Be(ProgressReport.CurrentRules);
    }

    [Fact]
    public async Task Freeze_OfADayThatIsOver_IsTheReportOfThatDay()
    {
        await using var course = await Course.StartAsync(server);
        var action = await course.AddAsync();
        course.Pass(3);
        var on = course.Today.AddDays(-1);
        await course.ChangeAsync(action, ("name", "Later zo genoemd"));

        var edition = (await course.Editions.FindAsync(await course.FreezeAsync(on, on.AddDays(-10)), CancellationToken.None))!;

        edition.Report.ToJson().Should().Be((await course.ReportAsync(on, on.AddDays(-10))).ToJson());
        edition.Report.Actions.Should().ContainSingle().Which.Title.Should().Be(action.Name);
        edition.Item.At.Should().Be(Dutch.EndOf(on));
    }

    [Fact]
    public async Task Freeze_AndWithdraw_AreNumberedByYearAndNeverChange()
    {
        await using var course = await Course.StartAsync(server);
        var (since, year) = (course.Today.AddDays(-1), course.Today.Year);
        var input = new EditionInput(Guid.CreateVersion7(), " Voortgang ", course.Today, since);
        var same = await Task.WhenAll(course.Writer.FreezeAsync(input, course.Editors.Secretariat), course.Writer.FreezeAsync(input, course.Editors.Secretariat));
        same.Should().AllBeEquivalentTo(new EditionOutcome.Done($"{year}-1"));
        (await course.FreezeAsync(course.Today, since, "Nog een")).Should().Be($"{year}-2");

        (await course.Writer.WithdrawAsync($"{year}-1", "Er stond een fout in.", course.Editors.Secretariat)).Should().BeOfType<EditionOutcome.Done>();
        (await course.Writer.WithdrawAsync($"{year}-1", "Nog eens.", course.Editors.Secretariat)).Should().BeOfType<EditionOutcome.Invalid>();

        var edition = (await course.Editions.FindAsync($"{year}-1", CancellationToken.None))!;
        (edition.Item.Title, edition.Item.Withdrawal!.Reason, edition.Report.Actions.Count).Should().Be(("Voortgang", "Er stond een fout in.", 0));
        (await course.Editions.ListAsync(null, 10, CancellationToken.None)).Select(e => (e.Name, e.IsWithdrawn)).Should().Equal(($"{year}-2", false), ($"{year}-1", true));
        await using var owner = NpgsqlDataSource.Create(course.Database.Owner);
        foreach (var sql in new[] { "update edition set title = 'Anders'", "delete from edition", "delete from edition_withdrawal", "update edition_withdrawal set reason = 'Anders'", "truncate edition cascade", "truncate edition_withdrawal" })
        {
            var change = async () => await owner.CreateCommand(sql).ExecuteNonQueryAsync();
            (await change.Should().ThrowAsync<PostgresException>(sql)).Which.SqlState.Should().Be(PostgresErrorCodes.RestrictViolation);
        }
    }

    [Theory]
    [InlineData(null, 0, -1, "title")]
    [InlineData("a\0b", 0, -1, "title")]
    [InlineData("half \ud800", 0, -1, "title")]
    [InlineData("Goed", 1, -1, "on")]
    [InlineData("Goed", 0, 0, "since")]
    [InlineData("Goed", -5, -2, "since")]
    [InlineData("Goed", -20000, -30000, "on,since")]
    [InlineData("Goed", null, -1, "on")]
    public async Task Freeze_WhatCannotBe_IsRefusedWithASentenceAndKeepsNothing(string? title, int? on, int since, string wrong)
    {
        await using var course = await Course.StartAsync(server);

        var outcome = await course.Writer.FreezeAsync(new EditionInput(Guid.CreateVersion7(), title, on is { } days ? course.Today.AddDays(days) : null, course.Today.AddDays(since)), course.Editors.Secretariat);

        var invalid = outcome.Should().BeOfType<EditionOutcome.Invalid>().Subject;
        string.Join(',', new[] { invalid.Title is null ? null : "title", invalid.On is null ? null : "on", invalid.Since is null ? null : "since" }.OfType<string>()).Should().Be(wrong);
        (await course.Database.ScalarAsync<long>("select count(*) from edition")).Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("2026-0")]
    [InlineData("2026-01")]
    [InlineData("2026-1-2")]
    [InlineData("2026-99999999999")]
    [InlineData("-2026-1")]
    [InlineData("2026-1\0")]
    public async Task Find_WhatIsNoName_IsNone(string name)
    {
        await using var course = await Course.StartAsync(server);
        await course.FreezeAsync(course.Today, course.Today.AddDays(-1));

        (await course.Editions.FindAsync(name, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task Editions_NameNoPersons()
    {
        await using var course = await Course.StartAsync(server);
        var action = await course.AddAsync();
        await course.TellAsync(action, TrafficLight.Green);
        await course.FreezeAsync(course.Today, course.Today.AddDays(-1));

        var text = await course.Database.ScalarAsync<string>("select e::text from edition e");

        text.Should().Contain(course.Editors.Secretariat.Organisation).And.NotContain($"\"{course.Editors.Secretariat.Name}\"").And.NotContain(course.Editors.Secretariat.UserId.ToString());
    }
}
