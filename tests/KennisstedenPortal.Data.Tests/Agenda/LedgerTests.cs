using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>One ledger of what was promised, in actions and in documents, and its half year.</summary>
public sealed class LedgerTests(TestServer server)
{
    private static readonly DateOnly Today = Domain.Dutch.Day(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Run_EachFilter_GivesWhatFitsAndNothingElse()
    {
        await using var editors = await Editors.StartAsync(server);
        var ministry = await DocumentTests.MinistryAsync(editors);
        var (action, enschede) = (await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress), (await editors.FindAsync("enschede")).Id);
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, Of(enschede, "money", "Laat 100% betalen", term: Today.AddDays(-1), amount: 250_000), Of(enschede, "money", "Later betalen", term: Today.AddDays(90)), Of(enschede, "space", "Ooit ruimte"));
        await DocumentTests.AddAsync(editors, "Brief", ("steward", ministry.Id.ToString()), Of(ministry.Id, "rule", "Regel aanpassen", term: Today.AddDays(91), number: 3), Of(enschede, "dialogue", "Gesprek in de brief", term: Today.AddDays(-10), status: "met"));
        var ledger = new LedgerQuery(editors.Database, TimeProvider.System);
        async Task<string[]> TextsAsync(LedgerFilter filter) => [.. (await ledger.RunAsync(filter)).Rows.Select(r => r.Text)];

