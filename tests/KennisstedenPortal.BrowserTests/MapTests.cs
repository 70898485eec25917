using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;

namespace KennisstedenPortal.BrowserTests;

/// <summary>The map that can be dragged, and what remains without it.</summary>
public sealed class MapTests(BrowserSite site)
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [Fact]
    public async Task Map_Loaded_DrawsAndAsksNobodyElse()
    {
        await using var visit = await site.VisitMapAsync();
        await OpenAsync(visit.Page, "/kaart");

        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex("^Kaart\\. Verschuif") })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Grenzen: Kadaster / CBS, 2023").First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("objecten bij elkaar") }).First).ToBeVisibleAsync();
        visit.Complaints.Should().BeEmpty();
        visit.Requests.Should().Contain(r => r.EndsWith("/kaart/objecten.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Visitor_WithOnlyAKeyboard_OpensAnObjectClosesItAndReadsAnother()
    {
        await using var visit = await site.VisitMapAsync();
        var page = visit.Page;
        await OpenAsync(page, "/kaart?type=campussen&stad=enschede");
        var marker = page.GetByRole(AriaRole.Button, new() { Name = "Kennispark Twente, Campus, Enschede" });

        await visit.TabToAsync(marker);
        await page.Keyboard.PressAsync("Enter");
        var link = page.Locator("#kaart").GetByRole(AriaRole.Link, new() { Name = "Kennispark Twente" });
        await Expect(link).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(link).ToHaveCountAsync(0);
        await Expect(marker).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(link).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Kennispark Twente");
        visit.Complaints.Should().BeEmpty();
    }

    /// <summary>As Safari does after a hundred times in half a minute.</summary>
    [Fact]
    public async Task View_ThatTheBrowserRefusesToKeep_StillGoesAlongWithTheLinks()
    {
        await using var visit = await site.VisitMapAsync();
        var page = visit.Page;
        await page.AddInitScriptAsync("history.replaceState = () => { throw new DOMException('Too often.', 'SecurityError'); }");
        await OpenAsync(page, "/kaart?type=faciliteiten");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("objecten bij elkaar") }).First.ClickAsync();

        await Expect(page.Locator(".lang a").First).ToHaveAttributeAsync("href", new Regex("zicht="));
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Group_Clicked_ZoomsInAndTheAddressKeepsFilterAndView()
    {
        await using var visit = await site.VisitMapAsync();
        var page = visit.Page;
        await OpenAsync(page, "/kaart?type=faciliteiten");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("objecten bij elkaar") }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("\\?type=faciliteiten&zicht=[0-9.]+/[0-9.]+/[0-9.]+$"));
        await Expect(page.GetByLabel("Soort gegevens")).ToHaveValueAsync("faciliteiten");

        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Address_WithAView_ShowsThatView()
    {
        await using var visit = await site.VisitMapAsync();
        var page = visit.Page;
        await OpenAsync(page, "/kaart?type=campussen&zicht=11.00/52.2380/6.8430");

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Kennispark Twente, Campus, Enschede" })).ToBeVisibleAsync();
        await Expect(page.Locator("#kaart").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Eindhoven|Delft") })).ToHaveCountAsync(0);
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task View_Reloaded_IsTheSame()
    {
        await using var visit = await site.VisitMapAsync();
        var page = visit.Page;
        await OpenAsync(page, "/kaart?type=campussen");
        await page.Locator("#kaart canvas").FocusAsync();
        await page.Keyboard.PressAsync("+");
        await Expect(page).ToHaveURLAsync(new Regex("&zicht=[0-9.]+/[0-9.]+/[0-9.]+$"));
        await page.Keyboard.PressAsync("ArrowUp");
        var pictured = await MarkersAsync(page);
        var address = page.Url;

        await page.ReloadAsync();

        (await MarkersAsync(page)).Should().Equal(pictured);
        page.Url.Should().Be(address);
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Group_OpenedByKeyboard_ZoomsInAndKeepsTheFocusOnTheMap()
    {
        await using var visit = await site.VisitMapAsync();
        var page = visit.Page;
        await OpenAsync(page, "/kaart?stad=delft");
        var group = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("objecten bij elkaar") }).First;
        await visit.TabToAsync(group);

        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex("zicht="));
        await Expect(page.Locator("#kaart canvas")).ToBeFocusedAsync();
        await ReadyAsync(page);
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<bool>("document.activeElement.matches('#kaart :is(.map-object, .map-group)')")).Should().BeTrue("what the group fell apart into comes next");
    }

    /// <summary>Whatever has the focus shows it; a marker of the map with its own ring.</summary>
    [Fact]
    public async Task Focus_ThroughTheMapAndItsList_IsAlwaysVisible()
    {
        await using var visit = await site.VisitMapAsync(1440, 900);
        var page = visit.Page;
        await OpenAsync(page, "/kaart?type=campussen&stad=enschede");
        var seen = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>("() => { const e = document.activeElement; if (!e || e === document.body) return null; const s = getComputedStyle(e), r = e.getBoundingClientRect(); return `${s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && r.bottom > 0 && r.top < innerHeight ? 'shown' : 'hidden'} ${e.className || e.tagName} ${(e.ariaLabel || e.textContent).trim().slice(0, 40)}`; }") is not { } stop) break;
            seen.Add(stop);
        }

        seen.Should().Contain(s => s.Contains("map-object", StringComparison.Ordinal)).And.Contain(s => s.Contains("map-find", StringComparison.Ordinal)).And.Contain(s => s.Contains("canvas", StringComparison.Ordinal));
        seen.Where(s => s.StartsWith("hidden", StringComparison.Ordinal) && !s.Contains(" SELECT ", StringComparison.Ordinal) && !s.Contains(" INPUT ", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public async Task Map_OfNothing_SaysSoAndHasNoViolation()
    {
        await using var visit = await site.VisitMapAsync(360);
        var page = visit.Page;
        await OpenAsync(page, "/kaart?q=xqzwv");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Niets gevonden" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Legenda" }).GetByText("Campus")).ToBeHiddenAsync();
        await AccessibilityTests.CheckAsync(page, (1440, ColorScheme.Light), (320, ColorScheme.Dark));
    }

    [Theory, InlineData("x"), InlineData("99/52/5"), InlineData("8/0/0"), InlineData("8/52.1/5.1/<b>")]
    public async Task Address_WithAViewThatIsNone_ShowsTheCountry(string view)
    {
        await using var visit = await site.VisitMapAsync();
        await OpenAsync(visit.Page, "/kaart?zicht=" + Uri.EscapeDataString(view));

        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("objecten bij elkaar") }).First).ToBeVisibleAsync();
        visit.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Row_OfTheList_ShowsItsPointOnTheMap()
    {
        await using var visit = await site.VisitMapAsync();
        var page = visit.Page;
        await OpenAsync(page, "/kaart?type=campussen&stad=enschede");

        await page.GetByRole(AriaRole.Button, new() { Name = "Toon op de kaart: Kennispark Twente" }).ClickAsync();
        await Expect(page.Locator("#kaart").GetByRole(AriaRole.Link, new() { Name = "Kennispark Twente" })).ToBeFocusedAsync();
        visit.Complaints.Should().BeEmpty();
    }

    /// <summary>The form sends empty fields; the address of a view is shared without them.</summary>
    [Fact]
    public async Task Address_WithEmptyParts_LosesThem()
    {
        await using var visit = await site.VisitMapAsync();
        await OpenAsync(visit.Page, "/kaart?q=&type=faciliteiten&stad=&thema=");

        await Expect(visit.Page).ToHaveURLAsync(new Regex("/kaart\\?type=faciliteiten$"));
        visit.Complaints.Should().BeEmpty();
    }

    [Theory, InlineData(360, "/kaart?type=faciliteiten"), InlineData(360, "/kaart?type=campussen"), InlineData(1280, "/kaart?type=faciliteiten")]
    public async Task FirstView_OfAFilter_HoldsEveryMarkerAndNoneUnderTheMakers(int width, string address)
    {
        await using var visit = await site.VisitMapAsync(width, 800);
        await OpenAsync(visit.Page, address);

        var map = (await visit.Page.Locator("#kaart").BoundingBoxAsync())!;
        var makers = (await visit.Page.Locator("#kaart .maplibregl-ctrl-attrib").BoundingBoxAsync())!;
        var markers = await visit.Page.Locator("#kaart :is(.map-object, .map-group)").AllAsync();
        var objects = await visit.Page.EvaluateAsync<int>("async () => (await (await fetch(document.getElementById('kaart').dataset.objects)).json()).features.length");
        var shown = 0;
        foreach (var marker in markers)
        {
            // An object has no text, a group says how many it holds.
            shown += int.TryParse(await marker.TextContentAsync(), System.Globalization.CultureInfo.InvariantCulture, out var held) ? held : 1;
            var box = (await marker.BoundingBoxAsync())!;
            box.X.Should().BeGreaterThanOrEqualTo(map.X);
            box.Y.Should().BeGreaterThanOrEqualTo(map.Y);
            (box.X + box.Width).Should().BeLessThanOrEqualTo(map.X + map.Width);
            (box.Y + box.Height).Should().BeLessThanOrEqualTo(makers.Y);
        }
        shown.Should().Be(objects).And.BePositive();
    }

    [Fact]
    public async Task Png_Asked_IsAPicture()
    {
        await using var visit = await site.VisitMapAsync();
        await OpenAsync(visit.Page, "/kaart");

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Download deze uitsnede als PNG" }).ClickAsync());
        download.SuggestedFilename.Should().Be("kaart-kennissteden-uitsnede.png");
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync());
        bytes.Take(4).Should().Equal(0x89, 0x50, 0x4E, 0x47);
        var (width, height) = (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
        var map = (await visit.Page.Locator("#kaart canvas").BoundingBoxAsync())!;
        width.Should().BeGreaterThanOrEqualTo((int)(2 * map.Width) - 4, "it can be printed");
        height.Should().BeGreaterThan((int)(2 * map.Height) + 100, "legend and makers stand below the map");
        visit.Complaints.Should().BeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Browser_WithoutScriptOrWebGl_HasPictureAndList(bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var page = visit.Page;
        if (script) await page.AddInitScriptAsync("HTMLCanvasElement.prototype.getContext = () => null");
        await page.GotoAsync("/kaart?type=campussen&stad=enschede");

        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^Kaart van Nederland") })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("gevonden$") })).ToBeVisibleAsync();
        // Finding by text skips what stands in noscript.
        await Expect(script ? page.GetByText("Uw browser kan de bewegende kaart niet tekenen.") : page.Locator("noscript p")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Kennispark Twente" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Kennispark Twente");
        visit.Complaints.Should().BeEmpty();
    }

    /// <summary>Without a look at complaints: axe itself tries an inline style, and the policy stops it.</summary>
    [Theory]
    [InlineData("/kaart?type=campussen&stad=enschede", 1440, ColorScheme.Light)]
    [InlineData("/kaart?type=campussen&stad=enschede", 1440, ColorScheme.Dark)]
    [InlineData("/en/kaart?type=campussen&stad=enschede", 360, ColorScheme.Light)]
    [InlineData("/kaart?type=campussen&stad=enschede", 320, ColorScheme.Dark)]
    public async Task Map_AtRestFocusedAndOpen_HasNoViolation(string address, int width, ColorScheme scheme)
    {
        await using var visit = await site.VisitMapAsync(width, scheme: scheme);
        var page = visit.Page;
        await OpenAsync(page, address);
        await page.EvaluateAsync(Axe);

        await CheckAsync("at rest");
        await page.Locator("#kaart canvas").FocusAsync();
        await CheckAsync("focused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kennispark Twente, Campus, Enschede" }).ClickAsync();
        await Expect(page.Locator("#kaart").GetByRole(AriaRole.Link, new() { Name = "Kennispark Twente" })).ToBeFocusedAsync();
        await CheckAsync("open");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue("nothing goes sideways");

        async Task CheckAsync(string state) => (await page.EvaluateAsync<string[]>("""
            () => axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } })
              .then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)}`)))
            """)).Should().BeEmpty(state);
    }

    /// <summary>The names of the markers, once the map has come to rest.</summary>
    private static async Task<IReadOnlyList<string>> MarkersAsync(IPage page)
    {
        await ReadyAsync(page);
        return [.. (await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#kaart :is(.map-object, .map-group)')].map(e => e.ariaLabel)")).Order(StringComparer.Ordinal)];
    }

    private static async Task OpenAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await ReadyAsync(page);
    }

    private static async Task ReadyAsync(IPage page)
    {
        await Expect(page.Locator("#kaart")).ToHaveAttributeAsync("data-ready", "true", new() { Timeout = 30000 });
    }
}
