namespace KennisstedenPortal.BrowserTests;

/// <summary>Pictures for the README, in <c>artifacts/screenshots</c>.</summary>
public sealed class ScreenshotTests(BrowserSite site)
{
    [Theory]
    [InlineData("home", "/")]
    [InlineData("city", "/kennissteden/enschede")]
    [InlineData("list", "/faciliteiten?stad=enschede")]
    [InlineData("detail", "/campussen/kennispark-twente")]
    public async Task Page_InEachLook_IsPictured(string name, string path)
    {
        var folder = Path.Combine(Root(), "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        foreach (var (width, height) in new[] { (1440, 900), (360, 740) })
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await using var visit = await site.VisitAsync(width, height, scheme: scheme);
                await visit.Page.GotoAsync(path);
                await visit.Page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
                var picture = await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png") });

                picture.Length.Should().BeGreaterThan(10_000, "an empty page compresses to almost nothing");
                var background = await visit.Page.Locator("body").EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor");
                background.Should().Be(scheme == ColorScheme.Dark ? "rgb(15, 22, 38)" : "rgb(251, 250, 247)");
            }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "global.json"))) return folder.FullName;
        throw new DirectoryNotFoundException($"There is no global.json above {AppContext.BaseDirectory}.");
    }
}
