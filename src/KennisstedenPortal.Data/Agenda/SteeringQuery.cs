using System.Globalization;
using System.Text.Json;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Npgsql;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>What the secretariat looks for: what stands out in <see cref="ActionHealth"/>, how it goes, and what waits for somebody.</summary>
public enum SteeringSignal
{
    [Label("Alles wat opvalt", "All that stands out")] Any,
    [Label("Te laat", "Late")] Late,
    [Label("Loopt vast of vraagt aandacht", "Stuck or needs attention")] AtRisk,
    [Label("Stil", "No recent update")] Silent,
    [Label("Zonder eigenaar", "Without owner")] NoOwner,
    [Label("Zonder einddatum", "Without end date")] NoEnd,
    [Label("Zonder bewijs", "Without evidence")] NoEvidence,
    [Label("Wacht op iemand", "Waiting for somebody")] Waiting,
}

/// <summary>Why an action waits for somebody.</summary>
public enum WaitReason
{
    [Label("geen bericht", "no update")] Silent,
    [Label("te laat", "late")] Late,
    [Label("bewijs ontbreekt", "evidence is missing")] Evidence,
    [Label("toezegging verlopen", "commitment passed")] Commitment,
    [Label("besluit niet uitgevoerd", "decision not carried out")] Decision,
    [Label("geen eigenaar", "no owner")] Unowned,
    [Label("voorstel te beoordelen", "proposal to decide on")] Proposal,
}

/// <summary>For whom an action waits, and why.</summary>
/// <param name="Party">Null is the secretariat.</param>
/// <param name="Since">Last news, the day that passed, or the day of the proposal; null where nothing was ever reported, and where no day belongs to it.</param>
/// <param name="What">The milestone that passed, what was promised or what was decided; null is the end of the action.</param>
public sealed record Wait(Guid? PartyId, ObjectLink? Party, WaitReason Why, DateOnly? Since, string? What);

/// <param name="Revision">As it stands, for who changes several at once.</param>
/// <param name="HasEditors">Somebody with an account keeps it, who can be asked here.</param>
public sealed record SteeringRow(ActionRow Action, Visibility Visibility, int Revision, bool HasEditors, IReadOnlyList<Wait> Waits)
{
    /// <summary>When somebody of its owner was asked how it goes, by a notice that is not read or a link that is not used; null when nobody was.</summary>
    public DateTimeOffset? AskedAt { get; init; }
}

/// <summary>A commitment of a document or meeting, or a decision of a meeting, whose day has passed and that belongs to no action that runs.</summary>
/// <param name="Holder">The document or meeting.</param>
public sealed record LooseTerm(ObjectLink Holder, Visibility Visibility, bool IsExample, Wait Wait);

/// <summary>For whom how much waits.</summary>
/// <param name="PartyId">Null is the secretariat.</param>
/// <param name="Loose">Commitments and decisions outside actions.</param>
/// <param name="Reasons">How often each occurs: actions and what is outside them.</param>
public sealed record WaitingParty(Guid? PartyId, ObjectLink? Party, bool HasEditors, int Actions, int Loose, IReadOnlyList<(WaitReason Why, int Count)> Reasons);

/// <param name="Party">Only what waits for this party.</param>
/// <param name="OnSecretariat">Only what waits for the secretariat.</param>
/// <param name="Examples">With the invented ones.</param>
/// <param name="Page">From 1.</param>
public sealed record SteeringFilter(SteeringSignal Signal = SteeringSignal.Any, Guid? Party = null, bool OnSecretariat = false, bool Examples = false, int Page = 1);

/// <param name="Total">Found with the filter.</param>
/// <param name="Party">The party of the filter; null when there is none with that identity.</param>
/// <param name="Loose">What is late outside actions, of the party of the filter or of all: the first <see cref="SteeringQuery.LooseShown"/> by day, of <paramref name="LooseTotal"/>.</param>
public sealed record SteeringList(IReadOnlyDictionary<SteeringSignal, int> Counts, IReadOnlyList<SteeringRow> Rows, int Total, ObjectLink? Party, IReadOnlyList<LooseTerm> Loose, int LooseTotal)
{
    public int Pages => Math.Max(1, (Total + SteeringQuery.PageSize - 1) / SteeringQuery.PageSize);
}

/// <summary>
/// What the secretariat steers by: every published action, hidden or not, that is late, stuck, silent, unowned or unproven, and
/// for whom it waits; and what documents and meetings left to do outside actions. Each page is one round trip; examples are left out unless asked for. It counts all actions each time,
/// which one or two people ask a few times a day.
/// </summary>
public sealed class SteeringQuery(NpgsqlDataSource source, TimeProvider time)
{
    public const int PageSize = 25, PartiesShown = 200, LooseShown = 50, MaxPage = 9999;
    /// <summary>Signs of what was promised.</summary>
    private const int WhatMost = 140;

