using System.Text.Json;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Npgsql;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>
/// The views of the agenda: table, board, timeline and matrix, each in one round trip over rows that are made for it
/// (<see cref="ActionEntry"/>). Their cost does not grow with the agenda: numbers are kept or counted to a thousand, and only
/// the rows of a page are read.
/// </summary>
/// <param name="room">Bounds how many run at once; null sets no bound.</param>
public sealed class ActionsQuery(NpgsqlDataSource source, TimeProvider time, SearchRoom? room = null)
{
    /// <summary>Cards per column of the board, actions per line of the timeline and on a page of one line, and undated ones beside it.</summary>
    public const int CardsShown = 10, LineShown = 12, LinePage = 40, UndatedShown = 20;
    private const int TimeoutSeconds = 5, MarksMax = 40;
    /// <summary>What <see cref="Read"/> reads, of a row <c>a</c> and its owner <c>w</c>.</summary>
    internal const string Columns = "a.action_id, a.slug, a.name, a.status, a.is_example, a.owner_id, w.kind, w.slug, w.name, a.starts_on, a.ends_on, a.late_after, a.reported_on, a.last_light, a.next_title, a.next_on, a.milestones, a.completed, a.has_unproven, a.until_on, a.number, a.silent_from";
    private static readonly string IsPublic = $"a.visibility = '{Codes<Visibility>.Code(Visibility.Public)}'";
    private static readonly string Owner = $"left join register_object w on w.id = a.owner_id and {PublicObjects.Sql("w")}";

    /// <summary>One page of the table.</summary>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    /// <exception cref="SearchIsFullException">Too many ask at once.</exception>
    public async Task<ActionList> ListAsync(ActionFilter filter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var found = await PageAsync(filter, cancellation);
        if (filter.Text is null || found.Total != 0 || found.Items.Count > 0) return found;
        return await new SearchQuery(source, time, room).MendAsync(filter.Text, cancellation) is { } mended ? await PageAsync(filter with { Text = mended }, cancellation) with { Correction = mended } : found;
    }

