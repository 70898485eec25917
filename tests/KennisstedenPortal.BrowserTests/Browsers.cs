namespace KennisstedenPortal.BrowserTests;

/// <summary>Finds the Chromium to test with.</summary>
internal static class Browsers
{
    /// <summary>What makes WebGL work without a graphics card, drawn by the processor.</summary>
    public static readonly string[] WebGl = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <returns>Null to let Playwright use its own.</returns>
    /// <exception cref="FileNotFoundException">The one that CHROMIUM names is not there.</exception>
    public static string? Executable()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given)
            return File.Exists(given) ? given : throw new FileNotFoundException($"CHROMIUM names '{given}', which is not there.");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin");
        return folders.SelectMany(f => Names.Select(n => Path.Combine(f, n))).FirstOrDefault(File.Exists);
    }

    public static IEnumerable<string> Arguments()
    {
        yield return "--disable-quic";
        yield return "--disable-background-networking";
        // The sandbox refuses to run as root, which is how containers run.
        if (Environment.UserName == "root") yield return "--no-sandbox";
    }
}
