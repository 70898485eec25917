using System.Text.RegularExpressions;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>What a newcomer met and could not place: figures without source, notes to editors, words that differ by page.</summary>
public sealed class PlainWordsTests(Site site)
{
    [Theory]
    [InlineData("/rd-concentraties/nabijheid", 2 + 6 + 13 + 1)]
    [InlineData("/kennissteden/delft", 4)]
    public async Task Count_OfTheRegister_IsCopiedWithItsSourceBesideTheFigure(string path, int counts)
    {
        var html = await site.Client.GetStringAsync(path);
        var copied = Regex.Matches(html, "<button type=\"button\" class=\"copy\" data-copy hidden>.*?<span class=\"quotation\" hidden>(.*?)</span>", RegexOptions.Singleline)
            .Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Where(t => t.Contains("Bron: register Kennissteden", StringComparison.Ordinal)).ToList();

        copied.Should().HaveCount(counts);
        copied.Should().OnlyContain(t => t.Contains("\nDefinitie: ", StringComparison.Ordinal) && t.Contains("\nVast adres: http", StringComparison.Ordinal) && t.Contains("afgeleid (geteld in dit register", StringComparison.Ordinal));
        var ids = Html.Ids(html);
        Html.Links(html).Where(l => l.StartsWith("#citeer-", StringComparison.Ordinal)).Select(l => l[1..]).Should().NotBeEmpty().And.BeSubsetOf(ids);
    }

    [Fact]
    public async Task Count_OfACity_LeadsToThatCityAsItWasThatDay()
    {
        var text = Html.Text(await site.Client.GetStringAsync("/kennissteden/delft"));
        var address = Regex.Match(text, "Delft zoals het die dag in het register stond: https?://[^/]+(/id/city/[^ ]+)").Groups[1].Value;

        using var answer = await site.Client.GetAsync(address);

        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        answer.Headers.Location!.ToString().Should().MatchRegex("^/kennissteden/delft\\?op=\\d{4}-\\d{2}-\\d{2}$");
        Html.Text(await site.Client.GetStringAsync(answer.Headers.Location)).Should().Contain("U ziet deze pagina zoals die was op");
    }

    /// <summary>A claim that is copied is read without the claims around it.</summary>
    [Fact]
    public async Task Claim_OfTheCall_NamesItsSubject()
    {
        var html = await site.Client.GetStringAsync("/over");

        html.Should().Contain("Van de 65 grote R&amp;D-concentraties in Nederland liggen er 47");
        Html.Text(html).Should().NotContainAny("aarvan 5 miljard", "47 daarvan", "RD_CONC_", "Groei van 179");
    }

    [Fact]
    public async Task Page_OfAnything_ShowsNoNoteToEditorsAndOneWordForHowFarItWasChecked()
    {
        foreach (var page in (await site.PagesAsync()).Where(p => !p.IsEnglish))
            Html.Text(page.Html).Should().NotContainAny([".json", "@T(", " controleren.", "in de data", "In de data", "van 143 instellingen", "ROR typeert", "ROR plaatst", "gezien in bron", "github:", "RD_CONC_"], page.Path);
    }

    [Theory]
    [InlineData("/zoeken?q=lab&pagina=999", "Pagina 999 bestaat niet")]
    [InlineData("/kaart?q=lab&pagina=999", "Pagina 999 bestaat niet")]
    [InlineData("/campussen?pagina=999", "Deze lijst heeft 2 pagina's")]
    public async Task Page_FarBeyondTheLast_SaysWhichIsTheLast(string address, string words)
    {
        using var answer = await site.Client.GetAsync(address);
        var text = Html.Text(await answer.Content.ReadAsStringAsync());

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        text.Should().Contain(words).And.NotContain("pagina 40").And.NotContain("met 40");
    }

    [Fact]
    public async Task Search_NothingFound_OffersWhatIsAlikeAndNoFewerWordsThanOne()
    {
        var html = await site.Client.GetStringAsync("/zoeken?q=windmolens");

        Html.Links(html).Should().Contain("/zoeken?q=windenergie");
        Html.Text(html).Should().Contain("een ander woord gebruiken").And.NotContain("minder of andere woorden");
        Html.Text(await site.Client.GetStringAsync("/zoeken?q=windmolens+xqzjw")).Should().Contain("minder of andere woorden");
    }

    [Fact]
    public async Task Suggestions_Misspelled_AreThoseOfWhatWasMeant()
    {
        var mended = await site.Client.GetStringAsync("/zoeken/suggesties?q=fotonika");

        mended.Should().Be(await site.Client.GetStringAsync("/zoeken/suggesties?q=fotonica")).And.Contain("/themas/fotonica");
        (await site.Client.GetStringAsync("/zoeken/suggesties?q=xqzjwv")).Should().Be("[]");
    }

    [Fact]
    public async Task Hit_ByItsThemeOnly_NamesTheTheme()
    {
        var html = await site.Client.GetStringAsync("/zoeken?q=halfgeleiders");
        var hits = Regex.Matches(html, "<h3><a href=\"(/[a-z-]+/[^\"]+)\">(.*?)</div>", RegexOptions.Singleline).Select(m => m.Value).ToList();

        hits.Should().NotBeEmpty().And.Contain(h => h.Contains("Thema: ", StringComparison.Ordinal));
        hits.Should().OnlyContain(h => h.Contains("<mark>", StringComparison.Ordinal) != h.Contains("Thema: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Title_OfAnEnglishSource_IsReadAloudInEnglish()
    {
        var html = await site.Client.GetStringAsync("/kennissteden/delft");

        html.Should().MatchRegex("lang=\"en\"[^>]*>CBS/Kadaster Wijk- en Buurtkaart 2023, municipality layer");
        html.Should().NotMatchRegex("lang=\"en\"[^>]*>Oproep tot Verbindingsagenda");
    }
}
