using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Data.Tests.Agenda;
using KennisstedenPortal.Domain.Agenda;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Reports;

public sealed class ProgressReportTests(TestServer server)
{
    [Fact]
    public async Task Report_OfTheStarterData_CountsExamplesOnlyWhenAsked()
    {
        await using var course = await Course.StartAsync(server);

        var (without, with) = (await course.ReportAsync(course.Today, course.Today.AddDays(-10)), await course.ReportAsync(course.Today, course.Today.AddDays(-10), examples: true));

        (without.Now.Actions, without.Actions.Count, without.Changes.New.Count).Should().Be((0, 0, 0));
        (with.Now.Actions, with.Actions.Count, with.Happened(t => t.New)).Should().Be((24, 24, 24));
        with.Actions.Should().OnlyContain(a => a.IsExample);
        with.Now.Unknown.Should().Be(with.Now.Open, "nobody reported on an example");
        with.Lines.Should().HaveCount(3).And.OnlyContain(l => l.Actions > 0);
        with.Now.Silent.Should().Be(0, "they were made just now");
    }

    [Fact]
    public async Task Lines_WithWhatServesNone_AddUpToTheWhole()
    {
        await using var course = await Course.StartAsync(server);
        await course.AddAsync(changes: [("element/lijn-1", true)]);
        await course.AddAsync(ActionStatus.InProgress, changes: [("element/lijn-2", true), ("endsOn", Iso(course.Today.AddDays(3)))]);
        await course.AddAsync(changes: [("endsOn", Iso(course.Today.AddDays(3)))]);
        var stray = await course.AddAsync();
        course.Pass(1);
        await course.ChangeAsync(stray, ("status", "in-preparation"));
        course.Pass(10);

        foreach (var on in new[] { course.Today, course.Today.AddDays(-11) })
        {
            var report = await course.ReportAsync(on, on.AddDays(-1));

            report.WithoutLine!.Actions.Should().Be(2);
            var parts = report.Lines.Append(report.WithoutLine).ToList();
            foreach (var status in Enum.GetValues<ActionStatus>()) parts.Sum(l => l.Statuses.Where(s => s.Status == status).Sum(s => s.Count)).Should().Be(report.Now.Of(status), status.ToString());
            parts.Sum(l => l.Late).Should().Be(report.Now.Late);
        }
        await course.ChangeAsync(stray, ("element/lijn-1", true), ("element/lijn-3", true));
        var twice = await course.ReportAsync(course.Today, course.Today.AddDays(-1));
        (twice.WithoutLine!.Actions, twice.Lines.Sum(l => l.Actions), twice.Now.Actions).Should().Be((1, 4, 4), "what serves two lines counts in both");
    }

    [Fact]
    public async Task Silent_OfWhatWasNeverReported_CountsFromNinetyDaysAfterItWasMade()
    {
        await using var course = await Course.StartAsync(server);
        var made = course.Today;
        await course.AddAsync();
        course.Pass(120);

        foreach (var (days, silent) in new[] { (0, 0), (89, 0), (90, 1) })
        {
            var report = await course.ReportAsync(made.AddDays(days), made.AddDays(-1));
            (report.Now.Silent, report.Now.Unknown, report.Actions.Single().IsSilent).Should().Be((silent, 1, silent == 1), $"{days}");
        }
        var boards = new BoardQuery(course.Database);
        async Task<int> OnBoardAsync(int days) => (await boards.RunAsync(null, ReportDays.Moment(made.AddDays(days), course.Clock), Domain.Dutch.EndOf(made.AddDays(-1)), false, CancellationToken.None))!.Signals[ReportSignal.Silent].Count;
        (await OnBoardAsync(89)).Should().Be(0);
        (await OnBoardAsync(90)).Should().Be(1);
    }

