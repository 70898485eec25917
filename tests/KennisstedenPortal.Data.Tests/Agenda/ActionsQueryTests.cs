using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>The views of the agenda against the register itself.</summary>
public sealed class ActionsQueryTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Health_OfAnyAction_IsTheSameInSqlAndInTheDomain(int seed)
    {
        await using var own = await filled.OwnAsync();
        await ActionSql.MixAsync(own, new Random(seed));
        var (now, query) = (own.Time.GetUtcNow(), new ActionsQuery(own.Source, own.Time));
        await using var db = own.CreateDbContext();
        var actions = await db.AgendaActions.AsNoTracking().AsSplitQuery().Include(a => a.Milestones).Include(a => a.Updates).ToListAsync(TestContext.Current.CancellationToken);
        var made = await ActionSql.MadeAsync(db);
        var health = actions.ToDictionary(a => a.Code, a => (a.Status, Is: ActionHealth.Of(a, a.Updates, now, made[a.Id])), StringComparer.Ordinal);

        foreach (var row in (await query.ListAsync(new ActionFilter(), default)).Items) row.Health.Should().Be(health[row.Code].Is, row.Code);
        foreach (var signal in Codes<ActionSignal>.All)
            await ShouldFindAsync(new ActionFilter(Signal: signal), h => signal switch { ActionSignal.Late => h.IsLate, ActionSignal.NoOwner => h.HasNoOwner, ActionSignal.NoEnd => h.HasNoEnd, ActionSignal.NoEvidence => h.LacksEvidence, _ => h.IsSilent });
        foreach (var light in Codes<LightFilter>.All)
            await ShouldFindAsync(new ActionFilter(Light: light), h => light switch { LightFilter.Green => h.Light == TrafficLight.Green, LightFilter.Amber => h.Light == TrafficLight.Amber, LightFilter.Red => h.Light == TrafficLight.Red, _ => h.Light is null }, open: true);

        async Task ShouldFindAsync(ActionFilter filter, Func<ActionHealth, bool> holds, bool open = false)
        {
            var found = await query.ListAsync(filter, default);
            found.Items.Select(r => r.Code).Should().Equal(health.Where(h => holds(h.Value.Is) && !(open && ActionFlow.IsClosed(h.Value.Status))).Select(h => h.Key).Order(StringComparer.Ordinal), filter.ToString());
            found.Total.Should().Be(found.Items.Count);
        }
    }

    [Fact]
    public async Task Rows_AfterChangesByWriters_AreWhatBuildingAnewGives()
    {
        await using var own = await filled.OwnAsync();
        await own.ChangeAsync<AgendaAction>("va-001", a => (a.Status, a.EndsOn, a.ResultIndicator) = (ActionStatus.InPreparation, null, "Geteld per jaar"));
        await own.ChangeAsync<AgendaAction>("va-002", a => a.Visibility = Visibility.Partners);
        await own.ChangeAsync<AgendaAction>("va-003", a => a.State = ObjectState.Archived);
        await own.ChangeAsync<Organisation>("gemeente-amsterdam", o => o.MunicipalityCode = "GM0599");
        await own.ChangeAsync<City>("delft", c => c.Slug = "delft-stad");
        await own.ChangeAsync<City>("wageningen", c => c.Visibility = Visibility.Secretariat);
        await using (var db = own.CreateDbContext())
        {
            var action = await db.AgendaActions.AsNoTracking().SingleAsync(a => a.Slug == "va-004");
            db.Add(new ProgressUpdate { Id = Guid.CreateVersion7(), ActionId = action.Id, Light = TrafficLight.Red, Text = "Het loopt vast.", Organisation = "Secretariaat" });
            db.Add(new Milestone { Id = Guid.CreateVersion7(), ActionId = action.Id, Title = "Een eerste stap", DueOn = new DateOnly(2020, 1, 1) });
            await db.SaveAsync(People.Editor, "Gemeld");
        }

        const string Rows = "select string_agg(e::text, E'\\n' order by e.number) from action_entry e", Totals = "select string_agg(t.facet || ' ' || t.count, E'\\n' order by t.facet) from search_total t where t.count > 0 and (t.facet like 'action:%' or t.facet like 'example:action:%')";
        var (rows, totals) = (await own.ScalarAsync<string>(Rows), await own.ScalarAsync<string>(Totals));
        await own.RebuildActionsAsync();

        (await own.ScalarAsync<string>(Rows)).Should().Be(rows);
        (await own.ScalarAsync<string>(Totals)).Should().Be(totals);
        rows.Should().Contain("delft-stad").And.NotContain("city:delft,").And.NotContain("city:wageningen").And.NotContain("va-003");
    }

    [Fact]
    public async Task List_EveryFilter_FindsWhatTheRegisterSays()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync("update register_object set steward_id = (select id from register_object where slug = 'gemeente-amsterdam') where kind = 'action' and slug in ('va-003', 'va-009');");
        await own.RebuildActionsAsync();
        var query = new ActionsQuery(own.Source, own.Time);
        async Task<List<string>> Found(ActionFilter filter) => [.. (await query.ListAsync(filter, default)).Items.Select(r => r.Code)];
        async Task<List<string>> Sql(string where) => [.. (await own.ScalarAsync<string[]>($"select coalesce(array_agg(upper(o.slug) order by o.slug), '{{}}') from register_object o where o.kind = 'action' and {where}"))];

        (await Found(new ActionFilter(Status: ActionStatus.Completed))).Should().Equal("VA-005");
        (await Found(new ActionFilter(City: "enschede"))).Should().NotBeEmpty().And.Contain(await Sql("exists (select 1 from relation r join register_object c on c.id = r.to_id where r.from_id = o.id and r.kind = 'concerns' and c.slug = 'enschede')"));
        (await Found(new ActionFilter(Element: "lijn-1"))).Should().Equal(await Sql("exists (select 1 from object_element e join agenda_element x on x.code = e.element_code left join agenda_element p on p.id = x.parent_id where e.object_id = o.id and 'lijn-1' in (x.code, p.code))"));
        var owner = await own.ScalarAsync<Guid>("select id from register_object where slug = 'gemeente-amsterdam'");
        (await Found(new ActionFilter(Owner: owner))).Should().Equal("VA-003", "VA-009");
        (await Found(new ActionFilter(City: "amsterdam"))).Should().Contain(["VA-003", "VA-009"], "its municipality owns them");
        (await Found(new ActionFilter(Party: owner))).Should().Contain(await Sql($"o.steward_id = '{owner}'"));
        (await Found(new ActionFilter(Text: "VA-007"))).Should().Equal("VA-007");
        (await Found(new ActionFilter(Text: "bestaatbeslistniet"))).Should().BeEmpty();
    }

    [Fact]
    public async Task Actions_OfAnOwnerAndItsCity_SayWhatEachIsToThem()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync("""
            delete from relation where from_id in (select id from register_object where kind = 'action') and kind <> 'concerns';
            update register_object set steward_id = (select id from register_object where slug = 'gemeente-amsterdam') where kind = 'action' and slug in ('va-003', 'va-009');
            insert into relation (id, kind, from_id, to_id) select gen_random_uuid(), 'carried-by', a.id, g.id from register_object a, register_object g where a.slug in ('va-003', 'va-004') and g.slug = 'gemeente-amsterdam';
            """ + ActionSql.Hidden("va-009"));
        await own.RebuildActionsAsync();
        await using var db = own.CreateDbContext();
        var city = await db.Objects.OfType<City>().SingleAsync(c => c.Slug == "amsterdam");
        var about = await own.ScalarAsync<string[]>($"select array_agg(upper(a.slug)) from relation r join register_object a on a.id = r.from_id where r.kind = 'concerns' and r.to_id = '{city.Id}'");

        var owned = await new OwnedActionsQuery(own).RunAsync(await own.ScalarAsync<Guid>("select id from register_object where slug = 'gemeente-amsterdam'"));
        var roles = (await new CityQuery(own).RunAsync(city, default)).Actions.ToDictionary(a => a.Action.Code, a => a.Roles, StringComparer.Ordinal);

        owned.Select(a => a.Code).Should().Equal(["VA-003"], "the other is not public");
        about.Should().NotBeEmpty();
        foreach (var (code, found) in roles)
            found.Should().Equal(new[] { (ActionRole.Owner, code is "VA-003"), (ActionRole.Partner, code is "VA-003" or "VA-004"), (ActionRole.Subject, about.Contains(code)) }.Where(r => r.Item2).Select(r => r.Item1), code).And.NotBeEmpty();
        roles.Keys.Should().Contain(["VA-003", "VA-004"]).And.NotContain("VA-009");
    }

    [Theory]
    [InlineData(ActionOrder.Number)]
    [InlineData(ActionOrder.End)]
    [InlineData(ActionOrder.Reported)]
    public async Task List_AfterAPlace_GoesOnRightBehindIt(ActionOrder order)
    {
        await using var own = await filled.OwnAsync();
        await ActionSql.MixAsync(own, new Random(7));
        var query = new ActionsQuery(own.Source, own.Time);
        var all = (await query.ListAsync(new ActionFilter(Order: order), default)).Items;
        var seventh = all[6];
        var day = await own.ScalarAsync<DateOnly>($"select {(order == ActionOrder.End ? "until_on" : "reported_on")} from action_entry where slug = '{seventh.Slug}'");
        var place = ActionPlace.TryParse(new ActionPlace(day, int.Parse(seventh.Slug[3..], System.Globalization.CultureInfo.InvariantCulture)).ToString());

        (await query.ListAsync(new ActionFilter(Order: order, After: place), default)).Items.Should().Equal(all.Skip(7));
    }

    [Fact]
    public async Task SharedBoard_OfTheSameRights_IsReadOnceUntilTheRegisterChanges()
    {
        await using var own = await filled.OwnAsync();
        var boards = new SharedBoards(new ActionsQuery(own.Source, own.Time), own.Generation, own.Time);
        var partner = People.Editor with { Grants = [new Domain.Access.Grant(Domain.Access.Role.PolicyOfficer)] };
        Task<IReadOnlyList<BoardColumn>> Of(Domain.Access.Actor actor, ActionFilter? filter = null) => boards.RunAsync(filter ?? new ActionFilter(), actor, TestContext.Current.CancellationToken);

        var many = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Of(People.Secretariat)));
        many.Distinct().Should().ContainSingle();
        (await Of(partner)).Should().NotBeSameAs(many[0], "who keeps less sees less");
        (await Of(People.Secretariat, new ActionFilter(City: "delft"))).Should().NotBeSameAs(many[0]);
        await own.ChangeAsync<AgendaAction>("va-001", a => a.Visibility = Visibility.Secretariat);

        var after = await Of(People.Secretariat);
        after.Should().NotBeSameAs(many[0]);
        after.SelectMany(c => c.Cards).Select(c => c.Code).Should().BeEquivalentTo(many[0].SelectMany(c => c.Cards).Select(c => c.Code));
        (await Of(partner)).Sum(c => c.Count.Total).Should().Be(after.Sum(c => c.Count.Total) - 1);
    }

    [Fact]
    public async Task NewAction_NeverReportedOn_IsUnknownAndNotSilent()
    {
        await using var own = await filled.OwnAsync();
        await using (var db = own.CreateDbContext())
        {
            db.Add(new AgendaAction { Id = Guid.CreateVersion7(), Slug = "va-101", Name = "Nieuw idee" });
            await db.SaveAsync(People.Editor, "Nieuw");
        }
        var query = new ActionsQuery(own.Source, own.Time);
        async Task<IEnumerable<string>> CodesAsync(ActionFilter filter) => (await query.FirstAsync(filter, 100, default)).Rows.Select(r => r.Code);

        (await CodesAsync(new ActionFilter(Signal: ActionSignal.Silent))).Should().NotContain("VA-101");
        (await CodesAsync(new ActionFilter(Light: LightFilter.Unknown))).Should().Contain("VA-101");
        await ActionSql.AsOwnerAsync(own, "update revision set at = at - interval '91 days' where object_id = (select id from register_object where slug = 'va-101')");
        await own.RebuildActionsAsync();
        (await CodesAsync(new ActionFilter(Signal: ActionSignal.Silent))).Should().Contain("VA-101");
    }

    [Fact]
    public async Task Board_ForEverybodyAndForWhoKeepsTheAgenda_ShowsWhatEachMayRead()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-010") + ActionSql.Hidden("va-011"));
        await own.RebuildActionsAsync();
        var query = new ActionsQuery(own.Source, own.Time);

        var open = await query.BoardAsync(new ActionFilter(), default);
        var kept = await query.BoardAsync(new ActionFilter(), People.Secretariat, default);
        var counted = await query.BoardAsync(new ActionFilter(Element: "lijn-1", City: "eindhoven"), default);

        open.Select(c => c.Status).Should().Equal(Codes<ActionStatus>.All);
        (open.Sum(c => c.Count.Real), open.Sum(c => c.Count.Examples)).Should().Be((1, 22));
        (kept.Sum(c => c.Count.Real), kept.Sum(c => c.Count.Examples)).Should().Be((1, 23));
        open.SelectMany(c => c.Cards).Should().NotContain(a => a.Code == "VA-011");
        open.First(c => c.Cards.Any(a => a.Code == "VA-010")).Cards[0].Code.Should().Be("VA-010", "real comes before example");
        var listed = await query.ListAsync(new ActionFilter(Element: "lijn-1", City: "eindhoven"), default);
        counted.Sum(c => c.Count.Total).Should().Be(listed.Total).And.Be(listed.Items.Count);
    }

    [Fact]
    public async Task Matrix_Cell_IsTheNumberOfTheListBehindIt()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-010"));
        await own.RebuildActionsAsync();
        var query = new ActionsQuery(own.Source, own.Time);
        string[] elements = ["lijn-1", "lijn-2", "resultaat-1", "resultaat-5"], cities = ["delft", "eindhoven", "enschede", "wageningen"];

        var matrix = await query.MatrixAsync(elements, cities, default);

        matrix.Cells.Should().NotBeEmpty();
        foreach (var element in elements)
            foreach (var city in cities)
                (await query.ListAsync(new ActionFilter(Element: element, City: city), default)).Total.Should().Be(matrix.Cells.GetValueOrDefault((element, city), ActionCount.None).Total, $"{element} {city}");
        matrix.Cells.Values.Sum(c => c.Real).Should().BePositive("one of them is real now");
    }

    [Fact]
    public async Task Timeline_OfAWindow_HoldsWhatRunsInItByLineAndWhatHasNoDayApart()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync("update register_object set starts_on = '2030-05-01', ends_on = '2031-02-01' where slug = 'va-001'; update register_object set starts_on = null, ends_on = null where slug = 'va-002'; update register_object set starts_on = '2031-01-01', ends_on = null where slug = 'va-003';");
        await own.RebuildActionsAsync();
        var query = new ActionsQuery(own.Source, own.Time);

        var timeline = await query.TimelineAsync(new ActionFilter(), ["lijn-1", "lijn-2", "lijn-3"], new DateOnly(2031, 1, 1), new DateOnly(2031, 12, 31), default);
        var before = await query.TimelineAsync(new ActionFilter(), ["lijn-1", "lijn-2", "lijn-3"], new DateOnly(1990, 1, 1), new DateOnly(1990, 12, 31), default);

        timeline.Groups.Select(g => g.Line).Should().Equal("lijn-1", "lijn-2", "lijn-3", null);
        timeline.Groups.SelectMany(g => g.Rows).Select(r => r.Action.Code).Should().Contain(["VA-001", "VA-003"]).And.NotContain("VA-002");
        timeline.Groups.SelectMany(g => g.Rows).First(r => r.Action.Code == "VA-001").Marks.Should().NotBeEmpty();
        (timeline.Undated.Select(a => a.Code), timeline.UndatedCount.Examples).Should().BeEquivalentTo((new[] { "VA-002" }, 1));
        before.Groups.SelectMany(g => g.Rows).Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("20260101")]
    [InlineData("20260231-1")]
    [InlineData("20260101-1-1")]
    [InlineData("20260101--1")]
    [InlineData("20260101-99999999999")]
    [InlineData("abcdefgh-1")]
    public void Place_ThatNobodyGave_IsNone(string text) => ActionPlace.TryParse(text).Should().BeNull();
}
