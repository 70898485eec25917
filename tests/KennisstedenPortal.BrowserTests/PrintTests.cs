namespace KennisstedenPortal.BrowserTests;

public sealed class PrintTests(BrowserSite site)
{
    [Theory]
    [InlineData("/kennissteden/enschede", ColorScheme.Light)]
    [InlineData("/kennissteden/enschede", ColorScheme.Dark)]
    [InlineData("/faciliteiten/mesa-nanolab", ColorScheme.Dark)]
    [InlineData("/themas/halfgeleiders", ColorScheme.Dark)]
    [InlineData("/agenda", ColorScheme.Dark)]
    [InlineData("/agenda/bron-birch-2022", ColorScheme.Light)]
    public async Task Page_OnPaper_LeavesOutTheNavigationAndShowsTheSources(string path, ColorScheme scheme)
    {
        await using var visit = await site.VisitAsync(scheme: scheme);
        var page = visit.Page;
        await page.GotoAsync(path);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        foreach (var name in new[] { ".nav", ".menu", ".lang", ".skip", ".subnav" })
            foreach (var part in await page.Locator(name).AllAsync()) await Expect(part).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Bronnen" })).ToBeVisibleAsync();
        var sources = page.Locator(".sources a[href^=http]");
        (await sources.CountAsync()).Should().BePositive();
        (await sources.First.EvaluateAsync<string>("a => getComputedStyle(a, '::after').content")).Should().Contain(await sources.First.GetAttributeAsync("href"), "a link on paper is read, not clicked");
        (await page.Locator("body").EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor")).Should().Be("rgb(255, 255, 255)", "paper stays paper");
        (await page.Locator("body").EvaluateAsync<string>("e => getComputedStyle(e).color")).Should().Be("rgb(20, 33, 61)");
    }

    [Theory]
    [InlineData("/agenda/acties/va-001")]
    [InlineData("/agenda/acties")]
    [InlineData("/agenda/matrix")]
    [InlineData("/agenda/voortgang?voorbeelden=ja")]
    public async Task PageOfTheAgenda_OnPaper_FitsTheSheetWithoutWhatIsForTheScreen(string path)
    {
        // As wide as what an A4 sheet leaves between its margins.
        await using var visit = await site.VisitAsync(width: 680);
        var page = visit.Page;
        await page.GotoAsync(path);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        foreach (var name in new[] { ".nav", ".agenda-nav", ".enter", ".find", ".filters", ".fresh ul.more", ".look-at" })
            foreach (var part in await page.Locator(name).AllAsync()) await Expect(part).ToBeHiddenAsync();
        (await page.EvaluateAsync<string[]>("[...document.querySelectorAll('table, dl, .rows, h1, p:not(.vh)')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => `${e.tagName}.${e.className} ${e.getBoundingClientRect().right}`)")).Should().BeEmpty();
    }
}