    /// <summary>All that the table finds, for a file: at most so many.</summary>
    /// <returns>The rows, and whether there are more.</returns>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public async Task<(IReadOnlyList<ActionRow> Rows, bool HasMore)> FirstAsync(ActionFilter filter, int most, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var found = await FirstOfAsync(filter, most + 1, cancellation);
        // As the table does.
        if (found.Count == 0 && filter.Text is not null && await new SearchQuery(source, time, room).MendAsync(filter.Text, cancellation) is { } mended) found = await FirstOfAsync(filter with { Text = mended }, most + 1, cancellation);
        return ([.. found.Take(most)], found.Count > most);
    }

    private async Task<List<ActionRow>> FirstOfAsync(ActionFilter filter, int take, CancellationToken cancellation)
    {
        var words = SearchWords.Of(filter.Text);
        if (filter.Text is not null && words.IsEmpty) return [];
        var (where, values) = Where(filter, words);
        var order = By(filter.Order);
        return await RunAsync([Command($"select {Columns} from (select * from action_entry a where {where} order by {order} limit {take}) a {Owner} order by {order}", values)], reader => ReadAsync(reader, cancellation), cancellation);
    }

    private static string By(ActionOrder order) => order switch { ActionOrder.End => "a.until_on, a.number", ActionOrder.Reported => "a.reported_on desc, a.number", _ => "a.number" };

    private async Task<ActionList> PageAsync(ActionFilter filter, CancellationToken cancellation)
    {
        var words = SearchWords.Of(filter.Text);
        if (filter.Text is not null && words.IsEmpty) return new ActionList([], 0, 0, filter.Page, null);
        var (where, values) = Where(filter, words);
        var order = By(filter.Order);
        var counted = filter.Kept is { } kept
            ? Totals([kept])
            : Command($"select count(*) filter (where not c.is_example)::int, count(*) filter (where c.is_example)::int from (select a.is_example from action_entry a where {where} limit {SearchFilter.CountLimit + 1}) c", values);
        var (place, from) = ("", new List<object>(values));
        if (filter.After is { } after)
        {
            var n = from.Count;
            place = filter.Order switch
            {
                ActionOrder.End => $" and (a.until_on, a.number) > (${n + 1}, ${n + 2})",
                ActionOrder.Reported => $" and (a.reported_on < ${n + 1} or a.reported_on = ${n + 1} and a.number > ${n + 2})",
                _ => $" and a.number > ${n + 1}",
            };
            if (filter.Order != ActionOrder.Number) from.Add(after.Day);
            from.Add(after.Number);
        }
        from.Add(filter.After is null ? (filter.Page - 1) * SearchFilter.PageSize : 0);
        var page = Command($"select {Columns} from (select * from action_entry a where {where}{place} order by {order} limit {SearchFilter.PageSize + 1} offset ${from.Count}) a {Owner} order by {order}", from);

        return await RunAsync([counted, page], async reader =>
        {
            var count = filter.Kept is { } key ? CountOf(await TotalsAsync(reader, cancellation), key) : await reader.ReadAsync(cancellation) ? new ActionCount(reader.GetInt32(0), reader.GetInt32(1)) : ActionCount.None;
            var isUnknown = filter.Kept is null && count.Total > SearchFilter.CountLimit;
            await reader.NextResultAsync(cancellation);
            var (rows, places) = (new List<ActionRow>(), new List<ActionPlace>());
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(Read(reader, time.Today()));
                places.Add(new ActionPlace(filter.Order switch { ActionOrder.End => reader.GetFieldValue<DateOnly>(19), ActionOrder.Reported => reader.GetFieldValue<DateOnly>(12), _ => DateOnly.MinValue }, reader.GetInt32(20)));
            }
            var more = rows.Count > SearchFilter.PageSize;
            var beyond = filter.After is not null || filter.Page == SearchFilter.MaxPage;
            return new ActionList([.. rows.Take(SearchFilter.PageSize)], isUnknown ? null : count.Total, isUnknown ? null : count.Examples, filter.Page, beyond && more ? places[SearchFilter.PageSize - 1] : null);
        }, cancellation);
    }

    /// <summary>The board as everybody may see it: a column per status, in the order of the course.</summary>
    /// <param name="filter">By element, city, party and theme; the rest of it does not count.</param>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task<IReadOnlyList<BoardColumn>> BoardAsync(ActionFilter filter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var (facets, statuses) = (OnBoard(filter), Codes<ActionStatus>.All);
        var keys = facets.Length > 1 ? [] : statuses.Select(s => ActionFacet.Key(ActionFacet.Of(s), facets.FirstOrDefault())).ToArray();
        return BoardAsync(facets, IsPublic, [], facets.Length > 1 ? null : keys, cancellation);
    }

    /// <summary>The board as somebody who signed in may see it: what is for partners as well, and what they keep.</summary>
    /// <inheritdoc cref="BoardAsync(ActionFilter, CancellationToken)" path="/param"/>
    public Task<IReadOnlyList<BoardColumn>> BoardAsync(ActionFilter filter, Actor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Rights.Demand(actor, Right.Propose);
        if (Rights.ReachOf(actor, Right.ReadSecretariat) == Reach.All) return BoardAsync(OnBoard(filter), "true", [], null, cancellation);
        var partner = Rights.Allows(actor, Right.ReadPartners) ? $"{IsPublic} or a.visibility = '{Codes<Visibility>.Code(Visibility.Partners)}'" : IsPublic;
        return BoardAsync(OnBoard(filter), $"({partner} or a.owner_id = any($2))", [actor.Scopes.ToArray()], null, cancellation);
    }

    private static string[] OnBoard(ActionFilter filter) => [.. new ActionFilter(Element: filter.Element, City: filter.City, Theme: filter.Theme, Party: filter.Party).Facets];

    /// <param name="visible">A condition; its values begin at the second.</param>
    /// <param name="keys">Under which the numbers are kept, in the order of the columns; null where they are counted.</param>
    private async Task<IReadOnlyList<BoardColumn>> BoardAsync(string[] facets, string visible, object[] values, string[]? keys, CancellationToken cancellation)
    {
        var statuses = Codes<ActionStatus>.All;
        // Without a filter no condition on facets: the index of the columns gives the cards by itself. The value is named, so that it has a type.
        var having = facets.Length > 0 ? "a.facets @> $1" : "$1::text[] is not null";
        string Column(ActionStatus status) => $"from action_entry a where a.status = '{Codes<ActionStatus>.Code(status)}' and {having} and {visible}";
        var counts = keys is not null
            ? Totals(keys)
            : Command($"select a.status, count(*) filter (where not a.is_example)::int, count(*) filter (where a.is_example)::int from action_entry a where {having} and {visible} group by a.status", [facets, .. values]);
        var cards = Command($"select {Columns} from ({string.Join(" union all ", statuses.Select(s => $"(select a.* {Column(s)} order by a.is_example, a.until_on, a.number limit {CardsShown})"))}) a {Owner} order by a.is_example, a.until_on, a.number", [facets, .. values]);
        return await RunAsync([counts, cards], async reader =>
        {
            var counted = new Dictionary<ActionStatus, ActionCount>();
            if (keys is not null)
            {
                var totals = await TotalsAsync(reader, cancellation);
                foreach (var (status, key) in statuses.Zip(keys)) counted[status] = CountOf(totals, key);
            }
            else
            {
                while (await reader.ReadAsync(cancellation)) counted[Codes<ActionStatus>.Parse(reader.GetString(0))] = new ActionCount(reader.GetInt32(1), reader.GetInt32(2));
            }
            await reader.NextResultAsync(cancellation);
            var rows = (await ReadAsync(reader, cancellation)).ToLookup(r => r.Status);
            return (IReadOnlyList<BoardColumn>)[.. statuses.Select(s => new BoardColumn(s, counted.GetValueOrDefault(s, ActionCount.None), [.. rows[s]]))];
        }, cancellation);
    }

    /// <summary>What runs in a number of years, by line; an action that serves two lines stands with both.</summary>
    /// <param name="filter">By element, city, party and theme. With an element only what serves it, page by page.</param>
    /// <param name="lines">Codes of the lines.</param>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task<Timeline> TimelineAsync(ActionFilter filter, IReadOnlyList<string> lines, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var facets = OnBoard(filter);
        var take = filter.Element is null ? LineShown : LinePage;
        var skip = filter.Element is null ? 0 : (filter.Page - 1) * LinePage;
        string?[] groups = filter.Element is { } element ? [element] : [.. lines, null];
        var marks = $"(select json_agg(json_build_array(m.title, m.due_on, m.status) order by m.due_on) from (select m.title, m.due_on, m.status from milestone m where m.action_id = a.action_id and m.due_on is not null order by m.due_on limit {MarksMax}) m)::text";
        NpgsqlBatchCommand Group(string? line)
        {
            string[] having = [.. facets.Append(line is null ? ActionFacet.NoLine : ActionFacet.Of(ActionFacet.Element, line)).Distinct(StringComparer.Ordinal)];
            var values = new List<object> { having, from, to };
            return Command($"select {Columns}, {marks} from (select * from action_entry a where {IsPublic} and a.facets @> $1 and a.until_on >= $2 and (a.starts_on is not null or a.ends_on is not null) and (a.starts_on is null or a.starts_on <= $3) order by a.until_on, a.number limit {take + 1} offset {skip}) a {Owner} order by a.until_on, a.number", values);
        }
        string[] undated = [.. facets, ActionFacet.NoDates];
        var kept = ActionFacet.Key(ActionFacet.NoDates);
        var commands = groups.Select(Group)
            .Append(facets.Length == 0 ? Totals([kept]) : Command($"select count(*) filter (where not c.is_example)::int, count(*) filter (where c.is_example)::int from (select a.is_example from action_entry a where {IsPublic} and a.facets @> $1 limit {SearchFilter.CountLimit + 1}) c", [undated]))
            .Append(Command($"select {Columns} from (select * from action_entry a where {IsPublic} and a.{ActionFacet.Holds(ActionFacet.NoDates)} and a.facets @> $1 order by a.weight, a.number limit {UndatedShown}) a {Owner} order by a.weight, a.number", [facets]));
        return RunAsync([.. commands], async reader =>
        {
            var found = new List<TimelineGroup>();
            foreach (var line in groups)
            {
                var rows = new List<TimelineRow>();
                while (await reader.ReadAsync(cancellation)) rows.Add(new TimelineRow(Read(reader, time.Today()), await reader.IsDBNullAsync(22, cancellation) ? [] : Marks(reader.GetString(22))));
                found.Add(new TimelineGroup(line, [.. rows.Take(take)], rows.Count > take));
                await reader.NextResultAsync(cancellation);
            }
            ActionCount undatedCount;
            if (facets.Length == 0) undatedCount = CountOf(await TotalsAsync(reader, cancellation), kept);
            else
            {
                await reader.ReadAsync(cancellation);
                var (real, examples) = (reader.GetInt32(0), reader.GetInt32(1));
                undatedCount = new ActionCount(real, examples, real + examples > SearchFilter.CountLimit);
            }
            await reader.NextResultAsync(cancellation);
            return new Timeline(found, await ReadAsync(reader, cancellation), undatedCount);
        }, cancellation);
    }

    /// <summary>How many actions there are for every element in every city; all of it is kept, nothing is counted.</summary>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public Task<ActionMatrix> MatrixAsync(IReadOnlyList<string> elements, IReadOnlyList<string> cities, CancellationToken cancellation)
    {
        string Row(string element) => ActionFacet.Of(ActionFacet.Element, element);
        string Of(string city) => ActionFacet.Of(ActionFacet.City, city);
        var pairs = elements.SelectMany(e => cities.Select(c => (Element: e, City: c))).ToList();
        string[] keys = [.. pairs.Select(p => ActionFacet.Key(Row(p.Element), Of(p.City))), .. elements.Select(e => ActionFacet.Key(Row(e))), .. cities.Select(c => ActionFacet.Key(Of(c))), ActionFacet.Key(ActionFacet.All)];
        return RunAsync([Totals(keys)], async reader =>
        {
            var totals = await TotalsAsync(reader, cancellation);
            return new ActionMatrix(pairs.Select(p => (p, Count: CountOf(totals, ActionFacet.Key(Row(p.Element), Of(p.City))))).Where(p => p.Count.Total > 0).ToDictionary(p => p.p, p => p.Count),
                elements.ToDictionary(e => e, e => CountOf(totals, ActionFacet.Key(Row(e))), StringComparer.Ordinal), cities.ToDictionary(c => c, c => CountOf(totals, ActionFacet.Key(Of(c))), StringComparer.Ordinal), CountOf(totals, ActionFacet.Key(ActionFacet.All)));
        }, cancellation);
    }

    /// <summary>Who is meant by the last part of an address: an organisation, else a city or a campus that everybody may read.</summary>
    public async Task<(Guid Id, ObjectLink Link)?> PartyAsync(string slug, CancellationToken cancellation)
    {
        if (!SlugText.IsValid(slug)) return null;
        var kinds = new[] { KindRegistry.Of<Organisation>(), KindRegistry.Of<City>(), KindRegistry.Of<Campus>() }.Select(k => k.Code).ToArray();
        await using var command = source.CreateCommand($"select w.id, w.kind, w.slug, w.name from register_object w where w.kind = any($1) and w.slug = $2 and {PublicObjects.Sql("w")} order by array_position($1, w.kind::text) limit 1");
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = kinds }, new() { Value = slug } });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetGuid(0), new ObjectLink(reader.GetString(1), reader.GetString(2), reader.GetString(3))) : null;
    }

    private (string Where, List<object> Values) Where(ActionFilter filter, SearchWords words)
    {
        var (parts, values) = (new List<string> { IsPublic }, new List<object>());
        int Value(object value)
        {
            values.Add(value);
            return values.Count;
        }
        if (filter.Facets is { Count: > 0 } facets) parts.Add($"a.facets @> ${Value(facets.ToArray())}");
        if (filter.Signal == ActionSignal.Late) parts.Add(ActionConditions.IsLate(Value(time.Today())));
        if (filter.Signal == ActionSignal.Silent) parts.Add(ActionConditions.IsSilent(Value(time.Today())));
        if (filter.Light == LightFilter.Unknown) parts.Add(ActionConditions.IsUnknown(Value(time.Today())));
        if (filter.Light is not (null or LightFilter.Unknown)) parts.Add(ActionConditions.IsKnown(Value(time.Today())));
        if (filter.Text is not null) parts.Add($"a.action_id in (select s.object_id from search_entry s where s.kind = '{KindRegistry.Of<AgendaAction>().Code}' and s.words @@ to_tsquery('kennis', ${Value(words.All())}))");
        return (string.Join(" and ", parts), values);
    }

    private async Task<T> RunAsync<T>(IReadOnlyList<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellation)
    {
        using var place = room is null ? null : await room.EnterAsync(cancellation);
        await using var batch = source.CreateBatch();
        batch.Timeout = TimeoutSeconds;
        foreach (var command in commands) batch.BatchCommands.Add(command);
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            return await read(reader);
        }
        catch (NpgsqlException e) when (SearchTooSlowException.Explains(e))
        {
            throw new SearchTooSlowException(e);
        }
    }

    private static NpgsqlBatchCommand Command(string sql, IEnumerable<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static NpgsqlBatchCommand Totals(string[] keys) => Command("select facet, count from search_total where facet = any($1)", [keys.Concat(keys.Select(k => Facet.Example + k)).ToArray()]);

    private static async Task<Dictionary<string, int>> TotalsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var totals = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) totals[reader.GetString(0)] = reader.GetInt32(1);
        return totals;
    }

    private static ActionCount CountOf(Dictionary<string, int> totals, string key) => new(Facet.Real(totals, key), totals.GetValueOrDefault(Facet.Example + key));

    private async Task<List<ActionRow>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var rows = new List<ActionRow>();
        while (await reader.ReadAsync(cancellation)) rows.Add(Read(reader, time.Today()));
        return rows;
    }

    internal static ActionRow Read(NpgsqlDataReader reader, DateOnly today)
    {
        DateOnly? Day(int i) => reader.IsDBNull(i) ? null : reader.GetFieldValue<DateOnly>(i);
        string? Text(int i) => reader.IsDBNull(i) ? null : reader.GetString(i);
        var (status, ends) = (Codes<ActionStatus>.Parse(reader.GetString(3)), Day(10));
        Guid? owner = reader.IsDBNull(5) ? null : reader.GetGuid(5);
        (DateOnly, TrafficLight)? last = Text(13) is { } light ? (reader.GetFieldValue<DateOnly>(12), Codes<TrafficLight>.Parse(light)) : null;
        return new ActionRow(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), status, reader.GetBoolean(4), owner, Text(6) is { } kind ? new ObjectLink(kind, reader.GetString(7), reader.GetString(8)) : null,
            Day(9), ends, last?.Item1, Text(14), Day(15), reader.GetInt32(16), reader.GetInt32(17), ActionHealth.Of(status, ends, owner is not null, Day(11), reader.GetBoolean(18), last?.Item2, Day(21), today)) { LateAfter = Day(11) };
    }

    private static List<TimelineMark> Marks(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(m => new TimelineMark(m[0].GetString()!, DateOnly.ParseExact(m[1].GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), m[2].GetString() == Codes<MilestoneStatus>.Code(MilestoneStatus.Completed)))];
    }
}
