using KennisstedenPortal.Domain.Agenda;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.BrowserTests;

/// <summary>The secretariat starts an action, closes a milestone with evidence, reports progress and completes it; all of it is to be seen.</summary>
public sealed class ActionFormTests(BrowserSite site)
{
    [Fact]
    public async Task Action_FromAddingToCompleted_StandsOnThePageAndInHistory()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await EditTests.OpenAsync(site, portal, "secretariaat", $"/toevoegen/acties/{Guid.CreateVersion7()}");
        var page = visit.Page;
        await page.Locator("#veld-name").FillAsync("Gedeeld rooster voor laserlabs");
        await page.Locator("#veld-endsOn").FillAsync("31-2-2027");
        await OpenAllAsync(page);
        await page.Locator("#onderdeel-erbij").SelectOptionAsync("knelpunt-1");
        await page.Locator(".choose-and-add:has(#onderdeel-erbij) button").ClickAsync();
        await Expect(page.Locator("#veld-element-knelpunt-1")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mijlpaal toevoegen" }).ClickAsync();
        await page.GetByLabel("Wat is er dan klaar?").FillAsync("Rooster werkt");
        await page.GetByLabel("Uiterlijk op").FillAsync("1-6-2027");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);

        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.Locator("#veld-endsOn-fout")).ToBeVisibleAsync();
        await page.Locator("#veld-endsOn").FillAsync("31-12-2027");
        await SaveAsync(page);
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
        await page.GetByLabel("Een webadres").FillAsync("https://labs.example/rooster");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await SaveAsync(page);

        await page.GotoAsync("/voortgang/va-025");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByRole(AriaRole.Radio).First.CheckAsync();
        await page.GetByLabel("Wat is er gebeurd, en wat komt er nu?").FillAsync("Drie labs delen hun rooster.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Voortgang melden" }).ClickAsync();
        await page.GotoAsync("/agenda/acties/va-025");
        foreach (var shown in new[] { "Afgerond", "Drie labs delen hun rooster." }) await Expect(page.Locator("main")).ToContainTextAsync(shown);
        await Expect(page.Locator("a[href='https://labs.example/rooster']")).ToBeVisibleAsync();
        await page.GotoAsync("/agenda/knelpunt-1");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Gedeeld rooster voor laserlabs" })).ToBeVisibleAsync();
        await using var db = portal.Database.CreateDbContext();
        (await db.Objects.OfType<AgendaAction>().Where(a => a.Slug == "va-025").Select(a => a.Status).SingleAsync()).Should().Be(ActionStatus.Completed);
        (await portal.Database.ScalarAsync<long>("select count(*) from revision r join register_object o on o.id = r.object_id where o.slug = 'va-025'")).Should().BeGreaterThanOrEqualTo(5);
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