    [Fact]
    public async Task Report_OfEveryDay_CountsWhatTheRulesSayOfThatDay()
    {
        await using var course = await Course.StartAsync(server);
        var start = course.Today;
        var plan = $"milestone/{Guid.CreateVersion7()}";
        var action = await course.AddAsync(changes: [(plan, Due(course.Today.AddDays(20))), ("endsOn", Iso(course.Today.AddDays(40)))]);
        course.Pass(2);
        await course.TellAsync(action, TrafficLight.Green);
        course.Pass(23);
        await course.ChangeAsync(action, (plan, null));
        course.Pass(100);

        async Task<(int, int, int, int)> On(int days) => await course.ReportAsync(start.AddDays(days), start.AddDays(-1)) is { Now: var t } ? (t.Of(TrafficLight.Green), t.Unknown, t.Late, t.Milestones) : default;
        (await On(0)).Should().Be((0, 1, 0, 1), "nothing was reported yet");
        (await On(2)).Should().Be((1, 0, 0, 1));
        (await On(20)).Should().Be((1, 0, 0, 1), "the day itself is in time");
        (await On(21)).Should().Be((1, 0, 1, 1), "the milestone is late");
        (await On(24)).Should().Be((1, 0, 1, 1));
        (await On(25)).Should().Be((1, 0, 0, 0), "it was taken off");
        (await On(41)).Should().Be((1, 0, 1, 0), "the end has passed");
        (await On(91)).Should().Be((1, 0, 1, 0));
        (await On(92)).Should().Be((0, 1, 1, 0), "silent for ninety days");
    }

    [Fact]
    public async Task Totals_KeptWithEverySave_AreThoseOfARebuildAndOfEachAction()
    {
        await using var course = await Course.StartAsync(server);
        await PlayAsync(course);
        var kept = await course.DerivedAsync();

        await course.RebuildAsync();

        (await course.DerivedAsync()).Should().Be(kept);
        var everything = await course.Database.ScalarAsync<Guid[]>("select array_agg(distinct t) from action_state, unnest(tied_to) t");
        var (one, all) = (await course.ReportAsync(course.Today, course.Today.AddDays(-30)),
            await course.Reports.RunAsync(new ReportRequest(ReportDays.Moment(course.Today, course.Clock), Domain.Dutch.EndOf(course.Today.AddDays(-30))) { TiedTo = everything }, CancellationToken.None));
        one.Now.Should().BeEquivalentTo(all.Now, "every real action has an owner here");
        one.Before.Should().BeEquivalentTo(all.Before);
    }

    [Fact]
    public async Task Report_OfAMomentWithinADay_KnowsNothingOfLater()
    {
        await using var course = await Course.StartAsync(server);
        var action = await course.AddAsync(ActionStatus.Exploration);
        course.Pass(1);
        await course.TellAsync(action, TrafficLight.Green);
        var moment = course.Clock.Now;
        course.PassMinutes(10);
        await course.TellAsync(action, TrafficLight.Red);
        await course.ChangeAsync(action, ("status", "in-preparation"), ("steward", null));
        await course.AddAsync();
        course.Pass(1);

        var report = await course.Reports.RunAsync(new ReportRequest(moment, moment.AddDays(-1)), CancellationToken.None);

        (report.Now.Actions, report.Now.Of(ActionStatus.Exploration), report.Now.Of(TrafficLight.Green), report.Now.Of(TrafficLight.Red), report.Now.WithoutOwner).Should().Be((1, 1, 1, 0, 0));
        (report.Happened(t => t.Updates), report.Happened(t => t.StepsTo(ActionStatus.InPreparation)), report.Changes.Steps.Count).Should().Be((1, 0, 0));
        report.Actions.Should().ContainSingle().Which.Should().Match<ReportAction>(a => a.Light == TrafficLight.Green && a.UpdateCount == 1);
    }

