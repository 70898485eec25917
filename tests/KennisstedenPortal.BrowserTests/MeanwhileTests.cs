using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>What others do while somebody fills in a form: it is said, and nothing that was typed goes.</summary>
public sealed class MeanwhileTests(BrowserSite site)
{
    private const string Campus = "kennispark-twente";

    [Fact]
    public async Task Proposal_DecidedOnWhileItIsAdjusted_GoesOnAsAnOwnChangeThatSaysSo()
    {
        await using var portal = await site.OwnAsync();
        await portal.Services.GetRequiredService<DemoPeople>().EnsureAsync();
        var item = await FindAsync(portal);
        var proposal = ((EditOutcome.Waiting)await portal.Services.GetRequiredService<ObjectWriter>()
            .ProposeAsync(new EditInput(item.Id, KindRegistry.Of(item), item.Revision, new ChangeSet([new("note", "Uit het voorstel")]), "Klopt beter"), await ActorAsync(portal, "redacteur-delft"))).ProposalId;
        await using var visit = await EditTests.OpenAsync(site, portal, "redacteur-enschede", $"/voorstellen/{proposal}", form: false);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Eerst aanpassen" }).ClickAsync();
        await EditTests.LiveAsync(page);
        await page.Locator("#veld-description").FillAsync("Aangepast door de gemeente.");
        await Button(page, "Bekijk en sla op").ClickAsync();
        await Expect(Button(page, "Voorstel zo overnemen")).ToBeVisibleAsync();
        await portal.Services.GetRequiredService<ProposalWriter>().RejectAsync(proposal, "Toch niet.", await ActorAsync(portal, "secretariaat"));

        await Button(page, "Voorstel zo overnemen").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Over dit voorstel is intussen al besloten.");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "is intussen afgewezen" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await EditTests.LiveAsync(page);
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "is intussen afgewezen" })).ToBeVisibleAsync();
        await Expect(page.Locator("#veld-description")).ToHaveValueAsync("Aangepast door de gemeente.");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await Button(page, "Bekijk en sla op").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "is intussen afgewezen" })).ToBeVisibleAsync();
        await Button(page, "Wijziging opslaan").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen");
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Addition_AddedMeanwhile_GoesOnAsAChangeOfWhatWasAdded()
    {
        await using var portal = await site.OwnAsync();
        await portal.Services.GetRequiredService<DemoPeople>().EnsureAsync();
        var id = Guid.CreateVersion7();
        await using var visit = await EditTests.OpenAsync(site, portal, "redacteur-enschede", $"/toevoegen/faciliteiten/{id}");
        var page = visit.Page;
        await page.Locator("#veld-name").FillAsync("Lab van twee vensters");
        await page.Locator("#veld-description").FillAsync("Zoals hier geschreven.");
        await page.Locator("#veld-sort").SelectOptionAsync("fieldlab");
        await Expect(page.Locator(".draft-status")).ToContainTextAsync("Concept bewaard");
        await using (var db = portal.Database.CreateDbContext())
        {
            var city = await db.Objects.OfType<City>().SingleAsync(c => c.Slug == "enschede");
            (await portal.Services.GetRequiredService<ObjectWriter>().SaveAsync(new EditInput(id, KindRegistry.Of<Facility>(), 0, new ChangeSet([new("name", "Lab van twee vensters"), new("sort", "fieldlab"), new("steward", city.Id.ToString())]), null), await ActorAsync(portal, "secretariaat"))).Should().BeOfType<EditOutcome.Saved>();
        }

        await Button(page, "Bekijk en sla op").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Dit is intussen al toegevoegd");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Wijzigen: Lab van twee vensters");
        await Expect(page.Locator("#veld-description")).ToHaveValueAsync("Zoals hier geschreven.");
        await page.ReloadAsync();
        await page.WaitForURLAsync(new Regex("/bewerken/faciliteiten/lab-van-twee-vensters$"));
        await EditTests.LiveAsync(page);
        await Button(page, "Bekijk en sla op").ClickAsync();
        await Button(page, "Wijziging opslaan").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen");
        await using var after = portal.Database.CreateDbContext();
        (await after.Objects.SingleAsync(o => o.Id == id)).Description.Should().Be("Zoals hier geschreven.");
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Form_PartsClosedAndLookedAt_KeepWhatWasHalfFilledIn()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await EditTests.OpenAsync(site, portal, "redacteur-enschede", $"/bewerken/campussen/{Campus}");
        var page = visit.Page;
        ILocator Part(string name) => page.GetByRole(AriaRole.Heading, new() { Name = name }).GetByRole(AriaRole.Button);
        await Part("Relaties en organisaties").ClickAsync();
        await page.GetByLabel("Soort relatie").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Met wie of wat?").FillAsync("univers");
        await Part("Relaties en organisaties").ClickAsync();
        await Expect(page.GetByLabel("Met wie of wat?")).ToBeHiddenAsync();
        await page.Locator("#veld-website").FillAsync("geen adres");
        await Button(page, "Bekijk en sla op").ClickAsync();

        // Both are told at once, and what was closed over one of them is open again.
        await Expect(page.Locator(".error-summary").GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
        await page.Locator(".error-summary").GetByRole(AriaRole.Link, new() { Name = "Met wie of wat?" }).ClickAsync();
        await Expect(page.GetByLabel("Met wie of wat?")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Met wie of wat?")).ToHaveValueAsync("univers");
        await page.GetByLabel("Met wie of wat?").FillAsync("");
        await page.Locator("#veld-website").FillAsync("https://kennispark.example");
        await Part("Beheer: zichtbaarheid").ClickAsync();
        await Button(page, "Bekijk en sla op").ClickAsync();
        await Expect(Button(page, "Wijziging opslaan")).ToBeVisibleAsync();
        await Expect(page.Locator("#veld-website")).ToBeHiddenAsync();
        await Button(page, "Terug naar het formulier").ClickAsync();

        await Expect(page.Locator("#veld-slug")).ToBeVisibleAsync();
        await Expect(page.Locator("#veld-website")).ToHaveValueAsync("https://kennispark.example");
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Conflict_ChosenAndLeft_RemembersTheChoiceAndKeepsWhatWasCombined()
    {
        await using var portal = await site.OwnAsync();
        await portal.Services.GetRequiredService<DemoPeople>().EnsureAsync();
        await using var visit = await EditTests.OpenAsync(site, portal, "redacteur-enschede", $"/bewerken/campussen/{Campus}");
        var page = visit.Page;
        await page.Locator("#veld-description").FillAsync("Van mij.");
        var item = await FindAsync(portal);
        await portal.Services.GetRequiredService<ObjectWriter>().SaveAsync(new EditInput(item.Id, KindRegistry.Of(item), item.Revision, new ChangeSet([new("description", "Van een ander."), new("note", "Ook dit.")]), null), await ActorAsync(portal, "secretariaat"));
        await page.Locator("#veld-note").FillAsync("Iets anders.");
        await Button(page, "Bekijk en sla op").ClickAsync();
        var groups = page.Locator(".clash");
        await groups.Nth(0).GetByLabel("Maak er samen één tekst van").CheckAsync();
        await page.GetByLabel("De tekst die er moet staan").FillAsync("Van ons allebei.");
        await groups.Nth(1).GetByLabel("Laat staan wat de ander schreef").CheckAsync();
        await Button(page, "Terug naar het formulier").ClickAsync();
        await Expect(page.Locator("#veld-description")).ToHaveValueAsync("Van ons allebei.");
        await Expect(page.Locator(".draft-status")).ToContainTextAsync("Concept bewaard");
        await Button(page, "Bekijk en sla op").ClickAsync();
        await Expect(groups.Nth(0).GetByLabel("Maak er samen één tekst van")).ToBeCheckedAsync();
        await Expect(groups.Nth(1).GetByLabel("Laat staan wat de ander schreef")).ToBeCheckedAsync();

        await page.ReloadAsync();
        await EditTests.LiveAsync(page);

        await Expect(page.Locator("#veld-description")).ToHaveValueAsync("Van ons allebei.");
        visit.Complaints.Should().BeEmpty();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task<RegisterObject> FindAsync(PortalUnderTest portal)
    {
        await using var db = portal.Database.CreateDbContext();
        return await db.Objects.AsNoTracking().OfType<Campus>().SingleAsync(o => o.Slug == Campus);
    }

    private static async Task<Actor> ActorAsync(PortalUnderTest portal, string demo)
    {
        await using var db = portal.Database.CreateDbContext();
        return (await portal.Services.GetRequiredService<ActorQuery>().FindAsync(await db.Accounts.Where(a => a.Email == demo + DemoPeople.Domain).Select(a => a.Id).SingleAsync()))!;
    }
}
