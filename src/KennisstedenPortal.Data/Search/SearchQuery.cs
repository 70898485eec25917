using System.Globalization;
using System.Text.Json;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Npgsql;

namespace KennisstedenPortal.Data.Search;

/// <summary>
/// The public register as a list: by kind and filter, or by what somebody typed. Its cost does not grow with the register:
/// counts stop at a thousand, ranking sees a thousand, and pages beyond go on from a place instead of counting up to it.
/// Written in SQL, since one statement has to answer rows, count and facets in one round trip.
/// </summary>
/// <param name="room">Bounds how many run at once; null sets no bound.</param>
public sealed class SearchQuery(NpgsqlDataSource source, TimeProvider time, SearchRoom? room = null)
{
    /// <summary>Private characters that no text of the register holds.</summary>
    public const char MarkStart = '\uE000', MarkEnd = '\uE001';
    private const int TimeoutSeconds = 5, Similar = 8;
    private const string Columns = "e.object_id, e.kind, e.slug, e.name, e.short_name, e.sort, e.summary, e.municipality_name, e.cities, e.themes, e.verification, e.confirmed_on, e.review_by, e.changed_at, e.weight";
    private static readonly string Headline = $"StartSel={MarkStart}, StopSel={MarkEnd}";

    /// <summary>A list of one kind: rows and count, without facets.</summary>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    /// <exception cref="SearchIsFullException">Too many search at once.</exception>
    public Task<SearchResult> ListAsync(SearchFilter filter, CancellationToken cancellation) =>
        filter.Text is null ? BoundedAsync(() => CountedAsync(filter, cancellation), cancellation) : SearchAsync(filter, cancellation);

    private async Task<SearchResult> CountedAsync(SearchFilter filter, CancellationToken cancellation)
    {
        await using var batch = source.CreateBatch();
        batch.Timeout = TimeoutSeconds;
        var kept = KeptTotal(filter);
        batch.BatchCommands.Add(kept is not null
            ? Command("select coalesce((select count from search_total where facet = $1), 0)", kept)
            : Command($"select count(*)::int from (select 1 from search_entry e where {Where(filter)} limit {SearchFilter.CountLimit + 1}) c", [.. Parameters(filter)]));
        batch.BatchCommands.Add(PageCommand(filter));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var total = reader.GetInt32(0);
        await reader.NextResultAsync(cancellation);
        var rows = await ReadAsync(reader, cancellation);
        return Result(filter, rows, kept is null && total > SearchFilter.CountLimit ? null : total, total, FacetCounts.None, false);
    }

    /// <summary>Under what the exact total of a list is kept: one facet, a kind with one facet, or a kind with a city and a theme. Null for a longer combination, which is counted to a bound.</summary>
    private static string? KeptTotal(SearchFilter filter) => filter.Facets switch
    {
        [var one] => one,
        // A sort says its kind.
        [_, var sort] when filter.Sort is not null => sort,
        [_, var facet] when filter.Kind is not null => Facet.OfKind(filter.Kind.Code, facet),
        [_, var city, var theme] when filter is { Kind: not null, City: not null, Theme: not null } => Facet.OfKind(filter.Kind.Code, city, theme),
        _ => null,
    };

    /// <summary>What was sought, with facets. Misspelled words are mended, and when nothing has all words, some will do.</summary>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    /// <exception cref="SearchIsFullException">Too many search at once.</exception>
    public Task<SearchResult> SearchAsync(SearchFilter filter, CancellationToken cancellation) => BoundedAsync(() => MendingAsync(filter, cancellation), cancellation);

    private async Task<T> BoundedAsync<T>(Func<Task<T>> run, CancellationToken cancellation)
    {
        using var place = room is null ? null : await room.EnterAsync(cancellation);
        try
        {
            return await run();
        }
        catch (NpgsqlException e) when (SearchTooSlowException.Explains(e))
        {
            throw new SearchTooSlowException(e);
        }
    }

