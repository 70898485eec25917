using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>Proposals, confirming and the overview in a real browser, by role and name, with the keyboard, and by axe in every look.</summary>
public sealed class ReviewTests(BrowserSite site)
{
    private const string Campus = "kennispark-twente";

    [Fact]
    public async Task Proposal_FromAnotherCity_IsAcceptedAndStandsOnThePublicPage()
    {
        await using var portal = await StartAsync();
        var id = await ProposeAsync(portal, "redacteur-delft", "Volgens het jaarverslag", ("description", "Campus van Twente, volgens Delft."));
        await using var visit = await SignInAsync(portal, "Esra Demir (demo)");
        var page = visit.Page;

        await page.GetByRole(AriaRole.Region, new() { Name = "Voorstellen die op u wachten" }).GetByRole(AriaRole.Link, new() { Name = "Kennispark Twente" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(id.ToString()));
        await Expect(page.GetByText("Campus van Twente, volgens Delft.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Voorstel overnemen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overgenomen door Esra Demir (demo)" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Bekijk de pagina van Kennispark Twente" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Main).GetByText("Campus van Twente, volgens Delft.")).ToBeVisibleAsync();
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Proposal_RejectedWithAReason_IsReadByWhoMadeIt()
    {
        await using var portal = await StartAsync();
        var id = await ProposeAsync(portal, "beleid", "Zomaar", ("note", "Nieuw"));
        await using (var visit = await SignInAsync(portal, "Esra Demir (demo)", $"/voorstellen/{id}"))
        {
            var page = visit.Page;
            await page.GetByText("Afwijzen", new() { Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Voorstel afwijzen" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
            await page.GetByLabel("Waarom wijst u dit af?").FillAsync("Dit staat er al");
            await page.GetByRole(AriaRole.Button, new() { Name = "Voorstel afwijzen" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Afgewezen door" })).ToBeVisibleAsync();
        }
        await using var proposer = await SignInAsync(portal, "Bilal Haddad (demo)");

        await Expect(proposer.Page.GetByRole(AriaRole.Region, new() { Name = "Berichten" }).GetByRole(AriaRole.Heading, new() { Name = "Uw voorstel is afgewezen" })).ToBeVisibleAsync();
        await Expect(proposer.Page.GetByRole(AriaRole.Region, new() { Name = "Uw voorstellen" }).GetByText("Dit staat er al")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task FourEyes_OwnChange_WaitsForSomebodyElse()
    {
        await using var portal = await StartAsync();
        var writer = portal.Services.GetRequiredService<ObjectWriter>();
        var editor = await ActorAsync(portal, "redacteur-enschede");
        await writer.SaveAsync(await ChangeAsync(portal, "enschede", ("fourEyes", true)), editor);
        var id = ((EditOutcome.Waiting)await writer.SaveAsync(await ChangeAsync(portal, Campus, ("note", "Vier ogen")), editor)).ProposalId;
        await using (var own = await SignInAsync(portal, "Esra Demir (demo)", $"/voorstellen/{id}"))
        {
            await Expect(own.Page.GetByText("Niemand keurt een eigen wijziging goed, ook u niet.")).ToBeVisibleAsync();
            await Expect(own.Page.GetByRole(AriaRole.Button, new() { Name = "Wijziging goedkeuren" })).ToHaveCountAsync(0);
        }
        await using var colleague = await SignInAsync(portal, "Karin Smit (demo)", $"/voorstellen/{id}");

        await colleague.Page.GetByRole(AriaRole.Button, new() { Name = "Wijziging goedkeuren" }).ClickAsync();

        await Expect(colleague.Page.GetByRole(AriaRole.Heading, new() { Name = "Overgenomen door Karin Smit" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Confirm_AllTickedWithTheKeyboardOnly_ReportsEach()
    {
        await using var portal = await StartAsync();
        await using var visit = await SignInAsync(portal, "Esra Demir (demo)");
        var page = visit.Page;
        await visit.TabToAsync(page.GetByLabel("Alles hieronder aankruisen"));
        await page.Keyboard.PressAsync("Space");
        (await page.GetByRole(AriaRole.Region, new() { Name = "Klopt dit nog?" }).GetByRole(AriaRole.Checkbox, new() { Checked = true }).CountAsync()).Should().Be(6, "the five and the one for all");
        await visit.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Bevestig wat is aangekruist" }));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Status).GetByText("5 profielen zijn bevestigd.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeFocusedAsync();
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Pages_OfTheWorkplace_HaveNoViolationInAnyLook()
    {
        await using var portal = await StartAsync();
        var clash = await ProposeAsync(portal, "beleid", "Beter", ("description", "Voorstel"), ("note", "Erbij"));
        await portal.Services.GetRequiredService<ObjectWriter>().SaveAsync(await ChangeAsync(portal, Campus, ("description", "Intussen")), await ActorAsync(portal, "redacteur-kennispark"));
        var own = await ProposeAsync(portal, "redacteur-enschede", "Tweede blik", ("note", "Eigen"));
        await using (var visit = await SignInAsync(portal, "Esra Demir (demo)"))
            foreach (var address in new[] { "/werkplek", "/werkplek?alles=bevestigen", "/voorstellen", "/voorstellen?eigen=ja", "/voorstellen?stand=afgewezen", $"/voorstellen/{clash}", $"/voorstellen/{own}", "/beheer/actualiteit", "/en/werkplek", $"/voorstellen/{Guid.Empty}" })
            {
                await visit.Page.GotoAsync(address);
                await visit.Page.EvaluateAsync("for (const d of document.querySelectorAll('main details')) d.open = true");
                await AccessibilityTests.CheckAsync(visit.Page, AccessibilityTests.Looks);
            }
        await using var secretariat = await SignInAsync(portal, "Sanne Mulder (demo)", "/beheer/actualiteit");
        await AccessibilityTests.CheckAsync(secretariat.Page, AccessibilityTests.Looks);
        await secretariat.Page.SetViewportSizeAsync(320, 700);
        (await secretariat.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(320, "only the table scrolls");
    }

    private async Task<PortalUnderTest> StartAsync()
    {
        var portal = await site.OwnAsync();
        await portal.Services.GetRequiredService<DemoPeople>().EnsureAsync();
        return portal;
    }

    private async Task<Visit> SignInAsync(PortalUnderTest portal, string name, string address = "/werkplek")
    {
        var visit = await site.VisitAsync(portal);
        await visit.Page.GotoAsync(address);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await visit.Page.WaitForURLAsync(new Regex(Regex.Escape(address) + "$"));
        return visit;
    }

    private static async Task<Actor> ActorAsync(PortalUnderTest portal, string demo)
    {
        await using var db = portal.Database.CreateDbContext();
        return (await portal.Services.GetRequiredService<ActorQuery>().FindAsync(await db.Accounts.Where(a => a.Email == demo + DemoPeople.Domain).Select(a => a.Id).SingleAsync()))!;
    }

    private static async Task<EditInput> ChangeAsync(PortalUnderTest portal, string slug, params (string Path, JsonNode? Value)[] changes)
    {
        await using var db = portal.Database.CreateDbContext();
        var item = await db.Objects.AsNoTracking().SingleAsync(o => o.Slug == slug && !(o is Organisation));
        return new EditInput(item.Id, KindRegistry.Of(item), item.Revision, new ChangeSet(changes.Select(c => KeyValuePair.Create(c.Path, c.Value))), "Verbeterd");
    }

    private static async Task<Guid> ProposeAsync(PortalUnderTest portal, string demo, string why, params (string, JsonNode?)[] changes) =>
        ((EditOutcome.Waiting)await portal.Services.GetRequiredService<ObjectWriter>().ProposeAsync((await ChangeAsync(portal, Campus, changes)) with { Reason = why }, await ActorAsync(portal, demo))).ProposalId;
}
