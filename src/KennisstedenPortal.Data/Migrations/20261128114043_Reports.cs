using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Reports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "action_state",
                columns: table => new
                {
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_public = table.Column<bool>(type: "boolean", nullable: false),
                    is_put_away = table.Column<bool>(type: "boolean", nullable: false),
                    is_example = table.Column<bool>(type: "boolean", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    lines = table.Column<string[]>(type: "text[]", nullable: false),
                    line_rank = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    status_before = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    is_first = table.Column<bool>(type: "boolean", nullable: false),
                    is_gone = table.Column<bool>(type: "boolean", nullable: false),
                    closed = table.Column<int>(type: "integer", nullable: false),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    open_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    has_owner = table.Column<bool>(type: "boolean", nullable: false),
                    milestones = table.Column<int>(type: "integer", nullable: false),
                    completed = table.Column<int>(type: "integer", nullable: false),
                    proven = table.Column<int>(type: "integer", nullable: false),
                    completed_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    tied_to = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    parties = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    promises = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_action_state", x => new { x.action_id, x.revision });
                    table.CheckConstraint("ck_action_state_status", "status in ('idea', 'exploration', 'in-preparation', 'in-progress', 'paused', 'completed', 'stopped')");
                    table.CheckConstraint("ck_action_state_status_before", "status_before in ('idea', 'exploration', 'in-preparation', 'in-progress', 'paused', 'completed', 'stopped')");
                    table.ForeignKey(
                        name: "fk_action_state_register_object_action_id",
                        column: x => x.action_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "action_total",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    is_example = table.Column<bool>(type: "boolean", nullable: false),
                    line = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    measure = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_action_total", x => new { x.day, x.is_example, x.line, x.measure });
                });

            migrationBuilder.CreateTable(
                name: "edition",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false),
                    rules_version = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "character(64)", fixedLength: true, maxLength: 64, nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    organisation = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_edition", x => x.id);
                    table.CheckConstraint("ck_edition_number", "number > 0");
                    table.CheckConstraint("ck_edition_period", "since < at and at <= made_at");
                    table.CheckConstraint("ck_edition_title", "btrim(title) <> ''");
                });

            migrationBuilder.CreateTable(
                name: "edition_withdrawal",
                columns: table => new
                {
                    edition_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    organisation = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_edition_withdrawal", x => x.edition_id);
                    table.CheckConstraint("ck_edition_withdrawal_reason", "btrim(reason) <> ''");
                    table.ForeignKey(
                        name: "fk_edition_withdrawal_editions_edition_id",
                        column: x => x.edition_id,
                        principalTable: "edition",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_progress_update_at",
                table: "progress_update",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_action_state_from_at",
                table: "action_state",
                column: "from_at",
                filter: "is_first or is_gone or closed > 0 or status_before is not null");

            migrationBuilder.CreateIndex(
                name: "ix_action_state_line_rank_number_from_at",
                table: "action_state",
                columns: new[] { "line_rank", "number", "from_at" },
                filter: "is_public");

            migrationBuilder.CreateIndex(
                name: "ix_action_state_parties",
                table: "action_state",
                column: "parties")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_action_state_status_line_rank_number",
                table: "action_state",
                columns: new[] { "status", "line_rank", "number" },
                filter: "is_public");

            migrationBuilder.CreateIndex(
                name: "ix_action_state_tied_to",
                table: "action_state",
                column: "tied_to")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_edition_year_number",
                table: "edition",
                columns: new[] { "year", "number" },
                unique: true);

            // By hand: an edition never changes, whoever asks it. What totals are made of is filled after the migration (ReportIndex.RebuildAsync).
            migrationBuilder.Sql(Frozen);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop function refuse_change cascade;");

            migrationBuilder.DropTable(
                name: "action_state");

            migrationBuilder.DropTable(
                name: "action_total");

            migrationBuilder.DropTable(
                name: "edition_withdrawal");

            migrationBuilder.DropTable(
                name: "edition");

            migrationBuilder.DropIndex(
                name: "ix_progress_update_at",
                table: "progress_update");
        }

        /// <summary>Refuses every change of what was frozen, the owner's included.</summary>
        private const string Frozen = """
            create function refuse_change() returns trigger language plpgsql as $$
            begin
                raise exception 'What was frozen never changes.' using errcode = 'restrict_violation';
            end $$;
            create trigger edition_stays before update or delete or truncate on edition execute function refuse_change();
            create trigger edition_withdrawal_stays before update or delete or truncate on edition_withdrawal execute function refuse_change();
            """;
    }
}
