using System.Text.RegularExpressions;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>What somebody types survives whatever happens to the portal, the database and the line between (product rule 5).</summary>
public sealed class NothingLostTests(BrowserSite site)
{
    private const string Form = "/bewerken/campussen/kennispark-twente", Editor = "redacteur-enschede";
    private const string Kept = "Campus waar bedrijven en studenten samenwerken.", Later = Kept + " Met een proefhal voor fotonica.", Basis = "Twee lectoraten en een proefhal.";
    /// <summary>Only ends a hopeless wait: a browser may leave 30 seconds between two attempts to connect.</summary>
    private const int Patience = 90_000;

    private static readonly LocatorAssertionsToBeVisibleOptions Visible = new() { Timeout = Patience };
    private static readonly LocatorAssertionsToHaveValueOptions Value = new() { Timeout = Patience };
    private static readonly LocatorAssertionsToContainTextOptions Text = new() { Timeout = Patience };

    [Fact]
    public async Task Portal_KilledWhileSomebodyTypes_SaysSoAndGivesBackEveryWordAlsoWhatItNeverHeard()
    {
        var database = await site.DatabaseAsync();
        Uri address;
        Visit visit;
        using (var portal = await PortalProcess.StartAsync(database.Application))
        {
            address = portal.Address;
            visit = await OpenAsync(address, Editor);
            await Description(visit).FillAsync(Kept);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Thema's" }).ClickAsync();
            await visit.Page.Locator("#themas-deel .edit-item button[aria-expanded]").First.ClickAsync();
            await Expect(visit.Page.GetByLabel("Waaruit blijkt dat?")).ToBeVisibleAsync();
            await Expect(Status(visit)).ToContainTextAsync("Concept bewaard", Text);
            // It hears nothing of what comes now.
            portal.Freeze();
            await Description(visit).FillAsync(Later);
            await visit.Page.GetByLabel("Waaruit blijkt dat?").FillAsync(Basis);
            portal.Kill();
        }
        await using var _ = visit;
        var page = visit.Page;
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "De verbinding is even weg" })).ToBeVisibleAsync(Visible);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Wat u typte, gaat niet verloren");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        Json.Text((await DraftAsync(database))["description"]).Should().Be(Kept, "the portal was gone before the rest");

        using var again = await PortalProcess.StartAsync(database.Application, at: address);

        var told = page.GetByRole(AriaRole.Dialog, new() { Name = "U kunt verder waar u was" });
        await Expect(told).ToBeVisibleAsync(Visible);
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await told.GetByRole(AriaRole.Button).PressAsync("Enter");
        await Expect(page.GetByLabel("Waaruit blijkt dat?")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Waaruit blijkt dat?")).ToHaveValueAsync(Basis);
        await Expect(Description(visit)).ToHaveValueAsync(Later);
        await Expect(page.GetByText("U gaat verder met uw concept")).ToBeVisibleAsync();
        await Poll.UntilAsync(async () => Json.Text((await DraftAsync(database))["description"]) == Later && (await DraftAsync(database)).Any(p => p.Value is System.Text.Json.Nodes.JsonObject item && Json.Text(item["basis"]) == Basis), "the draft holds all");
    }

    [Fact]
    public async Task Text_WithoutAPlaceAfterTheReload_IsShownToBeCopied()
    {
        var database = await site.DatabaseAsync();
        Uri address;
        Visit visit;
        using (var portal = await PortalProcess.StartAsync(database.Application))
        {
            address = portal.Address;
            visit = await OpenAsync(address, Editor);
            await Description(visit).FillAsync(Kept);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
            await Expect(visit.Page.GetByLabel("Waarom wijzigt u dit?")).ToBeVisibleAsync(Visible);
            portal.Freeze();
            await visit.Page.GetByLabel("Waarom wijzigt u dit?").FillAsync("Staat zo in het jaarverslag.");
            portal.Kill();
        }
        await using var _ = visit;

        using var again = await PortalProcess.StartAsync(database.Application, at: address);

        var told = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "U kunt verder waar u was" });
        await Expect(told.GetByText("Staat zo in het jaarverslag.")).ToBeVisibleAsync(Visible);
        await AccessibilityTests.CheckAsync(visit.Page, AccessibilityTests.Looks);
        await Expect(Description(visit)).ToHaveValueAsync(Kept);
    }

    [Fact]
    public async Task Line_HangsAndBreaksWhileSomebodyTypes_TheServerHearsAllAfterwards()
    {
        await using var portal = await site.OwnAsync();
        await using var line = new Forwarder(portal.BaseAddress);
        await using var visit = await OpenAsync(line.Address, Editor);
        await Description(visit).FillAsync(Kept);
        await Expect(Status(visit)).ToContainTextAsync("Concept bewaard", Text);
        await visit.Page.EvaluateAsync("window.isSamePage = true");

        line.Hang();
        await Description(visit).FillAsync(Later);
        await visit.Page.GetByLabel("Website").FillAsync("https://kennispark.example");
        line.Break();

        await Poll.UntilAsync(async () => Json.Text((await DraftAsync(portal.Database))["description"]) == Later && Json.Text((await DraftAsync(portal.Database))["website"]) is not null, "the server heard what was typed");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).Not.ToBeVisibleAsync(new() { Timeout = Patience });
        (await visit.Page.EvaluateAsync<bool>("window.isSamePage === true")).Should().BeTrue("the circuit still lived");
        await Expect(Description(visit)).ToHaveValueAsync(Later);
    }

    [Fact]
    public async Task Draft_ThatAnotherDeviceWentOnWith_IsNotOverwrittenByAPageThatWokeUp()
    {
        await using var portal = await site.OwnAsync();
        await using var line = new Forwarder(portal.BaseAddress);
        await using var closed = await OpenAsync(line.Address, Editor);
        await Description(closed).FillAsync(Kept);
        await Expect(Status(closed)).ToContainTextAsync("Concept bewaard", Text);
        // The page lets go of what is kept.
        await closed.Page.WaitForFunctionAsync("() => !Object.keys(sessionStorage).some(k => k.startsWith('getypt:'))");
        await using (var other = await OpenAsync(portal.BaseAddress, Editor))
        {
            await Description(other).FillAsync(Later);
            await Expect(Status(other)).ToContainTextAsync("Concept bewaard", Text);
            await Poll.UntilAsync(async () => Json.Text((await DraftAsync(portal.Database))["description"]) == Later, "the other device kept it");
        }

        closed.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await closed.Page.ReloadAsync();

        await Expect(Description(closed)).ToHaveValueAsync(Later, Value);
    }

    [Fact]
    public async Task Text_ThatTheServerNeverHeardWhileAnotherDeviceWentOn_IsShownToBeCopiedAndPutOverNothing()
    {
        const string elsewhere = "Op de telefoon verder geschreven.";
        await using var portal = await site.OwnAsync();
        await using var line = new Forwarder(portal.BaseAddress);
        await using var here = await OpenAsync(line.Address, Editor);
        await Description(here).FillAsync(Kept);
        await Expect(Status(here)).ToContainTextAsync("Concept bewaard", Text);
        line.Hang();
        await Description(here).FillAsync(Later);
        await using (var other = await OpenAsync(portal.BaseAddress, Editor))
        {
            await Description(other).FillAsync(elsewhere);
            await Poll.UntilAsync(async () => Json.Text((await DraftAsync(portal.Database))["description"]) == elsewhere, "the other device kept it");
        }

        line.Break();
        here.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await here.Page.ReloadAsync();

        await Expect(here.Page.GetByRole(AriaRole.Dialog, new() { Name = "U kunt verder waar u was" }).GetByText(Later)).ToBeVisibleAsync(Visible);
        await Expect(Description(here)).ToHaveValueAsync(elsewhere, Value);
        Json.Text((await DraftAsync(portal.Database))["description"]).Should().Be(elsewhere);
    }

    [Fact]
    public async Task NewSource_HalfFilledIn_IsRememberedThoughTheDraftDoesNotHoldIt()
    {
        const string title = "Jaarverslag Kennispark 2026";
        await using var portal = await site.OwnAsync();
        await using var visit = await OpenAsync(portal.BaseAddress, Editor);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Bron en controle van Beschrijving" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Staat de bron er niet bij? Voeg die toe" }).First.ClickAsync();
        await page.GetByLabel("Titel").FillAsync(title);
        await Description(visit).FillAsync(Kept);
        // The page lets go of what is kept, and of that alone.
        await page.WaitForFunctionAsync("() => { const held = Object.entries(sessionStorage).find(([k]) => k.startsWith('getypt:'))?.[1]; return held?.includes('Jaarverslag') && !held.includes('veld-description\"'); }");

        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.ReloadAsync();

        var told = page.GetByRole(AriaRole.Dialog, new() { Name = "U kunt verder waar u was" });
        await Expect(told.GetByText(title)).ToBeVisibleAsync(Visible);
        await told.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Description(visit)).ToHaveValueAsync(Kept);

        await page.GetByRole(AriaRole.Button, new() { Name = "Bron en controle van Beschrijving" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Staat de bron er niet bij? Voeg die toe" }).First.ClickAsync();
        await page.GetByLabel("Titel").FillAsync(title);
        await page.GetByRole(AriaRole.Button, new() { Name = "Toch niet" }).ClickAsync();
        await page.WaitForFunctionAsync("() => !document.documentElement.hasAttribute('data-unsaved') && !Object.keys(sessionStorage).some(k => k.startsWith('getypt:'))");
    }

    [Fact]
    public async Task Database_RestartedWhileSomebodyTypes_IsSaidAndMendsItself()
    {
        await using var server = new TestServer();
        await using var database = await server.FilledAsync();
        await using var portal = PortalUnderTest.Start(database);
        await using var visit = await OpenAsync(portal.BaseAddress, Editor);
        var page = visit.Page;
        await Description(visit).FillAsync(Kept);
        await Expect(Status(visit)).ToContainTextAsync("Concept bewaard", Text);

        await server.StopAsync();

        await Description(visit).FillAsync(Later);
        await Expect(Status(visit)).ToContainTextAsync("kon net niet worden bewaard. Laat deze pagina open", Text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bron en controle van Beschrijving" }).ClickAsync();
        await page.GetByLabel("Bron toevoegen").FillAsync("twente");
        await Expect(page.GetByText("Zoeken lukt even niet").Last).ToBeVisibleAsync(Visible);
        await page.GetByLabel("Bron toevoegen").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cijfers" }).ClickAsync();
        await Expect(page.Locator("#cijfers-deel")).ToContainTextAsync("Dit deel kan even niet worden getoond", Text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "De gegevens zijn even niet bereikbaar. Uw tekst staat hier nog." })).ToBeVisibleAsync(Visible);
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        (await page.Locator("body").InnerTextAsync()).Should().NotContainAny("Npgsql", "Exception", "   at ", "127.0.0.1");
        await Expect(Description(visit)).ToHaveValueAsync(Later);

        await server.StartAsync();

        await Expect(Status(visit)).ToContainTextAsync("Concept bewaard", Text);
        Json.Text((await DraftAsync(database))["description"]).Should().Be(Later);
        await page.Locator("#cijfers-deel").GetByRole(AriaRole.Button, new() { Name = "Opnieuw proberen" }).ClickAsync();
        await Expect(page.GetByLabel("Cijfer toevoegen")).ToBeVisibleAsync(Visible);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen", new() { Timeout = Patience });
        (await DescriptionInTheRegisterAsync(database)).Should().Be(Later);
    }

    [Fact]
    public async Task OneOfTwoPortals_KilledWhileSomebodyTypes_TheOtherGoesOnWithDraftAndSignIn()
    {
        var database = await site.DatabaseAsync();
        using var first = await PortalProcess.StartAsync(database.Application);
        using var second = await PortalProcess.StartAsync(database.Application);
        await using var address = new Forwarder(first.Address, second.Address);
        await using var visit = await OpenAsync(address.Address, Editor);
        var page = visit.Page;
        await Description(visit).FillAsync(Kept);
        await Expect(Status(visit)).ToContainTextAsync("Concept bewaard", Text);
        first.Freeze();
        await Description(visit).FillAsync(Later);

        first.Kill();

        await page.GetByRole(AriaRole.Dialog, new() { Name = "U kunt verder waar u was" }).GetByRole(AriaRole.Button).ClickAsync(new() { Timeout = Patience });
        await Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(Form) + "$"));
        await Expect(page.GetByText("U gaat verder met uw concept")).ToBeVisibleAsync();
        await Expect(Description(visit)).ToHaveValueAsync(Later);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen", new() { Timeout = Patience });
        (await DescriptionInTheRegisterAsync(database)).Should().Be(Later);
    }

    /// <param name="acts">Does something at once, long before the page is checked by itself.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Editor_DisabledWhileTheFormIsOpen_SeesItCloseAndSavesNothing(bool acts)
    {
        await using var portal = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Portal:SignIn:CircuitCheck"] = acts ? "00:50:00" : "00:00:01" });
        await using var visit = await OpenAsync(portal.BaseAddress, Editor);
        var page = visit.Page;
        var questions = 0;
        page.Dialog += (_, dialog) =>
        {
            questions++;
            _ = dialog.AcceptAsync();
        };
        // Typed as a person does, else the browser would never ask before it leaves.
        await Description(visit).PressSequentiallyAsync("!");
        await Expect(Status(visit)).ToContainTextAsync("Concept bewaard", Text);
        var (typed, before) = (await Description(visit).InputValueAsync(), await DescriptionInTheRegisterAsync(portal.Database));

        await using (var db = portal.Database.CreateDbContext())
        {
            var email = Editor + DemoPeople.Domain;
            var administrator = new Actor(Guid.CreateVersion7(), "Beheerder", "Netwerk") { Grants = [new Grant(Role.Administrator)] };
            (await portal.Services.GetRequiredService<PeopleWriter>().DisableAsync(await db.Accounts.Where(a => a.Email == email).Select(a => a.Id).SingleAsync(), administrator)).Should().BeOfType<PeopleOutcome.Saved>();
        }
        if (acts) await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Hier kan niets meer worden opgeslagen", Text);
        await Expect(page.Locator("main .save-bar, main textarea, main input")).ToHaveCountAsync(0);
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        (await DescriptionInTheRegisterAsync(portal.Database)).Should().Be(before);
        Json.Text((await DraftAsync(portal.Database))["description"]).Should().Be(typed);
        await page.GetByRole(AriaRole.Link, new() { Name = "Opnieuw inloggen" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/inloggen\\?terug="));
        await page.Locator($"button[value={Editor}]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is gesloten");
        questions.Should().Be(0, "there is nothing to stay for");
    }

    private static ILocator Description(Visit visit) => visit.Page.GetByLabel("Beschrijving", new() { Exact = false }).First;
    private static ILocator Status(Visit visit) => visit.Page.Locator(".draft-status");

    private async Task<Visit> OpenAsync(Uri address, string demo)
    {
        var visit = await site.VisitAsync(address);
        await visit.Page.GotoAsync($"/inloggen?terug={Uri.EscapeDataString(Form)}");
        await visit.Page.Locator($"button[value={demo}]").ClickAsync();
        await Expect(visit.Page.Locator(".save-bar")).ToBeVisibleAsync(Visible);
        return visit;
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> DraftAsync(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        return System.Text.Json.Nodes.JsonNode.Parse(await db.Drafts.Select(d => d.Changes).SingleAsync())!.AsObject();
    }

    private static async Task<string?> DescriptionInTheRegisterAsync(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        return await db.Objects.OfType<Campus>().Where(o => o.Slug == "kennispark-twente").Select(o => o.Description).SingleAsync();
    }
}
