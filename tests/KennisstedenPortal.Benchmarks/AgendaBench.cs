using System.Globalization;
using System.Text;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using Npgsql;

namespace KennisstedenPortal.Benchmarks;

/// <summary>Asks the views of the agenda with few and with many actions, in turns, and tells how many times longer the many take; see docs/benchmarks.md.</summary>
internal static class AgendaBench
{
    private static readonly (string Name, string[] Addresses)[] Scenarios =
    [
        ("table, whole", ["/agenda/acties", "/agenda/acties?sorteer=einddatum", "/agenda/acties?sorteer=laatst-gemeld", "/agenda/acties?pagina=3"]),
        ("table, filtered", ["/agenda/acties?stad=delft", "/agenda/acties?onderdeel=lijn-1&soort=in-uitvoering", "/agenda/acties?signaal=te-laat", "/agenda/acties?licht=onbekend", "/agenda/acties?licht=loopt-vast&stad=enschede", "/agenda/acties?signaal=zonder-eigenaar"]),
        ("board", ["/agenda/bord"]),
        ("board, filtered", ["/agenda/bord?onderdeel=lijn-2", "/agenda/bord?stad=eindhoven", "/agenda/bord?onderdeel=lijn-1&stad=delft"]),
        ("timeline", ["/agenda/tijdlijn", "/agenda/tijdlijn?onderdeel=lijn-1&pagina=2", "/agenda/tijdlijn?stad=delft"]),
        ("matrix", ["/agenda/matrix"]),
        ("chain", ["/agenda", "/agenda/lijn-1", "/agenda/vraag-2"]),
        ("report", ["/agenda/voortgang", "/agenda/voortgang?lijn=lijn-1", "/agenda/voortgang?status=in-uitvoering"]),
        ("board summary", ["/agenda/voortgang/bestuur"]),
        ("board summary of a city", ["/agenda/voortgang/bestuur/wageningen"]),
        ("gaps", ["/agenda/leemten", "/agenda/leemten?voorbeelden=ja"]),
    ];

    public static async Task RunAsync(ScratchServer server, IReadOnlyList<int> sizes, string published, TimeSpan duration, int rounds, string output, Action<string> say, CancellationToken cancellation)
    {
        var scratches = new List<Scratch>();
        foreach (var size in sizes) scratches.Add(await server.WithActionsAsync(size, say, cancellation));
        foreach (var scratch in scratches) await PlansAsync(server, scratch, Path.Combine(output, "plans"), cancellation);
        var portals = new List<Child>();
        try
        {
            foreach (var scratch in scratches) portals.Add(await Bench.PortalAsync(scratch, published, server.Folder, cancellation));
            var loads = portals.ConvertAll(p => new Load(p.Url));
            var table = new StringBuilder($"| what | {string.Join(" | ", sizes.Select(s => string.Create(CultureInfo.InvariantCulture, $"p50 at {s:#,0} (ms)")))} | ratio | bytes | failures |\n|---|{string.Concat(sizes.Select(_ => "---:|"))}---:|---:|---:|\n");
            foreach (var (name, plain) in Scenarios)
            {
                string[] addresses = [.. plain.Select(a => $"{a}{(a.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Workload.Uncached}")];
                var measured = sizes.Select(_ => new List<Round>()).ToList();
                for (var i = -1; i < rounds; i++)
                    for (var p = 0; p < loads.Count; p++)
                    {
                        var round = await loads[p].RunAsync(addresses, duration, cancellation);
                        // The first round warms up.
                        if (i >= 0) measured[p].Add(round);
                    }
                var middles = measured.ConvertAll(m => m.Select(r => r.Percentile(0.5)).Order().ElementAt(m.Count / 2));
                var bytes = new List<int>();
                foreach (var load in loads) bytes.Add((await Task.WhenAll(addresses.Select(a => load.SizeAsync(a, cancellation)))).Sum() / addresses.Length);
                table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", middles.Select(m => m.ToString("0.0", CultureInfo.InvariantCulture)))} | {middles[^1] / middles[0]:0.0} | {string.Join(", ", bytes.Select(b => b.ToString("#,0", CultureInfo.InvariantCulture)))} | {measured.Sum(m => m.Sum(r => r.Failures))} |");
                say($"{name}: {string.Join(" and ", middles.Select(m => m.ToString("0.0", CultureInfo.InvariantCulture)))} ms");
            }
            foreach (var load in loads) load.Dispose();
            await File.WriteAllTextAsync(Path.Combine(output, "agenda.md"), table.ToString(), cancellation);
            Console.WriteLine(table);
        }
        finally
        {
            foreach (var portal in portals) await portal.DisposeAsync();
        }
        foreach (var scratch in scratches) await server.DropAsync(scratch, cancellation);
    }

    /// <summary>What PostgreSQL does for every query of the views.</summary>
    private static async Task PlansAsync(ScratchServer server, Scratch scratch, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await using var contexts = new Contexts(new NpgsqlConnectionStringBuilder(scratch.SuperUser) { Options = Plans.Explain }.ConnectionString);
        var views = new ActionsQuery(contexts.Source, TimeProvider.System);
        string[] lines = ["lijn-1", "lijn-2", "lijn-3"];
        var year = TimeProvider.System.Today().Year;
        (string Name, Func<Task> Ask)[] asked =
        [
            ("table", () => views.ListAsync(new ActionFilter(), cancellation)), ("table-city", () => views.ListAsync(new ActionFilter(City: "delft"), cancellation)), ("table-late", () => views.ListAsync(new ActionFilter(Signal: ActionSignal.Late), cancellation)),
            ("table-red-city", () => views.ListAsync(new ActionFilter(Light: LightFilter.Red, City: "enschede"), cancellation)), ("board", () => views.BoardAsync(new ActionFilter(), cancellation)), ("board-two", () => views.BoardAsync(new ActionFilter(Element: "lijn-1", City: "delft"), cancellation)),
            ("timeline", () => views.TimelineAsync(new ActionFilter(), lines, new DateOnly(year, 1, 1), new DateOnly(year + 2, 12, 31), cancellation)), ("matrix", () => views.MatrixAsync(lines, ["delft", "enschede"], cancellation)),
            ("chain", () => new ChainQuery(contexts).RunAsync(cancellation)), ("gaps", () => new GapsQuery(contexts).RunAsync(false, cancellation)),
            ("report", () => new ProgressReportQuery(contexts).RunAsync(new ReportRequest(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMonths(-3)), cancellation)),
            ("summary", () => new BoardQuery(contexts).RunAsync(null, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMonths(-3), examples: false, cancellation)),
        ];
        foreach (var (name, ask) in asked)
        {
            await ask();
            var from = new FileInfo(server.Log).Length;
            await ask();
            await using var log = new FileStream(server.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            log.Seek(from, SeekOrigin.Begin);
            using var reader = new StreamReader(log);
            await File.WriteAllTextAsync(Path.Combine(folder, $"agenda-{name}-{scratch.Size}.txt"), await reader.ReadToEndAsync(cancellation), cancellation);
        }
    }
}
