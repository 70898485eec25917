using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Data.Tests.StarterData;
using KennisstedenPortal.Data.Themes;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.Tests.Themes;

/// <summary>One theme of the shipped data, against the files, against SQL of its own and against the lists.</summary>
public sealed class ThemeQueryTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    public static TheoryData<string> EntryThemes => [.. Starter.Items("entry-themes.json").Select(r => r.Text("code")!)];

    [Theory]
    [InlineData("bestaat-niet")]
    [InlineData("")]
    [InlineData("AI-DATA")]
    [InlineData("topsector")]
    [InlineData("ai-data' or '1'='1")]
    [InlineData("%")]
    public async Task Run_CodeOfNoTheme_FindsNothing(string code) =>
        (await new ThemeQuery(filled.Database).RunAsync(code, TestContext.Current.CancellationToken)).Should().BeNull();

    [Theory]
    [MemberData(nameof(EntryThemes))]
    public async Task Run_EntryTheme_CountsWhatTheFilteredListsShowAndShowsTheStrongestFirst(string code)
    {
        var theme = await RunAsync(code);

        theme.IsEntry.Should().BeTrue();
        foreach (var kind in KindRegistry.All)
        {
            var list = await filled.Database.Search.ListAsync(new SearchFilter(Kind: kind, Theme: code, Order: SearchOrder.Name), TestContext.Current.CancellationToken);
            var group = theme.Groups.SingleOrDefault(g => g.Kind == kind);
            var examples = await filled.Database.Search.ListAsync(new SearchFilter(Kind: kind, Theme: code, Verification: Verification.Example, Order: SearchOrder.Name), TestContext.Current.CancellationToken);
            (group?.Total ?? 0).Should().Be(list.Total - examples.Total, $"a list shows examples, a figure leaves them out: {kind.Code}");
            if (group is null) continue;
            group.Items.Should().HaveCount(Math.Min(group.Total, ThemeQuery.Shown));
            group.Items.Select(o => o.Item.Id).Should().OnlyHaveUniqueItems();
            group.Items.Select(o => o.Strength ?? (Strength)99).Should().BeInAscendingOrder();
            group.Items.SelectMany(o => o.Links).Should().OnlyContain(l => l.ThemeCode == code || l.Theme!.EntryThemeCode == code);
            // What is left out is never stronger than what is shown.
            if (group.Total > group.Items.Count)
            {
                var strongest = await filled.Database.ScalarAsync<long>($"select count(distinct o.id) from register_object o join specialisation s on s.object_id = o.id join theme t on t.code = s.theme_code where o.kind = '{kind.Code}' and t.entry_theme_code = '{code}' and s.strength = 'core'");
                group.Items.Count(o => o.Strength == Strength.Core).Should().Be((int)Math.Min(strongest, ThemeQuery.Shown));
            }
        }
    }

    [Fact]
    public async Task Run_ObjectUnderTwoCodes_CountsOnceWithItsHighestStrength()
    {
        var records = Starter.Items("specialisations.json").Where(r => r.Text("subject_id") == "nl-space-campus" && r.Text("theme_code") is "ts-htsm" or "st-ef-08").ToList();
        records.Select(r => r.Text("strength")).Should().BeEquivalentTo("core", "strong");

        var campus = (await RunAsync("hightech-systemen")).Of<Campus>()!.Items.Single(o => o.Item.Slug == "nl-space-campus");

        campus.Strength.Should().Be(Strength.Core);
        campus.Links.Select(l => (l.ThemeCode, l.Strength)).Should().Equal(("ts-htsm", Strength.Core), ("st-ef-08", Strength.Strong));
        campus.Links.Should().OnlyContain(l => l.Theme!.Taxonomy != null && l.ConfirmedOn == null);
    }

    [Fact]
    public async Task Run_StrongCity_TellsOnWhatThatRests()
    {
        var record = Starter.Items("specialisations.json").Single(r => r.Id() == "spec-amsterdam-nts-ai-data");

        var link = (await RunAsync("ai-data")).Of<City>()!.Items.Single(o => o.Item.Slug == "amsterdam").Links.Single(l => l.ThemeCode == "nts-ai-data");

        (link.Basis, link.Verification, link.StrengthVerification).Should().Be((record.Text("basis"), Verification.SourceVerified, Verification.GeneralKnowledge));
        link.Citations.Should().HaveCount(record.Texts("sources").Length).And.NotContain(c => c.Source == null);
    }

    [Theory]
    [MemberData(nameof(EntryThemes))]
    public async Task Run_EntryTheme_HoldsTheCodesThatRollUpToItWithReasonAndSources(string code)
    {
        var expected = Starter.Items("entry-themes.json", "mappings").Where(m => m.Text("to_code") == code).ToList();

        var theme = await RunAsync(code);

        (theme.Entry.Code, theme.RollUpReason, theme.Parent).Should().Be((code, null, null));
        theme.Codes.Select(c => (c.Theme.Code, c.Reason)).Should().NotBeEmpty().And.BeEquivalentTo(expected.Select(m => (m.Text("from_code")!, m.Text("reason"))));
        theme.Codes.Should().OnlyContain(c => c.Theme.Taxonomy != null);
        foreach (var official in theme.Codes)
        {
            official.Objects.Should().Be((int)await filled.Database.ScalarAsync<long>($"select count(*) from specialisation s join register_object o on o.id = s.object_id where s.theme_code = '{official.Theme.Code}' and o.state = 'published' and o.visibility = 'public' and o.verification <> 'example'"));
            official.Theme.Citations.Should().HaveCount(Starter.Items("themes.json").Single(t => t.Text("code") == official.Theme.Code).Texts("sources").Length).And.NotContain(c => c.Source == null);
        }
    }

    [Fact]
    public async Task Run_OfficialCode_HoldsWhatIsRecordedUnderItAlone()
    {
        var facilities = Starter.Items("facilities.json").Where(f => f.Texts("theme_codes").Contains("st-ef-08")).Select(f => f.Id()).ToList();

        var theme = await RunAsync("st-ef-08");

        theme.IsEntry.Should().BeFalse();
        theme.Codes.Should().BeEmpty();
        (theme.Of<Facility>()?.Items.Select(o => o.Item.Slug) ?? []).Should().BeEquivalentTo(facilities);
        theme.Of<City>()!.Items.Select(o => o.Item.Slug).Should().Equal("maastricht");
        theme.Groups.SelectMany(g => g.Items).SelectMany(o => o.Links).Should().OnlyContain(l => l.ThemeCode == "st-ef-08");
    }

    [Fact]
    public async Task Run_OfficialCode_NamesEntryThemeParentAndWhatItConsistsOf()
    {
        var child = await RunAsync("st-ef-05");
        (child.Entry.Code, child.Parent!.Code, child.Parent.Taxonomy!.Code).Should().Be(("robotica", "st-ef", "sleuteltechnologie-cluster"));
        child.RollUpReason.Should().Be(Starter.Items("entry-themes.json", "mappings").Single(m => m.Text("from_code") == "st-ef-05").Text("reason")).And.NotBeNull();
        child.Children.Should().BeEmpty();

        (await RunAsync("st-ef")).Children.Select(t => t.Code).Should().Equal(Starter.Items("themes.json").Where(t => t.Text("parent") == "st-ef").Select(t => t.Text("code")));
    }

    [Fact]
    public async Task Run_MappingBetweenOfficialCodes_IsReadFromBothEndsAndWithoutTheRollUp()
    {
        var (priority, technology) = (await RunAsync("nts-quantum"), await RunAsync("st-qt-01"));

        priority.Ties.Should().ContainSingle(t => t.Other.Code == "st-qt-01").Which.Should().Match<ThemeTie>(t => t.Kind == ThemeMappingKind.PriorityOf && !t.IsInverse && t.Other.Taxonomy != null);
        technology.Ties.Should().ContainSingle(t => t.Other.Code == "nts-quantum").Which.Should().Match<ThemeTie>(t => t.Kind == ThemeMappingKind.PriorityOf && t.IsInverse);
        priority.Ties.Concat(technology.Ties).Should().NotContain(t => t.Kind == ThemeMappingKind.RollsUpTo);
    }

    [Fact]
    public async Task Run_EveryCode_IsFoundWithItsTaxonomyAndSources()
    {
        foreach (var record in Starter.Items("themes.json"))
        {
            var theme = await RunAsync(record.Text("code")!);

            (theme.Theme.NameNl, theme.Theme.Taxonomy!.Code, theme.IsEntry).Should().Be((record.Text("name_nl")!, record.Text("taxonomy")!, false));
            theme.Theme.Citations.Should().HaveCount(record.Texts("sources").Length);
            theme.Theme.Citations.Concat(theme.Theme.Taxonomy.Citations).Should().NotContain(c => c.Source == null);
            theme.Entry.TaxonomyCode.Should().Be(Taxonomy.EntryCode);
        }
    }

    [Fact]
    public async Task Run_Behind_AreTheHostsAndOwnersOfPlacesUnderTheTheme()
    {
        var expected = await filled.Database.ScalarAsync<string[]>("""
            select array(select distinct org.slug || ' ' || o.slug from relation r
              join register_object o on o.id = r.from_id join register_object org on org.id = r.to_id
              join specialisation s on s.object_id = o.id join theme t on t.code = s.theme_code
              where r.kind in ('hosted-by', 'owned-by') and t.entry_theme_code = 'halfgeleiders')
            """);

        var behind = (await RunAsync("halfgeleiders")).Behind;

        behind.SelectMany(o => o.Places.Select(p => $"{o.Slug} {p.Slug}")).Should().NotBeEmpty().And.BeEquivalentTo(expected);
        behind.Select(o => o.Slug).Should().OnlyHaveUniqueItems().And.Contain("asml");
        behind.Select(o => o.Places.Count).Should().BeInDescendingOrder();
    }

    private async Task<ThemeDetail> RunAsync(string code) => (await new ThemeQuery(filled.Database).RunAsync(code, TestContext.Current.CancellationToken))!;
}