    private static readonly string Open = $"a.status not in ({string.Join(", ", Enum.GetValues<ActionStatus>().Where(ActionFlow.IsClosed).Select(s => $"'{Codes<ActionStatus>.Code(s)}'"))})";
    private const string Owner = "left join register_object w on w.id = a.owner_id";

    /// <exception cref="NotAllowedException">The actor does not run the agenda.</exception>
    public async Task<SteeringList> RunAsync(SteeringFilter filter, Actor actor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Rights.Demand(actor, Right.RunAgenda);
        var signals = Codes<SteeringSignal>.All;
        var among = filter.Examples ? "true" : "not a.is_example";
        // A party heads a list of what waits for it, whatever else stands out.
        var of = filter.Party is not null ? "a.action_id in (select v.action_id from waits v where v.party_id = $2)" : filter.OnSecretariat ? "a.action_id in (select v.action_id from waits v where v.party_id is null)" : Condition(filter.Signal, "a.action_id in (select v.action_id from waits v)");
        var today = time.Today();
        object[] values = filter.Party is { } asked ? [today, asked] : [today];
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Command($"with waits as ({Waits("action_entry", filter.Examples)}) select {string.Join(", ", signals.Select(s => $"count(*) filter (where {Condition(s, "v.action_id is not null")})::int"))} from action_entry a left join (select distinct action_id from waits) v on v.action_id = a.action_id where {among}", today));
        batch.BatchCommands.Add(Command($"with waits as ({Waits("action_entry", filter.Examples)}) select count(*)::int from action_entry a where {among} and {of}", values));
        batch.BatchCommands.Add(Command($"""
            with waits as ({Waits("action_entry", filter.Examples)}),
            page as (select a.* from action_entry a where {among} and {of} order by coalesce(a.late_after, 'infinity'), a.number limit {PageSize} offset {(Math.Clamp(filter.Page, 1, MaxPage) - 1) * PageSize}),
            mine as ({Waits("page", filter.Examples)}),
            asked as (select n.object_id as action_id, n.at from notice n join page g on g.action_id = n.object_id and exists (select 1 from role_grant k where k.account_id = n.account_id and k.scope_id in (g.action_id, g.owner_id)) where n.sort = '{Codes<NoticeSort>.Code(NoticeSort.UpdateAsked)}' and n.read_at is null
                union all select g.action_id, l.created_at from access_link l join page g on l.subject->>'Action' = g.action_id::text and l.subject->>'Owner' = g.owner_id::text where l.purpose = '{Codes<LinkPurpose>.Code(LinkPurpose.Update)}' and l.used_at is null and l.revoked_at is null and l.expires_at > $1)
            select {ActionsQuery.Columns}, a.visibility, o.revision, {HasEditors("a.action_id", "a.owner_id")},
                (select json_agg(json_build_array(v.party_id, p.kind, p.slug, p.name, v.why, v.day, v.what) order by v.why, v.day, p.name) from mine v left join register_object p on p.id = v.party_id where v.action_id = a.action_id)::text,
                (select max(q.at) from asked q where q.action_id = a.action_id)
            from page a {Owner} join register_object o on o.id = a.action_id order by coalesce(a.late_after, 'infinity'), a.number
            """, values));
        batch.BatchCommands.Add(Command("select p.kind, p.slug, p.name from register_object p where p.id = $1", filter.Party ?? Guid.Empty));
        batch.BatchCommands.Add(Command($"""
            select h.kind, h.slug, h.name, h.visibility, {IsExample("h")}, v.party_id, p.kind, p.slug, p.name, v.why, v.day, v.what, (count(*) over ())::int
            from ({Loose(filter.Examples)}) v join register_object h on h.id = v.holder_id left join register_object p on p.id = v.party_id
            where {(filter.Party is not null ? "v.party_id = $2" : filter.OnSecretariat ? "v.party_id is null" : "true")} order by v.day, h.name, v.what limit {LooseShown}
            """, values));

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var counts = signals.Select((s, i) => (s, Count: reader.GetInt32(i))).ToDictionary(s => s.s, s => s.Count);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var total = reader.GetInt32(0);
        await reader.NextResultAsync(cancellation);
        var rows = new List<SteeringRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(new SteeringRow(ActionsQuery.Read(reader, today), Codes<Visibility>.Parse(reader.GetString(22)), reader.GetInt32(23), reader.GetBoolean(24), await reader.IsDBNullAsync(25, cancellation) ? [] : WaitsOf(reader.GetString(25)))
            {
                AskedAt = await reader.IsDBNullAsync(26, cancellation) ? null : reader.GetFieldValue<DateTimeOffset>(26),
            });
        await reader.NextResultAsync(cancellation);
        var named = await reader.ReadAsync(cancellation) ? new ObjectLink(reader.GetString(0), reader.GetString(1), reader.GetString(2)) : null;
        await reader.NextResultAsync(cancellation);
        var (loose, count) = (new List<LooseTerm>(), 0);
        while (await reader.ReadAsync(cancellation))
        {
            Guid? who = await reader.IsDBNullAsync(5, cancellation) ? null : reader.GetGuid(5);
            loose.Add(new LooseTerm(new ObjectLink(reader.GetString(0), reader.GetString(1), reader.GetString(2)), Codes<Visibility>.Parse(reader.GetString(3)), reader.GetBoolean(4),
                new Wait(who, who is null ? null : new ObjectLink(reader.GetString(6), reader.GetString(7), reader.GetString(8)), Codes<WaitReason>.Parse(reader.GetString(9)), reader.GetFieldValue<DateOnly>(10), InputText.Shortened(reader.GetString(11), WhatMost))));
            count = reader.GetInt32(12);
        }
        return new SteeringList(counts, rows, total, named, loose, count);
    }

    /// <summary>For whom we wait, first for whom most: at most <see cref="PartiesShown"/>.</summary>
    /// <exception cref="NotAllowedException">The actor does not run the agenda.</exception>
    public async Task<IReadOnlyList<WaitingParty>> PartiesAsync(bool examples, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.RunAgenda);
        var reasons = Codes<WaitReason>.All;
        await using var command = source.CreateCommand($"""
            with waits as (select action_id, party_id, why from ({Waits("action_entry", examples)}) w union all select null, party_id, why from ({Loose(examples)}) l)
            select v.party_id, p.kind, p.slug, p.name, {HasEditors("v.party_id", "p.steward_id")}, count(distinct v.action_id)::int, (count(*) filter (where v.action_id is null))::int,
                {string.Join(", ", reasons.Select(r => $"(count(distinct v.action_id) filter (where v.why = '{Codes<WaitReason>.Code(r)}') + count(*) filter (where v.why = '{Codes<WaitReason>.Code(r)}' and v.action_id is null))::int"))}
            from waits v left join register_object p on p.id = v.party_id group by v.party_id, p.id order by count(distinct v.action_id) + count(*) filter (where v.action_id is null) desc, p.name nulls first limit {PartiesShown}
            """);
        command.Parameters.Add(new() { Value = time.Today() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var parties = new List<WaitingParty>();
        while (await reader.ReadAsync(cancellation))
        {
            Guid? id = await reader.IsDBNullAsync(0, cancellation) ? null : reader.GetGuid(0);
            parties.Add(new WaitingParty(id, id is null ? null : new ObjectLink(reader.GetString(1), reader.GetString(2), reader.GetString(3)), reader.GetBoolean(4), reader.GetInt32(5), reader.GetInt32(6),
                [.. reasons.Select((r, i) => (r, Count: reader.GetInt32(7 + i))).Where(r => r.Count > 0)]));
        }
        return parties;
    }

    /// <summary>The rules of <see cref="ActionHealth"/> as a condition on a row; a test holds that both agree.</summary>
    /// <param name="waits">Whether it waits for somebody.</param>
    private static string Condition(SteeringSignal signal, string waits) => signal switch
    {
        SteeringSignal.Late => Sure(ActionConditions.IsLate(1)),
        SteeringSignal.AtRisk => Sure($"{ActionConditions.IsKnown(1)} and a.last_light in ('{Codes<TrafficLight>.Code(TrafficLight.Amber)}', '{Codes<TrafficLight>.Code(TrafficLight.Red)}')"),
        SteeringSignal.Silent => Sure(ActionConditions.IsSilent(1)),
        SteeringSignal.NoOwner => Has(ActionFacet.NoOwner),
        SteeringSignal.NoEnd => Has(ActionFacet.NoEnd),
        SteeringSignal.NoEvidence => Has(ActionFacet.NoEvidence),
        SteeringSignal.Waiting => waits,
        _ => $"({string.Join(" or ", Codes<SteeringSignal>.All.Where(s => s != SteeringSignal.Any).Select(s => Condition(s, waits)))})",
    };

    /// <summary>A day that is not there makes it unknown, which is no.</summary>
    private static string Sure(string condition) => $"coalesce({condition}, false)";

    private static string Has(string facet) => $"a.facets @> array['{facet}']";

    /// <summary>Somebody with an open account keeps an object, itself or as its steward; see <see cref="People.EditorsQuery"/>.</summary>
    private static string HasEditors(string id, string steward) => $"exists (select 1 from role_grant g join account c on c.id = g.account_id where g.scope_id in ({id}, {steward}) and c.disabled_at is null and c.forgotten_at is null and c.email is not null)";

    /// <summary>For whom actions wait: action, party (none is the secretariat), why, a day and a text.</summary>
    /// <param name="from">Where the rows of the actions are.</param>
    private static string Waits(string from, bool examples)
    {
        var among = Among(examples);
        // What the action holds, and what a document holds that it carries out.
        string Promised(string key) => $"select a.action_id, c.party_id, {Why(WaitReason.Commitment)}, c.term_on, c.text from {from} a join commitment c on c.{key} = a.action_id join register_object h on h.id = c.object_id where {among} and {Open} and {Held(examples)} and {IsUnmet}";
        return $"""
            select a.action_id, a.owner_id as party_id, {Why(WaitReason.Silent)} as why, nullif(a.reported_on, '-infinity'::date) as day, null::text as what from {from} a where {among} and a.owner_id is not null and {ActionConditions.IsSilent(1)}
            union all select a.action_id, a.owner_id, {Why(WaitReason.Late)}, a.late_after, case when a.next_on = a.late_after then a.next_title end from {from} a where {among} and a.owner_id is not null and {ActionConditions.IsLate(1)}
            union all select a.action_id, a.owner_id, {Why(WaitReason.Evidence)}, null, null from {from} a where {among} and a.owner_id is not null and {Has(ActionFacet.NoEvidence)}
            union all {Promised("object_id")}
            union all {Promised("carried_out_in_id")}
            union all select a.action_id, d.party_id, {Why(WaitReason.Decision)}, d.due_on, d.decision from {from} a join agenda_point d on d.action_id = a.action_id join register_object h on h.id = d.meeting_id where {among} and {Open} and {Held(examples)} and {IsUndone}
            union all select a.action_id, null, {Why(WaitReason.Unowned)}, null, null from {from} a where {among} and {Has(ActionFacet.NoOwner)}
            union all select a.action_id, case when {HasEditors("a.action_id", "a.owner_id")} then a.owner_id end, {Why(WaitReason.Proposal)}, (p.made_at at time zone '{Dutch.Zone.Id}')::date, null from proposal p join {from} a on a.action_id = p.object_id
                where {among} and p.state = '{Codes<ProposalState>.Code(ProposalState.Open)}'
            """;
    }

    /// <summary>What waits outside actions that run: holder, party (none is the secretariat), why, a day and a text.</summary>
    private static string Loose(bool examples)
    {
        string NoneRuns(string id) => $"not exists (select 1 from action_entry a where a.action_id = {id} and {Among(examples)} and {Open})";
        // What was decided about an invented action counts only when that does.
        var invented = examples ? "" : $" and not exists (select 1 from register_object x where x.id = d.action_id and {IsExample("x")})";
        return $"""
            select c.object_id as holder_id, c.party_id, {Why(WaitReason.Commitment)} as why, c.term_on as day, c.text as what from commitment c join register_object h on h.id = c.object_id
                where h.kind <> '{KindRegistry.Of<AgendaAction>().Code}' and {Held(examples)} and {IsUnmet} and {NoneRuns("c.carried_out_in_id")}
            union all select d.meeting_id, d.party_id, {Why(WaitReason.Decision)}, d.due_on, d.decision from agenda_point d join register_object h on h.id = d.meeting_id where {Held(examples)} and {IsUndone} and {NoneRuns("d.action_id")}{invented}
            """;
    }

    private static string Among(bool examples) => examples ? "true" : "not a.is_example";

    private static string IsExample(string alias) => $"{alias}.verification = '{Codes<Verification>.Code(Verification.Example)}'";

    /// <summary>What holds a commitment or decision (<c>h</c>) is published, and not invented.</summary>
    private static string Held(bool examples) => $"h.state = '{Codes<ObjectState>.Code(ObjectState.Published)}'{(examples ? "" : $" and not ({IsExample("h")})")}";

    private static readonly string IsUnmet = $"c.term_on < $1 and c.status in ('{Codes<CommitmentStatus>.Code(CommitmentStatus.Open)}', '{Codes<CommitmentStatus>.Code(CommitmentStatus.PartlyMet)}')";
    private static readonly string IsUndone = $"d.due_on < $1 and d.status = '{Codes<DecisionStatus>.Code(DecisionStatus.Taken)}'";

    private static string Why(WaitReason reason) => $"'{Codes<WaitReason>.Code(reason)}'";

    private static List<Wait> WaitsOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(w => new Wait(w[0].ValueKind == JsonValueKind.Null ? null : w[0].GetGuid(), w[0].ValueKind == JsonValueKind.Null ? null : new ObjectLink(w[1].GetString()!, w[2].GetString()!, w[3].GetString()!),
            Codes<WaitReason>.Parse(w[4].GetString()!), w[5].GetString() is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null, w[6].GetString() is { } what ? InputText.Shortened(what, WhatMost) : null))];
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
