using System.Text.RegularExpressions;

namespace KennisstedenPortal.BrowserTests;

/// <summary>Nothing falls off the screen, also when it is narrow or the text is large.</summary>
public sealed class LayoutTests(BrowserSite site)
{
    /// <summary>What sticks out to the right, outside parts that scroll by themselves.</summary>
    private const string TooWide = """
        () => {
          const root = document.documentElement, edge = root.clientWidth;
          if (root.scrollWidth <= edge) return [];
          const scrolls = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return true; return false; };
          const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > edge + 1 && !scrolls(e)).map(e => `${e.tagName}.${e.getAttribute('class')} ${Math.round(e.getBoundingClientRect().right)} > ${edge}: ${e.textContent.trim().slice(0, 50)}`);
          return [`page ${root.scrollWidth} > ${edge}`, ...out.slice(0, 12)];
        }
        """;

    public static TheoryData<string, string> Linked => [.. States.Linked];
    public static TheoryData<string> Dutch => [.. States.All];
    public static TheoryData<string> English => [.. States.All.Select(States.English)];

    [Theory, MemberData(nameof(Dutch))]
    public Task Page_NarrowOrEnlarged_ScrollsInOneDirectionOnly(string path) => CheckAsync(path, (320, 100), (360, 100), (768, 100), (1440, 100), (360, 200), (1280, 200));

    /// <summary>Other words in the same layout: where it is tightest.</summary>
    [Theory, MemberData(nameof(English))]
    public Task EnglishPage_NarrowOrEnlarged_ScrollsInOneDirectionOnly(string path) => CheckAsync(path, (320, 100), (360, 200));

    private async Task CheckAsync(string path, params (int Width, int Size)[] sizes)
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(path);
        var found = new List<string>();
        foreach (var (width, size) in sizes)
        {
            await visit.Page.SetViewportSizeAsync(width, 800);
            await visit.Page.EvaluateAsync($"document.documentElement.style.fontSize = '{size}%'");
            found.AddRange((await visit.Page.EvaluateAsync<string[]>(TooWide)).Select(f => $"{width} at {size}%: {f}"));
        }

        string.Join('\n', found).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Linked))]
    public async Task Page_WithAnIdentityInItsAddress_ScrollsInOneDirectionOnly(string from, string link)
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(from);
        await visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("[0-9a-f-]{36}$"));
        foreach (var (width, size) in new[] { (320, 100), (768, 100), (360, 200) })
        {
            await visit.Page.SetViewportSizeAsync(width, 800);
            await visit.Page.EvaluateAsync($"document.documentElement.style.fontSize = '{size}%'");
            (await visit.Page.EvaluateAsync<string[]>(TooWide)).Should().BeEmpty($"at {width}, text at {size}%");
        }
    }

    [Theory]
    [InlineData("/agenda/acties", ".table-scroll", 320, 360)]
    [InlineData("/en/agenda/matrix", ".table-scroll", 320, 360)]
    [InlineData("/agenda/voortgang?voorbeelden=ja", ".table-scroll", 360)]
    [InlineData("/agenda/bord", ".board", 360, 768, 1024, 1280, 1440)]
    public async Task ViewOfTheAgenda_AtAnyWidth_HidesNothingAtItsSide(string path, string part, params int[] widths)
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(path);
        (await visit.Page.Locator(part).CountAsync()).Should().BePositive();
        foreach (var width in widths)
        {
            await visit.Page.SetViewportSizeAsync(width, 800);
            (await visit.Page.Locator(part).EvaluateAllAsync<string[]>("parts => parts.filter(p => p.scrollWidth > p.clientWidth + 1 || [...p.children].some(c => c.getBoundingClientRect().right > innerWidth)).map(p => `${p.getAttribute('aria-label')} ${p.scrollWidth} > ${p.clientWidth}`)")).Should().BeEmpty($"at {width}");
        }
    }

    [Fact]
    public async Task PageThatIsTooWide_IsFound()
    {
        await using var visit = await site.VisitAsync(360);
        await visit.Page.GotoAsync("/over");
        await visit.Page.EvaluateAsync("document.querySelector('h1').style.width = '500px'");

        (await visit.Page.EvaluateAsync<string[]>(TooWide)).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/kennissteden/enschede")]
    [InlineData("/faciliteiten?stad=enschede")]
    [InlineData("/campussen/kennispark-twente")]
    [InlineData("/themas/halfgeleiders")]
    [InlineData("/agenda")]
    public async Task Page_Enlarged_KeepsMenuAndLanguageInReach(string path)
    {
        await using var visit = await site.VisitAsync(320);
        await visit.Page.GotoAsync(path);
        foreach (var size in new[] { 100, 200 })
        {
            await visit.Page.EvaluateAsync($"document.documentElement.style.fontSize = '{size}%'");
            await Expect(visit.Page.GetByRole(AriaRole.Banner).Locator("summary")).ToBeInViewportAsync(new() { Ratio = 1 });
            await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "EN (English)" })).ToBeInViewportAsync(new() { Ratio = 1 });
        }
    }
}
