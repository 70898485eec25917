using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KennisstedenPortal.Data;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Web.Tests;

/// <summary>Dependencies point down only, and pages ask queries.</summary>
public sealed class ArchitectureTests
{
    private const string Portal = "KennisstedenPortal.";
    private static readonly Assembly Domain = typeof(RegisterObject).Assembly, Data = typeof(PortalDbContext).Assembly, Reading = typeof(Reading.App).Assembly, Host = typeof(Program).Assembly;

    public static TheoryData<string, string[]> Allowed => new()
    {
        { "Domain", [] },
        { "Data", ["Domain"] },
        { "Reading", ["Data", "Domain"] },
        { "Working", ["Data", "Domain"] },
        { "LocalPostgres", [] },
        { "Web", ["Data", "Domain", "LocalPostgres", "Reading", "Working"] },
    };

    [Theory, MemberData(nameof(Allowed))]
    public void Project_OfThePortal_KnowsOnlyThoseBelowIt(string project, string[] allowed)
    {
        References(Assembly.Load(Portal + project)).Where(r => r.StartsWith(Portal, StringComparison.Ordinal)).Select(r => r[Portal.Length..]).Should().BeSubsetOf(allowed);
        Items(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Select(r => r![Portal.Length..]).Should().BeSubsetOf(allowed);
    }

    [Fact]
    public void Domain_Built_UsesNoPackage()
    {
        References(Domain).Should().OnlyContain(r => r.StartsWith("System.", StringComparison.Ordinal));
        Items("Domain", "PackageReference").Concat(Items("Domain", "FrameworkReference")).Should().BeEmpty();
    }

    [Fact]
    public void LocalPostgres_Built_UsesNoPackageButTheDriver() =>
        References(Assembly.Load(Portal + "LocalPostgres")).Should().OnlyContain(r => r.StartsWith("System.", StringComparison.Ordinal) || r.StartsWith("Microsoft.Win32.", StringComparison.Ordinal) || r == "Npgsql");

    [Fact]
    public void Data_Built_KnowsNoWeb() => References(Data).Should().NotContain(r => r.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void Reading_Built_LoadsNoInteractiveComponents() => References(Reading).Concat(References(Host)).Should().NotContain(r => r.StartsWith("MudBlazor", StringComparison.Ordinal));

    [Fact]
    public void Components_OfReading_AskQueriesAndNotTheDatabase()
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var components = Reading.GetTypes().Where(t => typeof(IComponent).IsAssignableFrom(t)).ToList();
        var holds = components.SelectMany(t => t.GetProperties(all).Select(p => (t, p.PropertyType)).Concat(t.GetFields(all).Select(f => (t, f.FieldType))).Concat(t.GetConstructors(all).SelectMany(c => c.GetParameters()).Select(p => (t, p.ParameterType))));

        components.Should().HaveCountGreaterThan(10);
        holds.Where(h => IsDatabase(h.Item2)).Select(h => $"{h.t.Name} holds a {h.Item2.Name}").Should().BeEmpty();
    }

    [Fact]
    public void Pages_OfReadingAndWorking_ShareNoFirstSegment() =>
        WorkingAddresses.FirstSegments.Intersect(Reading.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template.Replace("/en/", "/", StringComparison.Ordinal).Split('/')[1])
            .Concat(KindRegistry.All.Select(k => k.Path)), StringComparer.OrdinalIgnoreCase).Should().BeEmpty();

    [Fact]
    public void Components_OfReading_HaveNoRenderMode() => Reading.GetTypes().Where(t => t.GetCustomAttributes<RenderModeAttribute>().Any()).Should().BeEmpty();

    /// <summary>All are made when the portal is built: no text of a visitor becomes a part of one.</summary>
    [Fact]
    public void Source_OfThePortal_MakesNoRegularExpressionFromText() => Lines(@"new Regex\(|Regex\.(IsMatch|Match|Matches|Replace|Split|Count|EnumerateMatches)\(").ShouldBeNone();

    /// <summary>But for the words of MudBlazor in Dutch, which are ours.</summary>
    [Fact]
    public void Source_OfThePortal_FormatsByNoTextFromOutside() => Lines(@"string\.Format\(|AppendFormat\(|CompositeFormat\.Parse\(").Where(l => !l.StartsWith("MudTexts.cs", StringComparison.Ordinal)).ShouldBeNone();

    [Fact]
    public void Source_OfThePortal_TouchesNoMemoryByHand()
    {
        Lines(@"\bunsafe\b|\bMarshal\.|\bfixed \(|MemoryMarshal|Unsafe\.As|Unsafe\.Add").ShouldBeNone();
        Directory.EnumerateFiles(Repository.Of("src"), "*.csproj", SearchOption.AllDirectories).Append(Repository.Of("Directory.Build.props")).Where(f => File.ReadAllText(f).Contains("AllowUnsafeBlocks", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static IEnumerable<string> Lines(string pattern) => Directory.EnumerateFiles(Repository.Of("src"), "*.*", SearchOption.AllDirectories)
        .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal)).Where(f => !f.Split(Path.DirectorySeparatorChar).Any(d => d is "obj" or "bin"))
        .SelectMany(f => File.ReadLines(f).Where(l => Regex.IsMatch(l, pattern)).Select(l => $"{Path.GetFileName(f)}: {l.Trim()}"));

    private static bool IsDatabase(Type type) => typeof(DbContext).IsAssignableFrom(type) || type.FullName!.StartsWith("Npgsql.", StringComparison.Ordinal)
        || type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IDbContextFactory<>) || type.GetGenericArguments().Any(a => a.FullName is not null && IsDatabase(a)));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static List<string> Items(string project, string item) =>
        [.. XDocument.Load(Repository.Of("src", Portal + project, $"{Portal}{project}.csproj")).Descendants(item).Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'))];
}
