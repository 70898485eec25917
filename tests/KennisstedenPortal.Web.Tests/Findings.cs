namespace KennisstedenPortal.Web.Tests;

internal static class Findings
{
    private const int Shown = 40;

    /// <summary>As <c>Should().BeEmpty()</c>, but names what was found instead of only the first.</summary>
    public static void ShouldBeNone(this IEnumerable<string> findings, string because = "")
    {
        var all = findings.ToList();
        string.Join('\n', all.Take(Shown)).Should().BeEmpty($"there should be none of these {all.Count} {because}");
    }
}
