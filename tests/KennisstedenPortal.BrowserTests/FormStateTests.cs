using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.BrowserTests;

/// <summary>The form in each of its states, by axe in every look, on the narrowest screen, and with a finger.</summary>
public sealed class FormStateTests(BrowserSite site)
{
    private const string City = "kennissteden/enschede";

    private static readonly (int, ColorScheme)[] All = [.. new[] { 1280, 360 }.SelectMany(w => new[] { (w, ColorScheme.Light), (w, ColorScheme.Dark) })];

    /// <summary>What can be pressed and is smaller than 24 by 24; a link within a sentence is as high as its line.</summary>
    private const string Small = """
        () => [...document.querySelectorAll('main :is(a, button, input, select, textarea, summary), dialog[open] button')]
          .filter(e => getComputedStyle(e).display !== 'inline' && e.checkVisibility({ visibilityProperty: true }) && !e.closest('.vh') && !(e.matches('input:is([type=checkbox], [type=radio])') && e.closest('label')))
          .map(e => [e, e.getBoundingClientRect()])
          .filter(([e, r]) => r.width > 0 && (r.width < 24 || r.height < 24))
          .map(([e, r]) => `${e.outerHTML.slice(0, 150)} ${Math.round(r.width)}x${Math.round(r.height)}`)
        """;

    [Fact]
    public async Task Form_Dutch_HasNoViolationInAnyState() => await WalkAsync("nl", All);

    [Fact]
    public async Task Form_English_HasNoViolationInAnyState() => await WalkAsync("en", (1280, ColorScheme.Dark), (360, ColorScheme.Light));

    private async Task WalkAsync(string language, params (int, ColorScheme)[] looks)
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await EditTests.OpenAsync(site, portal, "redacteur-enschede", $"{(language == "en" ? "/en" : "")}/bewerken/{City}");
        var page = visit.Page;
        string T(string nl, string en) => language == "en" ? en : nl;
        ILocator Button(string nl, string en) => page.GetByRole(AriaRole.Button, new() { Name = T(nl, en), Exact = true });
        Task CheckAsync() => FitsAsync(page, looks);

