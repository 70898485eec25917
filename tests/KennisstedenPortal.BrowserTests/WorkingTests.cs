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
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Herstelcodes" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10, new() { Timeout = 60_000 });
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
    [InlineData("/account/tweede-factor", "redacteur-enschede")]
    [InlineData("/geschiedenis/campussen/kennispark-twente", "redacteur-enschede")]
    [InlineData("/herstellen/campussen/kennispark-twente/1", "redacteur-enschede")]
    [InlineData("/toevoegen/faciliteiten", "redacteur-enschede")]
    [InlineData("/bevestigen/bestaat-niet", "")]
    [InlineData("/en/beheer", "beheerder")]
    [InlineData("/en/geschiedenis/campussen/kennispark-twente", "redacteur-enschede")]
    public async Task WorkingPage_InEveryLook_HasNoViolationAndFits(string path, string demo)
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await OpenAsync(page, path, demo);

        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await page.SetViewportSizeAsync(320, 700);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(320);
    }

    [Theory]
    [InlineData("/inloggen", "", 360)]
    [InlineData("/werkplek", "redacteur-enschede", 1440)]
    [InlineData("/werkplek", "redacteur-enschede", 360)]
    [InlineData("/voorstellen", "redacteur-enschede", 360)]
    [InlineData("/werkplek/partners", "redacteur-enschede", 360)]
    [InlineData("/account", "redacteur-enschede", 360)]
    [InlineData("/beheer", "beheerder", 360)]
    [InlineData("/beheer/uitnodigen", "beheerder", 1440)]
    [InlineData("/beheer/actualiteit", "secretariaat", 1440)]
    [InlineData("/geschiedenis/campussen/kennispark-twente", "redacteur-enschede", 360)]
    [InlineData("/bewerken/campussen/kennispark-twente", "redacteur-enschede", 1440)]
    [InlineData("/bewerken/campussen/kennispark-twente", "redacteur-enschede", 360)]
    public async Task Focus_ThroughAWholeWorkingPage_IsAlwaysVisible(string path, string demo, int width)
    {
        await using var visit = await site.VisitAsync(width);
        await OpenAsync(visit.Page, path, demo);
        await KeyboardTests.CheckAsync(visit.Page);
    }

    private static async Task OpenAsync(IPage page, string path, string demo)
    {
        await page.GotoAsync(demo.Length > 0 ? $"/inloggen?terug={Uri.EscapeDataString(path)}" : path);
        if (demo.Length > 0) await page.Locator($"button[value={demo}]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync(demo.Length > 0 ? "Inloggen" : "");
        // A live page is drawn twice; the second time counts.
        if (path.StartsWith("/bewerken", StringComparison.Ordinal) || path.StartsWith("/toevoegen", StringComparison.Ordinal)) await Expect(page.Locator(".save-bar")).ToBeVisibleAsync();
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
        foreach (var name in new[] { "Ontnemen : Gemeenteredacteur", "Rol geven", "Organisatie wijzigen" })
            await visit.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = name }));
        await visit.TabToAsync(page.Locator("summary", new() { HasText = "Account sluiten" }));
        await visit.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Persoon vergeten" }));
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
