using System.Text.RegularExpressions;

namespace KennisstedenPortal.BrowserTests;

/// <summary>What the browser fetches, keeps and complains of.</summary>
public sealed class LoadingTests(BrowserSite site)
{
    public static TheoryData<string> Paths => [.. States.All.Concat(States.OneOfEach.Select(States.English))];

    [Theory, MemberData(nameof(Paths))]
    public async Task Page_Loaded_GivesNoErrorAsksNoOtherHostAndLeavesNothingBehind(string path)
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        await visit.Page.EvaluateAsync("() => document.fonts.ready.then(() => true)");

        visit.Complaints.Should().BeEmpty();
        (await visit.CookiesAsync()).Should().BeEmpty();
        (await visit.Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length")).Should().Be(0);
        visit.Requests.Where(r => Regex.IsMatch(r, "\\.m?js(\\?|$)")).Should().OnlyContain(r => new Uri(r).AbsolutePath.StartsWith("/_content/KennisstedenPortal.Reading/js/", StringComparison.Ordinal)
            || path.Contains("/kaart", StringComparison.Ordinal) && new Uri(r).AbsolutePath.StartsWith("/_content/KennisstedenPortal.Reading/maplibre/", StringComparison.Ordinal), "only our own modules run, and on the map page the map library");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/en/kennissteden/enschede")]
    [InlineData("/faciliteiten")]
    public async Task Fonts_OfThePage_AreLoadedAndUsed(string path)
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(path);

        var loaded = await visit.Page.EvaluateAsync<string[]>("() => document.fonts.ready.then(() => [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', '')))");

        loaded.Should().BeEquivalentTo("Figtree Variable", "Bricolage Grotesque Variable");
        foreach (var family in loaded) (await visit.Page.EvaluateAsync<bool>("f => document.fonts.check(`1rem \"${f}\"`)", family)).Should().BeTrue();
        (await visit.Page.Locator("body").EvaluateAsync<string>("e => getComputedStyle(e).fontFamily")).Should().StartWith("\"Figtree Variable\"");
        (await visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).EvaluateAsync<string>("e => getComputedStyle(e).fontFamily")).Should().StartWith("\"Bricolage Grotesque Variable\"");
        visit.Complaints.Should().BeEmpty();
    }

    /// <summary>The policy is enforced, not only sent.</summary>
    [Fact]
    public async Task Script_PutIntoAPage_DoesNotRun()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync("/over");

        await visit.Page.EvaluateAsync("() => { const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s); const i = document.createElement('img'); i.src = 'https://elsewhere.example/x.png'; document.body.append(i); }");

        (await visit.Page.EvaluateAsync<bool>("window.ran === undefined")).Should().BeTrue();
        await Poll.UntilAsync(() => Task.FromResult(visit.Complaints.Count(c => c.Contains("Content Security Policy", StringComparison.Ordinal)) >= 2), "the browser reports both");
    }
}
