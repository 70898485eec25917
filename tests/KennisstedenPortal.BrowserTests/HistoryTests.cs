using System.Text.RegularExpressions;

namespace KennisstedenPortal.BrowserTests;

/// <summary>The past, as a reader finds it: from a page to its history, to a comparison, to a day, and back.</summary>
public sealed class HistoryTests(BrowserSite site)
{
    private const string Campus = "/campussen/kennispark-twente";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Compare_WithAndWithoutScript_TellsWhatDiffers(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var page = visit.Page;
        await page.GotoAsync(Campus);
        await page.GetByRole(AriaRole.Link, new() { Name = "Geschiedenis", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Geschiedenis van" })).ToBeVisibleAsync();

        await page.GetByLabel("Eerste dag").FillAsync("2020-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vergelijken" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex(@"\?van=2020-01-01&tot=\d{4}-\d{2}-\d{2}$"));
        await Expect(page.GetByText("Eerst stond dit nog niet in het register")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Eerste dag")).ToHaveValueAsync("2020-01-01");
    }

    [Fact]
    public async Task PermanentLink_FromAPage_LeadsToTheDayAndBackToNow()
    {
        await using var visit = await site.VisitAsync(script: false);
        var page = visit.Page;
        await page.GotoAsync("/kennissteden/enschede");
        await page.GetByRole(AriaRole.Link, new() { Name = "Vaste link naar deze stand" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex(@"/kennissteden/enschede\?op=\d{4}-\d{2}-\d{2}$"));
        await Expect(page.GetByText("U ziet deze pagina zoals die was op")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Bekijk de pagina van nu" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/kennissteden/enschede$"));
    }
}
