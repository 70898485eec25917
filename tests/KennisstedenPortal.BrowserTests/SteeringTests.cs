using System.Text.RegularExpressions;
using KennisstedenPortal.Data.People;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>Steering in a real browser: one change to all actions of a page, by role and label, and by axe.</summary>
public sealed class SteeringTests(BrowserSite site)
{
    private const string Address = "/werkplek/sturen?voorbeelden=ja";

    [Fact]
    public async Task Bulk_EverythingOnThePage_IsLookedOverAndSavedAndEachPageHasNoViolation()
    {
        await using var portal = await site.OwnAsync();
        await portal.Services.GetRequiredService<DemoPeople>().EnsureAsync();
        await using var visit = await site.VisitAsync(portal);
        var page = visit.Page;
        await page.GotoAsync(Address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sanne Mulder (demo)" }).ClickAsync();
        await page.WaitForURLAsync(new Regex(Regex.Escape(Address) + "$"));
        (int, ColorScheme)[] looks = [(320, ColorScheme.Dark), (1440, ColorScheme.Light)];
        await AccessibilityTests.CheckAsync(page, looks);

        await Expect(page.GetByLabel("Nieuwe einddatum")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ga verder met wat is aangekruist" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await page.GetByLabel("Alles op deze bladzijde").CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Een einddatum zetten" }).CheckAsync();
        await page.GetByLabel("Nieuwe einddatum").FillAsync("2035-05-01");
        await page.GetByLabel("Waarom").FillAsync("Zo besloten in het overleg.");
        await AccessibilityTests.CheckAsync(page, looks);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ga verder met wat is aangekruist" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Klopt dit?" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "VA-001" }).GetByText("1 mei 2035")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, looks);
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijzig 24 acties" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "24 acties zijn gewijzigd." })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "VA-001" }).GetByText("einde 1 mei 2035")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Op wie we wachten, per partij" }).ClickAsync();
        await AccessibilityTests.CheckAsync(page, looks);
        await page.GetByRole(AriaRole.Link, new() { Name = "Secretariaat" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Wacht op het secretariaat" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Voorbeelden opbergen of terughalen" }).ClickAsync();
        await AccessibilityTests.CheckAsync(page, looks);
        await page.GotoAsync(Address);
        await page.SetViewportSizeAsync(320, 700);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(320, "only the table scrolls");
        visit.Complaints.Should().BeEmpty();
    }
}
