namespace KennisstedenPortal.BrowserTests;

/// <summary>Searching as a person does: with suggestions, without a script, on a phone.</summary>
public sealed class SearchTests(BrowserSite site)
{
    private static ILocator Field(IPage page) => page.GetByLabel("Zoek een campus, faciliteit, thema of organisatie");

    [Fact]
    public async Task Suggestions_ByKeyboard_LeadToAPage()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/");
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Zoek een campus, faciliteit, thema of organisatie" });
        await visit.TabToAsync(field);
        await page.Keyboard.TypeAsync("high tech campus ein");
        var options = page.GetByRole(AriaRole.Listbox, new() { Name = "Suggesties" }).GetByRole(AriaRole.Option);
        await Expect(options.First).ToBeVisibleAsync();
        await Expect(field).ToHaveAttributeAsync("aria-expanded", "true");

        await page.Keyboard.PressAsync("ArrowDown");

        await Expect(options.First).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(field).ToHaveAttributeAsync("aria-activedescendant", (await options.First.GetAttributeAsync("id"))!);
        await Expect(field).ToBeFocusedAsync();
        await Expect(options.First).ToContainTextAsync("High Tech Campus Eindhoven");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("High Tech Campus Eindhoven");
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Suggestions_Escape_ClosesThemAndKeepsTheText()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/zoeken");
        await Field(page).PressSequentiallyAsync("delft");
        var list = page.GetByRole(AriaRole.Listbox);
        await Expect(list).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");

        await Expect(list).ToBeHiddenAsync();
        await Expect(Field(page)).ToHaveValueAsync("delft");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveTitleAsync("Zoeken: delft – Kennissteden");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task Suggestions_Open_HaveNoViolation(int width)
    {
        await using var visit = await site.VisitAsync(width);
        await visit.Page.GotoAsync("/zoeken");
        await Field(visit.Page).PressSequentiallyAsync("campus");
        await Expect(visit.Page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");

        await AccessibilityTests.CheckAsync(visit.Page, (width, ColorScheme.Light), (width, ColorScheme.Dark));
        await Expect(visit.Page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
    }

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
