using System.Globalization;
using KennisstedenPortal.Reading.Reports;
using KennisstedenPortal.Web.Tests.Working;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>The progress report, its files, and editions from choosing to withdrawing.</summary>
public sealed class ReportPageTests(Site site)
{
    [Theory]
    [InlineData("/agenda/voortgang", "Voorbeelden tellen niet mee", "geen echte acties")]
    [InlineData("/agenda/voortgang?voorbeelden=ja", "Voorbeelden tellen nu mee", "VA-024")]
    [InlineData("/en/agenda/voortgang?voorbeelden=ja", "Examples are counted now", "VA-001")]
    [InlineData("/agenda/voortgang?op=2020-01-02&sinds=1-1-2020", "Stand op 2 januari 2020. Veranderd sinds 1 januari 2020.", "geen echte acties")]
    [InlineData("/agenda/voortgang?voorbeelden=ja&lijn=lijn-1&status=in-uitvoering&na=1-2", "VA-003", "Naar de eerste acties")]
    [InlineData("/agenda/voortgang?op=&sinds=&lijn=&status=&na=", "Voortgang van de agenda", "geen echte acties")]
    public async Task Report_Asked_SaysHowItStood(string address, params string[] said)
    {
        var text = Html.Text(await site.Client.GetStringAsync(address));

        foreach (var words in said) text.Should().Contain(words);
    }

