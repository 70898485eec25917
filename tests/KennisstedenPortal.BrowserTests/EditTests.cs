using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>The form in a real browser: typing, drafts, what changes, conflicts, proposals and bad input.</summary>
public sealed class EditTests(BrowserSite site)
{
    private const string Form = "/bewerken/campussen/kennispark-twente", Text = "Campus waar bedrijven en studenten samenwerken.";

    [Fact]
    public async Task Editor_CorrectsACampus_AfterLeavingHalfway_AndItStandsOnThePublicPage()
    {
        await using var portal = await site.OwnAsync();
        await using (var first = await OpenAsync(portal, "redacteur-enschede", Form))
        {
            await first.Page.GetByLabel("Beschrijving").FillAsync(Text);
            await Expect(first.Page.Locator(".draft-status")).ToContainTextAsync("Concept bewaard");
            await AccessibilityTests.CheckAsync(first.Page, AccessibilityTests.Looks);
        }
        // Another device, later.
        await using var visit = await OpenAsync(portal, "redacteur-enschede", Form);
        var page = visit.Page;
        await Expect(page.GetByText("U gaat verder met uw concept")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Beschrijving")).ToHaveValueAsync(Text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await Expect(page.Locator(".differences ins")).ToHaveTextAsync(Text);
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByLabel("Waarom wijzigt u dit?").FillAsync("Er stond nog niets");
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen");

        await page.GetByRole(AriaRole.Link, new() { Name = "Bekijk de pagina" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Main).GetByText(Text)).ToBeVisibleAsync();
        await using var db = portal.Database.CreateDbContext();
        (await db.Drafts.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Editor_BeforeSaving_SeesThePublicPageInANewTabAndGoesOn()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await OpenAsync(portal, "redacteur-enschede", Form);
        var page = visit.Page;
        await page.GetByLabel("Beschrijving").FillAsync(Text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();

        var preview = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Bekijk de pagina zoals iedereen die dan ziet" }).ClickAsync());

        await Expect(preview.GetByRole(AriaRole.Note)).ToContainTextAsync("Voorbeeld – nog niet opgeslagen");
        await Expect(preview.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Kennispark Twente");
        await Expect(preview.GetByText(Text)).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(preview, AccessibilityTests.Looks);
        await preview.CloseAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen");
    }

    [Fact]
    public async Task Editor_OfAnotherCity_CanOnlyPropose()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await OpenAsync(portal, "redacteur-delft", Form);
        var page = visit.Page;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Wijziging voorstellen: Kennispark Twente");
        await page.GetByLabel("Beschrijving").FillAsync(Text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk uw voorstel" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Voorstel indienen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Schrijf erbij waarom");
        await page.GetByLabel("Waarom stelt u dit voor?").FillAsync("Volgens het jaarverslag");
        await page.GetByRole(AriaRole.Button, new() { Name = "Voorstel indienen" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw voorstel is ingediend");

        await using var db = portal.Database.CreateDbContext();
        (await db.Proposals.SingleAsync()).State.Should().Be(ProposalState.Open);
        (await db.Objects.OfType<Campus>().SingleAsync(o => o.Slug == "kennispark-twente")).Description.Should().NotBe(Text);
    }

    [Fact]
    public async Task TwoEditors_OfOneText_SeeBothAndNothingIsOverwrittenInSilence()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await OpenAsync(portal, "redacteur-enschede", Form);
        var page = visit.Page;
        await page.GetByLabel("Beschrijving").FillAsync(Text);
        await SaveMeanwhileAsync(portal, "Wat de ander schreef.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Intussen is hetzelfde gewijzigd" })).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder met deze keuzes" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Kies nog wat er moet staan");
        await page.GetByLabel("Maak er samen één tekst van").CheckAsync();
        await Expect(page.GetByLabel("De tekst die er moet staan")).ToHaveValueAsync($"Wat de ander schreef.\n\n{Text}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder met deze keuzes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen");

        await using var db = portal.Database.CreateDbContext();
        (await db.Objects.OfType<Campus>().SingleAsync(o => o.Slug == "kennispark-twente")).Description.Should().Be($"Wat de ander schreef.\n\n{Text}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Source_OfAnOldValue_StaysOnlyWhenTheEditorSaysThatItHolds(bool holds)
    {
        await using var portal = await site.OwnAsync();
        var source = Guid.CreateVersion7();
        await SaveMeanwhileAsync(portal, "Wat er stond.", ($"source/{source}", new JsonObject { ["title"] = "Jaarverslag van de campus", ["locator"] = "https://example.org/jaarverslag" }),
            ($"citation/{Guid.CreateVersion7()}", new JsonObject { ["source"] = source.ToString(), ["field"] = "description" }), ("provenance/description", new JsonObject { ["verification"] = "source-verified" }));
        await using var visit = await OpenAsync(portal, "redacteur-enschede", Form);
        var page = visit.Page;
        var asked = page.GetByRole(AriaRole.Group, new() { Name = "Klopt dit ook voor wat u nu invult?" });
        await Expect(asked).ToHaveCountAsync(0);

        await page.GetByLabel("Beschrijving").FillAsync(Text);

        await Expect(asked).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        if (holds) foreach (var box in await asked.GetByRole(AriaRole.Checkbox).AllAsync()) await box.CheckAsync();
        // A conflict about something else does not forget what was said.
        await page.Locator("#veld-note").FillAsync("Mijn toelichting");
        await SaveMeanwhileAsync(portal, "Wat er stond.", ("note", "Toelichting van de ander"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await page.GetByLabel("Neem wat u schreef").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder met deze keuzes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen");

        await using var db = portal.Database.CreateDbContext();
        var campus = await db.Objects.OfType<Campus>().Include(c => c.Citations).Include(c => c.Provenance).SingleAsync(o => o.Slug == "kennispark-twente");
        campus.Description.Should().Be(Text);
        campus.Citations.Any(c => c.Field == "description").Should().Be(holds);
    }

    [Fact]
    public async Task Editor_ArchivesRenamesAndPublishesAgain_ThroughTheScreens()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await OpenAsync(portal, "redacteur-enschede", Form);
        var page = visit.Page;
        await ChooseAsync(page, "Gearchiveerd", null);
        await Expect(page.GetByText("Het is nu niet openbaar.")).ToBeVisibleAsync();
        (await page.APIRequest.GetAsync("/campussen/kennispark-twente")).Status.Should().Be(410, "the address says that it was archived");

        await page.GetByRole(AriaRole.Link, new() { Name = "Naar uw werkplek" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Wijzigen of weer publiceren" }).ClickAsync();
        await Expect(page.Locator(".save-bar")).ToBeVisibleAsync();
        await ChooseAsync(page, "Gepubliceerd", "kennispark-enschede");

        await page.GetByRole(AriaRole.Link, new() { Name = "Bekijk de pagina" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/campussen/kennispark-enschede$"));
        // The address is there before the page; a next one would cut it off.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Kennispark Twente");
        await page.GotoAsync("/campussen/kennispark-twente");
        await Expect(page).ToHaveURLAsync(new Regex("/campussen/kennispark-enschede$"), new() { Timeout = 15_000 });
        await page.GotoAsync(Form);
        await Expect(page).ToHaveURLAsync(new Regex("/bewerken/campussen/kennispark-enschede$"), new() { Timeout = 15_000 });
        await Expect(page.Locator(".save-bar")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Geschiedenis en terugzetten" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Deze stand terugzetten" }).First).ToBeVisibleAsync();
    }

    private static async Task ChooseAsync(IPage page, string state, string? slug)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Beheer: zichtbaarheid, adres, archiveren" }).ClickAsync();
        await page.GetByLabel("Status van de gegevens").SelectOptionAsync(new SelectOptionValue { Label = state });
        if (slug is not null) await page.GetByLabel("Adres van de pagina").FillAsync(slug);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen");
    }

    [Fact]
    public async Task BadInput_IsToldWhereItStands_AndNothingIsStored()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await OpenAsync(portal, "redacteur-enschede", Form);
        var page = visit.Page;
        await page.GetByLabel("Website").FillAsync("javascript:alert(1)");
        await page.GetByLabel("Gestart in").FillAsync("31 februari");
        await page.GetByLabel("Plaats op de kaart", new() { Exact = false }).First.FillAsync("999 999");
        await page.GetByLabel("Beschrijving").FillAsync("tekst\u202Eomgekeerd");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();

        await Expect(page.Locator(".error-summary li")).ToHaveCountAsync(4);
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.Locator(".error-summary").GetByRole(AriaRole.Link).Filter(new() { HasText = "Website" }).ClickAsync();
        await Expect(page.GetByLabel("Website")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Website")).ToHaveValueAsync("javascript:alert(1)");
        await using var db = portal.Database.CreateDbContext();
        (await db.Objects.OfType<Campus>().SingleAsync(o => o.Slug == "kennispark-twente")).Website.Should().NotBe("javascript:alert(1)");
        (await db.Drafts.CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Figure_PutBackOrTypedInTheOtherLanguage_ShowsWhatWillBeSaved()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await OpenAsync(portal, "redacteur-enschede", "/bewerken/kennissteden/enschede");
        var page = visit.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Cijfers", Exact = false }).First.ClickAsync();
        var figure = page.Locator("#cijfers-deel .edit-item").First;
        await figure.GetByRole(AriaRole.Button, new() { Name = "Wijzigen" }).ClickAsync();
        var number = figure.GetByLabel("Getal", new() { Exact = false }).First;
        var stood = await number.InputValueAsync();

        await number.FillAsync("12,5");
        await Expect(figure).ToContainTextAsync("Wij lezen: 12,5");
        await figure.GetByRole(AriaRole.Button, new() { Name = "Terugzetten" }).ClickAsync();
        await Expect(number).ToHaveValueAsync(stood);
        await Expect(figure).Not.ToContainTextAsync("Wij lezen");

        await number.FillAsync("52.5");
        await Expect(figure).Not.ToContainTextAsync("Wij lezen: 525");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("een punt voor duizendtallen");
        await Expect(number).ToHaveValueAsync("52.5");
    }

    private Task<Visit> OpenAsync(PortalUnderTest portal, string demo, string address) => OpenAsync(site, portal, demo, address);

    /// <summary>The form as one of the demo people has it, ready to type in.</summary>
    /// <param name="form">The address is that of a form: it is waited for.</param>
    internal static async Task<Visit> OpenAsync(BrowserSite site, PortalUnderTest portal, string demo, string address, bool form = true)
    {
        var visit = await site.VisitAsync(portal);
        await visit.Page.GotoAsync($"/inloggen?terug={Uri.EscapeDataString(address)}");
        await visit.Page.Locator($"button[value={demo}]").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(Regex.Escape(address) + "$"));
        if (form) await LiveAsync(visit.Page);
        return visit;
    }

    internal static Task LiveAsync(IPage page) => Expect(page.Locator(".save-bar")).ToBeVisibleAsync();

    private static async Task SaveMeanwhileAsync(PortalUnderTest portal, string description, params (string Path, JsonNode? Value)[] more)
    {
        await using var db = portal.Database.CreateDbContext();
        var campus = await db.Objects.OfType<Campus>().SingleAsync(o => o.Slug == "kennispark-twente");
        var secretariat = new Actor(Guid.CreateVersion7(), "Secretariaat", "Netwerk") { Grants = [new Grant(Role.Secretariat)] };
        var changes = new ChangeSet();
        changes.Set("description", description);
        foreach (var (path, value) in more) changes.Set(path, value);
        (await portal.Services.GetRequiredService<ObjectWriter>().SaveAsync(new EditInput(campus.Id, KindRegistry.OfCode("campus"), campus.Revision, changes, "Intussen"), secretariat)).Should().BeOfType<EditOutcome.Saved>();
    }
}
