using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Agenda;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>The board for who signed in: moved without dragging, refused with a reason, and live on another instance.</summary>
public sealed class BoardTests(BrowserSite site)
{
    [Fact]
    public async Task Board_ActionMoved_IsSeenByWhoLooksOnAnotherInstance()
    {
        await using var portal = await site.OwnAsync();
        await portal.Services.GetRequiredService<DemoPeople>().EnsureAsync();
        await using var other = PortalUnderTest.Start(portal.Database);
        string slug;
        await using (var db = portal.Database.CreateDbContext()) slug = await db.AgendaActions.Where(a => a.Status == ActionStatus.Exploration).OrderBy(a => a.EndsOn).ThenBy(a => a.Slug).Select(a => a.Slug).FirstAsync();
        var code = slug.ToUpperInvariant();
        await using var watcher = await EditTests.OpenAsync(site, other, "beleid", "/werkplek/bord", form: false);
        await Expect(Card(watcher.Page, "Verkenning", code)).ToBeVisibleAsync();
        await Expect(watcher.Page.GetByRole(AriaRole.Button, new() { Name = "Verplaatsen" })).ToHaveCountAsync(0);
        await using var visit = await EditTests.OpenAsync(site, portal, "secretariaat", "/werkplek/bord", form: false);
        var page = visit.Page;
        var move = page.GetByRole(AriaRole.Button, new() { Name = $"Verplaatsen : {code}", Exact = true });
        await Expect(move).ToBeEnabledAsync();
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Werkmenu" }).Locator("[aria-current]")).ToHaveTextAsync(["Bord"]);
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);

        await move.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Naar", new() { Exact = true })).ToBeFocusedAsync();
        (await page.GetByLabel("Naar", new() { Exact = true }).Locator("option").AllInnerTextsAsync()).Should().Equal("Idee", "In voorbereiding", "Gepauzeerd", "Gestopt");
        await page.GetByLabel("Naar", new() { Exact = true }).SelectOptionAsync("paused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Status wijzigen" }).ClickAsync();
        await Expect(page.Locator("#waarom-fout")).ToContainTextAsync("waarom de actie wordt gepauzeerd");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByLabel("Waarom", new() { Exact = true }).FillAsync("Er is nog geen geld.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Status wijzigen" }).ClickAsync();

        await Expect(page.Locator("#gezegd")).ToHaveTextAsync($"{code} staat nu in ‘Gepauzeerd’.");
        await Expect(page.Locator("#gezegd")).ToBeFocusedAsync();
        await Expect(Card(watcher.Page, "Gepauzeerd", code)).ToBeVisibleAsync();
        await Expect(watcher.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = code })).ToHaveCountAsync(1);
        visit.Complaints.Should().BeEmpty();
        watcher.Complaints.Should().BeEmpty();
    }

    private static ILocator Card(IPage page, string column, string code) => page.GetByRole(AriaRole.Region, new() { Name = column, Exact = true }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = code });
}
