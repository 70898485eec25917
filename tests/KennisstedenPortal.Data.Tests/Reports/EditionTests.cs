using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Data.Tests.Agenda;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using Microsoft.EntityFrameworkCore;
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
    public async Task Freeze_OfAPartyThatIsHiddenAndShownAgain_TheReportOfThatMomentIsStillTheSame()
    {
        await using var course = await Course.StartAsync(server);
        var action = await course.AddAsync(changes: [await course.PromiseAsync("gemeente-delft", CommitmentSort.Money, "100"), await course.PromiseAsync("gemeente-enschede", CommitmentSort.Space)]);
        var since = course.Today.AddDays(-1);
        var open = await course.FreezeAsync(course.Today, since);
        course.PassMinutes(30);
        await course.ChangeAsync("gemeente-delft", ("visibility", "partners"));
        course.PassMinutes(30);
        var hidden = await course.FreezeAsync(course.Today, since);
        course.Pass(3);
        var later = await course.FreezeAsync(course.Today.AddDays(-1), since);
        await course.ChangeAsync("gemeente-delft", ("visibility", "public"));
        course.Pass(1);
        await course.ChangeAsync("gemeente-enschede", ("state", "archived"));
        course.Pass(1);
        var kept = await course.DerivedAsync();
        await course.RebuildAsync();

        (await course.DerivedAsync()).Should().Be(kept);
        foreach (var (name, money, promises) in new[] { (open, 1, 2), (hidden, 0, 1), (later, 0, 1) })
        {
            var frozen = (await course.Editions.FindAsync(name, CancellationToken.None))!;
            var again = await course.Reports.RunAsync(new ReportRequest(frozen.Item.At, frozen.Item.Since) { Take = ProgressReportQuery.MostActions }, CancellationToken.None);
            again.ToJson().Should().Be(frozen.Report.ToJson(), name);
            (again.Now.Money.Count, again.Actions.Single().Promises.Count).Should().Be((money, promises), name);
        }
        (await course.ReportAsync(course.Today, since)).Now.Promises.Sum(p => p.Count).Should().Be(2, "what was archived without being hidden may be named");
        action.Code.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Freeze_WhileSomebodySaves_WaitsSoThatNothingOfBeforeComesAfter()
    {
        await using var course = await Course.StartAsync(server);
        var action = await course.AddAsync();
        course.PassMinutes(10);
        await using var db = course.Database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        (await db.AgendaActions.SingleAsync(a => a.Id == action.Id)).Name = "Opgeslagen en nog niet vastgelegd";
        await db.SaveAsync(People.Editor, "Verbeterd");
        var freezing = course.FreezeAsync(course.Today, course.Today.AddDays(-1));
        await WaitsAsync(course);
        course.PassMinutes(10);
        await transaction.CommitAsync();

        var frozen = (await course.Editions.FindAsync(await freezing, CancellationToken.None))!;

        frozen.Report.Actions.Should().ContainSingle().Which.Title.Should().Be("Opgeslagen en nog niet vastgelegd");
        frozen.Item.At.Should().Be(course.Clock.Now);
        (await course.Reports.RunAsync(new ReportRequest(frozen.Item.At, frozen.Item.Since) { Take = ProgressReportQuery.MostActions }, CancellationToken.None)).ToJson().Should().Be(frozen.Report.ToJson());
    }

    [Fact]
    public async Task Save_ThatWaited_HasTheTimeAtWhichItCouldWrite()
    {
        await using var course = await Course.StartAsync(server);
        var action = await course.AddAsync();
        await using var db = course.Database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"select 1 from register_object where id = {action.Id} for no key update");
        var (telling, before) = (course.TellAsync(action, TrafficLight.Green), course.Clock.Now);
        await WaitsAsync(course);
        course.PassMinutes(10);
        await transaction.CommitAsync();
        await telling;

        (await course.Database.ScalarAsync<DateTime>($"select at from progress_update where action_id = '{action.Id}'")).Should().Be(before.AddMinutes(10).UtcDateTime);
    }

    [Fact]
    public async Task Save_WithAClockThatRunsBehind_IsNotOlderThanWhatWasThere()
    {
        await using var course = await Course.StartAsync(server);
        var action = await course.AddAsync();
        await course.ChangeAsync(action, ("name", "Eerst"));
        await course.TellAsync(action, TrafficLight.Green);
        course.PassMinutes(-30);
        await course.ChangeAsync(action, ("name", "Daarna"));
        await course.TellAsync(action, TrafficLight.Red);

        (await course.Database.ScalarAsync<bool>($"select bool_and(at >= before) from (select at, lag(at, 1, at) over (order by number) as before from revision where object_id = '{action.Id}') r")).Should().BeTrue();
        (await course.Database.ScalarAsync<bool>($"select count(*) = 2 and min(at) = max(at) from progress_update where action_id = '{action.Id}'")).Should().BeTrue();
        course.PassMinutes(60);
        (await course.ReportAsync(course.Today, course.Today.AddDays(-1))).Actions.Should().ContainSingle().Which.Title.Should().Be("Daarna");
    }

    [Fact]
    public async Task Find_AnEditionOfEarlierRules_ReadsWhatWasFrozen()
    {
        await using var course = await Course.StartAsync(server);
        const string Totals = """{"statuses":[{"status":"idea","count":1}],"lights":[],"unknown":1,"late":0,"withoutOwner":1,"withoutEnd":1,"unproven":0,"milestones":0,"completed":0,"proven":0,"promises":[{"sort":"money","status":"open","count":1}],"money":[{"status":"open","amount":100,"unknown":0}],"new":1,"gone":0,"closed":0,"updates":0,"steps":[]}""";
        const string Data = $$"""{"rules":1,"at":"2026-11-01T12:00:00+00:00","since":"2026-10-01T21:59:59+00:00","examples":false,"now":{{Totals}},"before":{{Totals}},"lines":[],"changes":{"new":[],"steps":[],"gone":[],"closed":[]},"actions":[]}""";
        await using (var db = course.Database.CreateDbContext())
        {
            db.Add(new Edition { Id = Guid.CreateVersion7(), Year = 2026, Number = 7, Title = "Oud", At = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero), Since = new(2026, 10, 1, 21, 59, 59, TimeSpan.Zero), Data = Data, RulesVersion = 1, Hash = EditionWriter.HashOf(Data), MadeAt = course.Clock.Now, Organisation = "NKN" });
            await db.SaveAsync(course.Editors.Secretariat, "Editie bevroren");
        }

        var old = (await course.Editions.FindAsync("2026-7", CancellationToken.None))!;

        (old.Item.RulesVersion, old.Report.Rules, old.Report.Now.Actions).Should().Be((1, 1, 1));
        old.Report.Now.Money.Should().Equal(new MoneyCount(CommitmentStatus.Open, 100, 0));
        ProgressReport.CurrentRules.Should().BeGreaterThan(1);
    }

    private static Task WaitsAsync(Course course) => Poll.UntilAsync(async () => await course.Database.ScalarAsync<bool>("select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"), "it waits for who holds what it writes");

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