        (await TextsAsync(new())).Should().Equal("Gesprek in de brief", "Laat 100% betalen", "Later betalen", "Regel aanpassen", "Ooit ruimte");
        (await TextsAsync(new(Party: "enschede"))).Should().Equal("Gesprek in de brief", "Laat 100% betalen", "Later betalen", "Ooit ruimte");
        (await TextsAsync(new(Ministry: ministry.Slug))).Should().Equal("Gesprek in de brief", "Regel aanpassen");
        (await TextsAsync(new(Status: CommitmentStatus.Met))).Should().Equal("Gesprek in de brief");
        (await TextsAsync(new(Sort: CommitmentSort.Space))).Should().Equal("Ooit ruimte");
        (await TextsAsync(new(Window: TermWindow.Passed))).Should().Equal(["Laat 100% betalen"], "what was met is not late");
        (await TextsAsync(new(Window: TermWindow.Soon))).Should().Equal("Later betalen");
        (await TextsAsync(new(Text: "00% b"))).Should().Equal("Laat 100% betalen");
        (await TextsAsync(new(Text: "%"))).Should().Equal(["Laat 100% betalen"], "a sign is no pattern");
        (await TextsAsync(new(Party: "bestaat-niet"))).Should().BeEmpty();
        var page = await ledger.RunAsync(new(Party: "enschede"));
        page.Should().BeEquivalentTo(new { Total = 4, Money = new MoneySum(250_000, 1) }, "the amount that nobody knows is no zero");
        page.Party!.Name.Should().Be("Enschede");
        (await ledger.RunAsync(new())).Rows.Single(r => r.Number == 3).Holder.Should().BeEquivalentTo(new { KindCode = "document", Name = "Brief" });
        (await ledger.OfPartyAsync(enschede)).First.Select(r => r.Text).Should().Equal(["Laat 100% betalen", "Later betalen", "Ooit ruimte", "Gesprek in de brief"], "what is open comes first");
    }

    [Fact]
    public async Task Run_OpenInAnActionThatStopped_SaysSoAndCountsItApart()
    {
        await using var editors = await Editors.StartAsync(server);
        var (stopped, runs, enschede) = (await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress), await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress), (await editors.FindAsync("enschede")).Id);
        await ActionEditingTests.ShouldBeSavedAsync(editors, stopped.Id, Of(enschede, "money", "Blijft liggen", amount: 500), Of(enschede, "money", "Betaald", amount: 100, status: "met"));
        await ActionEditingTests.ShouldBeSavedAsync(editors, runs.Id, Of(enschede, "money", "Loopt", amount: 30));
        await ActionEditingTests.ShouldBeSavedAsync(editors, stopped.Id, ("status", "stopped"), ("statusReason", "Geen draagvlak."));

        var page = await new LedgerQuery(editors.Database, TimeProvider.System).RunAsync(new());

        page.Money.Should().Be(new MoneySum(630, 0, LeftOver: 500));
        page.Rows.Where(r => r.IsLeftOver).Select(r => r.Text).Should().Equal("Blijft liggen");
    }

    [Fact]
    public async Task Run_HiddenAndExamples_AreLeftOut()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, example, enschede) = (await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress), await editors.FindAsync("va-001"), (await editors.FindAsync("enschede")).Id);
        var samxl = await editors.FindAsync("samxl");
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, Of(enschede, "space", "Echt"), Of((await editors.FindAsync("delft")).Id, "space", "Van wie verborgen is"));
        await ActionEditingTests.ShouldBeSavedAsync(editors, example.Id, Of(enschede, "money", "Verzonnen", amount: 5));
        await DocumentTests.AddAsync(editors, "Voor partners", ("visibility", "partners"), Of(enschede, "space", "In een verborgen stuk"));
        await editors.Database.ExecuteAsync("update register_object set visibility = 'secretariat' where kind = 'city' and slug = 'delft'");
        var ledger = new LedgerQuery(editors.Database, TimeProvider.System);

        (await ledger.RunAsync(new())).Rows.Select(r => r.Text).Should().Equal("Echt");
        var both = await ledger.RunAsync(new(Examples: true));
        both.Rows.Should().HaveCount(2).And.ContainSingle(r => r.IsExample).Which.Text.Should().Be("Verzonnen");
        (await ledger.OfPartyAsync(enschede)).Total.Should().Be(1);
        (await new HalfYearQuery(editors.Database).RunAsync(Today, examples: false)).Parties.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = "Enschede", Open = 1, Money = new MoneySum(0, 0) });
        (await new HalfYearQuery(editors.Database).RunAsync(Today, examples: true)).Parties.Single().Money.Known.Should().Be(5);
        samxl.State.Should().Be(ObjectState.Published);
    }

    [Fact]
    public async Task Run_PartyThatWasArchived_IsNamedAsSuchAndAHiddenOneNever()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, ministry, delft) = (await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress), await DocumentTests.MinistryAsync(editors), await editors.FindAsync("delft"));
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, Of(ministry.Id, "rule", "Wij passen de regel aan"), Of(delft.Id, "space", "Ruimte"));
        await DocumentTests.AddAsync(editors, "Brief", ("steward", ministry.Id.ToString()), Of(delft.Id, "space", "In de brief"));
        var ledger = new LedgerQuery(editors.Database, TimeProvider.System);
        await editors.Database.ExecuteAsync($"update register_object set state = 'archived' where id = '{ministry.Id}'");

        (await ledger.RunAsync(new(Ministry: ministry.Slug))).Rows.Select(r => (r.Text, r.PartyIsGone)).Should().BeEquivalentTo([("Wij passen de regel aan", true), ("In de brief", false)]);
        (await ledger.RunAsync(new(Party: ministry.Slug))).Party!.Name.Should().Be(ministry.Name);
        (await new HalfYearQuery(editors.Database).RunAsync(Today, examples: false)).Parties.Should().ContainSingle(p => p.IsGone).Which.Name.Should().Be(ministry.Name);
        (await PageAsync()).Should().ContainSingle(c => c.PartyId == ministry.Id).Which.Party.Should().BeEquivalentTo(new { ministry.Name, State = ObjectState.Archived });

        await editors.Database.ExecuteAsync($"update register_object set visibility = 'partners' where id = '{ministry.Id}'");

        var (hidden, unknown) = (await ledger.RunAsync(new(Ministry: ministry.Slug)), await ledger.RunAsync(new(Ministry: "bestaat-niet")));
        hidden.Should().BeEquivalentTo(unknown, "what is hidden answers like what is not there");
        (await ledger.RunAsync(new(Party: ministry.Slug))).Should().BeEquivalentTo(await ledger.RunAsync(new(Party: "bestaat-niet")));
        (await ledger.RunAsync(new())).Rows.Should().HaveCount(2).And.NotContain(r => r.Party.Slug == ministry.Slug);
        (await PageAsync()).Should().ContainSingle().Which.PartyId.Should().Be(delft.Id);

        async Task<IEnumerable<Commitment>> PageAsync() => ((AgendaAction)(await new Data.Registry.DetailQuery(editors.Database, editors.Database.Source).RunAsync(KindRegistry.Of<AgendaAction>(), action.Slug, default)).Detail!.Item).Commitments;
    }

    [Fact]
    public async Task Run_PageByPage_GivesEachOnceInOneOrder()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        await editors.Database.ExecuteAsync($"insert into commitment (id, object_id, party_id, sort, text, term_on, status) select gen_random_uuid(), '{action.Id}', c.id, 'space', 'Nummer ' || n, case when n % 3 > 0 then date '2027-01-01' + n / 10 end, 'open' from generate_series(1, 120) n, register_object c where c.kind = 'city' and c.slug = 'delft'");
        var ledger = new LedgerQuery(editors.Database, TimeProvider.System);
        var seen = new List<LedgerRow>();
        LedgerCursor? after = null;
        do
        {
            var page = await ledger.RunAsync(new(After: after));
            page.Total.Should().Be(120);
            seen.AddRange(page.Rows);
            after = page.Next is { } next ? LedgerCursor.TryParse(next.ToString()) : null;
        }
        while (after is not null);

        seen.Should().HaveCount(120).And.OnlyHaveUniqueItems(r => r.Id);
        seen.Select(r => r.TermOn ?? DateOnly.MaxValue).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task HalfYear_OnADay_ParsesEachInItsPlace()
    {
        await using var editors = await Editors.StartAsync(server);
        var ministry = await DocumentTests.MinistryAsync(editors);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        var enschede = (await editors.FindAsync("enschede")).Id;
        var extended = Of(enschede, "money", "Verlengd", term: Today.AddMonths(2));
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, extended, Of(enschede, "space", "Te laat", term: Today.AddDays(-3)), Of(enschede, "space", "Veel later", term: Today.AddMonths(7)),
            Of(ministry.Id, "rule", "Net voldaan", status: "met", settled: Today.AddMonths(-1)), Of(ministry.Id, "rule", "Lang geleden voldaan", status: "met", settled: Today.AddMonths(-8)), Of(ministry.Id, "money", "Vervallen", status: "lapsed", amount: 900, reason: "Geen meerderheid."));
        ((JsonObject)extended.Value!)["term"] = Domain.Editing.DayText.Iso(Today.AddMonths(3));
        ((JsonObject)extended.Value!)["reason"] = "De raad besluit later.";
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, extended);

        var half = await new HalfYearQuery(editors.Database).RunAsync(Today, examples: false);

        static string[] Texts(LedgerPart part) => [.. part.First.Select(r => r.Text)];
        Texts(half.Late).Should().Equal("Te laat");
        Texts(half.Soon).Should().Equal("Verlengd");
        Texts(half.Met).Should().Equal("Net voldaan");
        Texts(half.Lapsed).Should().Equal("Vervallen");
        half.Extended.First.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Text = "Verlengd", Reason = "De raad besluit later.", ExtendedFrom = Today.AddMonths(2) });
        half.Parties.Select(p => (p.IsMinistry, p.Open, p.Late, p.Soon, p.Met, p.Lapsed, p.Extended, p.Money.Known, p.Money.Unknown)).Should().Equal((true, 0, 0, 0, 1, 1, 0, 0m, 0), (false, 3, 1, 1, 0, 0, 1, 0m, 1));
        var before = await new HalfYearQuery(editors.Database).RunAsync(Today.AddMonths(-2), examples: false);
        before.Parties.Single(p => p.IsMinistry).Should().BeEquivalentTo(new { Open = 2, Met = 0, Lapsed = 0, Money = new MoneySum(900, 0) }, "what was met since was open then");
    }

    [Theory]
    [InlineData("")]
    [InlineData("geen_")]
    [InlineData("2027-02-31_0199a00000007000800000000000000a")]
    [InlineData("2027-01-01_x")]
    [InlineData("__")]
    public void Cursor_NoPlace_IsNone(string text) => LedgerCursor.TryParse(text).Should().BeNull();

    private static (string Path, JsonNode? Value) Of(Guid party, string sort, string text, DateOnly? term = null, decimal? amount = null, string status = "open", int? number = null, DateOnly? settled = null, string? reason = null)
    {
        var node = new JsonObject { ["party"] = party.ToString(), ["sort"] = sort, ["text"] = text, ["status"] = status, ["reason"] = reason };
        if (term is { } day) node["term"] = Domain.Editing.DayText.Iso(day);
        if (amount is { } euros) node["amount"] = euros;
        if (number is { } n) node["number"] = n;
        if (settled is { } on) node["settledOn"] = Domain.Editing.DayText.Iso(on);
        return ($"commitment/{Guid.CreateVersion7()}", node);
    }
}
