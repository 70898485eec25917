using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>The whole way of a new municipal editor: invited, a correction published, refused elsewhere, and proposing there.</summary>
public sealed class WalkTests(BrowserSite site)
{
    private const string Email = "anna.devries@enschede.example", Password = "vier groene fietsen bij de brug";
    private const string Own = "/campussen/kennispark-twente", Foreign = "/campussen/tu-delft-campus";
    private const string Correction = "Campus van Enschede, verbeterd door de gemeente.", Attempt = "Campus van Delft, gezien vanuit Enschede.";
    private static Actor Administrator { get; } = new(Guid.CreateVersion7(), "Beheerder", "Netwerk") { Grants = [new Grant(Role.Administrator)] };

    [Fact]
    public async Task NewEditorOfEnschede_FromInvitationToAPublishedCorrection_IsRefusedOnDelftAndProposesThere()
    {
        var post = Directory.CreateTempSubdirectory();
        try
        {
            // The circuit itself is not looked at in between: it is the writer that must refuse.
            await using var portal = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Portal:Mail:Folder"] = post.FullName, ["Portal:SignIn:CircuitCheck"] = "01:00:00" });
            await using var anonymous = await site.VisitAsync(portal);
            // Both pages stand in the cache before anything changes.
            await SeesAsync(anonymous.Page, Own, Correction, expected: false);
            await SeesAsync(anonymous.Page, Foreign, Attempt, expected: false);
            await InviteAsync(portal);

            await using var visit = await site.VisitAsync(portal);
            await AcceptAsync(portal, visit.Page);
            await CorrectAsync(visit.Page);
            await SeesAsync(anonymous.Page, Own, Correction, expected: true);

            await RefusedByPagesAsync(visit.Page);
            await RefusedByWriterAsync(portal);
            await RefusedInTheCircuitAsync(portal, visit.Page);
            await SeesAsync(anonymous.Page, Foreign, Attempt, expected: false);
            await ProposeAsync(visit.Page);
            await SeesAsync(anonymous.Page, Foreign, Attempt, expected: false);

            await AcceptInDelftAsync(portal);
            await SeesAsync(anonymous.Page, Foreign, Attempt, expected: true);
            await SignInAsync(visit.Page);
            await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Berichten" }).GetByRole(AriaRole.Heading, new() { Name = "Uw voorstel is overgenomen" })).ToBeVisibleAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Uw voorstellen" }).GetByRole(AriaRole.Link, new() { Name = "TU Delft Campus" })).ToBeVisibleAsync();
            visit.Complaints.Should().BeEmpty();
        }
        finally
        {
            post.Delete(recursive: true);
        }
    }

    private async Task InviteAsync(PortalUnderTest portal)
    {
        await using var visit = await site.VisitAsync(portal);
        var page = visit.Page;
        await page.GotoAsync("/inloggen?terug=/beheer");
        await page.Locator("button[value=beheerder]").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Uitnodigen", Exact = true }).ClickAsync();
        await page.GetByLabel("Naam", new() { Exact = true }).FillAsync("Anna de Vries");
        await page.GetByLabel("E-mailadres").FillAsync(Email);
        await page.GetByLabel("Organisatie", new() { Exact = true }).FillAsync("Gemeente Enschede");
        await page.GetByLabel("Rol", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Gemeenteredacteur" });
        await page.GetByLabel("Voor welke stad, campus of organisatie?").FillAsync("Enschede");
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitnodiging versturen" }).ClickAsync();
        await Expect(page.GetByText("De uitnodiging voor Anna de Vries als gemeenteredacteur van Enschede en partnerredacteur van Gemeente Enschede is onderweg.")).ToBeVisibleAsync();
    }

    private static async Task AcceptAsync(PortalUnderTest portal, IPage page)
    {
        await portal.Services.GetRequiredService<OutboxSender>().SendDueAsync(default);
        await page.GotoAsync("/lokaal/post");
        await Expect(page.GetByRole(AriaRole.Article)).ToContainTextAsync(Email);
        await page.GetByRole(AriaRole.Article).GetByRole(AriaRole.Link).Filter(new() { HasText = "/uitnodiging/" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Gemeenteredacteur voor Enschede");
        await page.GetByLabel("Wachtwoord", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitnodiging aannemen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw werkplek");
        // Not only this once.
        await page.Locator(".account summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitloggen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("U bent uitgelogd.");
        await SignInAsync(page);
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/inloggen?terug=/werkplek");
        await page.GetByLabel("E-mailadres").FillAsync(Email);
        await page.GetByLabel("Wachtwoord", new() { Exact = true }).FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/werkplek$"));
    }

    /// <summary>From the workplace, by way of the public page, to the form.</summary>
    private static async Task CorrectAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Region, new() { Name = "Klopt dit nog?" }).GetByRole(AriaRole.Link, new() { Name = "Kennispark Twente", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Wijzigen of een wijziging voorstellen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Wijzigen: Kennispark Twente");
        await WriteAsync(page, Correction);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.Locator(".differences .becomes").Filter(new() { HasText = Correction })).ToBeVisibleAsync();
        await page.GetByLabel("Waarom wijzigt u dit?").FillAsync("De oude tekst klopte niet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen");
    }

    private static async Task RefusedByPagesAsync(IPage page)
    {
        await page.GotoAsync("/bewerken" + Foreign);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Wijziging voorstellen: TU Delft Campus");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Bekijk uw voorstel" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" })).ToHaveCountAsync(0);
        foreach (var address in new[] { "/beheer", "/beheer/uitnodigen", "/beheer/rechten", "/beheer/instellingen" })
        {
            (await page.GotoAsync(address))!.Status.Should().Be(403, address);
            await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("U mag deze pagina niet openen");
        }
    }

    /// <summary>As if every page were forgotten: with the rights of the person as the database has them.</summary>
    private static async Task RefusedByWriterAsync(PortalUnderTest portal)
    {
        var actor = (await portal.Services.GetRequiredService<ActorQuery>().FindAsync(await AccountAsync(portal)))!;
        actor.Grants.Should().ContainSingle(g => g.Role == Role.MunicipalEditor);
        await using var db = portal.Database.CreateDbContext();
        var campus = await db.Objects.OfType<Campus>().SingleAsync(o => o.Slug == "tu-delft-campus");
        var changes = new ChangeSet();
        changes.Set("description", Attempt);
        var save = () => portal.Services.GetRequiredService<ObjectWriter>().SaveAsync(new EditInput(campus.Id, KindRegistry.OfCode("campus"), campus.Revision, changes, "Toch"), actor);
        await save.Should().ThrowAsync<NotAllowedException>();
    }

    /// <summary>A form that was opened with the right to save is refused when that right is gone by the time of saving.</summary>
    private static async Task RefusedInTheCircuitAsync(PortalUnderTest portal, IPage page)
    {
        var people = portal.Services.GetRequiredService<PeopleWriter>();
        var account = await AccountAsync(portal);
        await using var db = portal.Database.CreateDbContext();
        var delft = await db.Objects.OfType<City>().Where(o => o.Slug == "delft").Select(o => o.Id).SingleAsync();
        (await people.GrantAsync(account, new Grant(Role.MunicipalEditor, delft), Administrator)).Should().BeOfType<PeopleOutcome.Saved>();
        await page.GotoAsync("/bewerken" + Foreign);
        await WriteAsync(page, Attempt);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        var save = page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" });
        await Expect(save).ToBeVisibleAsync();
        var grant = await db.RoleGrants.Where(g => g.AccountId == account && g.ScopeId == delft).Select(g => g.Id).SingleAsync();
        (await people.WithdrawAsync(account, grant, Administrator)).Should().BeOfType<PeopleOutcome.Saved>();

        await save.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "U mag dit niet zelf wijzigen" })).ToBeFocusedAsync();
        (await db.Objects.AsNoTracking().OfType<Campus>().SingleAsync(o => o.Slug == "tu-delft-campus")).Description.Should().NotBe(Attempt);
    }

    /// <summary>In the same form, with what was typed.</summary>
    private static async Task ProposeAsync(IPage page)
    {
        await page.GetByLabel("Waarom stelt u dit voor?").FillAsync("Wij werken er samen aan");
        await page.GetByRole(AriaRole.Button, new() { Name = "Voorstel indienen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw voorstel is ingediend");
    }

    private async Task AcceptInDelftAsync(PortalUnderTest portal)
    {
        await using var visit = await site.VisitAsync(portal);
        var page = visit.Page;
        await page.GotoAsync("/inloggen?terug=/werkplek");
        await page.Locator("button[value=redacteur-delft]").ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Voorstellen die op u wachten" }).GetByRole(AriaRole.Link, new() { Name = "TU Delft Campus" }).ClickAsync();
        await Expect(page.GetByText("Wij werken er samen aan")).ToBeVisibleAsync();
        await Expect(page.GetByText(Attempt)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Voorstel overnemen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overgenomen door Daan Visser (demo)" })).ToBeVisibleAsync();
        visit.Complaints.Should().BeEmpty();
    }

    private static async Task WriteAsync(IPage page, string text)
    {
        await Expect(page.Locator(".save-bar")).ToBeVisibleAsync();
        await page.GetByLabel("Beschrijving").FillAsync(text);
        await Expect(page.Locator(".draft-status")).ToContainTextAsync("Concept bewaard");
    }

    private static async Task SeesAsync(IPage page, string address, string text, bool expected)
    {
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Main).GetByText(text)).ToHaveCountAsync(expected ? 1 : 0);
    }

    private static async Task<Guid> AccountAsync(PortalUnderTest portal)
    {
        await using var db = portal.Database.CreateDbContext();
        return await db.Accounts.Where(a => a.Email == Email).Select(a => a.Id).SingleAsync();
    }
}