    [Fact]
    public async Task Report_OfWhatIsHidden_TellsNothingOfItThenNorNow()
    {
        await using var course = await Course.StartAsync(server);
        var before = course.Today.AddDays(-1);
        var action = await course.AddAsync(changes: [await course.PromiseAsync("gemeente-delft", CommitmentSort.Money, "100"), ("name", "Geheime afspraak")]);
        await course.TellAsync(action, TrafficLight.Green);
        var open = course.Today;
        course.Pass(5);
        await course.ChangeAsync(action, ("visibility", "partners"));
        var hidden = course.Today;
        course.Pass(5);

        foreach (var day in new[] { open, hidden, course.Today })
        {
            var report = await course.ReportAsync(day, before);
            (report.Now.Actions, report.Now.Money.Count, report.Happened(t => t.New), report.Happened(t => t.Updates)).Should().Be((0, 0, 0, 0), "it is hidden now");
            report.ToJson().Should().NotContain("Geheime");
        }

        await course.ChangeAsync(action, ("visibility", "public"));
        (await course.ReportAsync(open, before)).Now.Actions.Should().Be(1);
        (await course.ReportAsync(hidden, before)).Now.Actions.Should().Be(0, "it was hidden then");
        (await course.ReportAsync(hidden, before)).ToJson().Should().NotContain("Geheime");
        (await course.ReportAsync(course.Today, before)).Now.Money.Should().Equal(new MoneyCount(CommitmentStatus.Open, 100, 0));

        await course.ChangeAsync("gemeente-delft", ("visibility", "partners"));
        var closed = await course.ReportAsync(course.Today, before);
        closed.Now.Money.Should().BeEmpty("who promised is hidden now");
        closed.Actions.Should().ContainSingle().Which.Promises.Should().BeEmpty();
    }

    [Fact]
    public async Task Report_OfWhatWasArchived_NamesItAsArchivedAndCountsItUntilThen()
    {
        await using var course = await Course.StartAsync(server);
        var action = await course.AddAsync();
        course.Pass(2);
        var since = course.Today;
        course.Pass(2);
        await course.ChangeAsync(action, ("state", "archived"));
        course.Pass(2);

        var report = await course.ReportAsync(course.Today, since);

        report.Changes.Gone.Should().ContainSingle().Which.Should().Match<ReportStep>(s => s.Code == action.Code && s.Reason == "Verbeterd");
        (report.Now.Actions, report.Before.Actions, report.Happened(t => t.Gone), report.Actions.Count).Should().Be((0, 1, 1, 0));
        (await course.ReportAsync(since, since.AddDays(-10))).Actions.Should().ContainSingle("it stood there then");
    }

