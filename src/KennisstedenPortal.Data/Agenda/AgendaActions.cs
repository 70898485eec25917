using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>An action where an element of the agenda or a gap names it.</summary>
/// <param name="Slug">Last part of its address.</param>
public sealed record ActionLink(string Slug, string Name, ActionStatus Status, bool IsExample)
{
    /// <summary>VA-001 and up.</summary>
    public string Code => Slug.ToUpperInvariant();
}

/// <summary>What an object is to an action.</summary>
public enum ActionRole
{
    [Label("eigenaar", "owner")] Owner,
    [Label("partner", "partner")] Partner,
    [Label("plaatsvervangend eigenaar", "deputy owner")] Deputy,
    [Label("de actie gaat hierover", "the action is about this")] Subject,
}

/// <summary>An action on the page of an object, with what the object is to it; it may be several things.</summary>
public sealed record OwnAction(ActionLink Action, IReadOnlyList<ActionRole> Roles);

/// <summary>The actions that serve an element. Examples are counted apart: they count nowhere else (product rule 10).</summary>
/// <param name="First">The first of them: real before example, then by status, then by code.</param>
public sealed record Serving(int Real, int Examples, IReadOnlyList<ActionLink> First)
{
    /// <summary>No action at all.</summary>
    public static Serving None { get; } = new(0, 0, []);

    public int Total => Real + Examples;
}

/// <summary>How the chain, the gaps and the page of a city read actions: numbers that are kept, and the first of an order.</summary>
internal static class AgendaActions
{
    /// <summary>Updates that anybody may read. What was reported on a hidden action stays closed when the action opens.</summary>
    public static IQueryable<ProgressUpdate> PublicUpdates(this PortalDbContext db) => db.ProgressUpdates.Where(u => u.Visibility == Visibility.Public);

    /// <summary>Above this many, the first of an element are found sooner by walking the order than by gathering all of them.</summary>
    private const int Frequent = 400;
    private static readonly string IsPublic = $"a.visibility = '{Codes<Visibility>.Code(Visibility.Public)}'";

    /// <summary>The numbers under these keys (<see cref="ActionFacet.Key"/>); examples apart.</summary>
    public static async Task<Func<string, ActionCount>> CountsAsync(PortalDbContext db, IEnumerable<string> keys, CancellationToken cancellation)
    {
        var asked = keys.SelectMany(k => new[] { k, Facet.Example + k }).Distinct(StringComparer.Ordinal).ToArray();
        var totals = await db.Set<SearchTotal>().AsNoTracking().Where(t => asked.Contains(t.Facet)).ToDictionaryAsync(t => t.Facet, t => t.Count, StringComparer.Ordinal, cancellation);
        return key => new(Facet.Real(totals, key), totals.GetValueOrDefault(Facet.Example + key));
    }

    /// <summary>How many there are; examples apart.</summary>
    public static async Task<ActionCount> CountAsync(PortalDbContext db, CancellationToken cancellation) => (await CountsAsync(db, [ActionFacet.Key(ActionFacet.All)], cancellation))(ActionFacet.Key(ActionFacet.All));

    /// <summary>The first with a facet: what runs first, what has ended last, examples after all that is real.</summary>
    /// <param name="examples">With the examples as well.</param>
    public static async Task<IReadOnlyList<ActionLink>> FirstAsync(PortalDbContext db, string facet, bool examples, int take, CancellationToken cancellation)
    {
        var lacking = ActionFacet.Lacking.Contains(facet, StringComparer.Ordinal);
        object[] values = lacking ? [] : [new[] { facet }];
        await using var command = await CommandAsync(db, $"select '', a.slug, a.name, a.status, a.is_example from action_entry a where {IsPublic} and a.{(lacking ? ActionFacet.Holds(facet) : "facets @> $1")}{(examples ? "" : " and not a.is_example")} order by a.weight, a.number limit {take}", values, cancellation);
        return [.. (await ReadAsync(command, cancellation)).Select(l => l.Link)];
    }

