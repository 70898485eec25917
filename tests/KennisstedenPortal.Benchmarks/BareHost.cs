using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KennisstedenPortal.Benchmarks;

/// <summary>
/// What the portal is measured against: Kestrel and Npgsql and nothing else. It does one good query, reads the rows, and
/// writes the bytes that the portal wrote for the same address.
/// </summary>
internal static class BareHost
{
    /// <summary>Before an address: from the framework's output cache, with nothing around it.</summary>
    public const string Kept = "/bewaard";
    private const string Words = "select to_tsquery('kennis', $1) as query";
    private static readonly ConcurrentDictionary<string, byte[]> Bodies = new(StringComparer.Ordinal);

    public static async Task<int> RunAsync(string url, string portal, string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        // The portal keeps one connection of its pool to listen for changes; so both have the same number left.
        await using var listening = await source.OpenConnectionAsync();
        using var client = new HttpClient { BaseAddress = new Uri(portal) };

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url).ConfigureKestrel(k => k.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Services.AddOutputCache(cache => cache.AddBasePolicy(policy => policy.Expire(TimeSpan.FromDays(1))));
        await using var app = builder.Build();
        app.Map(Kept, kept =>
        {
            kept.UseOutputCache();
            kept.Run(AnswerAsync);
        });
        app.Run(AnswerAsync);
        await app.RunAsync();
        return 0;

        async Task AnswerAsync(HttpContext context)
        {
            var (request, cancellation) = (context.Request, context.RequestAborted);
            var path = request.Path.Value!;
            var rows = 0;
            if (request.QueryString.HasValue)
                await using (var connection = await source.OpenConnectionAsync(cancellation))
                await using (var command = CommandOf(path, request.Query))
                {
                    command.Connection = connection;
                    // As the portal does: planned once for each connection.
                    if (Workload.IsDetail(path)) await command.PrepareAsync(cancellation);
                    await using var reader = await command.ExecuteReaderAsync(cancellation);
                    for (; await reader.ReadAsync(cancellation); rows++)
                        for (var i = 0; i < reader.FieldCount; i++) _ = reader.GetValue(i);
                }
            var address = path + request.QueryString;
            if (!Bodies.TryGetValue(address, out var body))
            {
                body = await client.GetByteArrayAsync(new Uri(portal + address), cancellation);
                if (request.QueryString.HasValue && TooMany(path, body, rows) is var many and not 0)
                {
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    await context.Response.WriteAsync($"The bare host read {rows} rows, {many} more than the portal shows.", cancellation);
                    return;
                }
                Bodies[address] = body;
            }
            context.Response.ContentType = path == Workload.MapPath ? "application/geo+json" : "text/html; charset=utf-8";
            context.Response.ContentLength = body.Length;
            await context.Response.BodyWriter.WriteAsync(body, cancellation);
        }
    }

    /// <summary>Like for like: it reads as many rows as the page of the portal shows; else whatever is measured tells nothing.</summary>
    private static int TooMany(string path, byte[] body, int rows)
    {
        var page = Encoding.UTF8.GetString(body);
        return path == Workload.MapPath ? Math.Min(rows, MapQuery.Limit) - Regex.Count(page, "\"type\":\"Feature\"") : Workload.IsDetail(path) ? rows - 1 : rows - Regex.Count(page, "<h3><a ");
    }

    private static SearchFilter FilterOf(IQueryCollection query) =>
        new(query["q"], KindRegistry.FindByPath(query["type"]), query["stad"], query["thema"]);

    private static NpgsqlCommand CommandOf(string path, IQueryCollection query) => path.Trim('/').Split('/') switch
    {
        ["zoeken"] => Search(query),
        ["kaart", ..] => Map(query),
        [var kind, var slug] => Detail(KindRegistry.FindByPath(kind)!.Code, slug),
        [var kind] => List(KindRegistry.FindByPath(kind)!.Code, query),
        _ => throw new ArgumentException(path, nameof(path)),
    };

    private static NpgsqlCommand List(string kind, IQueryCollection query)
    {
        const string Where = "e.kind = $1 and e.facets @> $2";
        var order = query["sorteer"] == "gemeente" ? "e.municipality_name, e.name, e.object_id" : "e.name, e.object_id";
        // The total is kept for both.
        var facets = FilterOf(query).Facets;
        var total = facets is [var city, var theme] ? Facet.OfKind(kind, city, theme) : Facet.OfKind(kind, facets[0]);
        var skip = query.TryGetValue("pagina", out var page) ? (int.Parse(page!, System.Globalization.CultureInfo.InvariantCulture) - 1) * SearchFilter.PageSize : 0;
        return Command($"""
            select (select t.count from search_total t where t.facet = $4), e.slug, e.name, e.sort, e.summary, e.municipality_name, e.cities, e.verification
            from search_entry e where {Where} order by {order} limit {SearchFilter.PageSize} offset $3
            """, kind, facets.ToArray(), skip, total);
    }

