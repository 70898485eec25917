using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.WebUtilities;
using Npgsql;

namespace KennisstedenPortal.Benchmarks;

/// <summary>
/// Runs the portal's own query classes and lets PostgreSQL write the plan of every statement that they send: what is explained
/// is what is served, not a copy of it.
/// </summary>
internal static class Plans
{
    internal const string Explain = "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on -c auto_explain.log_buffers=on -c auto_explain.log_timing=on -c auto_explain.log_parameter_max_length=200";

    public static async Task WriteAsync(ScratchServer server, Scratch scratch, IReadOnlyList<Scenario> scenarios, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await using var contexts = new Contexts(new NpgsqlConnectionStringBuilder(scratch.SuperUser) { Options = Explain }.ConnectionString);
        var (search, map, detail) = (new SearchQuery(contexts.Source, TimeProvider.System), new MapQuery(contexts.Source), new DetailQuery(contexts, contexts.Source));
        foreach (var scenario in scenarios.Where(s => !s.Cached))
        {
            await using var file = File.CreateText(Path.Combine(folder, $"{scenario.Name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-')}-{scratch.Size}.txt"));
            foreach (var address in scenario.Addresses.Take(6))
            {
                async Task Ask()
                {
                    var parts = address.Split('?');
                    var query = QueryHelpers.ParseQuery(parts[1]);
                    string? Value(string key) => query.TryGetValue(key, out var v) ? v.ToString() : null;
                    var path = parts[0].Trim('/').Split('/');
                    var kind = path[0] == "kaart" ? KindRegistry.FindByPath(Value("type")) : KindRegistry.FindByPath(path[0]);
                    var filter = new SearchFilter(Value("q"), kind, Value("stad"), Value("thema"), Order: path[0] is "zoeken" or "kaart" ? SearchOrder.Relevance : SearchOrder.Name);
                    if (path[0] == "kaart") await map.RunAsync(filter, Workload.BoxOf(Value(Workload.BoxKey)), cancellation);
                    else if (path[0] == "zoeken") await search.SearchAsync(filter, cancellation);
                    else if (path.Length == 2) await detail.RunAsync(kind!, path[1], cancellation);
                    else await search.ListAsync(filter, cancellation);
                }
                await Ask();
                var from = new FileInfo(server.Log).Length;
                await Ask();
                await using var log = new FileStream(server.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                log.Seek(from, SeekOrigin.Begin);
                using var reader = new StreamReader(log);
                await file.WriteLineAsync($"==== {address}\n{await reader.ReadToEndAsync(cancellation)}");
            }
        }
    }
}
