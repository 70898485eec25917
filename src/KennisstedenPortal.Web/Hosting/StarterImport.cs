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
            ? "  Niets veranderd."
            : string.Create(CultureInfo.InvariantCulture, $"  {report.Created.Values.Sum()} regels toegevoegd, {report.Updated.Values.Sum()} waarden bijgewerkt."));
        await Write(output, "Ter informatie: namen die bij geen organisatie horen", report.Unresolved);
        await Write(output, "Afwijkingen", report.Differences);
        await Write(output, "Met rust gelaten (door mensen gewijzigd, of niet meer in de bestanden)", report.Kept);
    }

    private static async Task Write(TextWriter output, string heading, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) return;
        await output.WriteLineAsync($"  {heading}:");
        foreach (var line in lines) await output.WriteLineAsync($"    {line}");
    }
}
