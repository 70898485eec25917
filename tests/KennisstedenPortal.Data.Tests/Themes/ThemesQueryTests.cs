using KennisstedenPortal.Data.Tests.StarterData;
using KennisstedenPortal.Data.Themes;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.Tests.Themes;

/// <summary>All themes of the shipped data, against the files and against SQL of its own.</summary>
public sealed class ThemesQueryTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private const string Objects = "register_object o join specialisation s on s.object_id = o.id join theme t on t.code = s.theme_code where o.state = 'published' and o.visibility = 'public' and o.verification <> 'example'";

    [Fact]
    public async Task Run_LeadingList_HoldsEveryEntryThemeInItsOrder()
    {
        var index = await RunAsync();

        index.Entries.Select(e => e.Theme.Code).Should().Equal(Starter.Items("entry-themes.json").Select(r => r.Text("code")));
        index.Entries.Should().OnlyContain(e => e.Theme.TaxonomyCode == Taxonomy.EntryCode);
    }

    [Fact]
    public async Task Run_Counts_AreObjectsPerKindThatRollUpEachOnce()
    {
        var expected = await LinesAsync($"select t.entry_theme_code || ' ' || o.kind || ' ' || count(distinct o.id) from {Objects} group by t.entry_theme_code, o.kind");

        var counts = (await RunAsync()).Entries.SelectMany(e => e.Counts.Select(c => $"{e.Theme.Code} {c.Key} {c.Value}"));

        expected.Should().HaveCountGreaterThan(100);
        counts.Should().BeEquivalentTo(expected);
    }

    [Fact]
    public async Task Run_Counts_AreLessThanTheLinksWhereAnObjectStandsUnderTwoCodes()
    {
        var links = await filled.Database.ScalarAsync<long>($"select count(*) from {Objects} and t.entry_theme_code = 'hightech-systemen'");

        (await RunAsync()).Entries.Single(e => e.Theme.Code == "hightech-systemen").Counts.Values.Sum().Should().BePositive().And.BeLessThan((int)links);
    }

    [Fact]
    public async Task Run_StrongCities_AreThoseOfTheFileWithTheirHighestStrength()
    {
        var expected = Starter.Items("specialisations.json").Where(r => r.Text("subject_type") == "knowledge-city")
            .GroupBy(r => (Entry: EntryOf(r.Text("theme_code")!), City: r.Text("subject")!))
            .Select(g => (g.Key.Entry, g.Key.City, Strength: g.Min(r => Codes<Strength>.Parse(r.Text("strength")!))));

        var index = await RunAsync();

        index.Entries.SelectMany(e => e.Cities.Select(c => (Entry: e.Theme.Code, City: c.Slug, c.Strength))).Should().BeEquivalentTo(expected);
        index.Entries.Should().OnlyContain(e => e.Cities.Select(c => c.Strength).SequenceEqual(e.Cities.Select(c => c.Strength).Order()), "the strongest comes first");
    }

    [Fact]
    public async Task Run_OfficialTaxonomies_HoldTheirCodesSourcesAndValidity()
    {
        var index = await RunAsync();

        index.Official.Select(t => t.Code).Should().Equal(Starter.Items("themes.json", "taxonomies").Select(r => r.Text("code")));
        foreach (var record in Starter.Items("themes.json", "taxonomies"))
        {
            var taxonomy = index.Official.Single(t => t.Code == record.Text("code"));
            (taxonomy.NameNl, taxonomy.ValidFrom, taxonomy.ValidTo, taxonomy.Status, taxonomy.Note).Should().Be((record.Text("name_nl")!, record.Text("valid_from"), record.Text("valid_to"), record.Text("status"), record.Text("note")));
            taxonomy.Themes.Select(t => t.Code).Should().Equal(Starter.Items("themes.json").Where(t => t.Text("taxonomy") == taxonomy.Code).Select(t => t.Text("code")));
            taxonomy.Citations.Should().HaveCount(record.Texts("sources").Length).And.NotContain(c => c.Source == null);
        }
        index.Official.Where(t => t.HasExpired(new DateOnly(2026, 11, 23))).Select(t => t.Code).Should().Equal("topsector", "missiethema-2019");
        index.Official.Should().NotContain(t => t.Code == Taxonomy.EntryCode);
    }

    [Fact]
    public async Task Run_DirectCounts_AreObjectsUnderThatVeryCode()
    {
        var expected = await LinesAsync($"select s.theme_code || ' ' || count(*) from {Objects} group by s.theme_code");

        (await RunAsync()).Direct.Select(d => $"{d.Key} {d.Value}").Should().BeEquivalentTo(expected);
    }

    private static string EntryOf(string code) => Starter.Items("entry-themes.json", "mappings").Single(m => m.Text("from_code") == code).Text("to_code")!;

    private async Task<string[]> LinesAsync(string sql) => await filled.Database.ScalarAsync<string[]>($"select array({sql})");

    private Task<ThemeIndex> RunAsync() => new ThemesQuery(filled.Database).RunAsync(TestContext.Current.CancellationToken);
}
