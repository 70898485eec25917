namespace KennisstedenPortal.BrowserTests;

/// <summary>Searching as a person does, with and without a script, on a phone. Suggestions have tests of their own.</summary>
public sealed class SearchTests(BrowserSite site)
{
    private static ILocator Field(IPage page) => page.GetByLabel("Zoek een campus, faciliteit, thema of organisatie");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Visitor_SearchingAndRefining_ReachesAFacilityAndTakesAFilterAway(bool script)
    {
        await using var visit = await site.VisitAsync(width: 1440, script: script);
        var page = visit.Page;
        await page.GotoAsync("/");
        await Field(page).FillAsync("fotonika");
        await page.GetByRole(AriaRole.Search).GetByRole(AriaRole.Button, new() { Name = "Zoeken" }).ClickAsync();
        await Expect(page.GetByText("We zochten op")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.List, new() { Name = "Soort gegevens" }).GetByRole(AriaRole.Link, new() { Name = "Faciliteiten" }).ClickAsync();
        await page.GetByRole(AriaRole.List, new() { Name = "Kennisstad" }).GetByRole(AriaRole.Link, new() { Name = "Enschede" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "MESA+ NanoLab" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.List, new() { Name = "Actieve filters" }).GetByRole(AriaRole.Link, new() { Name = "Verwijder filter Enschede" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Actieve filters" }).GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Facets_OpenedByKeyboardOnAPhone_HaveNoViolation()
    {
        await using var visit = await site.VisitAsync(360);
        var page = visit.Page;
        await page.GotoAsync("/zoeken?q=lab");
        await visit.TabToAsync(page.Locator("summary#verfijnen"));
        await page.Keyboard.PressAsync("Enter");
        await visit.TabToAsync(page.Locator(".facet summary").First);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".facet details ul").First).ToBeVisibleAsync();

        await AccessibilityTests.CheckAsync(page, [.. AccessibilityTests.Looks.Where(l => l.Width < 400)]);
        await visit.TabToAsync(page.GetByRole(AriaRole.List, new() { Name = "Kennisstad" }).GetByRole(AriaRole.Link, new() { Name = "Delft" }), "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=lab&stad=delft$"));
    }

    /// <summary>English words are longer; from 1280 pixels on the whole menu stands there, below it behind a button.</summary>
    [Theory]
    [InlineData("/campussen")]
    [InlineData("/en/campussen")]
    public async Task Header_OnAnyWiderScreen_StandsOnOneRow(string address)
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(address);
        var banner = visit.Page.GetByRole(AriaRole.Banner);
        foreach (var width in new[] { 768, 1024, 1120, 1199, 1200, 1279, 1280, 1440 })
        {
            await visit.Page.SetViewportSizeAsync(width, 800);
            var brand = (await banner.GetByRole(AriaRole.Link, new() { Name = "Kennissteden" }).First.BoundingBoxAsync())!;
            var language = (await banner.Locator(".lang").BoundingBoxAsync())!;
            language.Y.Should().BeLessThan(brand.Y + brand.Height, $"at {width}");
            language.X.Should().BeGreaterThan(brand.X + brand.Width, $"at {width}");
        }
    }

    [Theory]
    [InlineData(360)]
    [InlineData(390)]
    public async Task Header_OnAPhone_StandsOnOneRow(int width)
    {
        await using var visit = await site.VisitAsync(width, 740);
        await visit.Page.GotoAsync("/");
        var banner = visit.Page.GetByRole(AriaRole.Banner);
        var brand = (await banner.GetByRole(AriaRole.Link, new() { Name = "Kennissteden" }).First.BoundingBoxAsync())!;
        var menu = (await banner.Locator("summary").BoundingBoxAsync())!;

        (menu.Y < brand.Y + brand.Height).Should().BeTrue("the menu stands beside the name");
    }
}
