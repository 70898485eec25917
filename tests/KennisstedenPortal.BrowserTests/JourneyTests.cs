using System.Text.RegularExpressions;

namespace KennisstedenPortal.BrowserTests;

/// <summary>What people come for, found by role and name, with and without JavaScript.</summary>
public sealed class JourneyTests(BrowserSite site)
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task Visitor_FromTheMap_ReachesACityACampusAndAFacilityAndComesBack(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var page = visit.Page;
        await page.GotoAsync("/");

        await page.GetByRole(AriaRole.Figure).GetByRole(AriaRole.Link, new() { Name = "Enschede" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Enschede");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Kennispark Twente", Exact = true }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Kennispark Twente");
        await page.GetByRole(AriaRole.Link, new() { Name = "Kennisstad Enschede" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "MESA+ NanoLab" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("MESA+ NanoLab");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Kruimelpad" }).GetByRole(AriaRole.Link, new() { Name = "Faciliteiten" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/faciliteiten$"));
        await page.GoBackAsync();
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/kennissteden/enschede$"));
        await page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Kennissteden" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(site.Address.ToString());

        visit.Complaints.Should().BeEmpty();
        (await visit.CookiesAsync()).Should().BeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Visitor_FromTheListOfCities_ReachesACity(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        await visit.Page.GotoAsync("/");

        await visit.Page.GetByRole(AriaRole.Figure).GetByRole(AriaRole.Link, new() { Name = "Toon als lijst" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("#steden-lijst$"));
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "De dertien kennissteden" }).GetByRole(AriaRole.Link, new() { Name = "Wageningen" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Wageningen");
        visit.Complaints.Should().BeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Visitor_WithOnlyAKeyboard_FiltersAndTakesAFilterAway(bool script)
    {
        await using var visit = await site.VisitAsync(width: 1440, script: script);
        var page = visit.Page;
        await page.GotoAsync("/faciliteiten");
        var (city, sort) = (page.GetByLabel("Kennisstad"), page.GetByLabel("Soort"));

        await visit.TabToAsync(city);
        while (await city.InputValueAsync() != "enschede") await page.Keyboard.PressAsync("ArrowDown");
        await visit.TabToAsync(sort);
        await page.Keyboard.PressAsync("ArrowDown");
        var chosen = await sort.InputValueAsync();
        await visit.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Filter toepassen" }));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex($"/faciliteiten\\?.*stad=enschede.*soort={chosen}"));
        await Expect(city).ToHaveValueAsync("enschede");
        await Expect(sort).ToHaveValueAsync(chosen);
        var chips = page.GetByRole(AriaRole.List, new() { Name = "Actieve filters" });
        await Expect(chips.GetByRole(AriaRole.Link)).ToHaveCountAsync(2);

        await visit.TabToAsync(chips.GetByRole(AriaRole.Link).Nth(1));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/faciliteiten\\?stad=enschede$"));
        await Expect(chips.GetByRole(AriaRole.Link)).ToHaveAccessibleNameAsync("Verwijder filter Enschede");

        await visit.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "gemeente", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/faciliteiten\\?stad=enschede&sorteer=gemeente$"));
        visit.Complaints.Should().BeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Visitor_Searching_FindsByNameAndKeepsTheOrder(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var page = visit.Page;
        await page.GotoAsync("/faciliteiten?sorteer=gemeente");

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Naam of onderwerp" }).FillAsync("nanolab");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex("q=nanolab.*sorteer=gemeente"));
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "MESA+ NanoLab" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Filters wissen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "92 faciliteiten gevonden" })).ToBeVisibleAsync();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Visitor_OnALongList_TurnsThePage(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var page = visit.Page;
        await page.GotoAsync("/faciliteiten");
        var pages = page.GetByRole(AriaRole.Navigation, new() { Name = "Pagina's" });
        var first = await page.GetByRole(AriaRole.Heading, new() { Level = 3 }).AllInnerTextsAsync();

        await pages.GetByRole(AriaRole.Link, new() { Name = "Pagina 2", Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/faciliteiten\\?pagina=2$"));
        await Expect(pages.GetByRole(AriaRole.Link, new() { Name = "Pagina 2", Exact = true })).ToHaveAttributeAsync("aria-current", "page");
        (await page.GetByRole(AriaRole.Heading, new() { Level = 3 }).AllInnerTextsAsync()).Should().HaveSameCount(first).And.NotIntersectWith(first);
        await pages.GetByRole(AriaRole.Link, new() { Name = "Vorige pagina" }).ClickAsync();
        (await page.GetByRole(AriaRole.Heading, new() { Level = 3 }).AllInnerTextsAsync()).Should().Equal(first);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Visitor_OnAFilteredList_ChangesLanguageAndKeepsTheFilters(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var page = visit.Page;
        await page.GotoAsync("/faciliteiten?stad=enschede&q=lab");
        var results = await page.GetByRole(AriaRole.Heading, new() { Level = 3 }).AllInnerTextsAsync();
        results.Should().NotBeEmpty();

        await page.GetByRole(AriaRole.Link, new() { Name = "EN (English)" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/en/faciliteiten\\?stad=enschede&q=lab$"));
        await Expect(page.GetByLabel("Knowledge city")).ToHaveValueAsync("enschede");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        (await page.GetByRole(AriaRole.Heading, new() { Level = 3 }).AllInnerTextsAsync()).Should().Equal(results);

        await page.GetByRole(AriaRole.Link, new() { Name = "NL (Nederlands)" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("[0-9]/faciliteiten\\?stad=enschede&q=lab$"));
        await Expect(page.GetByLabel("Kennisstad")).ToHaveValueAsync("enschede");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Visitor_OnAPhone_OpensTheMenuAndTheFiltersByKeyboard(bool script)
    {
        await using var visit = await site.VisitAsync(360, 740, script);
        var page = visit.Page;
        await page.GotoAsync("/");
        var link = page.GetByRole(AriaRole.Navigation, new() { Name = "Hoofdmenu" }).GetByRole(AriaRole.Link, new() { Name = "Faciliteiten" });
        await Expect(link).ToBeHiddenAsync();

        await visit.TabToAsync(page.GetByRole(AriaRole.Banner).Locator("summary"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(link).ToBeVisibleAsync();
        await visit.TabToAsync(link);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/faciliteiten$"));

        var field = page.GetByLabel("Kennisstad");
        await Expect(field).ToBeHiddenAsync();
        await visit.TabToAsync(page.GetByRole(AriaRole.Main).Locator("summary"));
        await page.Keyboard.PressAsync("Space");
        await Expect(field).ToBeVisibleAsync();
        visit.Complaints.Should().BeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Visitor_AskingWhoIsStrong_ReachesACityAFacilityAndTheWholeList(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var page = visit.Page;
        var heading = page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await page.GotoAsync("/");

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Hoofdmenu" }).GetByRole(AriaRole.Link, new() { Name = "Thema's" }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "De 32 thema's" }).GetByRole(AriaRole.Link, new() { Name = "Hightech systemen (breed)" }).ClickAsync();
        await Expect(heading).ToHaveTextAsync("Hightech systemen (breed)");
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Hoofdmenu" }).GetByRole(AriaRole.Link, new() { Name = "Thema's" })).ToHaveAttributeAsync("aria-current", "true");

        await page.GetByRole(AriaRole.Figure).GetByRole(AriaRole.Link, new() { Name = "Eindhoven" }).ClickAsync();
        await Expect(heading).ToHaveTextAsync("Eindhoven");
        await page.GetByRole(AriaRole.Region, new() { Name = "Specialisaties" }).GetByRole(AriaRole.Link, new() { Name = "High Tech Systemen & Materialen" }).ClickAsync();
        await Expect(heading).ToHaveTextAsync("High Tech Systemen & Materialen");
        await Expect(page.GetByText("Vervallen", new() { Exact = true }).First).ToBeVisibleAsync();

        await page.GetByText("Valt onder het thema").GetByRole(AriaRole.Link).ClickAsync();
        var places = page.GetByRole(AriaRole.Region, new() { Name = "Waar kunt u terecht?" });
        var all = places.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Alle [0-9]+ faciliteiten$") });
        var count = Regex.Match(await all.InnerTextAsync(), "[0-9]+").Value;
        await all.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/faciliteiten\\?thema=hightech-systemen$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"{count} faciliteiten gevonden" })).ToBeVisibleAsync();

        visit.Complaints.Should().BeEmpty();
        (await visit.CookiesAsync()).Should().BeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Visitor_OnATheme_OpensTheOrganisationsThatAreLeftOut(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var region = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Organisaties achter deze plekken" });
        await visit.Page.GotoAsync("/themas/halfgeleiders");
        await Expect(region.GetByRole(AriaRole.Heading, new() { Level = 3 })).ToHaveCountAsync(12);

        await visit.TabToAsync(region.Locator("summary"));
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(region.GetByRole(AriaRole.Link, new() { Name = "Universiteit Twente" })).ToBeVisibleAsync();
        (await region.GetByRole(AriaRole.Heading, new() { Level = 3 }).CountAsync()).Should().BeGreaterThan(12);
    }

    /// <summary>From the reason to the result, and to what is missing, by keyboard.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task Adviser_InTheAgenda_FollowsABottleneckToItsActionsAndGaps(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var page = visit.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Agenda" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Verbindingsagenda");

        await page.GetByRole(AriaRole.Navigation, new() { Name = "De keten in zeven stappen" }).GetByRole(AriaRole.Link, new() { Name = "Knelpunten" }).ClickAsync();
        var bottlenecks = page.GetByRole(AriaRole.Region, new() { Name = "Knelpunten", Exact = true });
        await Expect(bottlenecks.GetByRole(AriaRole.Heading, new() { Level = 3 })).ToHaveCountAsync(5);
        await visit.TabToAsync(bottlenecks.Locator("summary").Nth(1));
        await page.Keyboard.PressAsync("Enter");
        await Expect(bottlenecks.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^VA-008") })).ToBeVisibleAsync();
        await Expect(bottlenecks.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "VA-008" }).GetByText("voorbeeld", new() { Exact = true }).First).ToBeVisibleAsync();

        await bottlenecks.GetByRole(AriaRole.Link, new() { Name = "Lokale middelen groeien niet mee met de opgave" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Blockquote)).ToContainTextAsync("de financiële middelen van de lokale overheden groeien onvoldoende mee");
        await page.GetByRole(AriaRole.Link, new() { Name = "Toon wat uit de voorbeelden zou volgen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Leidt volgens acties tot" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Kruimelpad" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Wat er nog ontbreekt" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Vragen zonder actie" }).GetByRole(AriaRole.Heading, new() { Level = 3 })).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Link, new() { Name = "Tel de voorbeelden mee" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Vragen zonder actie" })).ToContainTextAsync("Aan elke vraag werkt een actie");

        visit.Complaints.Should().BeEmpty();
        (await visit.CookiesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Visitor_AtAWrongAddress_IsToldWhatAndSentToTheField()
    {
        await using var visit = await site.VisitAsync(360, 740);
        var page = visit.Page;
        await page.GotoAsync("/faciliteiten?stad=atlantis");

        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link, new() { Name = "Deze kennisstad kennen we niet." }).ClickAsync();

        await Expect(page.GetByLabel("Kennisstad")).ToBeInViewportAsync();
        await Expect(page.GetByLabel("Kennisstad")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Kennisstad")).ToHaveAccessibleDescriptionAsync(new Regex("kennen we niet"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Visitor_WhoDoubtsTheFigure_FindsOurOwnCountItsListAndItsFile(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var page = visit.Page;
        await page.GotoAsync("/");

        await page.GetByRole(AriaRole.Link, new() { Name = "Telling van onze eigen lijst" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("In of naast een kennisstad");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "62 in een kennisstad" })).ToBeVisibleAsync();
        var counts = page.GetByRole(AriaRole.Table, new() { Name = "Onze lijst en het brondocument" });
        await Expect(counts.GetByRole(AriaRole.Row, new() { Name = "Brondocument (Birch, 2022)" })).ToContainTextAsync("47 van 65 = 72,3 %");

        await page.GetByRole(AriaRole.Figure).GetByRole(AriaRole.Link, new() { Name = "Toon als lijst" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("#lijst$"));
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download de lijst" }).ClickAsync());
        file.SuggestedFilename.Should().MatchRegex(@"^rd-concentraties-nabijheid-\d{4}-\d\d-\d\d\.csv$");

        var row = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "TNO Rijswijk" });
        await Expect(row).ToContainTextAsync("In een buurgemeente");
        await Expect(row).ToContainTextAsync("naast Delft en Den Haag");
        await row.GetByRole(AriaRole.Link, new() { Name = "TNO Rijswijk" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("TNO Rijswijk");
    }
}
