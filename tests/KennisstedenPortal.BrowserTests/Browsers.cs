namespace KennisstedenPortal.BrowserTests;

/// <summary>Finds the Chromium to test with.</summary>
internal static class Browsers
{
    /// <summary>
    /// What makes WebGL work without a graphics card, drawn by the processor. On a busy machine the process that draws is slow:
    /// it must not be ended for that, and a site must not lose WebGL for the rest of the run because it was.
    /// </summary>
    public static readonly string[] WebGl = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-watchdog", "--disable-gpu-process-crash-limit", "--disable-domain-blocking-for-3d-apis"];

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
