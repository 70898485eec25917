using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.BrowserTests;

/// <summary>A whole correction with Tab, arrows, Enter and Space alone. The focus is never lost and always to be seen.</summary>
public sealed class FormKeyboardTests(BrowserSite site)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task Correction_WithThemeRelationAndFigure_ByKeyboardOnly(int width)
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await EditTests.OpenAsync(site, portal, "redacteur-enschede", "/bewerken/campussen/kennispark-twente");
        var page = visit.Page;
        await page.SetViewportSizeAsync(width, 700);
        var unseen = new List<string>();
        ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        async Task ToAsync(ILocator target, string key = "Tab")
        {
            const int most = 150;
            for (var i = 0; i < most; i++)
            {
                await page.Keyboard.PressAsync(key);
                var stop = await page.EvaluateAsync<KeyboardTests.Stop?>(KeyboardTests.Mark);
                if (stop is not { Marked: true, Seen: true }) unseen.Add(stop is null ? "nothing at all" : $"{stop.Name} {(stop.Marked ? "under something" : "unmarked")}");
                if (await target.EvaluateAsync<bool>("e => e === document.activeElement")) return;
            }
            throw new InvalidOperationException($"{most} times {key} does not reach {target}. Passed unseen: {string.Join("; ", unseen.Take(5))}");
        }
        async Task PressAsync(string key, ILocator then)
        {
            await page.Keyboard.PressAsync(key);
            await Expect(then).ToBeFocusedAsync();
            var stop = await page.EvaluateAsync<KeyboardTests.Stop?>(KeyboardTests.Mark);
            if (stop is not { Marked: true, Seen: true }) unseen.Add($"{stop?.Name} after {key}");
        }
        async Task ChooseAsync(ILocator list, string value)
        {
            for (var i = 0; i < 60 && await list.InputValueAsync() != value; i++) await page.Keyboard.PressAsync("ArrowDown");
            await Expect(list).ToHaveValueAsync(value);
        }
        async Task OpenAsync(string section)
        {
            await ToAsync(page.GetByRole(AriaRole.Heading, new() { Name = section }).GetByRole(AriaRole.Button));
            await page.Keyboard.PressAsync("Enter");
        }

        // A theme: passing others on the way adds none of them.
        await OpenAsync("Thema's");
        var themes = page.GetByLabel("Thema toevoegen", new() { Exact = true });
        await Expect(themes).ToBeVisibleAsync();
        await ToAsync(themes);
        await ChooseAsync(themes, "quantum");
        await ToAsync(Button("Toevoegen : Thema toevoegen"));
        var strength = page.GetByLabel("Hoe sterk");
        await PressAsync("Enter", strength);
        await ChooseAsync(strength, "core");
        // Thought better of one that stood there, and back again.
        await ToAsync(Button("Weghalen : Optica en geïntegreerde fotonica"), "Shift+Tab");
        await PressAsync("Enter", Button("Toch houden : Optica en geïntegreerde fotonica"));
        await PressAsync("Enter", page.Locator("#veld-theme-nts-optica-fotonica"));
        // And of a new one.
        await ToAsync(themes);
        await ChooseAsync(themes, "robotica");
        await ToAsync(Button("Toevoegen : Thema toevoegen"));
        await PressAsync("Space", strength);
        await ToAsync(Button("Weghalen : Robotica"), "Shift+Tab");
        await PressAsync("Enter", themes);

        await OpenAsync("Relaties en organisaties");
        var sort = page.GetByLabel("Soort relatie");
        await Expect(sort).ToBeVisibleAsync();
        await ToAsync(sort);
        await ChooseAsync(sort, "van-part-of");
        var other = page.GetByLabel("Met wie of wat?");
        await Expect(other).ToBeVisibleAsync();
        await ToAsync(other);
        await page.Keyboard.TypeAsync("TU Delft Campus");
        var found = page.GetByRole(AriaRole.List, new() { Name = "Gevonden" }).GetByRole(AriaRole.Button).First;
        await Expect(found).ToContainTextAsync("TU Delft Campus");
        await ToAsync(found);
        await PressAsync("Enter", page.GetByLabel("Sinds"));
        await page.Keyboard.TypeAsync("2024");

        await OpenAsync("Cijfers");
        await Expect(Button("+ Banen op de campus")).ToBeVisibleAsync();
        await ToAsync(Button("+ Banen op de campus"));
        await PressAsync("Enter", page.GetByLabel("Voor welk jaar of welke dag?"));
        await page.Keyboard.TypeAsync("2024");
        await ToAsync(page.Locator("[id^=veld-observation][id$=-waarde]"));
        await page.Keyboard.TypeAsync("12500");
        await Expect(page.GetByText("Wij lezen: 12.500")).ToBeVisibleAsync();
        var source = page.GetByLabel("Bron", new() { Exact = true });
        await ToAsync(source);
        await page.Keyboard.TypeAsync("kennispark");
        await Expect(found).ToBeVisibleAsync();
        await ToAsync(found);
        await PressAsync("Enter", source);
        await Expect(page.Locator("#cijfers-deel .picked")).ToBeVisibleAsync();

        await ToAsync(Button("Bekijk en sla op"));
        await PressAsync("Enter", page.GetByRole(AriaRole.Heading, new() { Level = 1 }));
        await Expect(page.Locator(".differences dt")).ToHaveCountAsync(3);
        await ToAsync(page.GetByLabel("Waarom wijzigt u dit?"));
        await page.Keyboard.TypeAsync("Volgens het jaarverslag");
        await ToAsync(Button("Wijziging opslaan"));
        await PressAsync("Enter", page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Uw wijziging is opgeslagen" }));

        string.Join('\n', unseen.Distinct(StringComparer.Ordinal)).Should().BeEmpty("the focus is always to be seen");
        await using var db = portal.Database.CreateDbContext();
        var campus = await db.Objects.OfType<Campus>().SingleAsync(o => o.Slug == "kennispark-twente");
        (await db.Set<Specialisation>().SingleAsync(s => s.ObjectId == campus.Id && s.ThemeCode == "quantum")).Strength.Should().Be(Strength.Core);
        (await db.Set<Specialisation>().AnyAsync(s => s.ObjectId == campus.Id && s.ThemeCode == "robotica")).Should().BeFalse();
        (await db.Relations.SingleAsync(r => r.FromId == campus.Id && r.Kind == RelationKind.PartOf && r.To!.Slug == "tu-delft-campus")).Since.Should().Be("2024");
        (await db.Observations.SingleAsync(o => o.ObjectId == campus.Id && o.IndicatorCode == "CAMPUS_JOBS" && o.ReferencePeriod == "2024")).Value.Should().Be(12500);
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Picker_WithSomethingTypedAndNothingChosen_IsAskedAboutAndTakesArrowsAndEnter()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await EditTests.OpenAsync(site, portal, "redacteur-enschede", "/bewerken/campussen/kennispark-twente");
        var page = visit.Page;
        await page.GetByLabel("Beschrijving", new() { Exact = false }).First.FillAsync("Anders.");
        var place = page.Locator("#veld-municipality");
        await place.FillAsync("Hen");
        await Expect(page.Locator(".choices button").Nth(1)).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();

        await Expect(page.Locator("[tabindex='-1']:has(> .error-summary)")).ToBeFocusedAsync();
        await Expect(page.Locator("#veld-municipality-fout")).ToContainTextAsync("Kies een van de gevonden mogelijkheden");
        await AccessibilityTests.CheckAsync(page, AccessibilityTests.Looks);
        await place.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".choices button").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".choices button").Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(place).ToBeFocusedAsync();
        await place.FillAsync("Hengelo");
        await Expect(page.Locator(".choices button")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".picked").Filter(new() { HasText = "Hengelo" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(page.GetByText("Dit verandert er")).ToBeVisibleAsync();
        await Expect(page.Locator(".differences")).ToContainTextAsync("Hengelo");

        // The reason is kept on the server too.
        await page.GetByLabel("Waarom wijzigt u dit?").FillAsync("Grenscorrectie");
        await Poll.UntilAsync(async () =>
        {
            await using var db = portal.Database.CreateDbContext();
            return await db.Drafts.Select(d => d.Reason).SingleOrDefaultAsync() == "Grenscorrectie";
        }, "the draft holds the reason");
        await using var elsewhere = await EditTests.OpenAsync(site, portal, "redacteur-enschede", "/bewerken/campussen/kennispark-twente");
        await elsewhere.Page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();
        await Expect(elsewhere.Page.GetByLabel("Waarom wijzigt u dit?")).ToHaveValueAsync("Grenscorrectie");
    }

    [Fact]
    public async Task Picker_WhoGoesToAnotherFieldBeforeTheAnswer_StaysThere()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await EditTests.OpenAsync(site, portal, "redacteur-enschede", "/bewerken/campussen/kennispark-twente");
        var page = visit.Page;
        var elsewhere = page.GetByLabel("Beschrijving", new() { Exact = false }).First;
        await page.Locator("#veld-municipality").FillAsync("Hengelo");
        await Expect(page.Locator(".choices button")).ToHaveCountAsync(1);

        // Both in one go, so that no answer can come in between.
        await elsewhere.EvaluateAsync("field => { document.querySelector('.choices button').click(); field.focus(); }");
        await Expect(page.Locator(".picked").Filter(new() { HasText = "Hengelo" })).ToBeVisibleAsync();
        // The next answer comes after all that the first one did.
        await page.Keyboard.TypeAsync("Erbij. ");

        await Expect(elsewhere).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("Erbij\\. "));
        await Expect(elsewhere).ToBeFocusedAsync();
        await Expect(page.Locator("#veld-municipality")).ToHaveValueAsync("");
    }
}
