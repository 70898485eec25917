using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Data.Tests.StarterData;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Registry;

/// <summary>The list of the shipped data, against what the files say.</summary>
public sealed class ListQueryTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private static readonly ObjectKind Facilities = KindRegistry.Of<Facility>(), Organisations = KindRegistry.Of<Organisation>();

    public static TheoryData<string> Kinds => [.. KindRegistry.All.Select(k => k.Code)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Run_WithoutFilter_ShowsEveryObjectOfTheKindOnceOverAllPages(string code)
    {
        await using var db = filled.Database.CreateDbContext();
        var kind = KindRegistry.OfCode(code);
        var expected = (await db.Objects.ToListAsync()).Where(o => ReferenceEquals(KindRegistry.Of(o), kind)).Select(o => o.Id).ToList();

        var items = await AllAsync(kind, new SearchFilter());

        items.Select(i => i.Id).Should().OnlyHaveUniqueItems().And.BeEquivalentTo(expected);
    }

    [Fact]
    public async Task Run_PageByPage_CountsAndFillsEveryPageButTheLast()
    {
        var first = await RunAsync(Facilities, new SearchFilter());
        var last = await RunAsync(Facilities, new SearchFilter(Page: first.Pages));
        var beyond = await RunAsync(Facilities, new SearchFilter(Page: first.Pages + 1));

        (first.Total, first.Pages, first.Items.Count).Should().Be((92, 4, SearchFilter.PageSize));
        last.Items.Should().HaveCount(92 - 3 * SearchFilter.PageSize);
        (beyond.Items.Count, beyond.Total).Should().Be((0, 92));
    }

    [Fact]
    public async Task Run_LastPossiblePage_IsEmpty() =>
        (await RunAsync(Facilities, new SearchFilter(Page: SearchFilter.MaxPage))).Items.Should().BeEmpty();

    [Theory]
    [InlineData("delft")]
    [InlineData("eindhoven")]
    [InlineData("wageningen")]
    public async Task Run_City_ShowsWhatBelongsToItAndWhatStandsInIt(string slug)
    {
        var code = Starter.Items("cities.json", "cities").Single(c => c.Id() == slug).Text("cbs_code");
        var facilities = Starter.Items("facilities.json").Where(f => f.Text("knowledge_city") == code || f.Text("city") == code).Select(f => f.Id());
        var sites = Starter.Items("rd-concentrations.json").Where(r => r.Text("knowledge_city") == code || r.Text("region_of") == code || r.Text("city") == code).Select(r => r.Id());
        var campuses = Starter.Items("campuses.json").Where(r => r.Text("knowledge_city") == code || r.Text("city") == code || r.Texts("also_city").Contains(code)).Select(r => r.Id());

        (await AllAsync(Facilities, new SearchFilter(City: slug))).Select(i => i.Slug).Should().NotBeEmpty().And.BeEquivalentTo(facilities);
        (await AllAsync(KindRegistry.Of<RdConcentration>(), new SearchFilter(City: slug))).Select(i => i.Slug).Should().NotBeEmpty().And.BeEquivalentTo(sites);
        (await AllAsync(KindRegistry.Of<Campus>(), new SearchFilter(City: slug))).Select(i => i.Slug).Should().NotBeEmpty().And.BeEquivalentTo(campuses);
    }

    [Fact]
    public async Task Run_City_ShowsHogescholenThatTeachThere()
    {
        var teaching = Starter.Items("institutions.json", "institutions").Where(i => i.Parts("locations").Any(l => l.Text("code") == "GM0503")).Select(i => i.Text("name_nl"));

        (await AllAsync(Organisations, new SearchFilter(City: "delft", Sort: "hogeschool"))).Select(i => i.Name).Should().NotBeEmpty().And.BeEquivalentTo(teaching);
    }

    [Fact]
    public async Task Run_CityThatDoesNotExist_IsEmpty() => (await RunAsync(Facilities, new SearchFilter(City: "almere"))).Total.Should().Be(0);

    [Fact]
    public async Task Run_Theme_ShowsWhatCarriesThatCode()
    {
        var expected = Starter.Items("facilities.json").Where(f => f.Texts("theme_codes").Contains("nts-biotechnologie")).Select(f => f.Id());

        (await AllAsync(Facilities, new SearchFilter(Theme: "nts-biotechnologie"))).Select(i => i.Slug).Should().NotBeEmpty().And.BeEquivalentTo(expected);
    }

    [Fact]
    public async Task Run_EntryTheme_ShowsWhatRollsUpToIt()
    {
        var entry = Starter.Items("entry-themes.json", "mappings").Single(m => m.Text("from_code") == "nts-biotechnologie").Text("to_code")!;
        var codes = Starter.Items("entry-themes.json", "mappings").Where(m => m.Text("to_code") == entry).Select(m => m.Text("from_code")!).ToHashSet(StringComparer.Ordinal);
        var expected = Starter.Items("facilities.json").Where(f => f.Texts("theme_codes").Any(codes.Contains)).Select(f => f.Id());

        var items = await AllAsync(Facilities, new SearchFilter(Theme: entry));

        items.Select(i => i.Slug).Should().BeEquivalentTo(expected);
        items.Should().OnlyContain(i => i.Themes.Contains(entry) && i.Themes.Distinct().Count() == i.Themes.Count);
    }

    [Fact]
    public async Task Run_Sort_ShowsThatSortWithItsLabel()
    {
        var expected = Starter.Items("facilities.json").Where(f => f.Text("type") == "pilot-plant").Select(f => f.Id());

        var items = await AllAsync(Facilities, new SearchFilter(Sort: "pilot-plant"));

        items.Select(i => i.Slug).Should().NotBeEmpty().And.BeEquivalentTo(expected);
        items.Should().OnlyContain(i => i.Sort == Codes<FacilitySort>.Label(FacilitySort.PilotPlant));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Run_EachSortOfAKind_TogetherShowWhatHasOne(string code)
    {
        var kind = KindRegistry.OfCode(code);
        var withSort = (await AllAsync(kind, new SearchFilter())).Where(i => i.Sort is not null).Select(i => i.Id);

        var bySort = new List<Guid>();
        foreach (var (slug, label) in KindSorts.Of(kind)?.Options ?? [])
        {
            KindSorts.Of(kind)!.Has(slug).Should().BeTrue();
            var items = await AllAsync(kind, new SearchFilter(Sort: slug));
            items.All(i => i.Sort == label).Should().BeTrue();
            bySort.AddRange(items.Select(i => i.Id));
        }

        bySort.Should().BeEquivalentTo(withSort);
    }

    [Fact]
    public async Task Run_SortThatDoesNotExist_IsEmpty() => (await RunAsync(Facilities, new SearchFilter(Sort: "kelder"))).Total.Should().Be(0);

    [Theory]
    [InlineData(Verification.SourceVerified)]
    [InlineData(Verification.GeneralKnowledge)]
    [InlineData(Verification.Example)]
    public async Task Run_Verification_ShowsThatVerificationOnly(Verification verification)
    {
        var expected = Starter.Items("facilities.json").Where(f => f.Text("verification") == Codes<Verification>.Code(verification)).Select(f => f.Id());

        (await AllAsync(Facilities, new SearchFilter(Verification: verification))).Select(i => i.Slug).Should().BeEquivalentTo(expected);
    }

    [Fact]
    public async Task Run_Text_FindsNameAliasSubjectAndShortNameWhateverTheCase()
    {
        bool Has(string? text) => SearchText.Fold(text).Split(' ').Any(w => w.StartsWith("laser", StringComparison.Ordinal));
        var expected = Starter.Items("facilities.json").Where(f => Has(f.Text("name")) || f.Texts("aliases").Any(Has) || f.Texts("technologies").Any(Has)).Select(f => f.Id());

        (await AllAsync(Facilities, new SearchFilter(Text: "LaSeR"))).Select(i => i.Slug).Should().Contain(expected).And.NotBeEmpty();
        (await AllAsync(Organisations, new SearchFilter(Text: "uva"))).Should().Contain(i => i.Name == "Universiteit van Amsterdam");
        (await AllAsync(KindRegistry.Of<Campus>(), new SearchFilter(Text: "htce"))).Should().ContainSingle().Which.Slug.Should().Be("high-tech-campus-eindhoven");
    }

    [Fact]
    public async Task Run_FiltersTogether_ShowWhatFitsAll()
    {
        var expected = Starter.Items("facilities.json").Where(f => (f.Text("knowledge_city") == "GM0503" || f.Text("city") == "GM0503") && f.Text("type") == "fieldlab" && f.Text("verification") == "source-verified").Select(f => f.Id());

        (await AllAsync(Facilities, new SearchFilter(City: "delft", Sort: "fieldlab", Verification: Verification.SourceVerified))).Select(i => i.Slug).Should().NotBeEmpty().And.BeEquivalentTo(expected);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Run_OrderedByName_FollowsTheDutchAlphabet(string code)
    {
        var items = await AllAsync(KindRegistry.OfCode(code), new SearchFilter(Order: SearchOrder.Name));

        // Signs and spaces weigh differently per library; letters and digits may not.
        items.Select(i => new string([.. i.Name.Where(char.IsLetterOrDigit)])[..1]).Should().BeInAscendingOrder(StringComparer.Create(new("nl-NL"), ignoreCase: true));
    }

    [Fact]
    public async Task Run_OrderedByMunicipality_GroupsByMunicipalityAndEndsWithTheUnknown()
    {
        var items = await AllAsync(Organisations, new SearchFilter(Order: SearchOrder.Municipality));

        items.Select(i => i.Municipality).Should().Contain(m => m == null);
        items.SkipWhile(i => i.Municipality is not null).Should().OnlyContain(i => i.Municipality == null);
        items.Where(i => i.Municipality is not null).GroupBy(i => i.Municipality, StringComparer.Ordinal).Should().HaveCount(Runs([.. items.Where(i => i.Municipality is not null).Select(i => i.Municipality!)]), "each municipality stands together");
    }

    [Fact]
    public async Task Run_Item_ShowsItsCitiesAndMunicipality()
    {
        var record = Starter.Items("rd-concentrations.json").Single(r => r.Id() == "asml-veldhoven");

        var item = (await AllAsync(KindRegistry.Of<RdConcentration>(), new SearchFilter(Text: "asml veldhoven"))).Should().ContainSingle().Subject;

        (item.Name, item.Municipality!, item.Freshness).Should().Be((record.Text("name")!, "Veldhoven", Freshness.Unconfirmed));
        item.Cities.Should().Equal("eindhoven");
        item.Summary.Should().Be(string.Join(", ", record.Texts("sector_technologies")));
    }

    private async Task<List<SearchItem>> AllAsync(ObjectKind kind, SearchFilter filter)
    {
        var items = new List<SearchItem>();
        for (var page = 1; ; page++)
        {
            var found = await RunAsync(kind, filter with { Page = page });
            items.AddRange(found.Items);
            if (page >= found.Pages)
            {
                items.Should().HaveCount(found.Total!.Value);
                return items;
            }
        }
    }

    private Task<SearchResult> RunAsync(ObjectKind kind, SearchFilter filter) =>
        filled.Database.Search.ListAsync(filter with { Kind = kind, Order = filter.Order == SearchOrder.Relevance ? SearchOrder.Name : filter.Order }, TestContext.Current.CancellationToken);

    private static int Runs(string[] values) => values.Where((v, i) => i == 0 || v != values[i - 1]).Count();
}
