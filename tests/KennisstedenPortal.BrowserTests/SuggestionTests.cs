using System.Text.RegularExpressions;

namespace KennisstedenPortal.BrowserTests;

/// <summary>The field that suggests while somebody types: an editable combobox with a listbox.</summary>
public sealed class SuggestionTests(BrowserSite site)
{
    private const string Address = "**/zoeken/suggesties?q=*";

    private static ILocator Field(IPage page) => page.GetByRole(AriaRole.Combobox, new() { NameRegex = new Regex("^(Zoek een campus|Find a campus)") });
    private static ILocator List(IPage page) => page.GetByRole(AriaRole.Listbox, new() { NameRegex = new Regex("^Sugg") });
    private static ILocator Options(IPage page) => List(page).GetByRole(AriaRole.Option);
    private static ILocator Count(IPage page) => page.GetByRole(AriaRole.Search).GetByRole(AriaRole.Status);

    [Theory]
    [InlineData("/", 1280)]
    [InlineData("/zoeken", 360)]
    public async Task Suggestions_ByKeyboard_LeadToAPage(string path, int width)
    {
        await using var visit = await site.VisitAsync(width);
        var page = visit.Page;
        await page.GotoAsync(path);
        var field = Field(page);
        await visit.TabToAsync(field);
        await page.Keyboard.TypeAsync("high tech campus ein");
        await Expect(Options(page).First).ToBeVisibleAsync();
        await Expect(field).ToHaveAttributeAsync("aria-expanded", "true");

        await page.Keyboard.PressAsync("ArrowDown");

        await Expect(Options(page).First).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(field).ToHaveAttributeAsync("aria-activedescendant", (await Options(page).First.GetAttributeAsync("id"))!);
        await Expect(field).ToBeFocusedAsync();
        await Expect(Options(page).First).ToContainTextAsync("High Tech Campus Eindhoven");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("High Tech Campus Eindhoven");
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Field_WithSuggestions_SaysWhatItIs()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/en/zoeken");
        var field = Field(page);
        await Expect(field).ToHaveAttributeAsync("aria-autocomplete", "list");
        await Expect(field).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(field).Not.ToHaveAttributeAsync("aria-activedescendant", new Regex("."));

        await field.PressSequentiallyAsync("campus");

        await Expect(List(page)).ToHaveAttributeAsync("id", (await field.GetAttributeAsync("aria-controls"))!);
        await Expect(Count(page)).ToHaveTextAsync($"{await Options(page).CountAsync()} suggestions. Use the down arrow.");
        await field.FillAsync("ampleon");
        await Expect(Count(page)).ToHaveTextAsync(new Regex("^[12] suggestions?\\. Use the down arrow\\.$"));
        await field.FillAsync("xqzwv");
        await Expect(Count(page)).ToHaveTextAsync("No suggestions.");
        await Expect(List(page)).ToBeHiddenAsync();
        await Expect(field).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Fact]
    public async Task Arrows_BeyondEitherEnd_ReturnToTheField()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/zoeken");
        await Field(page).PressSequentiallyAsync("campus");
        await Expect(Options(page).First).ToBeVisibleAsync();
        var selected = List(page).GetByRole(AriaRole.Option, new() { Selected = true });

        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(Options(page).Last).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(selected).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Options(page).First).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(selected).ToHaveCountAsync(0);
        await Expect(Field(page)).Not.ToHaveAttributeAsync("aria-activedescendant", new Regex("."));
    }

    /// <summary>These keys belong to the text, which then has what one does: Enter searches for it.</summary>
    [Theory, InlineData("Home", 0), InlineData("End", 5), InlineData("ArrowLeft", 4)]
    public async Task TextKey_OnASuggestion_ReturnsToTheText(string key, int caret)
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/zoeken");
        await Field(page).PressSequentiallyAsync("delft");
        await Expect(Options(page).First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");

        await page.Keyboard.PressAsync(key);

        await Expect(List(page).GetByRole(AriaRole.Option, new() { Selected = true })).ToHaveCountAsync(0);
        (await Field(page).EvaluateAsync<int>("e => e.selectionStart")).Should().Be(caret);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveTitleAsync("Zoeken: delft – Kennissteden");
    }

    [Fact]
    public async Task Escape_ClosesTheListThenEmptiesTheField()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/zoeken");
        await Field(page).PressSequentiallyAsync("delft");
        await Expect(List(page)).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");
        await Expect(List(page)).ToBeHiddenAsync();
        await Expect(Count(page)).ToBeEmptyAsync();
        await Expect(Field(page)).ToHaveValueAsync("delft");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Options(page).First).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Expect(Field(page)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Tab_OnASuggestion_GoesOnAndKeepsTheText()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/zoeken");
        await Field(page).PressSequentiallyAsync("delft");
        await Expect(List(page)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");

        await page.Keyboard.PressAsync("Tab");

        await Expect(List(page)).ToBeHiddenAsync();
        await Expect(Field(page)).ToHaveValueAsync("delft");
        await Expect(page.GetByRole(AriaRole.Search).GetByRole(AriaRole.Button, new() { Name = "Zoeken" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Suggestion_Clicked_LeadsToItsPageAndBackToAClosedList()
    {
        await using var visit = await site.VisitAsync(360);
        var page = visit.Page;
        await page.GotoAsync("/");
        await Field(page).PressSequentiallyAsync("kennispark");
        await Options(page).Filter(new() { HasText = "campus" }).First.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Kennispark Twente");
        await page.GoBackAsync();
        await Expect(Field(page)).ToBeVisibleAsync();
        await Expect(List(page)).ToBeHiddenAsync();
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Enter_AfterTypingOn_SearchesForTheTextAndNotForWhatWasMarkedBefore()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/zoeken");
        await Field(page).PressSequentiallyAsync("delft");
        await Expect(Options(page).First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.RouteAsync(Address, route => route.AbortAsync());

        await page.Keyboard.TypeAsync(" lab");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveTitleAsync("Zoeken: delft lab – Kennissteden");
    }

    [Fact]
    public async Task Answer_ThatComesLate_DoesNotReplaceANewerOne()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/zoeken");
        var (first, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(Address, async route =>
        {
            if (!route.Request.Url.EndsWith("q=delft", StringComparison.Ordinal))
            {
                await route.ContinueAsync();
                return;
            }
            first.SetResult();
            await held.Task;
            await route.FulfillAsync(new() { Json = new[] { new { naam = "Te laat", soort = "campus", adres = "/" } } });
        });
        await Field(page).PressSequentiallyAsync("delft");
        await first.Task;

        await Field(page).FillAsync("kennispark twente");
        await Expect(Options(page).First).ToContainTextAsync("Kennispark Twente");
        held.SetResult();
        await page.Keyboard.PressAsync("ArrowDown");

        await Expect(Options(page).First).ToContainTextAsync("Kennispark Twente");
        await Expect(List(page).GetByText("Te laat")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Answer_AfterEscape_OpensNothing()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/zoeken");
        var (asked, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(Address, async route =>
        {
            asked.TrySetResult();
            await held.Task;
            await route.ContinueAsync();
        });
        await Field(page).PressSequentiallyAsync("campus");
        await asked.Task;

        await page.EvaluateAsync("document.getElementById('zoek').value = 'campus '");
        await page.Keyboard.PressAsync("Escape");
        held.SetResult();
        await page.EvaluateAsync("() => fetch('/health/live').then(r => r.status)");

        await Expect(List(page)).ToBeHiddenAsync();
        await Expect(Field(page)).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Theory, InlineData(500), InlineData(200), InlineData(0)]
    public async Task Answer_ThatFails_LeavesAFormThatSearches(int status)
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/zoeken");
        var asked = new TaskCompletionSource();
        await page.RouteAsync(Address, async route =>
        {
            await (status == 0 ? route.AbortAsync() : route.FulfillAsync(new() { Status = status, Body = "<p>geen JSON" }));
            asked.TrySetResult();
        });
        await Field(page).PressSequentiallyAsync("delft");
        await asked.Task;

        await Expect(List(page)).ToBeHiddenAsync();
        await Expect(Count(page)).ToBeEmptyAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveTitleAsync("Zoeken: delft – Kennissteden");
        visit.Complaints.Should().NotContain(c => c.Contains("Error:", StringComparison.Ordinal), "the script handles it");
    }

    [Theory, InlineData("/"), InlineData("/en/zoeken")]
    public async Task Field_WithoutScript_IsAPlainSearchForm(string path)
    {
        await using var visit = await site.VisitAsync(360, script: false);
        var page = visit.Page;
        await page.GotoAsync(path);
        var field = page.GetByRole(AriaRole.Searchbox, new() { NameRegex = new Regex("^(Zoek|Find) ") });
        await field.FillAsync("delft");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex("/zoeken\\?q=delft$"));
        await Expect(field).ToHaveValueAsync("delft");
    }

    [Theory]
    [InlineData("/", 1440)]
    [InlineData("/", 320)]
    [InlineData("/zoeken", 1440)]
    [InlineData("/en/zoeken?q=lab", 360)]
    public async Task Suggestions_Open_HaveNoViolationAndFitTheScreen(string path, int width)
    {
        await using var visit = await site.VisitAsync(width);
        var page = visit.Page;
        await page.GotoAsync(path);
        await Field(page).FillAsync("");
        await Field(page).PressSequentiallyAsync("campus");
        await Expect(Options(page).First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");

        await AccessibilityTests.CheckAsync(page, (width, ColorScheme.Light), (width, ColorScheme.Dark));
        await Expect(Options(page).First).ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue("nothing goes sideways");
        var heights = await Options(page).EvaluateAllAsync<double[]>("e => e.map(x => x.getBoundingClientRect().height)");
        heights.Should().OnlyContain(h => h >= 44, "each can be hit with a thumb");
    }
}
