using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;

namespace KennisstedenPortal.BrowserTests;

/// <summary>Every template and state by axe, light and dark, wide and narrow. A person still has to look and listen.</summary>
public sealed class AccessibilityTests(BrowserSite site)
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>In the page itself: the package's own way opens a second page and loads axe twice for each check.</summary>
    private const string Run = """
        () => axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } })
          .then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)} ${n.failureSummary.replaceAll('\n', ' ')}`)))
        """;

    /// <summary>Each width and each scheme once: what axe finds hangs on one of the two, seldom on both together.</summary>
    internal static readonly (int Width, ColorScheme Scheme)[] Looks = [(1440, ColorScheme.Light), (320, ColorScheme.Dark)];
    private static readonly (int Width, ColorScheme Scheme)[] Narrow = [(360, ColorScheme.Light), (320, ColorScheme.Dark)];

    public static TheoryData<string> Dutch => [.. States.All];
    public static TheoryData<string> English => [.. States.All.Select(States.English)];
    public static TheoryData<string, string> Linked => [.. States.Linked];
    public static TheoryData<string> Others => [.. States.ListsOfOthers];

    [Theory, MemberData(nameof(Dutch))]
    public async Task Page_InEveryLook_HasNoViolation(string path)
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(path);
        await CheckAsync(visit.Page, Looks);
    }

    [Theory, MemberData(nameof(English))]
    public async Task EnglishPage_OnAPhone_HasNoViolation(string path)
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(path);
        await CheckAsync(visit.Page, (360, ColorScheme.Light));
    }

    [Theory, MemberData(nameof(Others))]
    public async Task Detail_OfTheOtherKinds_HasNoViolation(string list)
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(list);
        await visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 3 }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = "Actualiteit" })).ToBeVisibleAsync();
        await CheckAsync(visit.Page, Looks);
    }

    [Theory, MemberData(nameof(Linked))]
    public async Task Page_WithAnIdentityInItsAddress_HasNoViolation(string from, string link)
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(from);
        await visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("[0-9a-f-]{36}$"));
        await CheckAsync(visit.Page, Looks);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/kennissteden/enschede")]
    [InlineData("/en/faciliteiten")]
    public async Task Menu_Open_HasNoViolation(string path)
    {
        await using var visit = await site.VisitAsync(360);
        await visit.Page.GotoAsync(path);
        await visit.Page.GetByRole(AriaRole.Banner).Locator("summary").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = path.StartsWith("/en", StringComparison.Ordinal) ? "Facilities" : "Faciliteiten" })).ToBeVisibleAsync();
        await CheckAsync(visit.Page, Narrow);
    }

    [Theory]
    [InlineData("/faciliteiten")]
    [InlineData("/en/organisaties?stad=delft&q=delft")]
    public async Task Filters_OpenOnAPhone_HaveNoViolation(string path)
    {
        await using var visit = await site.VisitAsync(360);
        await visit.Page.GotoAsync(path);
        await visit.Page.GetByRole(AriaRole.Main).Locator("summary").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Searchbox)).ToBeVisibleAsync();
        await CheckAsync(visit.Page, Narrow);
    }

    /// <summary>Without this, an axe that does not run would find every page perfect.</summary>
    [Fact]
    public async Task Page_ThatIsWrong_IsFoundWrong()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync("/over");
        await visit.Page.EvaluateAsync("document.querySelector('main').append(document.createElement('button'))");

        await visit.Page.EvaluateAsync(Axe);
        (await visit.Page.EvaluateAsync<string[]>(Run)).Should().ContainSingle(v => v.StartsWith("button-name: <button", StringComparison.Ordinal));
    }

    internal static async Task CheckAsync(IPage page, params (int Width, ColorScheme Scheme)[] looks)
    {
        var found = new List<string>();
        await page.EvaluateAsync(Axe);
        foreach (var (width, scheme) in looks)
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            found.AddRange((await page.EvaluateAsync<string[]>(Run)).Select(v => $"at {width} {scheme}: {v}"));
        }
        string.Join('\n', found.Take(20)).Should().BeEmpty($"{page.Url} has {found.Count} violations");
    }
}