    /// <summary>What a city is to these actions of it, by their slug: itself, or by its municipality (<see cref="ActionIndex.StandsFor"/>).</summary>
    public static async Task<ILookup<string, ActionRole>> RolesAsync(PortalDbContext db, Guid city, IEnumerable<ActionLink> actions, CancellationToken cancellation)
    {
        var (concerns, carried) = (Codes<RelationKind>.Code(RelationKind.Concerns), Codes<RelationKind>.Code(RelationKind.CarriedBy));
        await using var command = await CommandAsync(db, $"""
            select distinct a.slug, x.role from action_entry a
            cross join lateral (select a.owner_id as id, '' as role union all select r.to_id, r.kind from relation r where r.from_id = a.action_id and r.kind in ('{concerns}', '{carried}') and {ActionIndex.Confirmed}) x
            join register_object m on m.id = x.id join register_object c on {ActionIndex.StandsFor("m", "c")}
            where c.id = $1 and a.slug = any($2)
            """, [city, actions.Select(a => a.Slug).ToArray()], cancellation);
        var roles = new List<(string Slug, ActionRole Role)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) roles.Add((reader.GetString(0), reader.GetString(1) is var kind && kind == concerns ? ActionRole.Subject : kind == carried ? ActionRole.Partner : ActionRole.Owner));
        return roles.OrderBy(r => r.Role).ToLookup(r => r.Slug, r => r.Role, StringComparer.Ordinal);
    }

    /// <summary>Per code of an element its actions; an element without any is absent.</summary>
    /// <param name="codes">Of these elements only.</param>
    /// <param name="take">At most so many are named per element; all are counted.</param>
    public static async Task<IReadOnlyDictionary<string, Serving>> ServingAsync(PortalDbContext db, IReadOnlyCollection<string> codes, int take, CancellationToken cancellation)
    {
        static string Serves(string code) => ActionFacet.Of(ActionFacet.Serves, code);
        var counts = await CountsAsync(db, codes.Select(c => ActionFacet.Key(Serves(c))), cancellation);
        var served = codes.Select(c => (Code: c, Count: counts(ActionFacet.Key(Serves(c))))).Where(c => c.Count.Total > 0).ToDictionary(c => c.Code, c => c.Count, StringComparer.Ordinal);
        if (served.Count == 0) return new Dictionary<string, Serving>(StringComparer.Ordinal);
        // "offset 0" keeps the gathering apart from the order; an equality that no index knows makes it walk the order.
        var sql = $"""
            select e.code, f.slug, f.name, f.status, f.is_example from unnest($1) e(code) cross join lateral
                (select x.* from (select a.slug, a.name, a.status, a.is_example, a.weight, a.number from action_entry a where {IsPublic} and a.facets @> array['{ActionFacet.Serves}:' || e.code] offset 0) x order by x.weight, x.number limit {take}) f
            union all
            select e.code, f.slug, f.name, f.status, f.is_example from unnest($2) e(code) cross join lateral
                (select a.slug, a.name, a.status, a.is_example from action_entry a where {IsPublic} and '{ActionFacet.Serves}:' || e.code = any(a.facets) order by a.weight, a.number limit {take}) f
            """;
        string[] Those(bool frequent) => [.. served.Where(s => s.Value.Total > Frequent == frequent).Select(s => s.Key)];
        await using var command = await CommandAsync(db, sql, [Those(frequent: false), Those(frequent: true)], cancellation);
        var first = (await ReadAsync(command, cancellation)).ToLookup(l => l.Code, l => l.Link, StringComparer.Ordinal);
        return served.ToDictionary(s => s.Key, s => new Serving(s.Value.Real, s.Value.Examples, [.. first[s.Key]]), StringComparer.Ordinal);
    }

    /// <summary>Per code of another element, the actions that serve it as well as this one; one without any is absent.</summary>
    public static async Task<IReadOnlyDictionary<string, (int Real, int Examples)>> TogetherAsync(PortalDbContext db, string code, IEnumerable<string> others, CancellationToken cancellation)
    {
        string Key(string other) => ActionFacet.Key(ActionFacet.Of(ActionFacet.Serves, code), ActionFacet.Of(ActionFacet.Serves, other));
        var codes = others.Where(o => !string.Equals(o, code, StringComparison.Ordinal)).ToList();
        var counts = await CountsAsync(db, codes.Select(Key), cancellation);
        return codes.Select(c => (Code: c, Count: counts(Key(c)))).Where(c => c.Count.Total > 0).ToDictionary(c => c.Code, c => (c.Count.Real, c.Count.Examples), StringComparer.Ordinal);
    }

    private static async Task<NpgsqlCommand> CommandAsync(PortalDbContext db, string sql, object[] values, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static async Task<List<(string Code, ActionLink Link)>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var links = new List<(string, ActionLink)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) links.Add((reader.GetString(0), new ActionLink(reader.GetString(1), reader.GetString(2), Codes<ActionStatus>.Parse(reader.GetString(3)), reader.GetBoolean(4))));
        return links;
    }
}
