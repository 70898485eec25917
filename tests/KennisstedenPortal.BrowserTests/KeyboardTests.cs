namespace KennisstedenPortal.BrowserTests;

public sealed class KeyboardTests(BrowserSite site)
{
    /// <summary>Going back the browser passes the page twice, and the longest page has 220 stops.</summary>
    private const int MostStops = 600;

    /// <summary>An outline on the element, on the row that stands for it, or on the map a thick pin.</summary>
    internal const string Mark = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body) return null;
          const outlined = x => { const s = getComputedStyle(x); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && s.outlineColor !== 'rgba(0, 0, 0, 0)'; };
          const row = e.closest('li'), pin = e.querySelector('.map-pin');
          const box = e.getBoundingClientRect();
          return {
            name: `${e.tagName} ${(e.getAttribute('aria-label') || e.textContent || e.id).trim().slice(0, 60)}`,
            marked: outlined(e) || (row && outlined(row)) || !!(pin && parseFloat(getComputedStyle(pin).strokeWidth) >= 3),
            seen: box.width > 1 && box.height > 1 && [...e.getClientRects()].some(r => [[.5, .5], [.1, .5], [.9, .5], [.5, .2], [.5, .8]].some(([x, y]) => { const hit = document.elementFromPoint(r.x + r.width * x, r.y + r.height * y); return hit && (e.contains(hit) || hit.contains(e) && hit !== document.body && hit.tagName !== 'MAIN' && hit.tagName !== 'NAV' && !hit.classList.contains('wrap')); })),
          };
        }
        """;

    [Theory]
    [InlineData("/", 1440)]
    [InlineData("/faciliteiten?stad=enschede", 1440)]
    [InlineData("/faciliteiten?stad=atlantis", 360)]
    [InlineData("/kennissteden/enschede", 360)]
    [InlineData("/campussen/kennispark-twente", 1440)]
    [InlineData("/themas/halfgeleiders", 360)]
    [InlineData("/agenda", 360)]
    [InlineData("/agenda/vraag-1", 1440)]
    [InlineData("/over", 360)]
    [InlineData("/rd-concentraties/nabijheid", 360)]
    [InlineData("/kaart?type=campussen&stad=enschede", 360)]
    [InlineData("/zoeken?q=lab&stad=delft", 1440)]
    [InlineData("/bestaat-niet", 1440)]
    public async Task Focus_ThroughAWholePage_IsAlwaysVisible(string path, int width)
    {
        await using var visit = await site.VisitAsync(width);
        await visit.Page.GotoAsync(path);
        await CheckAsync(visit.Page);
    }

    /// <summary>From the first place on the page to the last and back.</summary>
    internal static async Task CheckAsync(IPage page)
    {
        foreach (var key in new[] { "Tab", "Shift+Tab" })
        {
            var stops = new List<Stop>();
            for (var i = 0; i < MostStops; i++)
            {
                await page.Keyboard.PressAsync(key);
                if (await page.EvaluateAsync<Stop?>(Mark) is not { } stop) break;
                stops.Add(stop);
            }

            stops.Should().HaveCountGreaterThan(5).And.HaveCountLessThan(MostStops, "the focus is not trapped");
            string.Join('\n', stops.Where(s => !s.Marked).Select(s => s.Name)).Should().BeEmpty("each of these has the focus without showing it");
            string.Join('\n', stops.Where(s => !s.Seen).Select(s => s.Name)).Should().BeEmpty($"each of these has the focus under something else or out of sight ({key})");
        }
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/faciliteiten", true)]
    [InlineData("/en/kennissteden/enschede", true)]
    [InlineData("/bestaat-niet", true)]
    [InlineData("/faciliteiten", false)]
    public async Task SkipLink_First_LeadsPastTheMenu(string path, bool script)
    {
        await using var visit = await site.VisitAsync(script: script);
        var page = visit.Page;
        await page.GotoAsync(path);
        var link = page.GetByRole(AriaRole.Link, new() { Name = path.StartsWith("/en", StringComparison.Ordinal) ? "Skip to content" : "Naar de inhoud" });
        await Expect(link).Not.ToBeInViewportAsync();

        await page.Keyboard.PressAsync("Tab");
        await Expect(link).ToBeFocusedAsync();
        await Expect(link).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");

        (await page.GetByRole(AriaRole.Main).EvaluateAsync<bool>("m => m.contains(document.activeElement) && m !== document.activeElement")).Should().BeTrue();
    }

    [Fact]
    public async Task SkipLink_OfTheMap_LeadsToTheList()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/");
        var link = page.GetByRole(AriaRole.Link, new() { Name = "Kaart overslaan, naar de lijst van steden" });

        await visit.TabToAsync(link);
        await Expect(link).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");

        (await page.GetByRole(AriaRole.Region, new() { Name = "De dertien kennissteden" }).EvaluateAsync<bool>("r => r.contains(document.activeElement)")).Should().BeTrue();
    }

    internal sealed class Stop
    {
        public string Name { get; set; } = "";
        public bool Marked { get; set; }
        public bool Seen { get; set; }
    }
}
