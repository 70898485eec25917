using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace KennisstedenPortal.Data.Tests.Database;

public sealed class MigrationTests(TestServer server)
{
    [Fact]
    public async Task Model_AgainstTheMigrations_HasNoPendingChanges()
    {
        await using var database = await server.EmptyAsync();
        await using var db = database.CreateDbContext();

        db.Database.HasPendingModelChanges().Should().BeFalse("else a migration was forgotten");
        (await db.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task MigrateAsync_TwoInstancesAtOnce_BothFindItMigrated()
    {
        var (owner, application) = await FreshAsync();

        await Task.WhenAll(DatabaseSetup.MigrateAsync(owner, application), DatabaseSetup.MigrateAsync(owner, application));

        await ShouldBeReadyAsync(owner, application);
    }

    [Fact]
    public async Task MigrateAsync_AlreadyMigrated_ChangesNothing()
    {
        var (owner, application) = await FreshAsync();
        await DatabaseSetup.MigrateAsync(owner, application);

        await DatabaseSetup.MigrateAsync(owner, application);

        await ShouldBeReadyAsync(owner, application);
    }

    [Fact]
    public async Task MigrateAsync_ApplicationRoleIsMissing_MakesItWithItsPassword()
    {
        var (owner, _) = await FreshAsync();
        var application = new NpgsqlConnectionStringBuilder(owner) { Username = $"app \"{Guid.NewGuid():N}", Password = "met 'aanhaling'; en meer" }.ConnectionString;

        await DatabaseSetup.MigrateAsync(owner, application);

        await ShouldBeReadyAsync(owner, application);
    }

    [Fact]
    public async Task CreateAsync_DatabaseThatExists_LeavesItAsItIs()
    {
        await using var filled = await server.FilledAsync();
        var name = new NpgsqlConnectionStringBuilder(filled.Owner).Database!;

        var (owner, application) = await DatabaseSetup.CreateAsync(server.Server.ConnectionString("postgres"), name, server.Server.Password);
        await DatabaseSetup.MigrateAsync(owner, application);

        (await filled.ScalarAsync<long>("select count(*) from register_object where kind = 'city'")).Should().Be(13);
    }

    [Fact]
    public async Task MigrateAsync_FilledDatabaseOfAnEarlierRelease_KeepsEveryRow()
    {
        await using var filled = await server.FilledAsync();
        await using (var owner = new TestDatabase(filled.Owner, filled.Owner))
        await using (var db = owner.CreateDbContext())
            await db.GetService<IMigrator>().MigrateAsync(LastLanded);
        var before = await RowsAsync(filled);
        await using var earlier = new TestDatabase(filled.Owner, filled.Owner);
        var actions = await earlier.ScalarAsync<string>($"select string_agg(concat_ws('|', a.id, a.code, a.title, a.description, a.status, a.starts_on, a.ends_on, {Parts("agenda_action_element e join agenda_element x on x.id = e.element_id", "x.code", "e.action_id")}, {Parts("milestone m", "m.id || m.title || m.status", "m.action_id")}, {Parts("agenda_action_object o", "o.object_id::text", "o.action_id")}, {Parts("agenda_action_theme t", "t.theme_code", "t.action_id")}), E'\\n' order by a.code) from agenda_action a");

        await DatabaseSetup.MigrateAsync(filled.Owner, filled.Application);

        (await RowsAsync(filled)).Should().Equal(before);
        (await filled.ScalarAsync<string>($"select string_agg(concat_ws('|', a.id, upper(a.slug), a.name, a.description, a.action_status, a.starts_on, a.ends_on, {Parts("object_element e", "e.element_code", "e.object_id")}, {Parts("milestone m", "m.id || m.title || m.status", "m.action_id")}, {Parts("relation o", "o.to_id::text", "o.from_id")}, {Parts("specialisation t", "t.theme_code", "t.object_id")}), E'\\n' order by a.slug) from register_object a where a.kind = 'action'"))
            .Should().Be(actions).And.Contain("VA-024");
        (await filled.ScalarAsync<long>("select count(*) from register_object o where o.kind = 'action' and o.verification = 'example' and exists (select 1 from revision r where r.object_id = o.id and r.number = 1)")).Should().Be(24);
        (await filled.ScalarAsync<long>("select count(*) from register_object o where not exists (select 1 from revision r where r.object_id = o.id and r.number = o.revision)")).Should().Be(0, "history is whole");
        (await filled.ScalarAsync<long>("select count(*) from search_entry where kind = 'action'")).Should().Be(24);
        await using var read = filled.CreateDbContext();
        (await read.Objects.OfType<Domain.Registry.City>().CountAsync(c => !c.HasFourEyes)).Should().Be(13, "what stood there reads with its new fields");
        (await filled.Importer.ImportAsync()).Kept.Should().NotContain(k => k.Contains("action", StringComparison.Ordinal) || k.Contains("milestone", StringComparison.Ordinal), "what was imported is still known as imported");
        await filled.Importer.ImportAsync(examples: false);
        (await filled.ScalarAsync<long>("select count(*) from register_object where kind = 'action' and state = 'archived'")).Should().Be(24, "examples that were moved go like others");
    }

    [Fact]
    public async Task MigrateAsync_DraftsOfSomethingNew_KeepTheIdentityOfThat()
    {
        await using var filled = await server.FilledAsync();
        await using (var owner = new TestDatabase(filled.Owner, filled.Owner))
        await using (var db = owner.CreateDbContext())
            await db.GetService<IMigrator>().MigrateAsync("20261128084430_DraftWithReason");
        await filled.ExecuteAsync("""
            insert into account (id, email, normalized_email, user_name, normalized_user_name, name, language, organisation_id, created_at, email_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            select '01890000-0000-7000-8000-00000000000a', 'a@example.org', 'A@EXAMPLE.ORG', 'a', 'A', 'A', 'nl', (select id from register_object where kind = 'organisation' limit 1), now(), true, false, true, 0;
            insert into draft (id, account_id, object_id, kind, base_revision, changes, started_at, changed_at, version) values ('01890000-0000-7000-8000-00000000000b', '01890000-0000-7000-8000-00000000000a', null, 'facility', 0, '{"name":"Nieuw"}', now(), now(), 1);
            insert into draft (id, account_id, object_id, kind, base_revision, changes, started_at, changed_at, version) select '01890000-0000-7000-8000-00000000000c', '01890000-0000-7000-8000-00000000000a', id, 'campus', 1, '{}', now(), now(), 1 from register_object where kind = 'campus' and slug = 'kennispark-twente';
            """);

        await DatabaseSetup.MigrateAsync(filled.Owner, filled.Application);

        (await filled.ScalarAsync<string>("select string_agg(d.object_id || ' ' || coalesce(o.slug, '-'), ', ' order by d.id) from draft d left join register_object o on o.id = d.object_id")).Should().MatchRegex("^01890000-0000-7000-8000-00000000000b -, [0-9a-f-]{36} kennispark-twente$");
    }

    /// <summary>Who edited a city for its municipality could not act for that municipality before; who edits it for another still can't.</summary>
    [Fact]
    public async Task MigrateAsync_EditorsOfACity_ActForTheirMunicipalityTooAndTheAuditSaysSo()
    {
        await using var filled = await server.FilledAsync();
        await using (var owner = new TestDatabase(filled.Owner, filled.Owner))
        await using (var db = owner.CreateDbContext())
            await db.GetService<IMigrator>().MigrateAsync("20261128223528_WhatIsClosed");
        foreach (var (name, organisation, city) in new[] { ("esra", "gemeente-enschede", "enschede"), ("bureau", "oost-nl", "enschede"), ("daan", "gemeente-delft", "enschede") })
            await filled.ExecuteAsync($"""
                with made as (insert into account (id, email, normalized_email, user_name, normalized_user_name, name, language, organisation_id, created_at, email_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
                    select gen_random_uuid(), '{name}@example.org', '{name}@EXAMPLE.ORG', '{name}', '{name}', '{name}', 'nl', (select id from register_object where kind = 'organisation' and slug = '{organisation}'), now(), true, false, true, 0 returning id)
                insert into role_grant (id, account_id, role, scope_id, granted_at) select gen_random_uuid(), id, 'municipal-editor', (select id from register_object where kind = 'city' and slug = '{city}'), now() from made
                """);

        await DatabaseSetup.MigrateAsync(filled.Owner, filled.Application);

        (await filled.ScalarAsync<string>("select string_agg(a.name || ' ' || g.role || ' ' || o.slug, ', ' order by a.name, g.role) from role_grant g join account a on a.id = g.account_id join register_object o on o.id = g.scope_id"))
            .Should().Be("bureau municipal-editor enschede, daan municipal-editor enschede, esra municipal-editor enschede, esra partner-editor gemeente-enschede");
        (await filled.ScalarAsync<string>("select string_agg(a.name || ' ' || e.sort || ' ' || split_part(e.detail, ' ', 1), ', ') from rights_event e join account a on a.id = e.account_id")).Should().Be("esra role-granted partner-editor");
    }

    [Fact]
    public async Task MigrateAsync_CommitmentsAndElementsOfActions_GoOverToTheLedgerAndBack()
    {
        await using var filled = await server.FilledAsync();
        await using (var owner = new TestDatabase(filled.Owner, filled.Owner))
        await using (var db = owner.CreateDbContext())
            await db.GetService<IMigrator>().MigrateAsync(BeforeDocuments);
        await using var earlier = new TestDatabase(filled.Owner, filled.Owner);
        var elements = await earlier.ScalarAsync<string>("select string_agg(action_id || element_code, ',' order by action_id, element_code) from action_element");
        await earlier.ExecuteAsync("insert into commitment (id, action_id, party_id, sort, text, amount, term_on, status) select gen_random_uuid(), a.id, c.id, 'money', 'Wij betalen mee', 250000, date '2027-01-01', 'met' from register_object a, register_object c where a.slug = 'va-001' and c.kind = 'city' and c.slug = 'delft'");

        await DatabaseSetup.MigrateAsync(filled.Owner, filled.Application);

        (await filled.ScalarAsync<string>("select string_agg(object_id || element_code, ',' order by object_id, element_code) from object_element")).Should().Be(elements).And.NotBeEmpty();
        (await filled.ScalarAsync<string>("select concat_ws('|', a.slug, c.sort, c.text, c.amount, c.term_on, c.status, c.settled_on) from commitment c join register_object a on a.id = c.object_id")).Should().Be("va-001|money|Wij betalen mee|250000.00|2027-01-01|met", "nobody knows when it was met");
        var report = await filled.Importer.ImportAsync();
        report.Kept.Should().NotContain(k => k.Contains("element", StringComparison.Ordinal), "what was imported is still known as imported");
        (await filled.ScalarAsync<long>("select count(*) from register_object where kind = 'document'")).Should().Be(1);
    }

    [Fact]
    public async Task MigrateAsync_DaysThatHadPassed_CountAsTold()
    {
        await using var filled = await server.FilledAsync();
        await using (var owner = new TestDatabase(filled.Owner, filled.Owner))
        await using (var db = owner.CreateDbContext())
            await db.GetService<IMigrator>().MigrateAsync(BeforeDecisions);
        await filled.ExecuteAsync("""
            delete from milestone;
            update register_object set verification = 'general-knowledge', action_status = 'in-progress', starts_on = null, ends_on = case slug when 'va-001' then current_date - 300 when 'va-002' then current_date + 30 end where kind = 'action';
            insert into milestone (id, action_id, title, due_on, status) select gen_random_uuid(), id, 'Lab is open', current_date - 3, 'open' from register_object where slug = 'va-003';
            insert into commitment (id, object_id, party_id, sort, text, term_on, status) select gen_random_uuid(), a.id, c.id, 'space', 'Een vloer', current_date + 5, 'open' from register_object a, register_object c where a.slug = 'va-003' and c.kind = 'city' and c.slug = 'delft';
            """);

        await DatabaseSetup.MigrateAsync(filled.Owner, filled.Application);

        (await filled.ScalarAsync<string>("select string_agg(o.slug || ' ' || r.stage, ', ' order by o.slug, r.stage) from deadline_reminder r join register_object o on o.id = r.object_id")).Should().Be("va-001 after, va-003 day");
        var time = new Mail.Clock(DateTimeOffset.UtcNow);
        var reminders = new Data.Agenda.DeadlineReminders(filled, time);
        (await reminders.SendAsync(default)).Should().Be(1, "the rest had passed; the term is still to come");
        time.Now = time.Now.AddDays(5);
        (await reminders.SendAsync(default)).Should().Be(2, "what passes from now on is told: the milestone is a week late, the term is there");
    }

    [Fact]
    public async Task MigrateAsync_EarlierReleaseWithoutActions_LeavesNone()
    {
        await using var database = await server.EmptyAsync();
        await using (var owner = new TestDatabase(database.Owner, database.Owner))
        await using (var db = owner.CreateDbContext())
            await db.GetService<IMigrator>().MigrateAsync(LastLanded);

        await DatabaseSetup.MigrateAsync(database.Owner, database.Application);

        (await database.ScalarAsync<long>("select count(*) from register_object")).Should().Be(0);
    }

    private static string Parts(string from, string value, string id) => $"(select string_agg({value}, ',' order by {value}) from {from} where {id} = a.id)";

    private const string LastLanded = "20261124013254_Search", BeforeDocuments = "20261128084430_DraftWithReason", BeforeDecisions = "20261128154943_UpdatesByLink";

    /// <summary>Number of rows and a digest of their keys, for every table that people's work is in.</summary>
    private static async Task<List<string>> RowsAsync(TestDatabase database)
    {
        // Actions and documents have been objects since; what became of actions is compared apart.
        const string Actions = "(select id from register_object where kind in ('action', 'document'))";
        (string Table, string Where)[] tables = [("register_object", "kind not in ('action', 'document')"), ("relation", $"from_id not in {Actions}"), ("specialisation", $"object_id not in {Actions}"), ("citation", "true"), ("observation", "true"), ("source", "true"), ("theme", "true"), ("area", "true"),
            ("revision", "number = 1 and user_id is null and object_id not in " + Actions), ("agenda_element", "true"), ("external_key", $"object_id not in {Actions}"), ("field_provenance", "true"), ("milestone", "true")];
        var rows = new List<string>();
        foreach (var (table, where) in tables) rows.Add(await database.ScalarAsync<string>($"select '{table} ' || count(*) || ' ' || coalesce(sum(hashtext(to_jsonb(t)->>'id')), 0) from {table} t where {where}"));
        return rows;
    }

    /// <summary>A database without a table.</summary>
    private async Task<(string Owner, string Application)> FreshAsync()
    {
        // Asking for one starts the server.
        await using (await server.EmptyAsync())
            return await DatabaseSetup.CreateAsync(server.Server.ConnectionString("postgres"), $"vers_{Guid.NewGuid():N}", server.Server.Password);
    }

    private static async Task ShouldBeReadyAsync(string owner, string application)
    {
        await using var database = new TestDatabase(owner, application);
        await using var db = database.CreateDbContext();
        db.Add(People.NewFacility("nieuw-lab"));
        await db.SaveAsync(People.Editor, "Nieuw");
        (await database.ScalarAsync<long>("select count(*) from revision")).Should().Be(1);
        (await database.ScalarAsync<long>("select count(*) from __ef_migrations_history")).Should().Be(db.Database.GetMigrations().Count());
    }
}
