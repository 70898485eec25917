using System.Text;
using CsCheck;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Search;

public sealed class SearchQueryTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_Nothing_ShowsTheWholeRegisterWithItsTotals()
    {
        await using var db = filled.Database.CreateDbContext();
        var kinds = (await db.Objects.Public().ToListAsync(Cancelled)).GroupBy(o => KindRegistry.Of(o).Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

        var result = await filled.Database.Search.SearchAsync(new SearchFilter(), Cancelled);

        result.Total.Should().Be(kinds.Values.Sum());
        foreach (var (kind, count) in kinds) result.Facets[$"kind:{kind}"].Should().Be(count);
        result.FacetsAreBounds.Should().BeFalse();
    }

    [Fact]
    public async Task Search_AFacet_CountsWhatItsFilterThenShows()
    {
        var all = await filled.Database.Search.SearchAsync(new SearchFilter("energie"), Cancelled);

        foreach (var (facet, count) in all.Facets.Where(f => f.Key.StartsWith("city:", StringComparison.Ordinal)))
            (await filled.Database.Search.SearchAsync(new SearchFilter("energie", City: facet["city:".Length..]), Cancelled)).Total.Should().Be(count);
        (await filled.Database.Search.SearchAsync(new SearchFilter("energie", KindRegistry.Of<Facility>()), Cancelled)).Total.Should().Be(all.Facets["kind:facility"]);
        all.Facets.Keys.Should().Contain(k => k.StartsWith("city:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_PageByPage_ShowsEverythingOnceInOneOrder()
    {
        var first = await filled.Database.Search.SearchAsync(new SearchFilter("lab"), Cancelled);
        var seen = new List<Guid>();
        for (var page = 1; page <= first.Pages; page++) seen.AddRange((await filled.Database.Search.SearchAsync(new SearchFilter("lab", Page: page), Cancelled)).Items.Select(i => i.Id));

        first.Pages.Should().BeGreaterThan(1);
        seen.Should().OnlyHaveUniqueItems().And.HaveCount(first.Total!.Value);
    }

    [Fact]
    public async Task Search_Found_IsMarkedInNameAndSnippet()
    {
        var item = (await filled.Database.Search.SearchAsync(new SearchFilter("fotonica", KindRegistry.Of<City>()), Cancelled)).Items[0];
        var named = (await filled.Database.Search.SearchAsync(new SearchFilter("high tech campus"), Cancelled)).Items[0];

        named.Marked.Should().Contain($"{SearchQuery.MarkStart}").And.Contain($"{SearchQuery.MarkEnd}");
        item.Marked.Should().NotBeNull();
        item.Snippet.Should().NotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("fotonika", "fotonica")]
    [InlineData("quantumtechnolgie", "quantumtechnologie")]
    [InlineData("robtica", "robotica")]
    [InlineData("fontis", "fontys")]
    [InlineData("foutonica", "fotonica")]
    [InlineData("biotegnologie", "biotechnologie")]
    [InlineData("fotoncia", "fotonica")]
    public async Task Search_Misspelled_IsMendedAndSaysSo(string typed, string meant)
    {
        var mended = await filled.Database.Search.SearchAsync(new SearchFilter(typed), Cancelled);
        var right = await filled.Database.Search.SearchAsync(new SearchFilter(meant), Cancelled);

        mended.Correction.Should().Be(meant);
        mended.Items.Select(i => i.Id).Should().Equal(right.Items.Select(i => i.Id));
        right.Correction.Should().BeNull();
    }

    /// <summary>Another word is another question, however alike it looks.</summary>
    [Theory]
    [InlineData("waterschap")]
    [InlineData("waterschappen")]
    [InlineData("sleuteltechnologieën")]
    [InlineData("proefdieren")]
    [InlineData("RegioDeal")]
    [InlineData("protonentherapie")]
    [InlineData("windtunnel")]
    [InlineData("sql")]
    public async Task Search_AnotherWordThatOccursNowhere_IsNotReplaced(string typed)
    {
        var found = await filled.Database.Search.SearchAsync(new SearchFilter(typed), Cancelled);

        found.Correction.Should().BeNull();
    }

    [Fact]
    public async Task Search_Snippet_SaysWhereTheTextGoesOn()
    {
        await using var db = filled.Database.CreateDbContext();
        var cut = 0;
        foreach (var item in (await filled.Database.Search.SearchAsync(new SearchFilter("onderzoek"), Cancelled)).Items)
        {
            var text = await db.Set<SearchEntry>().Where(e => e.ObjectId == item.Id).Select(e => e.Text).SingleAsync(Cancelled);
            var snippet = item.Snippet!.Replace($"{SearchQuery.MarkStart}", "", StringComparison.Ordinal).Replace($"{SearchQuery.MarkEnd}", "", StringComparison.Ordinal);

            snippet.StartsWith("… ", StringComparison.Ordinal).Should().Be(!text.StartsWith(snippet.Split(" … ")[0].TrimEnd(' ', '…'), StringComparison.Ordinal), snippet);
            (snippet.EndsWith(" …", StringComparison.Ordinal) || text.TrimEnd(' ', '.').EndsWith(snippet.Split(" … ")[^1].TrimEnd(' ', '.'), StringComparison.Ordinal)).Should().BeTrue(snippet);
            if (snippet.EndsWith(" …", StringComparison.Ordinal)) cut++;
        }
        cut.Should().BePositive();
    }

    [Theory]
    [InlineData("windmolens", "windenergie")]
    [InlineData("windmolens zzz", "windenergie")]
    public async Task Alike_AWordThatNothingHas_OffersWhatBeginsSo(string typed, string word)
    {
        (await filled.Database.Search.SearchAsync(new SearchFilter(typed), Cancelled)).Total.Should().Be(0);
        (await filled.Database.Search.AlikeAsync(typed, Cancelled)).Should().Contain(word).And.HaveCountLessThanOrEqualTo(3);
    }

    [Theory]
    [InlineData("xqzjw")]
    [InlineData("abc")]
    [InlineData("%%%%%")]
    [InlineData("")]
    public async Task Alike_NothingAlike_IsEmpty(string typed) => (await filled.Database.Search.AlikeAsync(typed, Cancelled)).Should().BeEmpty();

    [Theory]
    [InlineData("hoeveel studenten heeft Delft")]
    [InlineData("aantal inwoners Delft")]
    public async Task Search_FiguresOfACity_FindsTheCityFirst(string question) =>
        (await filled.Database.Search.SearchAsync(new SearchFilter(question), Cancelled)).Items[0].Should().BeEquivalentTo(new { Slug = "delft", Kind = KindRegistry.Of<City>() });

    [Fact]
    public async Task Search_WithAndWithoutAccents_IsTheSame()
    {
        var plain = await filled.Database.Search.SearchAsync(new SearchFilter("cooperatie"), Cancelled);
        (await filled.Database.Search.SearchAsync(new SearchFilter("coöperatie"), Cancelled)).Items.Select(i => i.Id).Should().Equal(plain.Items.Select(i => i.Id));
    }

    public static TheoryData<string> Hostile =>
    [
        "' or 1=1 --", "'); drop table register_object; --", "a & b | c ! <-> :*", "\"aanhaling\"", "((((", ":*:*:*", "\\", "'", "%", "_", "🙂", "שלום", "\u202Egnp.exe", "null", "\u0001",
        string.Join(' ', Enumerable.Repeat("woord", 20)), string.Join(' ', Enumerable.Range(0, 100).Select(i => $"w{i}")), new string('a', 100), "a b c d e f g h i j k l m n o p", "de het een", "<script>alert(1)</script>", "٣٤", "ǅ", "ﬁ", "İstanbul",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Search_Hostile_IsAnswered(string text)
    {
        (await filled.Database.Search.SearchAsync(new SearchFilter(text), Cancelled)).Items.Count.Should().BeLessThanOrEqualTo(SearchFilter.PageSize);
        (await filled.Database.Search.SuggestAsync(text, 8, Cancelled)).Count.Should().BeLessThanOrEqualTo(8);
        (await new MapQuery(filled.Database.Source).RunAsync(new SearchFilter(text), null, Cancelled)).Points.Should().NotBeNull();
    }

    [Fact]
    public void Query_OfAnyText_HoldsOnlyFoldedWords() => Gen.String.Sample(text =>
    {
        var query = SearchWords.Of(text).All();
        query.Should().MatchRegex("^([(]*('[\\p{L}\\p{N}\\p{M}]+'(:[*]?)?[)]*)( ([&|]|<->) )?)*$");
        SearchText.Fold(text).Should().MatchRegex("^[\\p{L}\\p{N}\\p{M} ]*$");
    });

    [Fact]
    public void Cursor_OfAnyText_ComesBackOrIsRefused() => Gen.Select(Gen.String[0, 60], Gen.String[0, 60], Gen.Guid).Sample((key, second, id) =>
    {
        var cursor = new SearchCursor(key, second, id);
        var back = SearchCursor.TryParse(cursor.ToString());
        (back is null || back.Id == id).Should().BeTrue();
        SearchCursor.TryParse(key);
    });
}
