namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>Table, board, timeline and matrix of the agenda, as everybody reads them.</summary>
public sealed class ActionViewTests(Site site)
{
    private static readonly string[] Views = ["/agenda/acties", "/agenda/bord", "/agenda/tijdlijn", "/agenda/matrix"];

    [Fact]
    public async Task Views_InBothLanguages_LeadToEachOtherAndHoldNoInlineStyle()
    {
        foreach (var path in Views.SelectMany(v => new[] { v, "/en" + v }))
        {
            var html = await site.Client.GetStringAsync(path);

            Html.Inline(html).Should().BeEmpty(path);
            Html.Ids(html).Should().OnlyHaveUniqueItems(path);
            Html.Headings1(html).Should().ContainSingle(path);
            Html.Links(html).Should().Contain(Views.Select(v => path.StartsWith("/en", StringComparison.Ordinal) ? "/en" + v : v), path);
        }
    }

    [Theory]
    [InlineData("stad=atlantis")]
    [InlineData("thema=bestaat-niet")]
    [InlineData("onderdeel=%00")]
    [InlineData("soort=bezig")]
    [InlineData("licht=paars")]
    [InlineData("signaal=1")]
    [InlineData("eigenaar=bestaat-niet")]
    [InlineData("partij=..%2F..%2Fetc")]
    [InlineData("partij=tno&partij=tno")]
    [InlineData("van=1999")]
    [InlineData("van=99999999999999999999")]
    [InlineData("van=-1")]
    [InlineData("jaren=0")]
    [InlineData("jaren=11")]
    [InlineData("na=20260231-1")]
    [InlineData("pagina=0")]
    [InlineData("sorteer=kleur")]
    public async Task View_UnusableValue_Answers400WithASentence(string query)
    {
        foreach (var path in Views)
        {
            using var answer = await site.Client.GetAsync($"{path}?{query}");
            var html = await answer.Content.ReadAsStringAsync();

            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, $"{path}?{query}");
            html.Should().Contain("class=\"error-summary\"");
            Html.Title(html).Should().StartWith("Fout: ");
            Html.Inline(html).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Table_OfACity_IsHeadedByItAndKeepsItInTheOtherViews()
    {
        var html = await site.Client.GetStringAsync("/agenda/acties?stad=eindhoven&licht=onbekend");

        Html.Headings1(html).Should().Equal("Acties van Eindhoven");
        Html.Links(html).Should().Contain(["/kennissteden/eindhoven", "/agenda/bord?stad=eindhoven", "/agenda/tijdlijn?stad=eindhoven", "/agenda/acties?stad=eindhoven", "/agenda/acties?licht=onbekend"]);
        Html.Text(html).Should().Contain("nog niets gemeld").And.Contain("voorbeeld");
        Html.Links(await site.Client.GetStringAsync("/kennissteden/eindhoven")).Should().Contain("/agenda/acties?stad=eindhoven");
    }

    [Fact]
    public async Task Table_MisspelledWord_SaysWhatWasSoughtInstead()
    {
        Html.Text(await site.Client.GetStringAsync("/agenda/acties?q=fotonika")).Should().Contain("Gezocht op").And.Contain("VA-003");
    }

    [Fact]
    public async Task Board_OfEverything_HasSevenColumnsThatLeadToTheTable()
    {
        var html = await site.Client.GetStringAsync("/agenda/bord");

        foreach (var status in new[] { "idee", "verkenning", "in-voorbereiding", "in-uitvoering", "gepauzeerd", "afgerond", "gestopt" }) html.Should().Contain($"id=\"kolom-{status}\"");
        Html.Links(html).Should().Contain("/agenda/acties?soort=in-uitvoering").And.Contain("/agenda/acties/va-001");
        Html.Text(html).Should().Contain("Nog geen actie, wel 11 voorbeelden").And.Contain("Geen acties");
    }

    [Fact]
    public async Task Timeline_OfAWindow_NamesItsYearsAndHoldsMilestonesAsText()
    {
        var html = await site.Client.GetStringAsync("/agenda/tijdlijn?van=2026&jaren=2");

        Html.Text(html).Should().Contain("2026–2027").And.Contain("VA-001").And.Contain("4 mijlpalen").And.Contain("Publieke versie online");
        Html.Links(html).Should().Contain("/agenda/tijdlijn?van=2028&jaren=2").And.Contain("/agenda/tijdlijn?van=2024&jaren=2");
        Html.Text(await site.Client.GetStringAsync("/agenda/tijdlijn?van=2001&jaren=1")).Should().Contain("In deze jaren loopt hier niets.").And.NotContain("VA-001");
    }

    [Fact]
    public async Task Matrix_WithoutRealActions_SaysGapAndLeadsToTheExamples()
    {
        var html = await site.Client.GetStringAsync("/agenda/matrix");

        Html.Text(html).Should().Contain("leemte").And.Contain("2 voorbeelden");
        Html.Links(html).Should().Contain("/agenda/acties?onderdeel=lijn-1&stad=delft").And.Contain("/agenda/lijn-1").And.Contain("/kennissteden/delft");
        Html.Text(await site.Client.GetStringAsync("/agenda/acties?onderdeel=lijn-1&stad=delft")).Should().Contain("3 voorbeelden gevonden, geen actie");
    }
}
