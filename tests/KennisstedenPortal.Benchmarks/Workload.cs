using System.Globalization;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Registry;
using Npgsql;

namespace KennisstedenPortal.Benchmarks;

/// <param name="Cached">Answered from the output cache; else every request renders anew.</param>
/// <param name="Bare">What comes before the addresses at the bare host.</param>
internal sealed record Scenario(string Name, IReadOnlyList<string> Addresses, bool Cached = false, string Bare = "");

/// <summary>The addresses that are asked.</summary>
internal static class Workload
{
    /// <summary>
    /// A key that no page knows. The portal ignores it and, since no link of its own holds it, neither stores nor looks up the
    /// page: the same address can be asked time and again and is rendered every time.
    /// </summary>
    public const string Uncached = "meting=1";
    public const string MapPath = "/kaart/objecten.json", BoxKey = "vak";

    public static async Task<IReadOnlyList<Scenario>> OfAsync(Scratch scratch, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(scratch.SuperUser);
        async Task<List<string>> Read(string sql)
        {
            await using var command = source.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<string>();
            while (await reader.ReadAsync(cancellation)) rows.Add(reader.GetString(0));
            return rows;
        }
        async Task<List<string>> Frequent(string group) => await Read($"select substr(facet, {group.Length + 2}) from search_total where facet like '{group}:%' order by count desc, facet limit 12");
        var (cities, themes) = (await Frequent(Facet.City), await Frequent(Facet.Theme));
        var details = (await Read("select kind || '/' || slug from search_entry where kind <> 'city' order by md5(object_id::text) limit 200"))
            .ConvertAll(p => p.Split('/')).ConvertAll(p => $"/{KindRegistry.OfCode(p[0]).Path}/{p[1]}");
        var words = new Vocabulary();
        // Only what occurs: for another word the portal also looks for the one that was meant.
        var rare = new List<int>();
        for (var rank = 1500; rank < words.Count && rare.Count < 12; rank += 311)
            if ((await Read($"select slug from search_entry where words @@ to_tsquery('kennis', '{SearchWords.Of(words.At(rank)).All().Replace("'", "''", StringComparison.Ordinal)}') limit 1")).Count > 0) rare.Add(rank);
        string[] kinds = ["organisaties", "faciliteiten", "rd-concentraties"];
        var lists = new List<string>();
        foreach (var kind in kinds)
        {
            lists.AddRange([.. cities.Take(4).Select(c => $"/{kind}?stad={c}"), .. themes.Take(4).Select(t => $"/{kind}?thema={t}"), .. cities.TakeLast(3).Zip(themes.TakeLast(3), (c, t) => $"/{kind}?stad={c}&thema={t}"), $"/{kind}?sorteer=gemeente&stad={cities[1]}", $"/{kind}?thema={themes[2]}&pagina=3"]);
        }
        string Find(params int[] ranks) => $"/zoeken?q={string.Join('+', ranks.Select(words.At))}";
        string Box(double west, double south, double size) => FormattableString.Invariant($"{BoxKey}={west},{south},{west + size},{south + size}");
        IReadOnlyList<string> Fresh(IEnumerable<string> addresses) => [.. addresses.Select(a => $"{a}{(a.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Uncached}")];
        IReadOnlyList<string> pages = [.. kinds.Select(k => "/" + k), .. details.Take(9)];
        return
        [
            new("list, filtered", Fresh(lists)),
            new("detail", Fresh(details)),
            new("search, common word", Fresh([Find(0), Find(1), Find(2), Find(4), Find(7), Find(12)])),
            new("search, rare word", Fresh(rare.Select(r => Find(r)))),
            new("search, two words", Fresh([Find(0, 3), Find(1, 2), Find(2, 40), Find(5, 9), Find(8, 25), Find(14, 60)])),
            new("map data", Fresh([$"{MapPath}?{Box(3.3, 50.7, 4)}", $"{MapPath}?{Box(4.2, 51.8, 0.4)}", $"{MapPath}?{Box(5.3, 51.3, 0.2)}", $"{MapPath}?{Box(3.3, 50.7, 4)}&type=faciliteiten", $"{MapPath}?{Box(3.3, 50.7, 4)}&stad={cities[3]}", $"{MapPath}?{Box(3.3, 50.7, 4)}&q={words.At(30)}"])),
            new("cached page, bytes from memory", pages, Cached: true),
            new("cached page, output cache", pages, Cached: true, Bare: BareHost.Kept),
        ];
    }

    public static bool IsDetail(string path) => path != MapPath && path.Trim('/').Contains('/', StringComparison.Ordinal);

    public static Box? BoxOf(string? text) =>
        text?.Split(',') is [var w, var s, var e, var n] ? new Box(Number(w), Number(s), Number(e), Number(n)) : null;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