    private async Task<SearchResult> MendingAsync(SearchFilter filter, CancellationToken cancellation)
    {
        var words = SearchWords.Of(filter.Text);
        if (filter.Text is not null && words.IsEmpty) return new SearchResult([], 0, FacetCounts.None, false, filter.Page, null);
        var result = await RunAsync(filter, filter.Text is null ? null : words.All(), words, cancellation);
        if (filter.Text is null || await HasAnyAsync(result)) return result;

        if (await CorrectAsync(words, cancellation) is { } corrected)
        {
            var mended = SearchWords.Of(corrected);
            result = await RunAsync(filter, mended.All(), mended, cancellation) with { Correction = corrected };
            if (await HasAnyAsync(result)) return result;
            words = mended;
        }
        if (words.Typed.Count < 2) return result with { Correction = null };
        var partial = await RunAsync(filter, words.Any(), words, cancellation);
        return partial with { IsPartial = partial.Total != 0, Correction = partial.Total != 0 ? result.Correction : null };

        // Beyond the numbered pages nothing is counted; what goes on there is what the first page was mended to.
        async Task<bool> HasAnyAsync(SearchResult found) => found.Total != 0 && (filter.After is null || found.Items.Count > 0
            || (await RunAsync(filter with { After = null, Page = 1 }, words.All(), words, cancellation)).Total != 0);
    }

    /// <summary>Names that begin with, or hold, what was typed so far.</summary>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    /// <exception cref="SearchIsFullException">Too many search at once.</exception>
    public async Task<IReadOnlyList<SearchItem>> SuggestAsync(string text, int limit, CancellationToken cancellation)
    {
        var words = SearchWords.Of(text);
        return words.IsEmpty ? [] : await BoundedAsync(() => NamesAsync(text, words, limit, cancellation), cancellation);
    }

    /// <summary>What somebody meant by words of which the register has none, or null.</summary>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    /// <exception cref="SearchIsFullException">Too many search at once.</exception>
    public async Task<string?> MendAsync(string text, CancellationToken cancellation)
    {
        var words = SearchWords.Of(text);
        return words.Typed.Count == 0 ? null : await BoundedAsync(() => CorrectAsync(words, cancellation), cancellation);
    }

    /// <summary>Words of the register that begin like those that found nothing.</summary>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    /// <exception cref="SearchIsFullException">Too many search at once.</exception>
    public async Task<IReadOnlyList<string>> AlikeAsync(string text, CancellationToken cancellation)
    {
        var typed = SearchWords.Of(text).Typed.Where(w => w.Length > AlikeWords.Beginning).ToList();
        return typed.Count == 0 ? [] : await BoundedAsync(() => BeginningLikeAsync(typed, cancellation), cancellation);
    }

