using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>
/// From an empty agenda: the secretariat starts an action at a bottleneck and names an owner without account, who gives an
/// update by link; a milestone is closed with evidence and the action completed. All of it is to be seen.
/// </summary>
public sealed class ActionFormTests(BrowserSite site)
{
    [Fact]
    public async Task Action_FromAddingToCompleted_StandsOnThePageAndInHistory()
    {
        await using var portal = await site.OwnAsync();
        await portal.Services.GetRequiredService<StarterImporter>().ImportAsync(examples: false);
        await using var visit = await site.VisitAsync(portal);
        var page = visit.Page;
        await page.GotoAsync("/agenda/knelpunt-1");
        await page.GetByRole(AriaRole.Link, new() { Name = "Start hiervoor een actie" }).ClickAsync();
        await page.Locator("button[value=secretariaat]").ClickAsync();
        await EditTests.LiveAsync(page);
        await page.Locator("#veld-name").FillAsync("Gedeeld rooster voor laserlabs");
        await page.GetByLabel("Eigenaar").FillAsync("Universiteit Twente");
        await page.GetByRole(AriaRole.List, new() { Name = "Gevonden" }).GetByRole(AriaRole.Button, new() { Name = "Universiteit Twente" }).First.ClickAsync();
        await Expect(page.GetByLabel("Eigenaar")).ToBeFocusedAsync();
        await page.Locator("#veld-endsOn").FillAsync("31-2-2027");
        // The parts that most actions leave empty are closed; the list of parts opens one and leads there.
        await Expect(page.Locator("#geld-deel")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Onderdelen van dit formulier" }).GetByRole(AriaRole.Link, new() { Name = "Geld" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Geld" })).ToBeFocusedAsync();
        await Expect(page.Locator("#veld-fundingNeed")).ToBeVisibleAsync();
        await page.GetByLabel("Soort relatie").SelectOptionAsync("van-concerns");
        await page.GetByLabel("Met wie of wat?").FillAsync("Enschede");
        await page.GetByRole(AriaRole.List, new() { Name = "Gevonden" }).GetByRole(AriaRole.Button, new() { Name = "Enschede" }).First.ClickAsync();
        await Expect(page.Locator("#relaties-deel .edit-item")).ToContainTextAsync("Gaat over: Enschede");
        await OpenAllAsync(page);
        await Expect(page.Locator("#veld-element-knelpunt-1")).ToBeVisibleAsync();
        await page.Locator("#onderdeel-erbij").SelectOptionAsync("vraag-1");
        await page.Locator(".choose-and-add:has(#onderdeel-erbij) button").ClickAsync();
        await Expect(page.Locator("#veld-element-vraag-1")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mijlpaal toevoegen" }).ClickAsync();
        await page.GetByLabel("Wat is er dan klaar?").FillAsync("Rooster werkt");
        await page.GetByLabel("Uiterlijk op").FillAsync("1-6-2027");
        // A wrong day of completing goes with the field for it when the milestone is open again.
        await page.GetByLabel("Hoe ver is het?").SelectOptionAsync("completed");
        await page.GetByLabel("Afgerond op").FillAsync("gisteren");
        await page.GetByLabel("Hoe ver is het?").SelectOptionAsync("open");
        await Expect(page.GetByLabel("Afgerond op")).ToHaveCountAsync(0);
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);

        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        // What is wrong with a day is told while one types; the summary comes with the look.
        await Expect(page.Locator(".error-summary")).ToBeVisibleAsync();
        await Expect(page.Locator("#veld-endsOn-fout")).ToBeVisibleAsync();
        await page.Locator("#veld-endsOn").FillAsync("31-12-2027");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.GetByLabel("Waarom voegt u dit toe?")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Actie opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Actie toegevoegd: VA-025");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bekijk de pagina" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Gedeeld rooster voor laserlabs");
        await Expect(page.Locator("main")).ToContainTextAsync("VA-025");
        await Expect(page.Locator("main")).ToContainTextAsync("31 december 2027");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);

        foreach (var status in new[] { "exploration", "in-preparation", "in-progress" })
        {
            await page.GotoAsync("/bewerken/acties/va-025");
            await page.Locator("#veld-status").SelectOptionAsync(status);
            await SaveAsync(page);
        }
        await page.GotoAsync("/bewerken/acties/va-025");
        await page.Locator("#veld-status").SelectOptionAsync("completed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.Locator("#veld-status-fout")).ToContainTextAsync("Nog niet alle mijlpalen zijn afgerond (1 open)");
        await OpenAllAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijzigen : Rooster werkt" }).ClickAsync();
        await page.GetByLabel("Hoe ver is het?").SelectOptionAsync("completed");
        // What is wrong stands at the field, and which milestone it is stands in the summary.
        await page.GetByLabel("Een webadres").FillAsync("labs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.GetByLabel("Een webadres")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Mijlpaal ‘Rooster werkt’: ");
        await page.GetByLabel("Een webadres").FillAsync("https://labs.example/rooster");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await SaveAsync(page);

        await page.GotoAsync("/voortgang/va-025");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByRole(AriaRole.Link, new() { Name = "Vraag Universiteit Twente per mail om voortgang" }).ClickAsync();
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByLabel("Mailadres").FillAsync("beleid.utwente.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link sturen" }).ClickAsync();
        await Expect(page.Locator("#mailadres-fout")).ToBeVisibleAsync();
        await page.GetByLabel("Mailadres").FillAsync("beleid@utwente.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link sturen" }).ClickAsync();
        await Expect(page.GetByText("De mail is onderweg.")).ToBeVisibleAsync();
        var body = await portal.Database.ScalarAsync<string>("select body from outbox_mail where recipient = 'beleid@utwente.example'");
        var link = body[body.IndexOf("/melden/", StringComparison.Ordinal)..].Split('\n')[0];
        await using (var owner = await site.VisitAsync(portal, width: 390))
        {
            await owner.Page.GotoAsync(link);
            await AccessibilityTests.CheckAsync(owner.Page, AccessibilityTests.Looks);
            await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Voortgang melden" }).ClickAsync();
            await Expect(owner.Page.Locator(".error-summary").GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
            await owner.Page.GetByRole(AriaRole.Radio).First.CheckAsync();
            await owner.Page.GetByLabel("Wat is er gebeurd, en wat komt er nu?").FillAsync("Drie labs delen hun rooster.");
            await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Voortgang melden" }).ClickAsync();
            await Expect(owner.Page.GetByText("Uw melding staat nu bij de actie, namens Universiteit Twente.")).ToBeVisibleAsync();
            await owner.Page.GotoAsync(link);
            await Expect(owner.Page.GetByText("Deze link is al gebruikt.")).ToBeVisibleAsync();
            owner.Complaints.Should().BeEmpty();
        }
        await page.GotoAsync("/agenda/acties/va-025");
        foreach (var shown in new[] { "Afgerond", "Drie labs delen hun rooster.", "Universiteit Twente" }) await Expect(page.Locator("main")).ToContainTextAsync(shown);
        await Expect(page.Locator("a[href='https://labs.example/rooster']")).ToBeVisibleAsync();
        await page.GotoAsync("/agenda/knelpunt-1");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Gedeeld rooster voor laserlabs" })).ToBeVisibleAsync();
        await page.GotoAsync("/agenda/acties/va-025/geschiedenis");
        foreach (var shown in new[] { "Drie labs delen hun rooster.", "Toegevoegd", "Mijlpaal" }) await Expect(page.Locator("main")).ToContainTextAsync(shown);
        foreach (var (address, role) in new[] { ("/organisaties/universiteit-twente", "VA-025 · Eigenaar"), ("/kennissteden/enschede", "VA-025 · De actie gaat hierover") })
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Acties", Exact = true })).ToContainTextAsync(role);
        }
        await using var db = portal.Database.CreateDbContext();
        (await db.Objects.OfType<AgendaAction>().Where(a => a.Slug == "va-025").Select(a => a.Status).SingleAsync()).Should().Be(ActionStatus.Completed);
        (await portal.Database.ScalarAsync<long>("select count(*) from revision r join register_object o on o.id = r.object_id where o.slug = 'va-025'")).Should().BeGreaterThanOrEqualTo(5);
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Item_WithSomethingHalfFilledIn_StaysOpenAndSaysSoThere()
    {
        await using var portal = await site.OwnAsync();
        await using (var db = portal.Database.CreateDbContext())
        {
            var proof = await db.Objects.OfType<Facility>().SingleAsync(f => f.Slug == "samxl");
            proof.Visibility = Visibility.Secretariat;
            var action = new AgendaAction { Id = Guid.CreateVersion7(), Slug = "va-901", Name = "Rooster voor labs", Status = ActionStatus.InProgress };
            action.Milestones.Add(new Milestone { Id = Guid.CreateVersion7(), ActionId = action.Id, Title = "Rooster werkt", Status = MilestoneStatus.Completed, DueOn = new(2026, 1, 1), ClosedOn = new(2026, 1, 1), EvidenceObjectId = proof.Id });
            db.Add(action);
            await db.SaveAsync(Actor.Portal, "Voor de proef");
        }
        await using var visit = await EditTests.OpenAsync(site, portal, "beleid", "/bewerken/acties/va-901");
        var page = visit.Page;
        ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Mijlpalen en bewijs" }).ClickAsync();
        await Expect(page.Locator("#mijlpalen-deel .edit-item")).ToContainTextAsync("met bewijs dat u niet kunt zien");
        await Button("Wijzigen : Rooster werkt").ClickAsync();
        await Expect(page.Locator("#mijlpalen-deel")).ToContainTextAsync("U kunt het niet zien; het blijft staan.");
        var picker = page.GetByLabel("Iets uit het register");
        await picker.FillAsync("delft");
        await Expect(page.Locator("#mijlpalen-deel .choices")).ToBeVisibleAsync();

        foreach (var close in new[] { "Velden sluiten : Rooster werkt", "Mijlpaal toevoegen" })
        {
            await Button(close).ClickAsync();

            await Expect(picker).ToBeFocusedAsync();
            await Expect(picker).ToHaveValueAsync("delft");
            await Expect(picker).ToHaveAttributeAsync("aria-invalid", "true");
            await Expect(page.Locator("#mijlpalen-deel .picker .error")).ToContainTextAsync("Kies een van de gevonden mogelijkheden");
        }
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await Expect(Button("Wijzigen : Nieuwe mijlpaal")).ToBeVisibleAsync();
        await picker.FillAsync("");
        await Button("Velden sluiten : Rooster werkt").ClickAsync();
        await Expect(Button("Wijzigen : Rooster werkt")).ToBeVisibleAsync();

        // A source that is half filled in is kept likewise, also beside a field.
        await page.Locator(".evidence-toggle").First.ClickAsync();
        var evidence = page.Locator(".evidence").First;
        await evidence.GetByRole(AriaRole.Button, new() { Name = "Staat de bron er niet bij? Voeg die toe" }).ClickAsync();
        await evidence.GetByLabel("Titel").FillAsync("Jaarverslag");
        await page.Locator(".evidence-toggle").First.ClickAsync();
        await Expect(evidence.GetByLabel("Titel")).ToBeFocusedAsync();
        await Expect(evidence.GetByLabel("Titel")).ToHaveValueAsync("Jaarverslag");
        await Expect(evidence.GetByRole(AriaRole.Alert)).ToContainTextAsync("Kies ‘Bron toevoegen’, of ‘Toch niet’.");
        await evidence.GetByRole(AriaRole.Button, new() { Name = "Toch niet" }).ClickAsync();
        await page.Locator(".evidence-toggle").First.ClickAsync();
        await Expect(evidence.GetByRole(AriaRole.Button, new() { Name = "Staat de bron" })).ToHaveCountAsync(0);
        visit.Complaints.Should().BeEmpty();
    }

    private static async Task OpenAllAsync(IPage page)
    {
        await Expect(page.Locator(".save-bar")).ToBeVisibleAsync();
        foreach (var part in await page.Locator(".edit-section > h2 > button[aria-expanded=false]").ElementHandlesAsync()) await part.ClickAsync();
    }

    private static async Task SaveAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen");
    }
}
