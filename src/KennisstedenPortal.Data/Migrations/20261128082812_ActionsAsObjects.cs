using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class ActionsAsObjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_agenda_action_element_agenda_action_action_id",
                table: "agenda_action_element");

            migrationBuilder.DropForeignKey(
                name: "fk_agenda_action_element_agenda_elements_element_id",
                table: "agenda_action_element");

            migrationBuilder.DropForeignKey(
                name: "fk_milestone_agenda_action_action_id",
                table: "milestone");

            migrationBuilder.DropCheckConstraint(
                name: "ck_relation_kind",
                table: "relation");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object");

            migrationBuilder.DropIndex(
                name: "ix_milestone_action_id_rank",
                table: "milestone");

            migrationBuilder.DropIndex(
                name: "ix_agenda_element_code",
                table: "agenda_element");

            migrationBuilder.DropPrimaryKey(
                name: "pk_agenda_action_element",
                table: "agenda_action_element");

            migrationBuilder.DropIndex(
                name: "ix_agenda_action_element_element_id",
                table: "agenda_action_element");

            migrationBuilder.RenameTable(
                name: "agenda_action_element",
                newName: "action_element");

            migrationBuilder.AddColumn<string>(
                name: "action_status",
                table: "register_object",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "administrative_lead",
                table: "register_object",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "ends_on",
                table: "register_object",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "funding_covered",
                table: "register_object",
                type: "numeric(14,2)",
                precision: 14,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "funding_gap",
                table: "register_object",
                type: "numeric(14,2)",
                precision: 14,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "funding_need",
                table: "register_object",
                type: "numeric(14,2)",
                precision: 14,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "funding_tried",
                table: "register_object",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "intended_result",
                table: "register_object",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "official_lead",
                table: "register_object",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "result_indicator",
                table: "register_object",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "starts_on",
                table: "register_object",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "status_reason",
                table: "register_object",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "closed_on",
                table: "milestone",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "evidence_note",
                table: "milestone",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "evidence_object_id",
                table: "milestone",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "evidence_url",
                table: "milestone",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "element_code",
                table: "action_element",
                type: "character varying(60)",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddUniqueConstraint(
                name: "ak_agenda_elements_code",
                table: "agenda_element",
                column: "code");

            migrationBuilder.CreateTable(
                name: "commitment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    party_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sort = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    amount = table.Column<decimal>(type: "numeric(14,2)", precision: 14, scale: 2, nullable: true),
                    term_on = table.Column<DateOnly>(type: "date", nullable: true),
                    status = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment", x => x.id);
                    table.CheckConstraint("ck_commitment_amount", "amount is null or amount >= 0 and sort = 'money'");
                    table.CheckConstraint("ck_commitment_lapsed", "status <> 'lapsed' or reason is not null");
                    table.CheckConstraint("ck_commitment_sort", "sort in ('money', 'space', 'rule', 'capacity', 'dialogue')");
                    table.CheckConstraint("ck_commitment_status", "status in ('open', 'partly-met', 'met', 'lapsed')");
                    table.CheckConstraint("ck_commitment_term", "term_on between date '1990-01-01' and date '2100-12-31'");
                    table.ForeignKey(
                        name: "fk_commitment_objects_party_id",
                        column: x => x.party_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_commitment_register_object_action_id",
                        column: x => x.action_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "progress_update",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    light = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    organisation = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    on_behalf_of_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_progress_update", x => x.id);
                    table.CheckConstraint("ck_progress_update_light", "light in ('green', 'amber', 'red')");
                    table.CheckConstraint("ck_progress_update_text", "btrim(text) <> ''");
                    table.ForeignKey(
                        name: "fk_progress_update_account_account_id",
                        column: x => x.account_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_progress_update_objects_on_behalf_of_id",
                        column: x => x.on_behalf_of_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_progress_update_register_object_action_id",
                        column: x => x.action_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_relation_kind",
                table: "relation",
                sql: "kind in ('belongs-to', 'serves', 'located-on', 'part-of', 'managed-by', 'hosted-by', 'owned-by', 'anchored-by', 'partnered-by', 'related-to', 'member-of', 'represented-by', 'developed-by', 'concerns', 'carried-by', 'deputised-by')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object",
                sql: "kind in ('city', 'campus', 'innovation-district', 'rd-concentration', 'facility', 'organisation', 'programme', 'action')");

            migrationBuilder.Sql(Move);

            migrationBuilder.DropColumn(
                name: "rank",
                table: "milestone");

            migrationBuilder.DropColumn(
                name: "element_id",
                table: "action_element");

            migrationBuilder.DropTable(
                name: "agenda_action_object");

            migrationBuilder.DropTable(
                name: "agenda_action_theme");

            migrationBuilder.DropTable(
                name: "agenda_action");

            migrationBuilder.AddPrimaryKey(
                name: "pk_action_element",
                table: "action_element",
                columns: new[] { "action_id", "element_code" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_action_dates",
                table: "register_object",
                sql: "ends_on >= starts_on");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_action_days",
                table: "register_object",
                sql: "starts_on between date '1990-01-01' and date '2100-12-31' and ends_on between date '1990-01-01' and date '2100-12-31'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_action_funding",
                table: "register_object",
                sql: "funding_need >= 0 and funding_covered >= 0 and funding_gap >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_action_reason",
                table: "register_object",
                sql: "action_status not in ('paused', 'stopped') or status_reason is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_action_slug",
                table: "register_object",
                sql: "kind <> 'action' or slug ~ '^va-[0-9]{3,9}$'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_action_status",
                table: "register_object",
                sql: "action_status in ('idea', 'exploration', 'in-preparation', 'in-progress', 'paused', 'completed', 'stopped')");

            migrationBuilder.CreateIndex(
                name: "ix_milestone_action_id",
                table: "milestone",
                column: "action_id");

            migrationBuilder.CreateIndex(
                name: "ix_milestone_due_on",
                table: "milestone",
                column: "due_on",
                filter: "closed_on is null");

            migrationBuilder.CreateIndex(
                name: "ix_milestone_evidence_object_id",
                table: "milestone",
                column: "evidence_object_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_milestone_closed",
                table: "milestone",
                sql: "(status = 'completed') = (closed_on is not null)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_milestone_days",
                table: "milestone",
                sql: "due_on between date '1990-01-01' and date '2100-12-31' and closed_on between date '1990-01-01' and date '2100-12-31'");

            migrationBuilder.CreateIndex(
                name: "ix_action_element_element_code",
                table: "action_element",
                column: "element_code");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_action_id",
                table: "commitment",
                column: "action_id");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_party_id",
                table: "commitment",
                column: "party_id");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_term_on",
                table: "commitment",
                column: "term_on");

            migrationBuilder.CreateIndex(
                name: "ix_progress_update_account_id",
                table: "progress_update",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_progress_update_action_id_at",
                table: "progress_update",
                columns: new[] { "action_id", "at" },
                descending: new[] { false, true })
                .Annotation("Npgsql:IndexInclude", new[] { "light" });

            migrationBuilder.CreateIndex(
                name: "ix_progress_update_on_behalf_of_id",
                table: "progress_update",
                column: "on_behalf_of_id");

            migrationBuilder.AddForeignKey(
                name: "fk_action_element_agenda_elements_element_code",
                table: "action_element",
                column: "element_code",
                principalTable: "agenda_element",
                principalColumn: "code",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_action_element_register_object_action_id",
                table: "action_element",
                column: "action_id",
                principalTable: "register_object",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_milestone_objects_evidence_object_id",
                table: "milestone",
                column: "evidence_object_id",
                principalTable: "register_object",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_milestone_register_object_action_id",
                table: "milestone",
                column: "action_id",
                principalTable: "register_object",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_action_element_agenda_elements_element_code",
                table: "action_element");

            migrationBuilder.DropForeignKey(
                name: "fk_action_element_register_object_action_id",
                table: "action_element");

            migrationBuilder.DropForeignKey(
                name: "fk_milestone_objects_evidence_object_id",
                table: "milestone");

            migrationBuilder.DropForeignKey(
                name: "fk_milestone_register_object_action_id",
                table: "milestone");

            migrationBuilder.DropCheckConstraint(
                name: "ck_relation_kind",
                table: "relation");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_action_dates",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_action_days",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_action_funding",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_action_reason",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_action_slug",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_action_status",
                table: "register_object");

            migrationBuilder.DropIndex(
                name: "ix_milestone_action_id",
                table: "milestone");

            migrationBuilder.DropIndex(
                name: "ix_milestone_due_on",
                table: "milestone");

            migrationBuilder.DropIndex(
                name: "ix_milestone_evidence_object_id",
                table: "milestone");

            migrationBuilder.DropCheckConstraint(
                name: "ck_milestone_closed",
                table: "milestone");

            migrationBuilder.DropCheckConstraint(
                name: "ck_milestone_days",
                table: "milestone");

            migrationBuilder.DropPrimaryKey(
                name: "pk_action_element",
                table: "action_element");

            migrationBuilder.DropIndex(
                name: "ix_action_element_element_code",
                table: "action_element");

            migrationBuilder.RenameTable(
                name: "action_element",
                newName: "agenda_action_element");

            migrationBuilder.AddColumn<int>(
                name: "rank",
                table: "milestone",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "element_id",
                table: "agenda_action_element",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateTable(
                name: "agenda_action",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    budget_note = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    is_example = table.Column<bool>(type: "boolean", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    owner_sort = table.Column<string>(type: "text", nullable: true),
                    partner_sorts = table.Column<List<string>>(type: "text[]", nullable: false),
                    progress_note = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    starts_on = table.Column<DateOnly>(type: "date", nullable: true),
                    status = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_action", x => x.id);
                    table.CheckConstraint("ck_agenda_action_dates", "ends_on >= starts_on");
                    table.CheckConstraint("ck_agenda_action_status", "status in ('idea', 'exploration', 'in-preparation', 'in-progress', 'paused', 'completed', 'stopped')");
                    table.CheckConstraint("ck_agenda_action_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_agenda_action_objects_owner_id",
                        column: x => x.owner_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agenda_action_object",
                columns: table => new
                {
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_action_object", x => new { x.action_id, x.object_id });
                    table.ForeignKey(
                        name: "fk_agenda_action_object_agenda_action_action_id",
                        column: x => x.action_id,
                        principalTable: "agenda_action",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_agenda_action_object_objects_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agenda_action_theme",
                columns: table => new
                {
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    theme_code = table.Column<string>(type: "character varying(60)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_action_theme", x => new { x.action_id, x.theme_code });
                    table.ForeignKey(
                        name: "fk_agenda_action_theme_agenda_action_action_id",
                        column: x => x.action_id,
                        principalTable: "agenda_action",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_agenda_action_theme_theme_theme_code",
                        column: x => x.theme_code,
                        principalTable: "theme",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.Sql(MoveBack);

            migrationBuilder.DropTable(
                name: "commitment");

            migrationBuilder.DropTable(
                name: "progress_update");

            migrationBuilder.DropColumn(
                name: "element_code",
                table: "agenda_action_element");

            migrationBuilder.DropUniqueConstraint(
                name: "ak_agenda_elements_code",
                table: "agenda_element");

            migrationBuilder.DropColumn(
                name: "action_status",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "administrative_lead",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "ends_on",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "funding_covered",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "funding_gap",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "funding_need",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "funding_tried",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "intended_result",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "official_lead",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "result_indicator",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "starts_on",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "status_reason",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "closed_on",
                table: "milestone");

            migrationBuilder.DropColumn(
                name: "evidence_note",
                table: "milestone");

            migrationBuilder.DropColumn(
                name: "evidence_object_id",
                table: "milestone");

            migrationBuilder.DropColumn(
                name: "evidence_url",
                table: "milestone");

            migrationBuilder.AddPrimaryKey(
                name: "pk_agenda_action_element",
                table: "agenda_action_element",
                columns: new[] { "action_id", "element_id" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_relation_kind",
                table: "relation",
                sql: "kind in ('belongs-to', 'serves', 'located-on', 'part-of', 'managed-by', 'hosted-by', 'owned-by', 'anchored-by', 'partnered-by', 'related-to', 'member-of', 'represented-by', 'developed-by')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object",
                sql: "kind in ('city', 'campus', 'innovation-district', 'rd-concentration', 'facility', 'organisation', 'programme')");

            migrationBuilder.CreateIndex(
                name: "ix_milestone_action_id_rank",
                table: "milestone",
                columns: new[] { "action_id", "rank" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agenda_element_code",
                table: "agenda_element",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agenda_action_element_element_id",
                table: "agenda_action_element",
                column: "element_id");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_action_code",
                table: "agenda_action",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agenda_action_owner_id",
                table: "agenda_action",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_action_object_object_id",
                table: "agenda_action_object",
                column: "object_id");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_action_theme_theme_code",
                table: "agenda_action_theme",
                column: "theme_code");

            migrationBuilder.AddForeignKey(
                name: "fk_agenda_action_element_agenda_action_action_id",
                table: "agenda_action_element",
                column: "action_id",
                principalTable: "agenda_action",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_agenda_action_element_agenda_elements_element_id",
                table: "agenda_action_element",
                column: "element_id",
                principalTable: "agenda_element",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_milestone_agenda_action_action_id",
                table: "milestone",
                column: "action_id",
                principalTable: "agenda_action",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <summary>
        /// Every action becomes an object with its relations, themes, elements and milestones; what was imported stays known as
        /// imported. What has no field of its own stands in the note. Versions are written after the migration
        /// (PortalDbContext.CatchUpAsync): of the actions their first, of what they are about one more.
        /// </summary>
        private const string Move = """
            create temporary table moved on commit drop as
            select a.*, 'va-' || case when a.code ~ '^VA-[0-9]{3,9}$' then substring(a.code from 4)
                else to_char((select coalesce(max(substring(b.code from 4)::int), 0) from agenda_action b where b.code ~ '^VA-[0-9]{3,9}$') + row_number() over (partition by a.code ~ '^VA-[0-9]{3,9}$' order by a.code), 'FM999999000') end as slug
            from agenda_action a;

            insert into register_object (id, kind, slug, name, aliases, keywords, description, note, location_is_approximate, state, visibility, steward_id, verification, revision, changed_at,
                action_status, status_reason, starts_on, ends_on)
            select id, 'action', slug, left(title, 200), '{}'::text[], '{}'::text[], left(description, 4000),
                left(nullif(concat_ws(E'\n',
                    'Soort eigenaar: ' || owner_sort || '.',
                    'Soorten partners: ' || nullif(array_to_string(partner_sorts, ', '), '') || '.',
                    progress_note, budget_note,
                    case when length(title) > 200 then 'Volledige titel: ' || title end,
                    nullif(substring(description from 4001), ''),
                    case when starts_on not between date '1990-01-01' and date '2100-12-31' then 'Begint op ' || starts_on::text || '.' end,
                    case when ends_on not between date '1990-01-01' and date '2100-12-31' then 'Eindigt op ' || ends_on::text || '.' end), ''), 4000),
                false, 'published', 'public', owner_id, case when is_example then 'example' else verification end, 1, now(),
                status,
                case when status in ('paused', 'stopped') then case when is_example then 'Voorbeeldactie: de reden is niet opgenomen.' else 'De reden is niet vastgelegd.' end
                    when status = 'completed' then case when is_example then 'Voorbeeldactie: bij de mijlpalen is geen bewijs opgenomen.' else 'Het bewijs is niet vastgelegd.' end end,
                case when starts_on between date '1990-01-01' and date '2100-12-31' then starts_on end,
                case when ends_on between date '1990-01-01' and date '2100-12-31' then ends_on end
            from moved;

            insert into relation (id, kind, from_id, to_id, verification)
            select gen_random_uuid(), 'concerns', o.action_id, o.object_id, case when m.is_example then 'example' end from agenda_action_object o join moved m on m.id = o.action_id;
            update register_object set revision = revision + 1, changed_at = now() where id in (select object_id from agenda_action_object);

            insert into specialisation (id, object_id, theme_code, verification)
            select gen_random_uuid(), t.action_id, t.theme_code, case when m.is_example then 'example' end from agenda_action_theme t join moved m on m.id = t.action_id;

            update action_element e set element_code = x.code from agenda_element x where x.id = e.element_id;
            alter table action_element alter column element_code drop default;

            update milestone set title = left(title, 260) || ' (uiterlijk ' || due_on::text || ')', due_on = null where due_on not between date '1990-01-01' and date '2100-12-31';
            update milestone set closed_on = least(coalesce(due_on, current_date), current_date) where status = 'completed';

            insert into external_key (object_id, scheme, value) select i.row_id, 'agenda.json', i.key from imported_row i where i.entity = 'agenda_action' and i.row_id in (select id from moved);
            insert into imported_row (entity, key, row_id, identity, values)
            select 'register_object', 'action:' || i.key, i.row_id, i.identity, '{}'::jsonb from imported_row i where i.entity = 'agenda_action'
            union all select 'external_key', k.scheme || '|' || k.value || '|' || k.object_id, null, k.scheme || '|' || k.value || '|' || k.object_id, '{}'::jsonb from external_key k where k.object_id in (select id from moved)
            union all select 'relation', 'concerns|' || r.from_id || '|' || r.to_id, r.id, r.id::text, '{}'::jsonb from relation r join imported_row i on i.entity = 'agenda_action_object' and i.key = r.from_id || '|' || r.to_id where r.kind = 'concerns'
            union all select 'specialisation', i.key, s.id, s.id::text, '{}'::jsonb from specialisation s join imported_row i on i.entity = 'agenda_action_theme' and i.key = s.object_id || '|' || s.theme_code
            union all select 'action_element', i.key, null, i.key, '{}'::jsonb from imported_row i where i.entity = 'agenda_action_element';
            update imported_row set values = values - 'Rank' where entity = 'milestone';
            delete from imported_row where entity in ('agenda_action', 'agenda_action_object', 'agenda_action_theme', 'agenda_action_element');
            """;

        /// <summary>What the older tables have a place for; commitments, updates, versions and what people added to an action go.</summary>
        private const string MoveBack = """
            create temporary table moved on commit drop as select * from register_object where kind = 'action';

            insert into agenda_action (id, code, title, description, status, starts_on, ends_on, owner_id, partner_sorts, budget_note, is_example, verification, revision)
            select m.id, upper(m.slug), m.name, m.description, m.action_status, m.starts_on, m.ends_on, (select o.id from register_object o where o.id = m.steward_id and o.kind = 'organisation'), '{}'::text[], m.note, m.verification = 'example', m.verification, 1 from moved m;
            insert into agenda_action_object (action_id, object_id) select from_id, to_id from relation where kind = 'concerns';
            insert into agenda_action_theme (action_id, theme_code) select s.object_id, s.theme_code from specialisation s join moved m on m.id = s.object_id;
            update agenda_action_element e set element_id = x.id from agenda_element x where x.code = e.element_code;
            update milestone m set rank = r.rank from (select id, row_number() over (partition by action_id order by due_on, id) as rank from milestone) r where r.id = m.id;

            insert into imported_row (entity, key, row_id, identity, values)
            select 'agenda_action', substring(i.key from 8), i.row_id, i.identity, '{}'::jsonb from imported_row i where i.entity = 'register_object' and i.row_id in (select id from moved)
            union all select 'agenda_action_object', r.from_id || '|' || r.to_id, null, r.from_id || '|' || r.to_id, '{}'::jsonb from imported_row i join relation r on r.id = i.row_id where i.entity = 'relation' and r.kind = 'concerns'
            union all select 'agenda_action_theme', i.key, null, i.key, '{}'::jsonb from imported_row i join specialisation s on s.id = i.row_id where i.entity = 'specialisation' and s.object_id in (select id from moved)
            union all select 'agenda_action_element', i.key, null, i.key, '{}'::jsonb from imported_row i where i.entity = 'action_element';
            delete from imported_row i where i.entity = 'action_element' or i.entity in ('register_object', 'relation', 'specialisation') and (i.row_id in (select id from moved)
                or i.row_id in (select id from relation where kind in ('concerns', 'carried-by', 'deputised-by')) or i.row_id in (select s.id from specialisation s join moved m on m.id = s.object_id))
                or i.entity = 'external_key' and i.identity in (select k.scheme || '|' || k.value || '|' || k.object_id from external_key k join moved m on m.id = k.object_id);

            delete from relation where from_id in (select id from moved) or to_id in (select id from moved);
            delete from specialisation where object_id in (select id from moved);
            delete from citation where object_id in (select id from moved);
            delete from field_provenance where object_id in (select id from moved);
            delete from external_key where object_id in (select id from moved);
            delete from observation where object_id in (select id from moved);
            delete from object_location where object_id in (select id from moved);
            delete from exchange where object_id in (select id from moved);
            delete from former_slug where object_id in (select id from moved);
            delete from draft where object_id in (select id from moved);
            delete from swot_evidence where subject_id in (select id from moved);
            delete from search_entry where object_id in (select id from moved);
            delete from field_change where object_id in (select id from moved);
            delete from revision where object_id in (select id from moved);
            delete from commitment;
            delete from progress_update;
            update milestone set evidence_object_id = null where evidence_object_id in (select id from moved);
            delete from register_object where kind = 'action';
            """;
    }
}
