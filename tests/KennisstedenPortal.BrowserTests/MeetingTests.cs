using System.Text.RegularExpressions;
using KennisstedenPortal.Data.People;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>A meeting from its agenda to its decisions, and the briefing that somebody without account reads on a phone.</summary>
public sealed partial class MeetingTests(BrowserSite site)
{
    [Fact]
    public async Task Meeting_FromAgendaToDecision_IsBriefedByLinkAndStandsWithTheAction()
    {
        await using var portal = await site.OwnAsync();
        await portal.Services.GetRequiredService<DemoPeople>().EnsureAsync();
        await using var visit = await EditTests.OpenAsync(site, portal, "secretariaat", "/overleg", form: false);
        var page = visit.Page;
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByRole(AriaRole.Link, new() { Name = "Overleg voorbereiden" }).ClickAsync();
        await EditTests.LiveAsync(page);
        await page.Locator("#veld-name").FillAsync("Bestuurlijk overleg van maart");
        await page.Locator("#veld-sort").SelectOptionAsync("administrative");
        await OpenAsync(page, "Agendapunten en besluiten");
        await page.GetByRole(AriaRole.Button, new() { Name = "Agendapunt toevoegen" }).ClickAsync();
        await page.GetByLabel("Onderwerp").FillAsync("Eén loket voor labs");
        await ChooseAsync(page, page.GetByLabel("Over welke actie gaat het?"), "Fotonicaketen", "Fotonicaketen");
        await page.GetByLabel("Gevraagd besluit").FillAsync("Stem in met één loket.");
        await ChooseAsync(page, page.GetByLabel("Wie voert het uit?"), "Delft", "Delft");
        // Who takes part stands open: it is what somebody who makes a meeting looks for.
        await ChooseAsync(page, page.GetByRole(AriaRole.Region, new() { Name = "Deelnemers" }).GetByLabel("Welke stad of organisatie?"), "Delft", "Delft");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Deelnemers" }).Locator(".edit-item .row-title")).ToContainTextAsync("Delft");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByLabel("Hoe staat het besluit ervoor?").SelectOptionAsync("held-over");
        await page.GetByLabel("Wat is er besloten?").FillAsync("Later.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Agendapunt 1: Vul eerst de datum van het overleg in.");
        await page.Locator("#veld-heldOn").FillAsync("12-3-2026");
        await page.GetByLabel("Wat is er besloten?").FillAsync("");
        await page.GetByLabel("Hoe staat het besluit ervoor?").SelectOptionAsync("pending");
        await Expect(page.GetByLabel("Wat is er besloten?")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Overleg opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overleg toegevoegd");

        await page.GetByRole(AriaRole.Link, new() { Name = "Naar het overleg" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Bestuurlijk overleg van maart");
        await Expect(page.Locator("main")).ToContainTextAsync("Stem in met één loket.");
        await Expect(page.Locator("main")).ToContainTextAsync("Nog te besluiten · Delft");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Deelnemers en stukken" }).GetByRole(AriaRole.Link, new() { Name = "Delft" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Briefing sturen" }).ClickAsync();
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Kies voor wie");
        await page.GetByLabel("Voor wie").SelectOptionAsync(new SelectOptionValue { Label = "Delft" });
        await page.GetByLabel("Mailadres").FillAsync("wethouder@delft.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Briefing sturen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De briefing voor Delft is onderweg");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Intrekken : Delft" })).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);

        var link = Link().Match(await portal.Database.ScalarAsync<string>("select body from outbox_mail where recipient = 'wethouder@delft.example'")).Value;
        await using (var alderman = await site.VisitAsync(portal, 360))
        {
            await alderman.Page.GotoAsync(link);
            await Expect(alderman.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Briefing voor Delft");
            await Expect(alderman.Page.GetByRole(AriaRole.Region, new() { Name = "Wat aan de orde was" })).ToContainTextAsync("1. Eén loket voor labs. Gevraagd: Stem in met één loket.");
            (await alderman.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).Should().BeLessThanOrEqualTo(0);
            await AccessibilityTests.CheckAsync(alderman.Page, AccessibilityTests.Looks);
            var word = await alderman.Page.RunAndWaitForDownloadAsync(() => alderman.Page.GetByRole(AriaRole.Link, new() { Name = "Als Word-bestand" }).ClickAsync());
            word.SuggestedFilename.Should().Be("briefing-bestuurlijk-overleg-van-maart-delft.docx");
            alderman.Complaints.Should().BeEmpty();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Intrekken : Delft" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("ingetrokken");
        await using (var late = await site.VisitAsync(portal, 360))
        {
            (await late.Page.GotoAsync(link))!.Status.Should().Be(410);
            await Expect(late.Page.Locator("main")).ToContainTextAsync("Deze link is ingetrokken");
            await Expect(late.Page.Locator("main")).Not.ToContainTextAsync("loket");
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Besluiten invullen" }).ClickAsync();
        await EditTests.LiveAsync(page);
        await OpenAsync(page, "Agendapunten en besluiten");
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijzigen : 1. Eén loket voor labs" }).ClickAsync();
        await page.GetByLabel("Hoe staat het besluit ervoor?").SelectOptionAsync("taken");
        await page.GetByLabel("Wat is er besloten?").FillAsync("Delft maakt één loket.");
        await page.GetByLabel("Uiterlijk op").FillAsync("1-9-2027");
        await OpenAsync(page, "Beheer: zichtbaarheid, adres, archiveren");
        await page.Locator("#veld-visibility").SelectOptionAsync("public");
        await SaveAsync(page);

        await page.GotoAsync("/agenda/overleggen");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bestuurlijk overleg van maart" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Agendapunten en besluiten" })).ToContainTextAsync("Delft maakt één loket.");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByRole(AriaRole.Link, new() { Name = "VA-003" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Besproken in overleg" })).ToContainTextAsync("Delft maakt één loket.");
        visit.Complaints.Should().BeEmpty();
    }

    private static Task OpenAsync(IPage page, string section) => page.GetByRole(AriaRole.Button, new() { Name = section }).ClickAsync();

    /// <summary>The next field is filled when the focus has come back: until then the choice is still under way.</summary>
    private static async Task ChooseAsync(IPage page, ILocator picker, string text, string name)
    {
        await picker.FillAsync(text);
        await page.GetByRole(AriaRole.List, new() { Name = "Gevonden" }).GetByRole(AriaRole.Button, new() { Name = name }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Gevonden" })).ToHaveCountAsync(0);
    }

    private static async Task SaveAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Uw wijziging is opgeslagen" })).ToBeVisibleAsync();
    }

    [GeneratedRegex("/inzien/[A-Za-z0-9_-]{43}", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
