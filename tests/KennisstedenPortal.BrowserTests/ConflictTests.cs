using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.BrowserTests;

/// <summary>Two browsers on what belongs to one campus: each choice is made knowingly, and nothing is overwritten in silence.</summary>
public sealed class ConflictTests(BrowserSite site)
{
    private const string Form = "/bewerken/campussen/kennispark-twente";

    [Fact]
    public async Task Themes_ChangedByBoth_AndRemovedByOne_AreChosenOneByOne()
    {
        await using var portal = await site.OwnAsync();
        var themes = await ThemesAsync(portal);
        var (both, gone, back) = (themes[0], themes[1], themes[2]);
        await using var first = await OpenAsync(portal, "redacteur-enschede", "Thema's");
        await using var second = await OpenAsync(portal, "redacteur-kennispark", "Thema's");
        await StrengthAsync(first.Page, both.Name, "kern");
        await RemoveAsync(first.Page, gone.Name);
        await RemoveAsync(first.Page, back.Name);
        await SaveAsync(first.Page);

        await StrengthAsync(second.Page, both.Name, "in opbouw");
        await StrengthAsync(second.Page, gone.Name, "kern");
        await StrengthAsync(second.Page, back.Name, "sterk");
        await ReviewAsync(second.Page);

        await Expect(second.Page.GetByRole(AriaRole.Heading, new() { Name = "Intussen is hetzelfde gewijzigd" })).ToBeVisibleAsync();
        var group = Clash(second.Page, $"Thema: {both.Name}");
        await Expect(group.GetByLabel("Laat staan wat de ander schreef")).Not.ToBeCheckedAsync();
        await Expect(group).ToContainTextAsync("kern");
        await group.GetByLabel("Neem wat u schreef").CheckAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Verder met deze keuzes" }).ClickAsync();
        await Expect(second.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Kies nog wat er moet staan bij Thema: ");
        await Clash(second.Page, $"Thema: {gone.Name}").GetByLabel("Laat weg: de ander heeft dit weggehaald").CheckAsync();
        await Clash(second.Page, $"Thema: {back.Name}").GetByLabel("Zet terug, zoals u het schreef").CheckAsync();
        await AccessibilityTests.CheckAsync(second.Page, AccessibilityTests.Looks);
        await ChooseAsync(second.Page);
        await Expect(second.Page.Locator(".differences dt")).ToHaveCountAsync(2);

        await FinishAsync(second.Page);

        var now = await ThemesAsync(portal);
        now.Should().Contain(t => t.Code == both.Code && t.Strength == Strength.Emerging);
        now.Should().Contain(t => t.Code == back.Code && t.Strength == Strength.Strong);
        now.Should().NotContain(t => t.Code == gone.Code);
        second.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Theme_ThatTheOtherChanged_IsNotRemovedInSilence()
    {
        await using var portal = await site.OwnAsync();
        var theme = (await ThemesAsync(portal))[0];
        await using var first = await OpenAsync(portal, "redacteur-enschede", "Thema's");
        await using var second = await OpenAsync(portal, "redacteur-kennispark", "Thema's");
        await StrengthAsync(first.Page, theme.Name, "kern");
        await SaveAsync(first.Page);
        await RemoveAsync(second.Page, theme.Name);
        await ReviewAsync(second.Page);

        var group = Clash(second.Page, $"Thema: {theme.Name}");
        await Expect(group.GetByLabel("Haal weg, zoals u wilde")).ToBeVisibleAsync();
        await group.GetByLabel("Laat staan wat de ander schreef").CheckAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Verder met deze keuzes" }).ClickAsync();

        await Expect(second.Page.GetByText("U hebt gekozen voor wat er al stond.")).ToBeVisibleAsync();
        (await ThemesAsync(portal)).Should().Contain(t => t.Code == theme.Code && t.Strength == Strength.Core);
    }

    [Fact]
    public async Task Relations_ChangedByBoth_AndRemovedByOne_AreChosenOneByOne()
    {
        await using var portal = await site.OwnAsync();
        var relations = await RelationsAsync(portal);
        var (both, gone) = (relations[0], relations[1]);
        await using var first = await OpenAsync(portal, "redacteur-enschede", "Relaties en organisaties");
        await using var second = await OpenAsync(portal, "redacteur-kennispark", "Relaties en organisaties");
        await NoteAsync(first.Page, both.Id, "Volgens de gemeente");
        await Item(first.Page, gone.Id).GetByRole(AriaRole.Button, new() { Name = "Weghalen" }).ClickAsync();
        await SaveAsync(first.Page);

        await NoteAsync(second.Page, both.Id, "Volgens de campus");
        await NoteAsync(second.Page, gone.Id, "Bestaat nog");
        await ReviewAsync(second.Page);

        var kept = Clash(second.Page, both.Name);
        await Expect(kept).ToContainTextAsync("Volgens de gemeente");
        await Expect(kept).ToContainTextAsync("Volgens de campus");
        await kept.GetByLabel("Laat staan wat de ander schreef").CheckAsync();
        await Clash(second.Page, gone.Name).GetByLabel("Zet terug, zoals u het schreef").CheckAsync();
        await AccessibilityTests.CheckAsync(second.Page, AccessibilityTests.Looks);
        await ChooseAsync(second.Page);
        await FinishAsync(second.Page);

        var now = await RelationsAsync(portal);
        now.Should().Contain(r => r.Id == both.Id && r.Note == "Volgens de gemeente");
        now.Should().Contain(r => r.Id == gone.Id && r.Note == "Bestaat nog");
        second.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Relation_ThatBothAdded_StandsThereOnce_AndTheSecondIsToldSo()
    {
        await using var portal = await site.OwnAsync();
        await using var first = await OpenAsync(portal, "redacteur-enschede", "Relaties en organisaties");
        await using var second = await OpenAsync(portal, "redacteur-kennispark", "Relaties en organisaties");
        await AddAsync(first.Page);
        await SaveAsync(first.Page);
        await AddAsync(second.Page);
        await ReviewAsync(second.Page);

        await Expect(second.Page.Locator(".error-summary")).ToContainTextAsync("Deze relatie staat er al.");
        await second.Page.Locator(".error-summary").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(second.Page.Locator(".edit-item:focus")).ToContainTextAsync("TU Delft Campus");
        await second.Page.Locator(".edit-item:focus").GetByRole(AriaRole.Button, new() { Name = "Weghalen" }).ClickAsync();
        await ReviewAsync(second.Page);
        await Expect(second.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("U hebt nog niets gewijzigd.");
        (await RelationsAsync(portal)).Should().ContainSingle(r => r.Name == "TU Delft Campus");
    }

    private sealed record Theme(string Code, string Name, Strength? Strength);
    private sealed record Linked(Guid Id, string Name, string? Note);

    private static async Task<IReadOnlyList<Theme>> ThemesAsync(PortalUnderTest portal)
    {
        await using var db = portal.Database.CreateDbContext();
        var rows = from s in db.Set<Specialisation>()
                   join t in db.Themes on s.ThemeCode equals t.Code
                   where db.Objects.Any(o => o.Id == s.ObjectId && o is Campus && o.Slug == "kennispark-twente")
                   orderby t.Code
                   select new Theme(t.Code, t.NameNl, s.Strength);
        return await rows.ToListAsync();
    }

    private static async Task<IReadOnlyList<Linked>> RelationsAsync(PortalUnderTest portal)
    {
        await using var db = portal.Database.CreateDbContext();
        return await db.Relations.Where(r => r.From is Campus && r.From.Slug == "kennispark-twente" && (r.Kind == RelationKind.AnchoredBy || r.Kind == RelationKind.PartOf)).OrderBy(r => r.Id).Select(r => new Linked(r.Id, r.To!.Name, r.Note)).ToListAsync();
    }

    private async Task<Visit> OpenAsync(PortalUnderTest portal, string demo, string section)
    {
        var visit = await EditTests.OpenAsync(site, portal, demo, Form);
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = section }).GetByRole(AriaRole.Button).ClickAsync();
        return visit;
    }

    private static ILocator Item(IPage page, Guid relation) => page.Locator($"[id='veld-relation-{relation}']");

    /// <summary>The choice about one fact.</summary>
    private static ILocator Clash(IPage page, string about) => page.GetByRole(AriaRole.Group, new() { Name = about });

    private static async Task StrengthAsync(IPage page, string theme, string strength)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Wijzigen : {theme}", Exact = true }).ClickAsync();
        await page.GetByLabel("Hoe sterk").SelectOptionAsync(new SelectOptionValue { Label = strength });
        await page.GetByRole(AriaRole.Button, new() { Name = $"Velden sluiten : {theme}", Exact = true }).ClickAsync();
    }

    private static Task RemoveAsync(IPage page, string theme) => page.GetByRole(AriaRole.Button, new() { Name = $"Weghalen : {theme}", Exact = true }).ClickAsync();

    private static async Task NoteAsync(IPage page, Guid relation, string note)
    {
        await Item(page, relation).GetByRole(AriaRole.Button, new() { Name = "Wijzigen" }).ClickAsync();
        await Item(page, relation).GetByLabel("Toelichting").FillAsync(note);
        await Item(page, relation).GetByRole(AriaRole.Button, new() { Name = "Velden sluiten" }).ClickAsync();
    }

    private static async Task AddAsync(IPage page)
    {
        await page.GetByLabel("Soort relatie").SelectOptionAsync(new SelectOptionValue { Label = "Is onderdeel van" });
        await page.GetByLabel("Met wie of wat?").FillAsync("TU Delft Campus");
        await page.GetByRole(AriaRole.List, new() { Name = "Gevonden" }).GetByRole(AriaRole.Button, new() { Name = "TU Delft Campus" }).First.ClickAsync();
        await Expect(page.GetByLabel("Sinds")).ToBeFocusedAsync();
    }

    private static Task ReviewAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();

    private static async Task SaveAsync(IPage page)
    {
        await ReviewAsync(page);
        await FinishAsync(page);
    }

    private static async Task ChooseAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder met deze keuzes" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dit verandert er" })).ToBeVisibleAsync();
    }

    private static async Task FinishAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Wijziging opslaan" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Uw wijziging is opgeslagen");
    }
}
