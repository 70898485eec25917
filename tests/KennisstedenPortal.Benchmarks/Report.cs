using System.Globalization;
using System.Text;

namespace KennisstedenPortal.Benchmarks;

internal sealed record Measured(int Size, string Scenario, IReadOnlyList<Round> Portal, IReadOnlyList<Round> Bare);

/// <summary>Ratios first: they hold on another machine, milliseconds do not.</summary>
internal static class Report
{
    public static string Of(IReadOnlyList<Measured> all, IReadOnlyList<(int Size, string Page, double Milliseconds)> first)
    {
        var text = new StringBuilder("| objects | what | p50 portal / bare | p99 portal / bare | p50 at size / p50 at smallest | portal p50, p99 (ms) | bare p50, p99 (ms) | portal, bare (requests/s) | failures |\n|---:|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var m in all)
        {
            var smallest = all.Where(o => o.Scenario == m.Scenario).MinBy(o => o.Size)!;
            var (p, b) = (Middle(m.Portal, r => r.Percentile(0.5)), Middle(m.Bare, r => r.Percentile(0.5)));
            var (p99, b99) = (Middle(m.Portal, r => r.Percentile(0.99)), Middle(m.Bare, r => r.Percentile(0.99)));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {m.Size:#,0} | {m.Scenario} | {p / b:0.0} | {p99 / b99:0.0} | {p / Middle(smallest.Portal, r => r.Percentile(0.5)):0.0} | {p:0.0}, {p99:0.0} | {b:0.0}, {b99:0.0} | {Middle(m.Portal, r => r.PerSecond):#,0}, {Middle(m.Bare, r => r.PerSecond):#,0} | {m.Portal.Sum(r => r.Failures)}, {m.Bare.Sum(r => r.Failures)} |");
        }
        text.Append("\nPages that are rendered once per change and then come from the cache, asked once (ms):\n\n| objects | page | first time |\n|---:|---|---:|\n");
        foreach (var (size, page, milliseconds) in first) text.AppendLine(CultureInfo.InvariantCulture, $"| {size:#,0} | {page} | {(double.IsNaN(milliseconds) ? "no answer" : milliseconds.ToString("#,0", CultureInfo.InvariantCulture))} |");
        return text.ToString();
    }

    private static double Middle(IReadOnlyList<Round> rounds, Func<Round, double> value) => rounds.Select(value).Order().ElementAt(rounds.Count / 2);
}
