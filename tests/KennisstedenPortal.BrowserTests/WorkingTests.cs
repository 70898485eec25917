using System.Text.RegularExpressions;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>Coming in, working and being signed out, in a browser.</summary>
public sealed class WorkingTests(BrowserSite site)
{
    private const string Password = "vier groene fietsen bij de brug";
    private static Actor Administrator { get; } = new(Guid.CreateVersion7(), "Beheerder", "Netwerk") { Grants = [new Grant(Role.Administrator)] };

    [Fact]
    public async Task Secretariat_FromInvitation_ChoosesAPasswordAndASecondFactorAndSignsInWithBoth()
    {
        const string email = "sanne@netwerk.example";
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync(await InviteAsync(email, Role.Secretariat));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Welkom bij het Kennisstedenportaal");
        await page.GetByLabel("Wachtwoord", new() { Exact = true }).FillAsync("kort");
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitnodiging aannemen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByLabel("Wachtwoord", new() { Exact = true }).FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Tweede factor aanzetten");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByLabel("Uw wachtwoord").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Beginnen" }).ClickAsync();
        await Expect(page.Locator(".secret-key")).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        var key = await page.Locator(".secret-key").TextContentAsync();
        await page.GetByLabel("Code van zes cijfers").FillAsync(Totp.CodeOf(key!, DateTimeOffset.UtcNow));
        await page.GetByRole(AriaRole.Button, new() { Name = "Aanzetten" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Herstelcodes" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10);
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByRole(AriaRole.Link, new() { Name = "Ik heb ze bewaard" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw werkplek");
        await page.GetByText("Anna de Vries").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitloggen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("U bent uitgelogd.");

        await page.GetByLabel("E-mailadres").FillAsync(email);
        await page.GetByLabel("Wachtwoord", new() { Exact = true }).FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/inloggen/tweede-factor"));
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.GetByLabel("Code of herstelcode").FillAsync(Totp.CodeOf(key!, DateTimeOffset.UtcNow.AddSeconds(30)));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/werkplek$"));
    }

    [Fact]
    public async Task Password_WrongFiveTimes_KeepsTheRightOneOutAndNamesNothing()
    {
        const string email = "bram@enschede.example";
        await PersonAsync(email);
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        for (var i = 0; i < 6; i++)
        {
            await page.GotoAsync("/inloggen");
            await page.GetByLabel("E-mailadres").FillAsync(email);
            await page.GetByLabel("Wachtwoord", new() { Exact = true }).FillAsync(i < 5 ? "een verkeerd wachtwoord" : Password);
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("E-mailadres of wachtwoord klopt niet");
        }
        await Expect(page.GetByLabel("E-mailadres")).ToHaveValueAsync(email);
    }

    [Fact]
    public async Task Session_Revoked_EndsAtTheNextPage()
    {
        const string email = "carla@enschede.example";
        var id = await PersonAsync(email);
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/inloggen?terug=/werkplek");
        await page.GetByLabel("E-mailadres").FillAsync(email);
        await page.GetByLabel("Wachtwoord", new() { Exact = true }).FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/werkplek$"));

        await site.Portal.Services.GetRequiredService<PeopleWriter>().DisableAsync(id, Administrator);
        await page.ReloadAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/inloggen\\?terug=%2Fwerkplek"));
    }

    [Theory]
    [InlineData("/inloggen", "")]
    [InlineData("/wachtwoord", "")]
    [InlineData("/en/inloggen", "")]
    [InlineData("/uitnodiging/bestaat-niet", "")]
    [InlineData("/inloggen/mislukt?reden=uitgever", "")]
    [InlineData("/werkplek", "redacteur-enschede")]
    [InlineData("/account", "redacteur-enschede")]
    [InlineData("/beheer", "beheerder")]
    [InlineData("/beheer/uitnodigen", "beheerder")]
    [InlineData("/beheer/rechten", "beheerder")]
    [InlineData("/beheer/instellingen", "beheerder")]
    public async Task WorkingPage_InEveryLook_HasNoViolationAndFits(string path, string demo)
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        if (demo.Length > 0)
        {
            await page.GotoAsync($"/inloggen?terug={Uri.EscapeDataString(path)}");
            await page.Locator($"button[value={demo}]").ClickAsync();
        }
        else await page.GotoAsync(path);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.SetViewportSizeAsync(320, 700);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(320);
    }

    [Fact]
    public async Task Administrator_WithTheKeyboardOnly_OpensAPersonAndReachesEveryForm()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/inloggen?terug=/beheer");
        await visit.TabToAsync(page.Locator("button[value=beheerder]"));
        await page.Keyboard.PressAsync("Enter");
        await visit.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "Daan Visser (demo)" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Daan Visser (demo)");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        foreach (var name in new[] { "Ontnemen", "Rol geven", "Organisatie wijzigen", "Account sluiten", "Persoon vergeten" })
            await visit.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = name }));
    }

    private async Task<string> InviteAsync(string email, Role role)
    {
        await using var db = site.Portal.Database.CreateDbContext();
        var organisation = await db.Objects.Where(o => o.Slug == "gemeente-enschede").Select(o => o.Id).SingleAsync();
        await site.Portal.Services.GetRequiredService<InvitationWriter>().InviteAsync(new InvitationInput("Anna de Vries", email, organisation, "nl", [new Grant(role)]), "https://register.example", Administrator);
        return Regex.Match(await db.Outbox.Where(m => m.Recipient == email).Select(m => m.Body).SingleAsync(), "/uitnodiging/\\S+").Value;
    }

    private async Task<Guid> PersonAsync(string email)
    {
        var secret = (await InviteAsync(email, Role.PolicyOfficer)).Split('/')[^1];
        return ((PeopleOutcome.Saved)await site.Portal.Services.GetRequiredService<InvitationWriter>().AcceptAsync(secret, new Acceptance("Anna de Vries", Password))).Id;
    }
}
