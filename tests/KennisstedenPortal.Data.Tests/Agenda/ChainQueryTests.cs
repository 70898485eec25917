using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Tests.StarterData;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>The chain of the shipped agenda, against the file.</summary>
public sealed class ChainQueryTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private const string File = "agenda.json";

    [Theory]
    [InlineData(ElementKind.Context, "context_statements", 6)]
    [InlineData(ElementKind.Bottleneck, "bottlenecks", 5)]
    [InlineData(ElementKind.Line, "lines", 3)]
    [InlineData(ElementKind.Ask, "asks", 4)]
    [InlineData(ElementKind.Offer, "offers", 4)]
    [InlineData(ElementKind.Result, "results", 5)]
    [InlineData(ElementKind.End, "ends", 2)]
    [InlineData(ElementKind.CityRole, "roles_of_knowledge_cities", 3)]
    [InlineData(ElementKind.Strength, "ecosystem_strengths", 5)]
    [InlineData(ElementKind.Instrument, "instruments", 5)]
    [InlineData(ElementKind.Document, "documents", 9)]
    [InlineData(ElementKind.Figure, "figures", 7)]
    [InlineData(ElementKind.Partner, "partners", 11)]
    public async Task Chain_Kind_HoldsItsElementsInTheOrderOfTheFile(ElementKind kind, string list, int count)
    {
        var chain = await RunAsync();

        chain.Of(kind).Select(e => e.Element.Code).Should().HaveCount(count).And.Equal(Starter.Items(File, list).Select(r => r.Text("code")));
    }

    [Fact]
    public async Task Chain_Lines_HoldTheirPartsInOrder()
    {
        var chain = await RunAsync();

        foreach (var line in Starter.Items(File, "lines"))
            chain.ChildrenOf(chain.Of(ElementKind.Line).Single(e => e.Element.Code == line.Text("code")).Element).Select(e => e.Element.Code).Should().Equal(line.Parts("elements").Select(p => p.Text("code")));
        chain.Of(ElementKind.LineElement).Should().HaveCount(18);
    }

    [Fact]
    public async Task Chain_Bottlenecks_RestOnTheDocumentOfTheFile()
    {
        var chain = await RunAsync();

        chain.Of(ElementKind.Bottleneck).Select(e => chain.ParentOf(e.Element)?.Element.Code).Should().Equal(Starter.Items(File, "bottlenecks").Select(r => r.Text("source_document")));
    }

    [Fact]
    public async Task Chain_Everything_HasASourceAndTheDocumentIsOne()
    {
        var chain = await RunAsync();

        chain.Document!.Element.Code.Should().Be(ChainQuery.DocumentCode);
        chain.DocumentSource!.Title.Should().StartWith("Oproep tot Verbindingsagenda");
        chain.Elements.Should().OnlyContain(e => chain.SourcesOf(e.Element).Any()).And.NotContain(e => e.Element.Code == ChainQuery.DocumentCode);
        chain.SourcesOf(chain.Of(ElementKind.Partner).Single(e => !e.Element.InSourceDocument).Element).Should().NotContain(chain.DocumentSource);
    }

    [Fact]
    public async Task Chain_Actions_AreThoseOfTheFileAndAllExamples()
    {
        var chain = await RunAsync();
        var linked = Starter.Items(File, "actions").SelectMany(a => new[] { "elements", "asks", "bottlenecks", "expected_results" }.SelectMany(l => a.Texts(l)).Append(a.Text("line")!)).CountBy(c => c);

        (chain.Actions.Real, chain.Actions.Examples).Should().Be((0, 24));
        chain.Elements.Where(e => e.Actions.Total > 0).Select(e => KeyValuePair.Create(e.Element.Code, e.Actions.Examples)).Should().BeEquivalentTo(linked);
        chain.Elements.Should().OnlyContain(e => e.Actions.Real == 0 && e.Actions.First.Count == Math.Min(e.Actions.Total, ChainQuery.Shown));
        chain.Elements.SelectMany(e => e.Actions.First).Should().OnlyContain(a => a.IsExample);
    }

    [Fact]
    public async Task Element_Known_HasItsTiesApartFromWhatIsStated()
    {
        var detail = (await ElementAsync("vraag-4"))!;

        detail.Item.Element.Kind.Should().Be(ElementKind.Ask);
        detail.Item.Actions.First.Select(a => a.Code).Should().Equal("VA-005");
        detail.Ties.Should().OnlyContain(t => t.Real == 0 && t.Examples == 1);
        detail.Ties.Select(t => t.Other.Element.Code).Should().Equal("knelpunt-3", "lijn-1", "lijn-1-afstemming", "lijn-1-mix-massa", "resultaat-1", "resultaat-3");
    }

    [Fact]
    public async Task Element_WithActions_CountsARealOneApartAndNamesItFirst()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync(ActionSql.Real("va-010"));
        await own.RebuildActionsAsync();

        var detail = (await new ChainQuery(own).ElementAsync("vraag-3", TestContext.Current.CancellationToken))!;

        (detail.Item.Actions.Real, detail.Item.Actions.Examples).Should().Be((1, 5));
        detail.Item.Actions.First[0].Code.Should().Be("VA-010");
        detail.Ties.Where(t => t.Real > 0).Select(t => t.Other.Element.Code).Should().Equal("knelpunt-1", "knelpunt-5", "lijn-2", "lijn-2-clusters", "lijn-2-woon-werk", "resultaat-2", "resultaat-5");
    }

    [Theory]
    [InlineData("partner-vh", "organisation")]
    [InlineData("instrument-ngf", "programme")]
    public async Task Element_AboutSomethingInTheRegister_LeadsToIt(string code, string kind) =>
        (await ElementAsync(code))!.Item.Objects.Should().NotBeEmpty().And.OnlyContain(o => o.KindCode == kind);

    [Fact]
    public async Task Element_AboutSomethingHidden_DoesNotNameIt()
    {
        await using var own = await filled.OwnAsync();
        await own.ExecuteAsync("update register_object set visibility = 'partners' where kind = 'programme'");

        (await new ChainQuery(own).ElementAsync("instrument-ngf", TestContext.Current.CancellationToken))!.Item.Objects.Should().BeEmpty();
    }

    [Theory]
    [InlineData("brondocument")]
    [InlineData("bron-birch-2022")]
    [InlineData("lijn-2-fieldlabs")]
    public async Task Element_OfAnyKind_IsFound(string code) => (await ElementAsync(code))!.Item.Element.Code.Should().Be(code);

    [Fact]
    public async Task Element_Unknown_IsNull() => (await ElementAsync("knelpunt-99")).Should().BeNull();

    /// <summary>Pages stand at these addresses; no element may hide behind them.</summary>
    [Fact]
    public async Task Elements_Codes_AreNoPagesOfTheAgenda() =>
        (await RunAsync()).Elements.Select(e => e.Element.Code).Should().NotContain(["acties", "bord", "tijdlijn", "matrix", "voortgang", "leemten"]);

    private Task<AgendaChain> RunAsync() => new ChainQuery(filled.Database).RunAsync(TestContext.Current.CancellationToken);
    private Task<ElementDetail?> ElementAsync(string code) => new ChainQuery(filled.Database).ElementAsync(code, TestContext.Current.CancellationToken);
}