    [Theory]
    [InlineData("op=2026-02-31", "Deze dag bestaat niet")]
    [InlineData("op=9999-01-01", "Vul een dag in van 1990 tot en met 2100")]
    [InlineData("op=2090-01-01", "Deze dag moet nog komen")]
    [InlineData("op=2026-01-01&sinds=2026-01-01", "ligt niet voor de tweede")]
    [InlineData("sinds=<script>", "Vul een dag in als")]
    [InlineData("op=2026-01-01&op=2026-01-02", "Vul een dag in als")]
    [InlineData("lijn=%27%3B", "Deze lijn kennen wij niet")]
    [InlineData("lijn=lijn-9", "Deze lijn kennen wij niet")]
    [InlineData("lijn=vraag-1", "Deze lijn kennen wij niet")]
    [InlineData("status=klaar", "Deze status kennen wij niet")]
    [InlineData("na=1", "Deze plek in de lijst bestaat niet")]
    [InlineData("na=1-9999999999999", "Deze plek in de lijst bestaat niet")]
    public async Task Report_OfWhatCannotBe_Answers400WithASentenceOnPageAndFile(string query, string sentence)
    {
        foreach (var path in new[] { "/agenda/voortgang", "/agenda/voortgang.docx", "/agenda/voortgang.xlsx" })
        {
            using var answer = await site.Client.GetAsync($"{path}?{query}");

            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, path);
            System.Text.RegularExpressions.Regex.Unescape(Html.Text(await answer.Content.ReadAsStringAsync())).Should().Contain(sentence);
        }
    }

    [Theory]
    [InlineData("/agenda/voortgang.docx?voorbeelden=ja", ReportFiles.WordType)]
    [InlineData("/en/agenda/voortgang.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task File_Asked_IsOneOfItsSortAndComesFromTheCacheAfterwards(string address, string type)
    {
        using var first = await site.Client.GetAsync(address);

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        first.Content.Headers.ContentType!.MediaType.Should().Be(type);
        first.Content.Headers.ContentDisposition!.FileName.Should().NotBeNullOrEmpty();
        (await first.Content.ReadAsByteArrayAsync()).Take(2).Should().Equal("PK"u8.ToArray());
        using var second = await site.Client.GetAsync(address);
        second.Headers.Age.Should().NotBeNull("it comes from the cache");
    }

    [Theory]
    [InlineData("/agenda/voortgang/bestuur", "Verbindingsagenda voor het bestuur", "Er is nu niets nodig van het bestuur")]
    [InlineData("/agenda/voortgang/bestuur?voorbeelden=ja", "Wijs een eigenaar aan (23)", "VA-")]
    [InlineData("/agenda/voortgang/bestuur/enschede?voorbeelden=ja", "Verbindingsagenda voor het bestuur: Enschede", "Voorbeelden tellen nu mee")]
    [InlineData("/en/agenda/voortgang/bestuur/delft", "Verbindingsagenda for the board: Delft", "No action is late and none is stuck")]
    public async Task Board_OfTheWholeAndOfACity_SaysWhatIsNeeded(string address, params string[] said)
    {
        var text = Html.Text(await site.Client.GetStringAsync(address));

        foreach (var words in said) text.Should().Contain(words);
        using var file = await site.Client.GetAsync(address.Replace("?", ".docx?", StringComparison.Ordinal) + (address.Contains('?', StringComparison.Ordinal) ? "" : ".docx"));
        file.Content.Headers.ContentType!.MediaType.Should().Be(ReportFiles.WordType);
    }

    [Theory]
    [InlineData("/agenda/voortgang/bestuur/bestaat-niet", HttpStatusCode.NotFound)]
    [InlineData("/agenda/voortgang/bestuur/bestaat-niet.docx", HttpStatusCode.NotFound)]
    [InlineData("/agenda/voortgang/bestuur?op=2026-02-31", HttpStatusCode.BadRequest)]
    [InlineData("/agenda/voortgang/bestuur.docx?op=2026-02-31", HttpStatusCode.BadRequest)]
    public async Task Board_OfWhatIsNot_SaysSo(string address, HttpStatusCode status)
    {
        using var answer = await site.Client.GetAsync(address);

        answer.StatusCode.Should().Be(status);
    }

    [Theory]
    [InlineData("/agenda/voortgang/edities/2026-99")]
    [InlineData("/agenda/voortgang/edities/x")]
    [InlineData("/agenda/voortgang/edities/2026-99.docx")]
    [InlineData("/agenda/voortgang/edities/x.xlsx")]
    public async Task Edition_ThatIsNone_Answers404(string address)
    {
        using var answer = await site.Client.GetAsync(address);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Edition_FromChoosingToWithdrawing_IsReadByEverybody()
    {
        await using var work = await Work.StartAsync(site);
        using var secretariat = await work.PersonAsync("secretariaat");
        var today = DateTime.UtcNow;
        var (on, since) = (today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), today.AddDays(-30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        (string, string)[] chosen = [("titel", "Voortgang <b>december</b>"), ("op", on), ("sinds", since)];

        using (var wrong = await secretariat.PostAsync("/beheer/edities", "choose", ("titel", ""), ("op", "2026-02-31"), ("sinds", "x")))
            Html.Text(await wrong.Content.ReadAsStringAsync()).Should().Contain("Geef de editie een titel").And.Contain("Kies een dag die bestaat");
        using (var preview = await secretariat.PostAsync("/beheer/edities", "choose", chosen))
            Html.Text(await preview.Content.ReadAsStringAsync()).Should().Contain("Dit legt u vast").And.Contain("geen echte acties");
        using (var unsure = await secretariat.PostAsync("/beheer/edities", "freeze", chosen))
            Html.Text(await unsure.Content.ReadAsStringAsync()).Should().Contain("Kruis aan dat u weet");
        using (var sure = await secretariat.PostAsync("/beheer/edities", "freeze", [.. chosen, ("zeker", "ja"), ("editie", Guid.NewGuid().ToString())]))
            Html.Text(await sure.Content.ReadAsStringAsync()).Should().Contain("Vastgelegd: editie");

        var name = $"{today.Year}-1";
        var page = await work.Own.Client.GetStringAsync($"/agenda/voortgang/edities/{name}");
        page.Should().Contain("Voortgang &lt;b&gt;december");
        Html.Text(page).Should().Contain("Deze tekst verandert nooit meer").And.Contain("Zo citeert u").And.Contain("De gegevens zijn die van toen");
        (await work.Own.Client.GetStringAsync("/en/agenda/voortgang/edities")).Should().Contain(name);
        using (var file = await work.Own.Client.GetAsync($"/agenda/voortgang/edities/{name}.docx")) file.StatusCode.Should().Be(HttpStatusCode.OK);

        using (var empty = await secretariat.PostAsync($"/beheer/edities/{name}/intrekken", "withdraw", ("reden", " ")))
            Html.Text(await empty.Content.ReadAsStringAsync()).Should().Contain("Schrijf erbij waarom");
        using (var withdrawn = await secretariat.PostAsync($"/beheer/edities/{name}/intrekken", "withdraw", ("reden", "Een bedrag klopte niet.")))
            withdrawn.StatusCode.Should().Be(HttpStatusCode.Redirect);
        Html.Text(await secretariat.ReadAsync($"/beheer/edities/{name}/intrekken")).Should().Contain("Deze editie is ingetrokken");
        Html.Text(await work.Own.Client.GetStringAsync($"/agenda/voortgang/edities/{name}")).Should().Contain("Ingetrokken op").And.Contain("Een bedrag klopte niet.");
    }

    [Theory]
    [InlineData("beleid")]
    [InlineData("redacteur-enschede")]
    [InlineData("beheerder")]
    public async Task Editions_ForWhoDoesNotRunTheAgenda_AreClosed(string demo)
    {
        await using var work = await Work.StartAsync(site);
        using var person = await work.PersonAsync(demo);

        using var answer = await person.GetAsync("/beheer/edities");

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Board_AskedWithWhatChoosesActionsOfAReport_LeadsOnWithoutIt()
    {
        var links = Html.Links(await site.Client.GetStringAsync("/agenda/voortgang/bestuur?voorbeelden=ja&lijn=lijn-1&status=idee"));

        links.Where(l => l.StartsWith("/agenda/voortgang", StringComparison.Ordinal)).Should().Contain(l => l.Contains("/bestuur/delft?", StringComparison.Ordinal)).And.NotContain(l => l.Contains("lijn=", StringComparison.Ordinal) || l.Contains("status=", StringComparison.Ordinal));
    }
}
