namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>Documents of the Rijk, the ledger and its half year, as everybody reads them.</summary>
public sealed class LedgerTests(Site site)
{
    private const string Letter = "/agenda/stukken/kamerbrief-innovatie-en-impact-11-november-2022";

    [Theory]
    [InlineData("", "Stukken van het Rijk", "Geen nummer bekend", "nog geen toezeggingen")]
    [InlineData("/en", "Government documents", "No number known", "No commitments of this document")]
    public async Task Document_OfTheStarterData_SaysWhatIsKnownAndWhatIsNot(string prefix, string list, string number, string none)
    {
        Html.Links(await site.Client.GetStringAsync(prefix + "/agenda/stukken")).Should().Contain(prefix + Letter);
        Html.Text(await site.Client.GetStringAsync(prefix + Letter)).Should().Contain(list).And.Contain(number).And.Contain(none).And.Contain("2022");
    }

    [Theory]
    [InlineData("/agenda/toezeggingen", "0 toezeggingen")]
    [InlineData("/en/agenda/toezeggingen", "0 commitments")]
    [InlineData("/agenda/toezeggingen?status=openstaand&soort=geld&verloopt=binnen-90-dagen&partij=delft&voorbeelden=ja", "Geld")]
    [InlineData("/agenda/toezeggingen/halfjaar", "nog niets toegezegd")]
    [InlineData("/agenda/toezeggingen/halfjaar?op=2025-01-01&voorbeelden=ja", "1 januari 2025")]
    public async Task Ledger_Empty_SaysSo(string path, string words) => Html.Text(await site.Client.GetStringAsync(path)).Should().Contain(words);

    [Theory]
    [InlineData("/agenda/toezeggingen?status=x")]
    [InlineData("/agenda/toezeggingen?soort=%00")]
    [InlineData("/agenda/toezeggingen?verloopt=morgen")]
    [InlineData("/agenda/toezeggingen?partij=..%2F..")]
    [InlineData("/agenda/toezeggingen?na=2027-02-31_x")]
    [InlineData("/agenda/toezeggingen?q=%EF%BF%BD")]
    [InlineData("/agenda/toezeggingen?status=voldaan&status=voldaan")]
    [InlineData("/agenda/toezeggingen/halfjaar?op=2026-02-31")]
    [InlineData("/agenda/toezeggingen/halfjaar?op=9999-12-31")]
    [InlineData("/agenda/toezeggingen/halfjaar?op=0001-01-01")]
    [InlineData("/agenda/toezeggingen/halfjaar?op=2026-01-01&op=2026-01-01")]
    public async Task Address_ThatCannotBeUsed_IsRefusedWithASentence(string path)
    {
        using var answer = await site.Client.GetAsync(path);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Html.Text(await answer.Content.ReadAsStringAsync()).Should().Contain("Fout:");
    }

    [Fact]
    public async Task Ask_WithoutAnAnswer_SaysSoInTheChainOnItsPageAndInTheGaps()
    {
        Html.Text(await site.Client.GetStringAsync("/agenda")).Should().Contain("Nog geen antwoord van het Rijk");
        Html.Text(await site.Client.GetStringAsync("/agenda/vraag-1")).Should().Contain("Wat het Rijk antwoordde").And.Contain("Nog geen antwoord");
        (await site.Client.GetStringAsync("/agenda/leemten")).Should().Contain("href=\"#vragen-zonder-antwoord\"><span class=\"value\">4</span>");
        Html.Links(await site.Client.GetStringAsync("/agenda")).Should().Contain(["/agenda/stukken", "/agenda/toezeggingen"]);
    }

    [Fact]
    public async Task Ledger_WithOneWrongFilter_KeepsTheMinistryToGoOnWith()
    {
        using var answer = await site.Client.GetAsync("/agenda/toezeggingen?ministerie=een-ministerie&status=bestaat-niet");

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().MatchRegex("<option value=\"een-ministerie\" selected");
    }
}
