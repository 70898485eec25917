using Npgsql;

namespace KennisstedenPortal.Data.Tests.Database;

/// <summary>What the database itself refuses, whatever the portal asks of it.</summary>
public sealed class RightsAndRulesTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private const string Facility = "(select id from register_object where kind = 'facility' and slug = 'samxl')";
    private const string Campus = "(select id from register_object where kind = 'campus' limit 1)";
    private const string Source = "(select id from source limit 1)";
    private const string Action = "(select id from register_object where slug = 'va-001')";
    private const string NewId = "gen_random_uuid()";

    [Theory]
    [InlineData("update revision set reason = 'anders'")]
    [InlineData("update revision set user_id = null")]
    [InlineData("update revision set snapshot = '{}' where number = 1")]
    [InlineData("delete from revision")]
    [InlineData("delete from progress_update")]
    [InlineData("update progress_update set light = 'green'")]
    [InlineData("truncate revision cascade")]
    [InlineData("update field_change set new_value = null")]
    [InlineData("delete from field_change")]
    [InlineData("truncate field_change")]
    [InlineData("drop table revision")]
    [InlineData("drop table register_object cascade")]
    [InlineData("alter table revision add column nieuw text")]
    [InlineData("create table nieuw (id int)")]
    [InlineData("delete from __ef_migrations_history")]
    [InlineData("insert into __ef_migrations_history values ('x', 'y')")]
    [InlineData("create role indringer")]
    [InlineData("update rights_event set detail = 'anders'")]
    [InlineData("delete from rights_event")]
    public async Task Application_HistoryOrStructure_IsForbidden(string sql)
    {
        var run = () => RunAsync(sql);

        (await run.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Application_History_CanBeAddedAndRead()
    {
        (await RunAsync($"""
            insert into revision (object_id, number, at, actor_name, actor_organisation, reason, snapshot)
            values ({Facility}, 99, now(), 'a', 'b', 'c', '{"{}"}')
            """)).Should().Be(1);
    }

    [Theory]
    [InlineData("ck_register_object_point", "update register_object set latitude = 48.9, longitude = 2.3 where slug = 'samxl'")]
    [InlineData("ck_register_object_point", "update register_object set latitude = 52.0, longitude = 7.4 where slug = 'samxl'")]
    [InlineData("ck_register_object_point", "update register_object set latitude = 'NaN', longitude = 5 where slug = 'samxl'")]
    [InlineData("ck_register_object_point", "update register_object set latitude = 52, longitude = null where slug = 'samxl'")]
    [InlineData("ck_register_object_slug", "update register_object set slug = 'SamXL' where slug = 'samxl'")]
    [InlineData("ck_register_object_slug", "update register_object set slug = 'sam xl' where slug = 'samxl'")]
    [InlineData("ck_register_object_slug", "update register_object set slug = 'sam--xl' where slug = 'samxl'")]
    [InlineData("ck_register_object_slug", "update register_object set slug = '-samxl' where slug = 'samxl'")]
    [InlineData("ck_register_object_slug", "update register_object set slug = '' where slug = 'samxl'")]
    [InlineData("ck_register_object_slug", "update register_object set slug = E'samxl\\n' where slug = 'samxl'")]
    [InlineData("ck_register_object_name", "update register_object set name = '  ' where slug = 'samxl'")]
    [InlineData("ck_register_object_revision", "update register_object set revision = 0 where slug = 'samxl'")]
    [InlineData("ck_register_object_review", "update register_object set review_by = '2027-01-01' where slug = 'samxl'")]
    [InlineData("ck_register_object_review", "update register_object set confirmed_on = '2026-11-23', review_by = '2026-11-22' where slug = 'samxl'")]
    [InlineData("ck_register_object_state", "update register_object set state = 'weg' where slug = 'samxl'")]
    [InlineData("ck_register_object_visibility", "update register_object set visibility = 'geheim' where slug = 'samxl'")]
    [InlineData("ck_register_object_verification", "update register_object set verification = 'zeker' where slug = 'samxl'")]
    [InlineData("*_facility_sort", "update register_object set facility_sort = 'kelder' where slug = 'samxl'")]
    [InlineData("*_access", "update register_object set access = 'Open' where slug = 'samxl'")]
    [InlineData("ck_relation_ends", $"insert into relation (id, kind, from_id, to_id) values ({NewId}, 'part-of', {Campus}, {Campus})")]
    [InlineData("ck_relation_kind", $"insert into relation (id, kind, from_id, to_id) values ({NewId}, 'knows', {Facility}, {Campus})")]
    [InlineData("ck_citation_owner", $"insert into citation (id, source_id, object_id, theme_code) values ({NewId}, {Source}, {Facility}, 'ts-ict')")]
    [InlineData("ck_citation_owner", $"insert into citation (id, source_id) values ({NewId}, {Source})")]
    [InlineData("ck_observation_value", "update observation set value = null, missing = null where ctid = (select ctid from observation limit 1)")]
    [InlineData("ck_observation_value", "update observation set value = 1, missing = 'unknown' where ctid = (select ctid from observation limit 1)")]
    [InlineData("ck_observation_missing", "update observation set value = null, missing = 'weg' where ctid = (select ctid from observation limit 1)")]
    [InlineData("ck_observation_bounds", "update observation set min_value = 2, max_value = 1 where ctid = (select ctid from observation limit 1)")]
    [InlineData("ck_observation_subject", "update observation set object_id = null, area_code = null where ctid = (select ctid from observation limit 1)")]
    [InlineData("ck_municipality_neighbour_self", "insert into municipality_neighbour (municipality_code, neighbour_code) values ('GM0014', 'GM0014')")]
    [InlineData("ck_theme_entry", "update theme set entry_theme_code = code where code = 'ts-ict'")]
    [InlineData("ck_theme_mapping_self", "insert into theme_mapping (from_code, to_code, kind, verification) values ('ts-ict', 'ts-ict', 'contributes-to', 'editorial')")]
    [InlineData("ck_relation_reported", $"update relation set reported_by_id = {Facility} where from_id <> {Facility} and to_id <> {Facility}")]
    [InlineData("ck_role_grant_scope", $"insert into role_grant (id, account_id, role, scope_id, granted_at) values ({NewId}, {NewId}, 'municipal-editor', null, now())")]
    [InlineData("ck_role_grant_scope", $"insert into role_grant (id, account_id, role, scope_id, granted_at) values ({NewId}, {NewId}, 'secretariat', {Facility}, now())")]
    [InlineData("ck_proposal_own", $"insert into proposal (id, object_id, kind, base_revision, sort, changes, reason, state, proposer_id, proposer_name, proposer_organisation, made_at, decider_id, decided_at, version) values ({NewId}, {Facility}, 'facility', 1, 'suggestion', '[]', 'x', 'accepted', '0199a000-0000-7000-8000-000000000001', 'a', 'b', now(), '0199a000-0000-7000-8000-000000000001', now(), 1)")]
    [InlineData("ck_proposal_decided", $"insert into proposal (id, object_id, kind, base_revision, sort, changes, reason, state, proposer_name, proposer_organisation, made_at, version) values ({NewId}, {Facility}, 'facility', 1, 'suggestion', '[]', 'x', 'rejected', 'a', 'b', now(), 1)")]
    [InlineData("ck_swot_evidence_one", $"insert into swot_evidence (id, item_id, subject_id, source_id) values ({NewId}, {NewId}, {Facility}, {Source})")]
    [InlineData("ck_register_object_action_dates", "update register_object set ends_on = starts_on - 1 where kind = 'action'")]
    [InlineData("ck_register_object_action_days", "update register_object set ends_on = date '9999-12-31' where kind = 'action'")]
    [InlineData("ck_register_object_action_funding", "update register_object set funding_gap = -1 where slug = 'va-001'")]
    [InlineData("ck_register_object_action_reason", "update register_object set action_status = 'stopped', status_reason = null where slug = 'va-001'")]
    [InlineData("ck_register_object_action_slug", "update register_object set slug = 'een-actie' where slug = 'va-001'")]
    [InlineData("ck_register_object_action_status", "update register_object set action_status = 'klaar' where slug = 'va-001'")]
    [InlineData("ck_milestone_closed", "update milestone set closed_on = null where status = 'completed'")]
    [InlineData("ck_milestone_closed", "update milestone set closed_on = date '2026-01-01' where status = 'open'")]
    [InlineData("ck_milestone_days", "update milestone set due_on = date '0001-01-01'")]
    [InlineData("ck_commitment_amount", $"insert into commitment (id, object_id, party_id, sort, text, amount, status) values ({NewId}, {Action}, {Facility}, 'space', 'x', 1, 'open')")]
    [InlineData("ck_commitment_amount", $"insert into commitment (id, object_id, party_id, sort, text, amount, status) values ({NewId}, {Action}, {Facility}, 'money', 'x', -1, 'open')")]
    [InlineData("ck_commitment_lapsed", $"insert into commitment (id, object_id, party_id, sort, text, status) values ({NewId}, {Action}, {Facility}, 'space', 'x', 'lapsed')")]
    [InlineData("ck_commitment_term", $"insert into commitment (id, object_id, party_id, sort, text, term_on, status) values ({NewId}, {Action}, {Facility}, 'space', 'x', date '2101-01-01', 'open')")]
    [InlineData("ck_commitment_number", $"insert into commitment (id, object_id, party_id, sort, text, number, status) values ({NewId}, {Action}, {Facility}, 'space', 'x', 0, 'open')")]
    [InlineData("ck_commitment_settled", $"insert into commitment (id, object_id, party_id, sort, text, settled_on, status) values ({NewId}, {Action}, {Facility}, 'space', 'x', date '2026-01-01', 'open')")]
    [InlineData("ck_commitment_extended", $"insert into commitment (id, object_id, party_id, sort, text, extended_on, extended_from, status) values ({NewId}, {Action}, {Facility}, 'space', 'x', date '2026-01-01', date '2025-01-01', 'open')")]
    [InlineData("ck_commitment_extended", $"insert into commitment (id, object_id, party_id, sort, text, reason, extended_on, status) values ({NewId}, {Action}, {Facility}, 'space', 'x', 'y', date '2026-01-01', 'open')")]
    [InlineData("ck_commitment_carried_out_in", $"insert into commitment (id, object_id, carried_out_in_id, party_id, sort, text, status) values ({NewId}, {Action}, {Action}, {Facility}, 'space', 'x', 'open')")]
    [InlineData("ck_commitment_days", $"insert into commitment (id, object_id, party_id, sort, text, settled_on, status) values ({NewId}, {Action}, {Facility}, 'space', 'x', date '2101-01-01', 'met')")]
    [InlineData("ck_register_object_paper_number", "update register_object set paper_number = '33 009, nr. 120' where kind = 'document'")]
    [InlineData("ck_register_object_dated_on", "update register_object set dated_on = date '0001-01-01' where kind = 'document'")]
    [InlineData("ck_register_object_document_sort", "update register_object set document_sort = 'gerucht' where kind = 'document'")]
    [InlineData("ck_progress_update_light", $"insert into progress_update (id, action_id, at, light, text, organisation) values ({NewId}, {Action}, now(), 'blue', 'x', 'x')")]
    [InlineData("ck_progress_update_text", $"insert into progress_update (id, action_id, at, light, text, organisation) values ({NewId}, {Action}, now(), 'green', ' ', 'x')")]
    public async Task Write_AgainstARule_IsRefused(string rule, string sql)
    {
        var run = () => RunAsync(sql);

        var refusal = (await run.Should().ThrowAsync<PostgresException>()).Which;
        refusal.SqlState.Should().Be(PostgresErrorCodes.CheckViolation);
        refusal.ConstraintName.Should().Match(rule);
    }

    [Fact]
    public async Task Write_UnknownKindOfObject_IsRefused()
    {
        var run = () => RunAsync("update register_object set kind = 'kelder' where slug = 'samxl'");

        (await run.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(PostgresErrorCodes.CheckViolation);
    }

    [Theory]
    [InlineData($"insert into relation (id, kind, from_id, to_id) select {NewId}, kind, from_id, to_id from relation limit 1")]
    [InlineData($"insert into specialisation (id, object_id, theme_code) select {NewId}, object_id, theme_code from specialisation limit 1")]
    [InlineData("update register_object set slug = (select slug from register_object where kind = 'facility' and slug <> 'samxl' limit 1) where slug = 'samxl'")]
    [InlineData($"insert into source (id, title, locator) select {NewId}, title, locator from source limit 1")]
    public async Task Write_WhatAlreadyExists_IsRefused(string sql)
    {
        var run = () => RunAsync(sql);

        (await run.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(PostgresErrorCodes.UniqueViolation);
    }

    [Theory]
    [InlineData($"delete from register_object where id = {Facility}")]
    [InlineData($"delete from source where id = (select source_id from citation limit 1)")]
    [InlineData("delete from theme where code = 'ts-ict'")]
    [InlineData("update register_object set municipality_code = 'GM9999' where slug = 'samxl'")]
    public async Task Write_WhatOthersReferTo_IsRefused(string sql)
    {
        var run = () => RunAsync(sql);

        (await run.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().BeOneOf(PostgresErrorCodes.ForeignKeyViolation, PostgresErrorCodes.RestrictViolation);
    }

    [Theory]
    [InlineData("update register_object set latitude = 50.7, longitude = 3.3 where slug = 'samxl'")]
    [InlineData("update register_object set latitude = null, longitude = null where slug = 'samxl'")]
    [InlineData("update register_object set confirmed_on = '2026-11-23', review_by = '2026-11-23' where slug = 'samxl'")]
    [InlineData("update observation set value = null, missing = 'not-applicable' where ctid = (select ctid from observation limit 1)")]
    public async Task Write_WithinTheRules_IsAccepted(string sql)
    {
        (await RunAsync(sql)).Should().Be(1);
    }

    /// <summary>As the application, and taken back, so that the tests do not see each other.</summary>
    /// <returns>How many rows it would have written.</returns>
    private async Task<int> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(filled.Database.Application);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        return await command.ExecuteNonQueryAsync();
    }
}