        await CheckAsync();
        while (await page.Locator(".edit-section > h2 > button[aria-expanded=false]").CountAsync() is > 0 and var left)
        {
            await page.Locator(".edit-section > h2 > button[aria-expanded=false]").First.ClickAsync();
            await Expect(page.Locator(".edit-section > h2 > button[aria-expanded=false]")).ToHaveCountAsync(left - 1);
        }
        // In each section something that is being added, and something that is removed.
        await page.GetByLabel(T("Nog een gemeente", "Another municipality"), new() { Exact = true }).FillAsync("Hengelo");
        await page.Locator(".choices button").Filter(new() { HasText = "Hengelo" }).First.ClickAsync();
        await page.GetByLabel(T("Nog een gemeente", "Another municipality"), new() { Exact = true }).FillAsync("Almelo");
        await page.GetByLabel(T("Thema toevoegen", "Add a theme"), new() { Exact = true }).SelectOptionAsync("vrede-recht");
        await Button("Toevoegen : Thema toevoegen", "Add : Add a theme").ClickAsync();
        await Expect(page.GetByLabel(T("Hoe sterk", "How strong"))).ToBeFocusedAsync();
        await page.GetByLabel(T("Soort relatie", "Type of relation")).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel(T("Met wie of wat?", "With whom or what?")).FillAsync("twente");
        await page.GetByLabel(T("Cijfer toevoegen", "Add a figure")).FillAsync("Inwonertal");
        await page.GetByRole(AriaRole.Region, new() { Name = T("Cijfers", "Figures") }).Locator(".choices button").First.ClickAsync();
        await page.Locator("[id^=veld-observation][id$=-waarde]").FillAsync("12");
        await Button("Staat de bron er niet bij? Voeg die toe", "Is the source not there? Add it").First.ClickAsync();
        await Button("Bron toevoegen", "Add the source").ClickAsync();
        await Button("Punt toevoegen", "Add a point").ClickAsync();
        await Button("Wat wij zoeken toevoegen", "Add what we seek").ClickAsync();
        await page.Locator(".evidence-toggle").First.ClickAsync();
        await page.Locator(".evidence").First.GetByRole(AriaRole.Textbox).First.FillAsync("twente");
        await Expect(page.Locator(".evidence").First.Locator(".choices, .picker > .hint").Last).ToBeVisibleAsync();
        foreach (var section in new[] { "themas", "relaties", "cijfers" })
        {
            var remove = page.Locator($"#{section}-deel .edit-item:not(.is-changed)").First.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(T("^Weghalen", "^Remove")) });
            if (await remove.CountAsync() == 0) continue;
            await remove.ClickAsync();
            await Expect(page.Locator($"#{section}-deel .is-removed button")).ToBeFocusedAsync();
        }
        await Expect(page.Locator(".draft-status")).ToContainTextAsync(T("Concept bewaard", "Draft kept"));
        await CheckAsync();

        // Looked at with all of that half done: what is wrong is told.
        await Button("Bekijk en sla op", "Look and save").ClickAsync();
        await Expect(page.Locator(".error-summary")).ToBeVisibleAsync();
        await CheckAsync();

        // Come back later, and begin anew.
        await page.ReloadAsync();
        await Button("Concept weggooien en opnieuw beginnen", "Throw the draft away and begin anew").ClickAsync();
        await Expect(Button("Nee, houd het", "No, keep it")).ToBeFocusedAsync();
        await CheckAsync();
        await Button("Ja, gooi mijn concept weg", "Yes, throw my draft away").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await Expect(page.Locator(".draft-status")).ToContainTextAsync(T("nog niets gewijzigd", "changed nothing yet"));

        // Look, conflict, saved.
        await page.Locator("#veld-description").FillAsync("Stad in Twente.");
        await SaveMeanwhileAsync(portal, "Iemand anders schreef dit.");
        await Button("Bekijk en sla op", "Look and save").ClickAsync();
        await Expect(page.Locator(".clash")).ToBeVisibleAsync();
        await page.GetByLabel(T("Maak er samen één tekst van", "Make one text of both")).CheckAsync();
        await CheckAsync();
        await Button("Verder met deze keuzes", "Go on with these choices").ClickAsync();
        await Expect(page.Locator(".differences")).ToBeVisibleAsync();
        await CheckAsync();
        foreach (var state in new[] { "show", "failed" })
        {
            await page.EvaluateAsync("""
                state => {
                  const dialog = document.getElementById('components-reconnect-modal');
                  if (state === 'failed') dialog.classList.add('components-reconnect-failed');
                  dialog.dispatchEvent(new CustomEvent('components-reconnect-state-changed', { detail: { state } }));
                }
                """, state);
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await CheckAsync();
        }
        await page.EvaluateAsync("document.getElementById('components-reconnect-modal').dispatchEvent(new CustomEvent('components-reconnect-state-changed', { detail: { state: 'hide' } }))");
        await Button("Wijziging opslaan", "Save the change").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(T("Uw wijziging is opgeslagen", "Your change is saved"));
        await CheckAsync();
        visit.Complaints.Should().BeEmpty();
    }

    /// <summary>Each part of the form listens to what is typed on it: after beginning anew, to the new form.</summary>
    [Fact]
    public async Task Draft_ThrownAwayWithASectionOpen_TheFormStillFollows()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await EditTests.OpenAsync(site, portal, "redacteur-enschede", "/bewerken/campussen/kennispark-twente");
        var page = visit.Page;
        await page.Locator("#veld-description").FillAsync("Halverwege.");
        await Expect(page.Locator(".draft-status")).ToContainTextAsync("Concept bewaard");
        await page.ReloadAsync();
        var section = page.GetByRole(AriaRole.Heading, new() { Name = "Thema's" }).GetByRole(AriaRole.Button);
        await section.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Concept weggooien en opnieuw beginnen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ja, gooi mijn concept weg" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        if (await section.GetAttributeAsync("aria-expanded") == "false") await section.ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Weghalen" }).And(page.Locator("#themas-deel button")).First.ClickAsync();

        await Expect(page.Locator("#themas-deel .is-removed button")).ToBeFocusedAsync();
        await Expect(page.Locator(".draft-status")).ToContainTextAsync("Concept bewaard");
    }

    [Fact]
    public async Task PlaceMap_WithoutAMouse_MovesThePlace()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await EditTests.OpenAsync(site, portal, "redacteur-enschede", "/bewerken/campussen/kennispark-twente");
        var page = visit.Page;
        var open = page.GetByRole(AriaRole.Button, new() { Name = "Wijs de plek aan op een kaart" });
        await open.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".place-map circle")).ToBeVisibleAsync();
        await Expect(open).ToBeFocusedAsync();
        await FitsAsync(page, All);
        var field = page.GetByLabel("Plaats op de kaart", new() { Exact = false }).First;
        var before = await field.InputValueAsync();
        await visit.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Plek omhoog" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(field).Not.ToHaveValueAsync(before);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Plek omhoog" })).ToBeFocusedAsync();
        var higher = await field.InputValueAsync();
        Latitude(higher).Should().BeGreaterThan(Latitude(before));
        static decimal Latitude(string point) => decimal.Parse(Regex.Match(point, @"\d+\.\d+").Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task FitsAsync(IPage page, (int, ColorScheme)[] looks)
    {
        await AccessibilityTests.CheckAsync(page, looks);
        await page.SetViewportSizeAsync(320, 700);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(320, "nothing scrolls sideways");
        var small = await page.EvaluateAsync<string[]>(Small);
        string.Join('\n', small).Should().BeEmpty("each of these is hard to hit");
    }

    private static async Task SaveMeanwhileAsync(PortalUnderTest portal, string description)
    {
        await using var db = portal.Database.CreateDbContext();
        var city = await db.Objects.OfType<City>().SingleAsync(o => o.Slug == "enschede");
        var changes = new ChangeSet();
        changes.Set("description", description);
        var secretariat = new Actor(Guid.CreateVersion7(), "Secretariaat", "Netwerk") { Grants = [new Grant(Role.Secretariat)] };
        (await portal.Services.GetRequiredService<ObjectWriter>().SaveAsync(new EditInput(city.Id, KindRegistry.OfCode("city"), city.Revision, changes, "Intussen"), secretariat)).Should().BeOfType<EditOutcome.Saved>();
    }
}
