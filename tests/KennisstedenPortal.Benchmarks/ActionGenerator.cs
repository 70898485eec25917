using Npgsql;

namespace KennisstedenPortal.Benchmarks;

/// <summary>
/// Fills the agenda of a register that holds the starter data: the same actions at every run, each with four updates, three
/// milestones, links to elements, a city, a theme, partners and a commitment. By statements of SQL, since nothing refers back.
/// </summary>
public static class ActionGenerator
{
    /// <param name="superuser">Of the database: references are not checked while filling.</param>
    /// <param name="total">Actions afterwards, with the examples of the starter data.</param>
    public static async Task FillAsync(string superuser, int total, CancellationToken cancellation = default)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(superuser) { Pooling = false, Options = "-c session_replication_role=replica", CommandTimeout = 0 });
        // The bits of a hash stand in for chance. A party, a city or an element is chosen by it, the first ones more often than the last.
        const string Chance = "create or replace function pg_temp.chance(n int, salt text, most int) returns int language sql immutable as $$ select ((('x' || substr(md5(salt || n), 1, 6))::bit(24)::int::float8 / 16777216) ^ 1.5 * most)::int $$";
        const string Made = """
            create temp table made as
            select n, ('01940000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, (array['idea', 'exploration', 'in-preparation', 'in-progress', 'in-progress', 'completed', 'paused', 'stopped'])[1 + pg_temp.chance(n, 'status', 1000) % 8] as status,
                current_date - 700 + pg_temp.chance(n, 'start', 1000) as starts, 120 + pg_temp.chance(n, 'length', 900) as days
            from generate_series(1000, 999 + $1 - (select count(*)::int from register_object where kind = 'action')) n
            """;
        // Numbered once: with the number worked out per pair of action and organisation, filling takes longer than measuring.
        const string Numbered = "create temp table chosen as select id, (row_number() over (order by slug) - 1)::int as r from register_object where kind = 'organisation'";
        const string Last = "create temp table parties as select max(r) as c from chosen";
        string[] statements =
        [
            """
            insert into register_object (id, kind, slug, name, aliases, keywords, location_is_approximate, state, visibility, verification, revision, changed_at, steward_id, action_status, status_reason, starts_on, ends_on, result_indicator)
            select m.id, 'action', 'va-' || m.n, 'Samen werken aan ' || (array['testruimte', 'talent', 'financiering', 'netwerken', 'huisvesting', 'kennisdeling'])[1 + m.n % 6] || ' ' || m.n, '{}', '{}', false, 'published', case when m.n % 50 = 0 then 'partners' else 'public' end,
                'general-knowledge', 1, now(), case when m.n % 10 > 0 then o.id end, m.status, case when m.status in ('paused', 'stopped') then 'Wacht op een besluit.' end, case when m.n % 25 > 0 then m.starts end, case when m.n % 12 > 0 and m.n % 25 > 0 then m.starts + m.days end, case when m.n % 3 = 0 then 'Aantal per jaar' end
            from made m join chosen o on o.r = pg_temp.chance(m.n, 'owner', (select c from parties))
            """,
            """
            insert into relation (id, kind, from_id, to_id)
            select gen_random_uuid(), 'concerns', m.id, c.id from made m join (select id, row_number() over (order by slug) - 1 as r from register_object where kind = 'city') c on c.r = pg_temp.chance(m.n, 'city', 12) or m.n % 3 = 0 and c.r = pg_temp.chance(m.n, 'other', 12)
            """,
            """
            insert into relation (id, kind, from_id, to_id)
            select gen_random_uuid(), 'carried-by', m.id, o.id from made m cross join lateral (select distinct pg_temp.chance(m.n, salt, (select c from parties)) as r from (values ('a'), ('b')) s(salt)) p join chosen o on o.r = p.r
            """,
            """
            insert into specialisation (id, object_id, theme_code)
            select gen_random_uuid(), m.id, t.code from made m join (select code, row_number() over (order by code) - 1 as r, count(*) over () as c from theme where code = entry_theme_code) t on t.r = pg_temp.chance(m.n, 'theme', (t.c - 1)::int)
            """,
            """
            insert into object_element (object_id, element_code)
            select m.id, e.code from made m join (select code, kind, row_number() over (partition by kind order by rank, code) - 1 as r, count(*) over (partition by kind) as c from agenda_element where kind in ('line-element', 'ask', 'bottleneck', 'result', 'instrument')) e
                on e.r = pg_temp.chance(m.n, e.kind, (e.c - 1)::int) and (e.kind <> 'ask' or m.n % 20 > 0)
            """,
            """
            insert into milestone (id, action_id, title, due_on, status, closed_on, evidence_note)
            select gen_random_uuid(), m.id, 'Stap ' || k, m.starts + m.days * k / 4, s.status, case when s.status = 'completed' then m.starts + m.days * k / 4 end, case when s.status = 'completed' and m.n % 7 > 0 then 'Verslag' end
            from made m cross join generate_series(1, 3) k cross join lateral (select case when m.starts + m.days * k / 4 < current_date and (m.n + k) % 9 > 0 then 'completed' else 'open' end as status) s
            """,
            """
            insert into progress_update (id, action_id, at, light, text, organisation)
            select gen_random_uuid(), m.id, now() - make_interval(days => pg_temp.chance(m.n, 'silence', 200) + 60 * k), (array['green', 'green', 'amber', 'red'])[1 + (m.n + k) % 4], 'Zo gaat het met stap ' || k || '.', 'Secretariaat' from made m cross join generate_series(0, 3) k
            """,
            """
            insert into commitment (id, object_id, party_id, sort, text, amount, status)
            select gen_random_uuid(), m.id, o.id, 'money', 'Een bijdrage.', 25000, 'open' from made m join chosen o on o.r = pg_temp.chance(m.n, 'commits', (select c from parties))
            """,
        ];
        // One connection: what is made in between stands in a temporary table.
        await using var connection = await source.OpenConnectionAsync(cancellation);
        foreach (var statement in statements.Prepend(Made).Prepend(Last).Prepend(Numbered).Prepend(Chance))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            if (statement == Made) command.Parameters.Add(new NpgsqlParameter { Value = total });
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