    [Fact]
    public async Task Report_TwoUpdatesAtOnce_AreBothCounted()
    {
        await using var course = await Course.StartAsync(server);
        var action = await course.AddAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => course.TellAsync(action, i % 2 == 0 ? TrafficLight.Green : TrafficLight.Red, $"Melding {i}.")));

        var report = await course.ReportAsync(course.Today, course.Today.AddDays(-1));
        report.Happened(t => t.Updates).Should().Be(6);
        (report.Now.Of(TrafficLight.Green) + report.Now.Of(TrafficLight.Red)).Should().Be(1);
        report.Actions.Should().ContainSingle().Which.Updates.Should().HaveCount(ProgressReportQuery.MostUpdates);
        var kept = await course.DerivedAsync();
        await course.RebuildAsync();
        (await course.DerivedAsync()).Should().Be(kept);
    }

    [Fact]
    public async Task Report_PartyHiddenWhileOthersPromise_CountsWhatARebuildCounts()
    {
        await using var course = await Course.StartAsync(server);
        List<AgendaAction> actions = [];
        for (var i = 0; i < 4; i++) actions.Add(await course.AddAsync());
        var promises = await Task.WhenAll(actions.Select(_ => course.PromiseAsync("gemeente-delft", CommitmentSort.Money, "100")));

        await Task.WhenAll([.. actions.Zip(promises).Select(p => course.ChangeAsync(p.First, p.Second)), course.ChangeAsync("gemeente-delft", ("visibility", "partners"))]);

        var kept = await course.DerivedAsync();
        await course.RebuildAsync();
        (await course.DerivedAsync()).Should().Be(kept);
        (await course.ReportAsync(course.Today, course.Today.AddDays(-1))).Now.Money.Should().BeEmpty();
    }

    [Fact]
    public async Task Totals_WhenAnImportMovesWhatActionsServe_AreThoseOfARebuild()
    {
        await using var course = await Course.StartAsync(server);
        await PlayAsync(course);
        await using (var db = course.Database.CreateDbContext())
        {
            var lines = await db.AgendaElements.Where(e => e.Kind == ElementKind.Line).OrderBy(e => e.Rank).ToListAsync();
            (await db.AgendaElements.Where(e => e.ParentId == lines[0].Id).ToListAsync()).ForEach(e => e.ParentId = lines[1].Id);
            (lines[0].Rank, lines[2].Rank) = (lines[2].Rank, lines[0].Rank);
            await db.SaveAsync(Domain.Access.Actor.Import, "Nieuwe versie van de bronbestanden");
        }
        const string Entries = "select string_agg(e::text, E'\n' order by e.number) from action_entry e";
        var (kept, entries) = (await course.DerivedAsync(), await course.Database.ScalarAsync<string>(Entries));

        await course.RebuildAsync();
        await using (var db = course.Database.CreateDbContext()) await Data.Agenda.ActionIndex.RebuildAsync(db);

        (await course.DerivedAsync()).Should().Be(kept);
        (await course.Database.ScalarAsync<string>(Entries)).Should().Be(entries);
    }

    [Fact]
    public async Task Report_InPages_HasEveryActionOnceByLineAndCode()
    {
        await using var course = await Course.StartAsync(server);
        var on = ReportDays.Moment(course.Today, course.Clock);
        List<ReportAction> seen = [];
        var request = new ReportRequest(on, on.AddDays(-10), Examples: true) { Take = 7 };
        for (string? after = null; ;)
        {
            var page = await course.Reports.RunAsync(request with { After = after }, CancellationToken.None);
            seen.AddRange(page.Actions);
            page.Actions.Should().HaveCountLessThanOrEqualTo(7);
            if ((after = page.Next) is null) break;
        }

        var whole = await course.Reports.RunAsync(request with { Take = 100 }, CancellationToken.None);
        seen.Select(a => a.Code).Should().Equal(whole.Actions.Select(a => a.Code)).And.OnlyHaveUniqueItems().And.HaveCount(24);
        seen.Select(a => a.Lines.Count > 0 ? a.Lines[0] : "~").Should().BeInAscendingOrder(StringComparer.Ordinal);
        (await course.Reports.RunAsync(request with { Line = "lijn-2", Take = 100 }, CancellationToken.None)).Actions.Should().HaveCount(whole.Lines[1].Actions).And.OnlyContain(a => a.Lines.Contains("lijn-2"));
        (await course.Reports.RunAsync(request with { Status = ActionStatus.InProgress, Take = 100 }, CancellationToken.None)).Actions.Should().HaveCount(whole.Now.Of(ActionStatus.InProgress));
    }

    /// <summary>A board is asked for what its own city promised: not for what others did in its actions, and not for what was stopped.</summary>
    [Fact]
    public async Task Board_OpenMoney_IsOfTheCityItselfAndOfWhatStillRuns()
    {
        await using var course = await Course.StartAsync(server);
        var since = course.Today.AddDays(-1);
        var own = await course.AddAsync(owner: "enschede", changes: await course.PromiseAsync("delft", CommitmentSort.Money, "100"));
        var elsewhere = await course.AddAsync(owner: "delft", changes: await course.PromiseAsync("gemeente-enschede", CommitmentSort.Money, "30"));
        var (path, late) = await course.PromiseAsync("enschede", CommitmentSort.Capacity);
        late!["term"] = Iso(course.Today);
        await course.ChangeAsync(elsewhere, (path, late), await course.PromiseAsync("enschede", CommitmentSort.Money, "7", CommitmentStatus.Met), await course.PromiseAsync("enschede", CommitmentSort.Money));
        var stopped = await course.AddAsync(owner: "enschede", changes: await course.PromiseAsync("enschede", CommitmentSort.Money, "5000"));
        await course.ChangeAsync(stopped, ("status", "stopped"), ("statusReason", "Geen geld."));
        course.Pass(2);
        var boards = new BoardQuery(course.Database);
        async Task<BoardSummary> OfAsync(string? city) => (await boards.RunAsync(city, course.Clock.Now, Domain.Dutch.EndOf(since), examples: false, CancellationToken.None))!;

        var (enschede, delft, whole) = (await OfAsync("enschede"), await OfAsync("delft"), await OfAsync(null));

        (enschede.OpenMoney, delft.OpenMoney, whole.OpenMoney).Should().Be(((30m, 1), (100m, 0), (130m, 1)));
        enschede.Overdue.Select(o => (o.Action.Code, o.Promise.Sort)).Should().Equal((elsewhere.Code, CommitmentSort.Capacity));
        delft.Overdue.Should().BeEmpty();
        own.Code.Should().NotBe(stopped.Code);
    }

    [Fact]
    public async Task Report_WhenExamplesArePutAway_NamesNoneThoughItIsAsked()
    {
        await using var course = await Course.StartAsync(server);
        var since = course.Today.AddDays(-3);
        (await course.ReportAsync(course.Today, since, examples: true)).Changes.New.Should().NotBeEmpty();

        await new ExamplesWriter(course.Database).SetAsync(putAway: true, course.Editors.Secretariat);

        var report = await course.ReportAsync(course.Today, since, examples: true);
        report.Examples.Should().BeFalse();
        (report.Changes.New.Count, report.Changes.Gone.Count, report.Now.Actions, report.Happened(t => t.New)).Should().Be((0, 0, 0, 0));
        (await new BoardQuery(course.Database).RunAsync(null, course.Clock.Now, Domain.Dutch.EndOf(since), examples: true, CancellationToken.None))!.Report.Examples.Should().BeFalse();
    }

    [Fact]
    public async Task Board_OfACity_HasWhatItOrItsMunicipalityOwnsCarriesOrIsAboutAndItsSignals()
    {
        await using var course = await Course.StartAsync(server);
        var since = course.Today.AddDays(-1);
        var owned = await course.AddAsync(owner: "enschede");
        var carried = await course.AddAsync(owner: "delft");
        await RelateAsync(carried, "carried-by", "gemeente-enschede");
        var about = await course.AddAsync(owner: null);
        await RelateAsync(about, "concerns", "enschede");
        var other = await course.AddAsync(owner: "delft", changes: [("endsOn", Iso(course.Today))]);
        await course.TellAsync(owned, TrafficLight.Green);
        await course.TellAsync(carried, TrafficLight.Red);
        course.Pass(2);
        var boards = new BoardQuery(course.Database);

        var city = (await boards.RunAsync("enschede", course.Clock.Now, Domain.Dutch.EndOf(since), examples: false, CancellationToken.None))!;
        var whole = (await boards.RunAsync(null, course.Clock.Now, Domain.Dutch.EndOf(since), examples: false, CancellationToken.None))!;

        Codes(city, ReportSignal.Well).Should().Equal(owned.Code);
        Codes(city, ReportSignal.Stuck).Should().Equal(carried.Code);
        Codes(city, ReportSignal.NoOwner).Should().Equal(about.Code);
        Codes(city, ReportSignal.Silent).Should().BeEmpty("nobody reported on one of them, which was made two days ago");
        Codes(city, ReportSignal.Late).Should().BeEmpty();
        Codes(whole, ReportSignal.Late).Should().Equal(other.Code);
        (city.Report.Now.Actions, whole.Report.Now.Actions, city.Report.Changes.New.Count).Should().Be((3, 4, 3));
        (await OfCityAsync()).Should().BeEquivalentTo([owned.Code, carried.Code, about.Code], "board and table go by one rule");
        await course.ChangeAsync("gemeente-enschede", ("visibility", "partners"));
        (await OfCityAsync()).Should().BeEquivalentTo([owned.Code, about.Code], "a hidden partner says nothing");
        (await boards.RunAsync("enschede", course.Clock.Now, Domain.Dutch.EndOf(since), examples: false, CancellationToken.None))!.Report.Now.Actions.Should().Be(2);
        (await boards.RunAsync("bestaat-niet", course.Clock.Now, Domain.Dutch.EndOf(since), examples: false, CancellationToken.None)).Should().BeNull();

        async Task<string[]> OfCityAsync() => await course.Database.ScalarAsync<string[]>("select array_agg(upper(slug)) from action_entry where facets @> '{city:enschede}' and not is_example");

        static IEnumerable<string> Codes(BoardSummary board, ReportSignal signal) => board.Signals[signal].Select(a => a.Code);

        async Task RelateAsync(AgendaAction action, string kind, string to) => await course.ChangeAsync(action, ($"relation/{Guid.CreateVersion7()}",
            new System.Text.Json.Nodes.JsonObject { ["kind"] = kind, ["from"] = action.Id.ToString(), ["to"] = (await course.Database.ScalarAsync<Guid>($"select id from register_object where slug = '{to}' limit 1")).ToString() }));
    }

    [Fact]
    public async Task Report_Twice_IsTheSameTextAndReadsBack()
    {
        await using var course = await Course.StartAsync(server);
        await PlayAsync(course);

        var (one, two) = (await course.ReportAsync(course.Today, course.Today.AddDays(-50), true), await course.ReportAsync(course.Today, course.Today.AddDays(-50), true));

        two.ToJson().Should().Be(one.ToJson());
        ProgressReport.Parse(one.ToJson()).ToJson().Should().Be(one.ToJson());
    }

    private static System.Text.Json.Nodes.JsonObject Due(DateOnly day) => new() { ["title"] = "Plan", ["due"] = Iso(day), ["status"] = "open" };
    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A course of some months with a bit of everything.</summary>
    private static async Task PlayAsync(Course course)
    {
        var (plan, money) = ($"milestone/{Guid.CreateVersion7()}", await course.PromiseAsync("gemeente-delft", CommitmentSort.Money, "2.500,50"));
        var one = await course.AddAsync(changes: [(plan, Due(course.Today.AddDays(20))), money, ("element/lijn-1", true), ("element/lijn-3", true)]);
        var two = await course.AddAsync(ActionStatus.Idea, "delft", await course.PromiseAsync("gemeente-enschede", CommitmentSort.Money));
        course.Pass(30);
        await course.TellAsync(one, TrafficLight.Amber);
        await course.ChangeAsync(two, ("status", "exploration"));
        await course.ChangeAsync(one, (plan, ActionEditingTests.Milestone("Plan", "completed", "Besluit.")), await course.PromiseAsync("gemeente-delft", CommitmentSort.Money, "2.500,50", CommitmentStatus.Met, money.Path));
        course.PassMinutes(10);
        await course.TellAsync(one, TrafficLight.Green);
        course.Pass(20);
        await course.ChangeAsync(two, ("visibility", "partners"));
        course.Pass(5);
        await course.ChangeAsync(two, ("visibility", "public"), ("status", "paused"), ("statusReason", "Wacht op geld."));
        await course.ChangeAsync(one, ("status", "completed"));
        course.Pass(10);
        await course.ChangeAsync("gemeente-enschede", ("visibility", "partners"));
        await course.ChangeAsync("va-003", ("status", "stopped"), ("statusReason", "Voorbij."));
        course.Pass(10);
    }
}
