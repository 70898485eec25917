using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Npgsql;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>Keeps <see cref="ActionEntry"/> and the numbers of actions per facet in step with the register; one statement says how a row is made.</summary>
public static class ActionIndex
{
    private const string Columns = "action_id, number, slug, name, status, is_example, visibility, owner_id, starts_on, ends_on, until_on, late_after, silent_from, reported_on, last_light, next_title, next_on, milestones, completed, has_unproven, weight, facets";

    /// <summary>What runs first, what has ended last.</summary>
    private static readonly ActionStatus[] Course = [ActionStatus.InProgress, ActionStatus.InPreparation, ActionStatus.Exploration, ActionStatus.Idea, ActionStatus.Paused, ActionStatus.Completed, ActionStatus.Stopped];
    private const int ExampleWeight = 10;
    private static readonly string Weights = string.Join(' ', Course.Select((s, i) => $"when {Of(s)} then {i}"));

    private static readonly string Action = KindRegistry.Of<AgendaAction>().Code, City = KindRegistry.Of<City>().Code, Organisation = KindRegistry.Of<Organisation>().Code;
    private static readonly string Open = $"o.action_status not in ({Of(Enum.GetValues<ActionStatus>().Where(ActionFlow.IsClosed))})";
    private static readonly string Alive = $"o.action_status <> {Of(ActionStatus.Stopped)}", Completed = $"o.action_status = {Of(ActionStatus.Completed)}";
    internal static readonly string Confirmed = "(r.reported_by_id is null or r.confirmed_on is not null)";

    /// <summary>
    /// An action is of a city when this stands for the city and owns the action, is partner in it, or is what it is about: the city
    /// itself or its municipality. What is hidden stands for nothing.
    /// </summary>
    internal static string StandsFor(string party, string city) => $"""
        {city}.kind = '{City}' and {PublicObjects.Sql(city)} and {PublicObjects.Sql(party)} and ({party}.id = {city}.id
            or {party}.kind = '{Organisation}' and {party}.organisation_type = {Of(OrganisationType.Municipality)} and {party}.municipality_code = {city}.municipality_code)
        """;