    private async Task<IReadOnlyList<string>> BeginningLikeAsync(List<string> typed, CancellationToken cancellation)
    {
        // Folded words hold letters and digits only: none is a sign of LIKE. A name that begins so by chance is no help.
        await using var command = source.CreateCommand($"select distinct w.word from unnest($1) t(begins), lateral (select s.word from search_word s where s.word like t.begins || '%' and not exists (select 1 from search_entry e where e.keys && array[s.word::text]) limit {SearchFilter.CountLimit}) w");
        command.CommandTimeout = TimeoutSeconds;
        command.Parameters.Add(new NpgsqlParameter { Value = typed.Select(w => w[..AlikeWords.Beginning]).ToArray() });
        var words = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) words.Add(reader.GetString(0));
        return AlikeWords.Best(typed, words);
    }

    private async Task<IReadOnlyList<SearchItem>> NamesAsync(string text, SearchWords words, int limit, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            with q as materialized (select to_tsquery('kennis', $1) as query),
            named as (select object_id, weight, 1::float4 as score from search_entry where keys && $2 limit {SearchFilter.PageSize}),
            hits as (select e.object_id, e.weight, case when exists (select 1 from unnest(e.keys) k where starts_with(k, $4)) then 0.5::float4 else 0 end as score from q, lateral (select * from search_entry s where s.words @@ q.query order by s.weight, s.object_id limit 200) e),
            best as (select object_id, weight, max(score) as score from (select * from named union all select * from hits) a group by object_id, weight order by score desc, weight, object_id limit $3)
            select {Columns} from best join search_entry e using (object_id) order by best.score desc, e.weight, e.name, e.object_id
            """);
        command.CommandTimeout = TimeoutSeconds;
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = words.All("A", lastIsBeginning: true) }, new() { Value = words.Keys.ToArray() }, new() { Value = limit }, new() { Value = SearchText.Fold(text) } });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return [.. (await ReadAsync(reader, cancellation)).Select(r => r.Item)];
    }

    private async Task<SearchResult> RunAsync(SearchFilter filter, string? query, SearchWords words, CancellationToken cancellation)
    {
        if (filter.After is not null) return await AfterAsync(filter, query, words, cancellation);
        if (query is null && filter.Facets.Count == 0) return await EverythingAsync(filter, cancellation);

        var parameters = Parameters(filter, query);
        var (offset, named, marks) = (parameters.Count + 1, parameters.Count + 2, query is not null);
        var bound = SearchFilter.CountLimit;
        var order = Order(filter.Order);
        var final = filter.Order == SearchOrder.Relevance ? $"h.score desc, {order.By("h")}" : order.By("h");
        var score = query is null ? "0::float4" : $"case when e.keys && ${named} then 10 else ts_rank('{{0.1, 0.3, 0.6, 1}}', e.words, {Tsquery(filter)}, 1) + case when e.words @@ to_tsquery('kennis', ${named + 1}) then 1 else 0 end end - case when e.facets @> array['{Facet.ExampleCheck}'] then 5 else 0 end";
        const string Taken = "object_id, facets, weight, name, municipality_name, changed_at, keys, words";
        // What is named so comes first, out of the order; of the rest as many as fill the bound, and the cursor goes on right after those.
        await using var command = source.CreateCommand($"""
            with named as materialized (select {(RanksNames(filter, query) ? Named(filter, query!, named) : "e.* from search_entry e where false")}),
            found as materialized (select e.*, row_number() over (order by {order.By("e")}) as n from
                (select e.* from search_entry e where {Where(filter, query)} and e.object_id <> all(array(select object_id from named)) order by {order.By("e")} limit {bound + 1}) e),
            size as (select (select count(*)::int from named) as named, (select count(*)::int from found) as found),
            hits as materialized (
                select e.object_id, e.facets, e.weight, e.name, e.municipality_name, e.changed_at, {score} as score
                from (select {Taken} from named union all select {Taken} from found, size where n <= {bound} - size.named) e),
            page as (select h.object_id, h.score, row_number() over (order by {final}) as n from hits h order by {final} limit {SearchFilter.PageSize} offset ${offset}),
            counts as (select jsonb_object_agg(f, c) as facets from (select f, count(*) as c from hits, unnest(hits.facets) f where f not like '{Facet.Municipality}:%' group by f) x)
            select (select named + found from size), case when p.n is null or p.n = ${offset} + 1 then (select facets from counts)::text end,
                case when p.n = {bound} then (select array[{order.Key("f")}, {order.Second("f")}, f.object_id::text] from found f, size where f.n = {bound} - size.named) end,
                {(marks ? $"ts_headline('kennis', e.name, {Tsquery(filter)}, '{Headline}, HighlightAll=true'), {Snippet(filter)}" : "null::text, null::text")},
                {Columns}
            from (select 1) one left join (page p join search_entry e using (object_id)) on true order by p.n
            """);
        command.CommandTimeout = TimeoutSeconds;
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        command.Parameters.Add(new NpgsqlParameter { Value = (filter.Page - 1) * SearchFilter.PageSize });
        if (query is not null) command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = words.Keys.ToArray() }, new() { Value = words.Direct() } });

        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (found, facets, rows, next) = (0, FacetCounts.None, new List<Row>(SearchFilter.PageSize), (SearchCursor?)null);
        while (await reader.ReadAsync(cancellation))
        {
            found = reader.GetInt32(0);
            if (!await reader.IsDBNullAsync(1, cancellation)) facets = FacetCounts.Parse(reader.GetString(1));
            if (!await reader.IsDBNullAsync(2, cancellation) && reader.GetFieldValue<string[]>(2) is [var key, var second, var id]) next = new SearchCursor(key, second, Guid.Parse(id));
            if (!await reader.IsDBNullAsync(5, cancellation))
                rows.Add(Read(reader, 5) with { Marked = marks ? reader.GetString(3) : null, Snippet = marks ? reader.GetString(4) : null });
        }
        var more = found > bound;
        return new SearchResult([.. rows.Select(r => r.Item with { Marked = r.Marked, Snippet = r.Snippet })], more ? null : found, facets, more, filter.Page, more && filter.Page == SearchFilter.MaxPage ? next : null);
    }

    /// <summary>The passages of the text that fit, with a sign where the text goes on before or after them.</summary>
    private static string Snippet(SearchFilter filter)
    {
        const string Gap = " … ", Ends = " .,·";
        return $"""
            (select case when starts_with(e.text, split_part(s.plain, '{Gap}', 1)) then '' else '… ' end || s.marked || case when right(rtrim(e.text, '{Ends}'), length(s.tail)) = s.tail then '' else ' …' end
                from (select h.marked, h.plain, rtrim(split_part(h.plain, '{Gap}', -1), '{Ends}') as tail
                    from (select m as marked, translate(m, '{MarkStart}{MarkEnd}', '') as plain from ts_headline('kennis', e.text, {Tsquery(filter)}, '{Headline}, MaxFragments=2, MaxWords=22, MinWords=8, FragmentDelimiter="{Gap}"') m) h) s)
            """;
    }

    /// <summary>The whole register: its totals are kept.</summary>
    private async Task<SearchResult> EverythingAsync(SearchFilter filter, CancellationToken cancellation)
    {
        await using var batch = source.CreateBatch();
        batch.Timeout = TimeoutSeconds;
        batch.BatchCommands.Add(Command($"select facet, count from search_total where count > 0 and {Facet.IsShown("facet")}"));
        batch.BatchCommands.Add(PageCommand(filter));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var facets = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) facets[reader.GetString(0)] = reader.GetInt32(1);
        await reader.NextResultAsync(cancellation);
        var rows = await ReadAsync(reader, cancellation);
        var total = facets.GetValueOrDefault(Facet.All);
        return Result(filter, rows, total, total, facets, false);
    }

    /// <summary>Beyond the numbered pages: in the order of the list, without ranking.</summary>
    private async Task<SearchResult> AfterAsync(SearchFilter filter, string? query, SearchWords words, CancellationToken cancellation)
    {
        await using var batch = source.CreateBatch();
        batch.Timeout = TimeoutSeconds;
        batch.BatchCommands.Add(PageCommand(filter, query, words));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return Result(filter, await ReadAsync(reader, cancellation), null, int.MaxValue, FacetCounts.None, false);
    }

    private static SearchResult Result(SearchFilter filter, List<Row> rows, int? total, int counted, IReadOnlyDictionary<string, int> facets, bool bounds)
    {
        var beyond = filter.After is not null || filter.Page == SearchFilter.MaxPage && counted > SearchFilter.CountLimit;
        var next = beyond && rows.Count > SearchFilter.PageSize ? Order(filter.Order).CursorOf(rows[SearchFilter.PageSize - 1]) : null;
        return new SearchResult([.. rows.Take(SearchFilter.PageSize).Select(r => r.Item)], total, facets, bounds, filter.Page, next);
    }

    /// <summary>Whether what is named by the words is put before the rest: only where the order is how well it fits.</summary>
    private static bool RanksNames(SearchFilter filter, string? query) => query is not null && filter.Order == SearchOrder.Relevance;

    /// <summary>By name first, and only then the words: the index would else gather everything that has a frequent word ("offset 0" keeps them apart).</summary>
    private static string Named(SearchFilter filter, string query, int keys) =>
        $"e.* from (select * from search_entry where keys && ${keys} offset 0) e where {Where(filter, query)} order by e.weight, e.object_id limit {SearchFilter.PageSize}";

    /// <summary>One row more than a page shows, to know whether there is a next one.</summary>
    private static NpgsqlBatchCommand PageCommand(SearchFilter filter, string? query = null, SearchWords? words = null)
    {
        var parameters = Parameters(filter, query);
        var order = Order(filter.Order);
        var place = "";
        var skip = (filter.Page - 1) * SearchFilter.PageSize;
        if (filter.After is { } after)
        {
            place = " and " + order.After(parameters.Count + 1);
            parameters.AddRange(order.CursorValues(after));
            if (words is not null && RanksNames(filter, query))
            {
                // They stood on the first page already.
                parameters.Add(words.Keys.ToArray());
                place += $" and e.object_id <> all(array(select x.object_id from (select {Named(filter, query!, parameters.Count)}) x))";
            }
            skip = 0;
        }
        parameters.Add(skip);
        // The page first, from the index of its order alone; only its own rows are fetched.
        return Command($"""
            select {Columns} from (select e.object_id from search_entry e where {Where(filter, query)}{place} order by {order.By("e")} limit {SearchFilter.PageSize + 1} offset ${parameters.Count}) page
            join search_entry e using (object_id) order by {order.By("e")}
            """, [.. parameters]);
    }

    /// <summary>
    /// Without a text the kind is a column, so that its index gives the order; with one everything stands in the one index
    /// of words and facets.
    /// </summary>
    private static string Where(SearchFilter filter, string? query = null)
    {
        var (parts, n) = (new List<string>(), 0);
        if (query is null && filter.Kind is not null) parts.Add($"e.kind = ${++n}");
        if (FacetsIn(filter, query).Length > 0) parts.Add($"e.facets @> ${++n}");
        if (query is not null) parts.Add($"e.words @@ to_tsquery('kennis', ${++n})");
        return parts.Count == 0 ? "true" : string.Join(" and ", parts);
    }

    private static List<object> Parameters(SearchFilter filter, string? query = null)
    {
        var values = new List<object>();
        if (query is null && filter.Kind is { } kind) values.Add(kind.Code);
        if (FacetsIn(filter, query) is { Length: > 0 } facets) values.Add(facets);
        if (query is not null) values.Add(query);
        return values;
    }

    private static string[] FacetsIn(SearchFilter filter, string? query) =>
        query is null && filter.Kind is { } kind ? [.. filter.Facets.Except([Facet.Of(Facet.Kind, kind.Code)], StringComparer.Ordinal)] : [.. filter.Facets];

    private static string Tsquery(SearchFilter filter) => $"to_tsquery('kennis', ${(filter.Facets.Count > 0 ? 2 : 1)})";

    /// <summary>Replaces words that occur nowhere by the one that does and of which they are a misspelling; null when there is nothing to mend.</summary>
    private async Task<string?> CorrectAsync(SearchWords words, CancellationToken cancellation)
    {
        var typed = words.Typed.ToArray();
        await using var command = source.CreateCommand($"""
            select t.word, exists (select 1 from search_entry e where e.words @@ to_tsquery('kennis', '''' || t.word || ''':*')), w.word
            from unnest($1) with ordinality t(word, n) left join lateral (select s.word, similarity(s.word, t.word) as alike from search_word s where s.word % t.word order by alike desc limit {Similar}) w on true
            order by t.n
            """);
        command.CommandTimeout = TimeoutSeconds;
        command.Parameters.Add(new NpgsqlParameter { Value = typed });
        var alike = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                if (!reader.GetBoolean(1) && !await reader.IsDBNullAsync(2, cancellation) && Misspelling.Explains(reader.GetString(0), reader.GetString(2)))
                    (alike.TryGetValue(reader.GetString(0), out var list) ? list : alike[reader.GetString(0)] = []).Add(reader.GetString(2));
        }
        if (alike.Count == 0) return null;
        var mended = typed.Select(w => alike.TryGetValue(w, out var list) ? list.MinBy(c => (Misspelling.Distance(w, c), Math.Abs(c.Length - w.Length)))! : w).ToArray();
        return mended.SequenceEqual(typed, StringComparer.Ordinal) ? null : string.Join(' ', mended);
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private async Task<List<Row>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var rows = new List<Row>(SearchFilter.PageSize + 1);
        while (await reader.ReadAsync(cancellation)) rows.Add(Read(reader, 0));
        return rows;
    }

    private Row Read(NpgsqlDataReader reader, int first)
    {
        string? Text(int i) => reader.IsDBNull(first + i) ? null : reader.GetString(first + i);
        DateOnly? Day(int i) => reader.IsDBNull(first + i) ? null : reader.GetFieldValue<DateOnly>(first + i);
        var kind = KindRegistry.OfCode(reader.GetString(first + 1));
        var changedAt = reader.GetFieldValue<DateTimeOffset>(first + 13);
        var item = new SearchItem(reader.GetGuid(first), kind, reader.GetString(first + 2), reader.GetString(first + 3), Text(4), KindSorts.Of(kind)?.LabelOf(Text(5)), Text(6), Text(7),
            reader.GetFieldValue<string[]>(first + 8), reader.GetFieldValue<string[]>(first + 9), Codes<Verification>.Parse(reader.GetString(first + 10)),
            FreshnessRule.Of(Day(11), Day(12), time.Today()), changedAt);
        return new Row(item, reader.GetInt16(first + 14));
    }

    private sealed record Row(SearchItem Item, short Weight, string? Marked = null, string? Snippet = null);

    private static Ordering Order(SearchOrder order) => order switch
    {
        SearchOrder.Name => new(a => $"{a}.name, {a}.object_id", a => $"{a}.name", _ => "''", n => $"(e.name, e.object_id) > (${n}, ${n + 1})", r => (r.Item.Name, ""), (k, _) => [k]),
        SearchOrder.Municipality => new(a => $"{a}.municipality_name, {a}.name, {a}.object_id", a => $"coalesce({a}.municipality_name, '')", a => $"{a}.name",
            // Unknown places come last; a row comparison would lose them.
            n => $"(${n} <> '' and (e.municipality_name is null or (e.municipality_name, e.name, e.object_id) > (${n}, ${n + 1}, ${n + 2})) or ${n} = '' and e.municipality_name is null and (e.name, e.object_id) > (${n + 1}, ${n + 2}))",
            r => (r.Item.Municipality ?? "", r.Item.Name), (k, s) => [k, s]),
        SearchOrder.Changed => new(a => $"{a}.changed_at desc, {a}.object_id", a => $"to_char({a}.changed_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", _ => "''",
            n => $"(e.changed_at < ${n} or e.changed_at = ${n} and e.object_id > ${n + 1})", r => (r.Item.ChangedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), ""),
            (k, _) => [DateTime.Parse(k, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)]),
        _ => new(a => $"{a}.weight, {a}.object_id", a => $"{a}.weight::text", _ => "''", n => $"(e.weight, e.object_id) > (${n}, ${n + 1})", r => (r.Weight.ToString(CultureInfo.InvariantCulture), ""), (k, _) => [short.Parse(k, CultureInfo.InvariantCulture)]),
    };

    /// <summary>An order in SQL, and a place in it.</summary>
    private sealed record Ordering(Func<string, string> By, Func<string, string> Key, Func<string, string> Second, Func<int, string> After, Func<Row, (string, string)> Place, Func<string, string, object[]> Values)
    {
        public SearchCursor CursorOf(Row row) => Place(row) is var (key, second) ? new SearchCursor(key, second, row.Item.Id) : null!;
        public IEnumerable<object> CursorValues(SearchCursor cursor) => [.. Values(cursor.Key, cursor.Second), cursor.Id];
    }

    private static class FacetCounts
    {
        public static readonly IReadOnlyDictionary<string, int> None = new Dictionary<string, int>(StringComparer.Ordinal);

        public static Dictionary<string, int> Parse(string json) => JsonSerializer.Deserialize<Dictionary<string, int>>(json)!;
    }

    /// <summary>True when a place in the address fits the order; it came from outside.</summary>
    public static bool Fits(SearchCursor cursor, SearchOrder order)
    {
        try
        {
            return Order(order).Values(cursor.Key, cursor.Second).Length > 0;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }
}
