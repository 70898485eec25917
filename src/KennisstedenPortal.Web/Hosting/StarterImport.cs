using System.Globalization;
using KennisstedenPortal.Data.StarterData;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>Runs the import and says in the terminal what it did.</summary>
internal static class StarterImport
{
    public static async Task RunAsync(StarterImporter importer, bool examples, TextWriter output, CancellationToken cancellation)
    {
        var report = await importer.ImportAsync(examples: examples, cancellation: cancellation);
        foreach (var (kind, count) in report.Objects) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {kind,-32} {count,6}"));
        await output.WriteLineAsync(report.ChangedNothing
            ? "  Nothing changed."
            : string.Create(CultureInfo.InvariantCulture, $"  {report.Created.Values.Sum()} rows added, {report.Updated.Values.Sum()} values updated."));
        await Write(output, "For information: names that belong to no organisation", report.Unresolved);
        await Write(output, "What the files say and is computed otherwise", report.Differences);
        await Write(output, "Left alone (changed by people, or no longer in the files)", report.Kept);
    }

    private static async Task Write(TextWriter output, string heading, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) return;
        await output.WriteLineAsync($"  {heading}:");
        foreach (var line in lines) await output.WriteLineAsync($"    {line}");
    }
}
