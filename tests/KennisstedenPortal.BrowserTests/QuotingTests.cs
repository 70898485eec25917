using System.Text;
using System.Text.RegularExpressions;

namespace KennisstedenPortal.BrowserTests;

/// <summary>May I quote this figure? With and without JavaScript, and on paper.</summary>
public sealed class QuotingTests(BrowserSite site)
{
    private const string City = "/kennissteden/enschede";

    [Fact]
    public async Task Figure_CopiedFromItsRow_IsOnTheClipboardWithItsSource()
    {
        await using var visit = await ClipboardAsync();
        var page = visit.Page;
        await page.GotoAsync(City);
        var button = page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Button, new() { NameRegex = new("^Kopieer met bron Inwonertal, Enschede") });

        await button.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Gekopieerd met bron.");
        var copied = await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        copied.Should().StartWith("Inwonertal, Enschede: 161.235 personen (1 januari 2023)\n").And.Contain("\nDefinitie: ").And.Contain("\nBron: ").And.Contain("\nVerificatie: in bron gezien\n").And.MatchRegex("\nVast adres: http.*/waarneming/[0-9a-f-]{36}\n");
        await Expect(page).ToHaveURLAsync(new Regex(City + "$"));
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Figure_OnItsOwnPage_IsCopiedAsTextAndAsFootnoteByKeyboard()
    {
        await using var visit = await ClipboardAsync();
        var page = visit.Page;
        await page.GotoAsync(City);
        await page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link, new() { NameRegex = new("^Citeer Inwonertal") }).ClickAsync();
        foreach (var name in new[] { "Kopieer de tekst", "Kopieer de voetnoot" })
        {
            var button = page.GetByRole(AriaRole.Button, new() { Name = name });
            await visit.TabToAsync(button);
            await page.Keyboard.PressAsync("Enter");

            await Expect(button).ToHaveClassAsync(new Regex("copied"));
            var shown = await button.Locator("xpath=..").Locator(".quotation").EvaluateAsync<string>("e => e.textContent");
            (await page.EvaluateAsync<string>("() => navigator.clipboard.readText()")).Should().Be(shown).And.Contain("161.235 personen");
        }
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Figure_WhereTheClipboardIsClosed_IsShownAndSelected()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.AddInitScriptAsync("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        await page.GotoAsync("/over");
        await page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Button, new() { NameRegex = new("^Kopieer met bron Totale R&D") }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De tekst is geselecteerd");
        (await page.EvaluateAsync<string>("() => getSelection().toString()")).Should().Contain("Totale R&D-uitgaven").And.Contain("Oproep tot Verbindingsagenda");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/over")]
    [InlineData(City)]
    public async Task Visitor_WithoutJavaScript_ReachesBothTextsAndSeesNoButton(string from)
    {
        await using var visit = await site.VisitAsync(script: false);
        var page = visit.Page;
        await page.GotoAsync(from);
        var main = page.GetByRole(AriaRole.Main);
        await Expect(main.GetByRole(AriaRole.Button, new() { NameRegex = new("Kopieer") })).ToHaveCountAsync(0);

        await main.GetByRole(AriaRole.Link, new() { NameRegex = new("^Citeer ") }).First.ClickAsync();

        await Expect(page.GetByText("Als tekst", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("Als voetnoot", new() { Exact = true })).ToBeVisibleAsync();
        foreach (var text in await page.Locator(".quotation").AllAsync()) await Expect(text).ToContainTextAsync(new Regex("/(waarneming|bewering)/[0-9a-f-]{36}"));
        await Expect(main.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Count_OfTheRegister_OpensIntoItsTexts(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        await visit.Page.GotoAsync(City);

        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Citeer Faciliteiten in of bij Enschede") }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { NameRegex = new("^Faciliteiten in of bij Enschede") }).GetByText("afgeleid (geteld in dit register").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task CityPage_AfterCopying_HasNoViolation()
    {
        await using var visit = await ClipboardAsync(360);
        await visit.Page.GotoAsync(City);
        await visit.Page.GetByText("Tellingen van het register citeren").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Kopieer de voetnoot Campussen" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).Not.ToBeEmptyAsync();

        await AccessibilityTests.CheckAsync(visit.Page, AccessibilityTests.Looks);
    }

    [Theory, InlineData("/kennissteden", 13), InlineData("/campussen", 37)]
    public async Task Factsheet_OnPaper_IsExactlyOnePage(string list, int count)
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        var addresses = new List<string>();
        for (var n = 1; addresses.Count < count && n <= 10; n++)
        {
            await page.GotoAsync($"{list}?pagina={n}");
            addresses.AddRange(await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 3 }).GetByRole(AriaRole.Link).EvaluateAllAsync<string[]>("links => links.map(l => l.getAttribute('href'))"));
        }
        addresses.Should().HaveCount(count).And.OnlyHaveUniqueItems();

        var wrong = new List<string>();
        foreach (var address in addresses.SelectMany(a => new[] { a, "/en" + a }))
        {
            await page.GotoAsync(address + "/factsheet");
            var pages = Pages(await page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true, PrintBackground = true }));
            if (pages != 1) wrong.Add($"{address} takes {pages} pages");
        }
        string.Join('\n', wrong).Should().BeEmpty();
        visit.Complaints.Should().BeEmpty();
    }

    /// <summary>A counter that only ever says one would prove nothing.</summary>
    [Fact]
    public async Task CityPage_OnPaper_TakesMorePages()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(City);

        Pages(await visit.Page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true })).Should().BeGreaterThan(2);
    }

    [Fact]
    public async Task Factsheet_OnPaper_LeavesOutWhatIsForTheScreen()
    {
        await using var visit = await site.VisitAsync(scheme: ColorScheme.Dark);
        await visit.Page.GotoAsync(City + "/factsheet");
        await Expect(visit.Page.GetByText("Druk haar af")).ToBeVisibleAsync();
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        foreach (var hidden in new[] { visit.Page.GetByText("Druk haar af"), visit.Page.Locator(".site-header"), visit.Page.Locator(".site-footer") }) await Expect(hidden).ToBeHiddenAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        (await visit.Page.Locator("body").EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor")).Should().Be("rgb(255, 255, 255)");
    }

    private async Task<Visit> ClipboardAsync(int width = 1280)
    {
        var visit = await site.VisitAsync(width);
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        return visit;
    }

    private static int Pages(byte[] pdf) => Regex.Count(Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b(?!s)");
}