    private static NpgsqlCommand Detail(string kind, string slug) => Command("""
        select o.id, o.name, o.name_english, o.aliases, o.description, o.website, o.keywords, o.note, o.latitude, o.longitude, o.verification, o.confirmed_on, o.review_by, o.changed_at, o.facility_sort, o.access, o.organisation_type, o.phase,
            a.name, p.name,
            (select json_agg(json_build_array(f.field, f.verification, f.note)) from field_provenance f where f.object_id = o.id),
            (select json_agg(json_build_array(k.scheme, k.value, k.label)) from external_key k where k.object_id = o.id),
            (select json_agg(json_build_array(l.municipality_code)) from object_location l where l.object_id = o.id),
            (select json_agg(json_build_array(c.field, c.passage, s.title, s.locator, s.published_on)) from citation c join source s on s.id = c.source_id where c.object_id = o.id),
            (select json_agg(json_build_array(t.name_nl, t.entry_theme_code, sp.strength, sp.basis, (select json_agg(s.title) from citation c join source s on s.id = c.source_id where c.specialisation_id = sp.id)))
                from specialisation sp join theme t on t.code = sp.theme_code where sp.object_id = o.id),
            (select json_agg(json_build_array(r.kind, r.since, t.kind, t.slug, t.name, (select json_agg(s.title) from citation c join source s on s.id = c.source_id where c.relation_id = r.id)))
                from relation r join register_object t on t.id = r.to_id where r.from_id = o.id and t.state = 'published' and t.visibility = 'public'),
            (select json_agg(json_build_array(r.kind, r.since, t.kind, t.slug, t.name, m.name)) from relation r join register_object t on t.id = r.from_id left join area m on m.code = t.municipality_code
                where r.to_id = o.id and t.state = 'published' and t.visibility = 'public'),
            (select json_agg(json_build_array(b.indicator_code, b.value, b.reference_period)) from observation b where b.object_id = o.id)
        from register_object o left join area a on a.code = o.municipality_code left join area p on p.code = a.parent_code
        where o.kind = $1 and o.slug = $2 and o.state = 'published' and o.visibility = 'public'
        """, kind, slug);

    private static NpgsqlCommand Search(IQueryCollection query)
    {
        var words = SearchWords.Of(query["q"]);
        return Command($"""
            with q as materialized ({Words}),
            found as materialized (select e.object_id, e.weight, e.facets, ts_rank('{"{0.1, 0.3, 0.6, 1}"}', e.words, q.query, 1) as score from q, search_entry e where e.words @@ to_tsquery('kennis', $1) order by e.weight, e.object_id limit {SearchFilter.CountLimit + 1}),
            counts as (select jsonb_object_agg(f, c) as facets from (select f, count(*) as c from found, unnest(facets) f group by f) x),
            page as materialized (select object_id, score from found order by score desc, weight, object_id limit {SearchFilter.PageSize})
            select (select count(*) from found), (select facets::text from counts), ts_headline('kennis', e.name, q.query, 'HighlightAll=true'), ts_headline('kennis', e.text, q.query, 'MaxFragments=2, MaxWords=22, MinWords=8'),
                e.kind, e.slug, e.name, e.sort, e.summary, e.municipality_name, e.cities, e.themes, e.verification
            from q, page join search_entry e using (object_id) order by page.score desc
            """, words.All());
    }

    private static NpgsqlCommand Map(IQueryCollection query)
    {
        var filter = FilterOf(query);
        var box = Workload.BoxOf(query[Workload.BoxKey])!;
        var values = new List<object> { box.West, box.South, box.East, box.North };
        var where = "e.longitude between $1 and $3 and e.latitude between $2 and $4";
        if (filter.Facets.Count > 0)
        {
            values.Add(filter.Facets.ToArray());
            where += $" and e.facets @> ${values.Count}";
        }
        if (filter.Text is not null)
        {
            values.Add(SearchWords.Of(filter.Text).All());
            where += $" and e.words @@ to_tsquery('kennis', ${values.Count})";
        }
        return Command($"select e.object_id, e.kind, e.slug, e.name, e.municipality_name, e.longitude, e.latitude, e.precision from search_entry e where {where} order by e.spread limit {MapQuery.Limit + 1}", [.. values]);
    }

    private static NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