    /// <summary>Actions whose rows show an update that is being added. Ask before saving.</summary>
    internal static IEnumerable<Guid> Reported(PortalDbContext db) => db.ChangeTracker.Entries<ProgressUpdate>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.ActionId);

    /// <summary>Actions that hang on a city by their owner or a partner, when it changes which municipality that is, or whether it may be known. Ask before saving.</summary>
    internal static async Task<List<Guid>> DependentsAsync(PortalDbContext db, string[] municipalities, CancellationToken cancellation)
    {
        var moved = db.ChangeTracker.Entries<Organisation>().Where(e => e.State == EntityState.Modified && (e.Property(o => o.MunicipalityCode).IsModified || e.Property(o => o.Type).IsModified || e.Property(o => o.State).IsModified || e.Property(o => o.Visibility).IsModified)).Select(e => e.Entity.Id).ToArray();
        // A city can own an action itself: its address and whether it is public stand in the row.
        var cities = db.ChangeTracker.Entries<City>().Where(e => e.State == EntityState.Modified && (e.Property(c => c.Slug).IsModified || e.Property(c => c.State).IsModified || e.Property(c => c.Visibility).IsModified || e.Property(c => c.MunicipalityCode).IsModified)).Select(e => e.Entity.Id).ToArray();
        if (moved.Length + municipalities.Length + cities.Length == 0) return [];
        var parties = db.Objects.OfType<Organisation>().Where(o => moved.Contains(o.Id) || o.Type == OrganisationType.Municipality && municipalities.Contains(o.MunicipalityCode)).Select(o => o.Id);
        return await db.AgendaActions.Where(a => cities.Contains(a.StewardId!.Value) || parties.Contains(a.StewardId!.Value) || a.Relations.Any(r => parties.Contains(r.ToId))).Select(a => a.Id).ToListAsync(cancellation);
    }

    /// <summary>Writes the rows of these objects, as far as they are actions, as they stand now.</summary>
    /// <param name="change">Gets by how much each number changes.</param>
    internal static async Task WriteAsync(NpgsqlConnection connection, Guid[] ids, SortedDictionary<string, int> change, CancellationToken cancellation)
    {
        await using (var delete = new NpgsqlCommand("delete from action_entry where action_id = any($1) returning visibility, is_example, facets", connection) { Parameters = { new() { Value = ids } } })
            await CountAsync(delete, change, -1, cancellation);
        await using var insert = new NpgsqlCommand(Statement + " and o.id = any($1) returning visibility, is_example, facets", connection) { Parameters = { new() { Value = ids } } };
        await CountAsync(insert, change, 1, cancellation);
    }

    /// <summary>Writes all rows anew.</summary>
    internal static async Task WriteAllAsync(NpgsqlConnection connection, SortedDictionary<string, int> totals, CancellationToken cancellation)
    {
        await using (var delete = new NpgsqlCommand("delete from action_entry", connection)) await delete.ExecuteNonQueryAsync(cancellation);
        await using var insert = new NpgsqlCommand(Statement + " returning visibility, is_example, facets", connection) { CommandTimeout = 0 };
        await CountAsync(insert, totals, 1, cancellation);
    }

    /// <summary>Builds the rows of actions and their numbers anew, after what changed them by plain SQL.</summary>
    public static async Task RebuildAsync(PortalDbContext db, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await RegisterLock.TakeAsync(db, alone: true, cancellation);
        await BuildAsync(db, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The same in the transaction of the caller, who writes alone.</summary>
    internal static async Task BuildAsync(PortalDbContext db, CancellationToken cancellation)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using (var delete = new NpgsqlCommand($"delete from search_total where facet like '{ActionFacet.Prefix}%' or facet like '{Facet.Example}{ActionFacet.Prefix}%'", connection)) await delete.ExecuteNonQueryAsync(cancellation);
        var totals = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await WriteAllAsync(connection, totals, cancellation);
        await SearchIndex.AddTotalsAsync(connection, [.. totals], cancellation);
    }

    private static async Task CountAsync(NpgsqlCommand command, SortedDictionary<string, int> change, int by, CancellationToken cancellation)
    {
        var isPublic = Codes<Visibility>.Code(Visibility.Public);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (reader.GetString(0) == isPublic)
                foreach (var key in ActionFacet.Counted(reader.GetFieldValue<string[]>(2), reader.GetBoolean(1)))
                    change[key] = change.GetValueOrDefault(key) + by;
    }

    /// <summary>
    /// How a row is made, without conditions on which; a change of it makes every row anew at migration. What only one end of a
    /// relation says counts nowhere yet. Its cities: see <see cref="StandsFor"/>.
    /// </summary>
    internal static readonly string Statement = $"""
        insert into action_entry ({Columns})
        select o.id, substr(o.slug, {KindRegistry.Of<AgendaAction>().NumberedAs!.Length + 1})::int, o.slug, o.name, o.action_status, o.verification = {Of(Verification.Example)}, o.visibility, o.steward_id, o.starts_on, o.ends_on, coalesce(o.ends_on, 'infinity'),
            case when {Open} then least(o.ends_on, m.first_open) end, case when {Open} then coalesce(coalesce(u.day, f.day) + {ActionHealth.SilentAfter}, '-infinity') end, coalesce(u.day, '-infinity'), u.light,
            n.title, n.due_on, m.total, m.completed, m.unproven > 0 or m.total = 0,
            (case when o.verification = {Of(Verification.Example)} then {ExampleWeight} else 0 end) + (case o.action_status {Weights} end),
            array(
                select '{ActionFacet.All}'
                union select '{ActionFacet.Status}:' || o.action_status
                union select '{ActionFacet.Check}:' || o.verification
                union select '{ActionFacet.Owner}:' || o.steward_id where o.steward_id is not null
                union select '{ActionFacet.Party}:' || o.steward_id where o.steward_id is not null
                union select '{ActionFacet.Party}:' || r.to_id from relation r where r.from_id = o.id and r.kind in ({Of(new[] { RelationKind.CarriedBy, RelationKind.DeputisedBy })}) and {Confirmed}
                union select '{ActionFacet.Party}:' || c.party_id from commitment c where c.object_id = o.id
                union select '{ActionFacet.Theme}:' || t.code from specialisation s join theme x on x.code = s.theme_code cross join lateral (values (x.code), (x.entry_theme_code)) t(code) where s.object_id = o.id
                union select '{ActionFacet.Serves}:' || e.element_code from object_element e where e.object_id = o.id
                union select '{ActionFacet.Element}:' || c.code from object_element e join agenda_element x on x.code = e.element_code left join agenda_element p on p.id = x.parent_id cross join lateral (values (x.code), (p.code)) c(code) where e.object_id = o.id and c.code is not null
                union select '{ActionFacet.City}:' || c.slug from unnest(k.cities) c(slug)
                union select '{ActionFacet.NoCity}' where cardinality(k.cities) = 0
                union select '{ActionFacet.NoLine}' where not exists (select 1 from object_element e join agenda_element x on x.code = e.element_code left join agenda_element p on p.id = x.parent_id where e.object_id = o.id and {Of(ElementKind.Line)} in (x.kind, p.kind))
                union select '{ActionFacet.NoDates}' where o.starts_on is null and o.ends_on is null
                union select '{ActionFacet.Light}:' || u.light where u.light is not null and {Open}
                union select '{ActionFacet.Alive}' where {Alive}
                union select '{ActionFacet.Working}' where o.action_status in ({Of(new[] { ActionStatus.Exploration, ActionStatus.InPreparation, ActionStatus.InProgress })})
                union select '{ActionFacet.NoOwner}' where {Open} and o.steward_id is null
                union select '{ActionFacet.NoEnd}' where {Open} and o.ends_on is null
                union select '{ActionFacet.NoEvidence}' where {Completed} and (m.unproven > 0 or m.total = 0)
                union select '{ActionFacet.NoAsk}' where {Alive} and not exists (select 1 from object_element e join agenda_element x on x.code = e.element_code where e.object_id = o.id and x.kind = {Of(ElementKind.Ask)})
                union select '{ActionFacet.Measured}' where {Alive} and o.result_indicator is not null)
        from register_object o
        cross join lateral (select count(*)::int as total, count(*) filter (where x.status = {Of(MilestoneStatus.Completed)})::int as completed,
            count(*) filter (where x.status <> {Of(MilestoneStatus.Completed)} or x.evidence_url is null and x.evidence_object_id is null and x.evidence_note is null) as unproven,
            min(x.due_on) filter (where x.status <> {Of(MilestoneStatus.Completed)}) as first_open from milestone x where x.action_id = o.id) m
        left join lateral (select x.title, x.due_on from milestone x where x.action_id = o.id and x.status <> {Of(MilestoneStatus.Completed)} order by x.due_on, x.id limit 1) n on true
        left join lateral (select (x.at at time zone '{Dutch.Zone.Id}')::date as day, x.light from progress_update x where x.action_id = o.id and (x.visibility in ({Of(Visibility.Public)}, o.visibility) or o.visibility = {Of(Visibility.Secretariat)}) order by x.at desc, x.id desc limit 1) u on true
        left join lateral (select (x.at at time zone '{Dutch.Zone.Id}')::date as day from revision x where x.object_id = o.id and x.number = 1) f on true
        cross join lateral (select array(
            select distinct c.slug from register_object m join register_object c on {StandsFor("m", "c")}
            where m.id = o.steward_id or m.id in (select r.to_id from relation r where r.from_id = o.id and r.kind in ({Of(new[] { RelationKind.Concerns, RelationKind.CarriedBy })}) and {Confirmed})) as cities) k
        where o.kind = '{Action}' and o.state = {Of(ObjectState.Published)}
        """;

    private static string Of<T>(T value) where T : struct, Enum => $"'{Codes<T>.Code(value)}'";

    private static string Of<T>(IEnumerable<T> values) where T : struct, Enum => string.Join(", ", values.Select(Of));
}
