using System.Text.RegularExpressions;

namespace KennisstedenPortal.Web.Tests;

/// <summary>What docs/security.md calls met names a test, and that test exists.</summary>
public sealed partial class SecurityDocumentTests
{
    private static readonly List<string[]> Rows = [.. File.ReadLines(Repository.Of("docs", "security.md")).Where(l => Row().IsMatch(l)).Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    [Fact]
    public void Document_OfSecurity_HasEveryRequirementOnceWithAStateAndItsGround()
    {
        Rows.Should().HaveCount(98, "that many the chapters have at levels 1 and 2").And.OnlyHaveUniqueItems(r => r[0]);
        Rows.Should().OnlyContain(r => r.Length == 4 && r[3].Length > 0 && (r[2] == "met" ? Name().IsMatch(r[3]) : r[2] == "open" || r[2] == "not applicable"));
    }

    [Fact]
    public void Document_OfSecurity_NamesTestsThatExist()
    {
        var sources = Directory.EnumerateFiles(Repository.Of("tests"), "*Tests*.cs", SearchOption.AllDirectories).Where(f => !f.Split(Path.DirectorySeparatorChar).Contains("obj")).Select(File.ReadAllText).ToList();
        var named = Rows.Where(r => r[2] == "met").Select(r => Name().Match(r[3])).Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value)).Distinct().ToList();

        named.Where(n => !sources.Exists(s => Regex.IsMatch(s, $@"\bclass {n.Class}\b") && Regex.IsMatch(s, $@"\b{n.Method}\("))).Should().BeEmpty();
    }

    [GeneratedRegex(@"^\| \d+\.\d+\.\d+ \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"^`(\w+)\.(\w+)`$")]
    private static partial Regex Name();
}
