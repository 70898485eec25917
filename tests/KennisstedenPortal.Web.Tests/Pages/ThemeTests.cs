using System.Text.RegularExpressions;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>The pages about themes, in both languages.</summary>
public sealed class ThemeTests(Site site)
{
    private const string Entries = "taxonomy_code = 'instapthema'";

    [Theory]
    [InlineData("", "Deze lijst is een keuze van de redactie", "moet die keuze nog bevestigen")]
    [InlineData("/en", "This list is a choice of the editors", "still has to confirm that choice")]
    public async Task Themes_Whole_LeadToEveryCodeAndSayThatTheListIsAChoice(string prefix, string title, string words)
    {
        var html = await site.Client.GetStringAsync(prefix + "/themas");
        var codes = await ListAsync("select code from theme");

        codes.Should().HaveCount(143);
        Html.Links(html).Where(l => l.StartsWith(prefix + "/themas/", StringComparison.Ordinal)).Should().BeEquivalentTo(codes.Select(c => $"{prefix}/themas/{c}"));
        Html.Ids(html).Should().Contain((await ListAsync("select code from taxonomy where code <> 'instapthema'")).Select(c => "indeling-" + c));
        Html.Text(html).Should().Contain(title).And.Contain(words);
    }

    [Theory]
    [InlineData("Topsectoren", "2025-12-31", "status: historisch")]
    [InlineData("Topsectoren", "2026-01-01", "Vervallen gold van 2011 tot en met 31 december 2025")]
    [InlineData("Vier missiethema's (2019)", "2026-11-23", "Vervallen gold van 26 april 2019 tot en met 25 mei 2023")]
    [InlineData("Kennis- en Innovatieagenda's 2024-2027", "2026-11-23", "geldig van 2024 tot en met 2027")]
    [InlineData("Kennis- en Innovatieagenda's 2024-2027", "2028-01-01", "Vervallen gold van 2024 tot en met 2027")]
    public async Task Taxonomy_OnADay_SaysWhetherItHasExpired(string name, string day, string words)
    {
        await using var own = await OwnAtAsync(day);
        var html = await own.Client.GetStringAsync("/themas");

        var section = Regex.Matches(html, "<section class=\"taxonomy\".*?</section>", RegexOptions.Singleline).Select(m => Spaced(m.Value)).Single(s => s.StartsWith(name + " ", StringComparison.Ordinal));
        section.Should().Contain(words);
        section.Contains("Vervallen", StringComparison.Ordinal).Should().Be(words.StartsWith("Vervallen", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2025-12-31", false)]
    [InlineData("2026-01-01", true)]
    public async Task OfficialCode_OnADay_SaysWhetherItHasExpired(string day, bool expired)
    {
        await using var own = await OwnAtAsync(day);

        foreach (var (prefix, word) in new[] { ("", "Vervallen"), ("/en", "Expired") })
            (await own.Client.GetStringAsync(prefix + "/themas/ts-htsm")).Contains($"pill-warn\">{word}<", StringComparison.Ordinal).Should().Be(expired);
        Spaced(await own.Client.GetStringAsync("/themas/hightech-systemen")).Contains("31 december 2025 vervallen", StringComparison.Ordinal).Should().Be(expired);
    }

    [Fact]
    public async Task EntryTheme_EachCount_IsThatOfTheListItLeadsTo()
    {
        var checkedLists = 0;
        foreach (var code in new[] { "hightech-systemen", "levenswetenschappen", "fotonica" })
        {
            var html = await site.Client.GetStringAsync("/themas/" + code);
            foreach (var kind in KindRegistry.All)
            {
                var path = $"/{kind.Path}?thema={code}";
                if (Regex.Match(html, $"href=\"{Regex.Escape(path)}\">Alle ([0-9]+) ") is not { Success: true } link) continue;
                Html.Text(await site.Client.GetStringAsync(path)).Should().Contain(link.Groups[1].Value + " ").And.MatchRegex($@"\b{link.Groups[1].Value} \S+ gevonden");
                checkedLists++;
            }
        }

        checkedLists.Should().BeGreaterThan(10);
    }

    [Fact]
    public async Task EntryTheme_WithStrongCities_ShowsThemOnAMapAndSaysWhoEstimated()
    {
        var html = await site.Client.GetStringAsync("/themas/halfgeleiders");

        Html.Text(html).Should().Contain("Nog te bevestigen door NKN").And.Contain("De sterkte is een schatting van de redactie").And.Contain("onbevestigd");
        Html.Text(html).Should().Contain("Kaart van Nederland met de kennissteden die sterk zijn in Halfgeleiders en chips");
        var map = html[html.IndexOf("<figure", StringComparison.Ordinal)..html.IndexOf("</figure>", StringComparison.Ordinal)];
        Html.Links(map).Where(l => l.StartsWith("/kennissteden/", StringComparison.Ordinal)).Should().BeEquivalentTo(await ListAsync("select distinct '/kennissteden/' || o.slug from register_object o join specialisation s on s.object_id = o.id join theme t on t.code = s.theme_code where o.kind = 'city' and t.entry_theme_code = 'halfgeleiders'"));
    }

    [Fact]
    public async Task EntryTheme_WithoutAnything_SaysThatNothingIsRecordedAndThatThisIsNoWeakness()
    {
        var empty = await ListAsync($"select code from theme e where {Entries} and not exists (select 1 from specialisation s join theme t on t.code = s.theme_code where t.entry_theme_code = e.code)");
        empty.Should().NotBeEmpty();

        foreach (var code in empty)
        {
            var html = await site.Client.GetStringAsync("/themas/" + code);
            Html.Text(html).Should().Contain("Nog niets vastgelegd").And.Contain("geen teken van zwakte");
            html.Should().NotContain("<figure").And.Contain("id=\"codes\"");
        }
    }

    [Fact]
    public async Task OfficialCode_Page_LeadsToItsEntryThemeAndTaxonomy()
    {
        var html = await site.Client.GetStringAsync("/themas/ts-htsm");

        Html.Links(html).Should().Contain("/themas/hightech-systemen").And.Contain("/themas#indeling-topsector").And.Contain("/faciliteiten?thema=ts-htsm");
        Html.Text(html).Should().Contain("Valt onder het thema Hightech systemen (breed)");
    }

    [Theory]
    [InlineData("/kennissteden/eindhoven", "/themas/ts-htsm")]
    [InlineData("/en/campussen/nl-space-campus", "/en/themas/st-ef-08")]
    [InlineData("/faciliteiten/kavli-nanolab-delft", "/themas/nts-halfgeleiders")]
    public async Task ThemeOfAnObject_Named_LeadsToItsPage(string page, string theme) =>
        Html.Links(await site.Client.GetStringAsync(page)).Should().Contain(theme);

    [Fact]
    public async Task Menu_OnEveryPage_LeadsToTheThemesAndMarksThem()
    {
        Html.Links(await site.Client.GetStringAsync("/en")).Should().Contain("/en/themas");
        (await site.Client.GetStringAsync("/themas")).Should().Contain("href=\"/themas\" aria-current=\"page\"");
        (await site.Client.GetStringAsync("/themas/fotonica")).Should().Contain("href=\"/themas\" aria-current=\"true\"");
    }

    [Fact]
    public async Task Sitemap_OfTheRegister_HoldsEveryTheme()
    {
        var paths = (await site.PagesAsync()).Select(p => p.Path).ToList();

        paths.Should().Contain(["/themas", "/en/themas"]).And.Contain((await ListAsync("select code from theme")).SelectMany(c => new[] { "/themas/" + c, "/en/themas/" + c }));
    }

    private async Task<OwnPortal> OwnAtAsync(string day)
    {
        var noon = new DateTimeOffset(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(12, 0), TimeSpan.Zero);
        return await site.OwnAsync(services: s => s.Use(new SetTime(noon)));
    }

    /// <summary>The text with a space for every tag, so that words of neighbours stay apart.</summary>
    private static string Spaced(string html) => Html.Text(html.Replace("<", " <", StringComparison.Ordinal));

    private Task<string[]> ListAsync(string sql) => site.Portal.Database.ScalarAsync<string[]>($"select array({sql})");
}
