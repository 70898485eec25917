using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class ActionEntries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "action_entry",
                columns: table => new
                {
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    is_example = table.Column<bool>(type: "boolean", nullable: false),
                    visibility = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    starts_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    until_on = table.Column<DateOnly>(type: "date", nullable: false),
                    late_after = table.Column<DateOnly>(type: "date", nullable: true),
                    silent_from = table.Column<DateOnly>(type: "date", nullable: true),
                    reported_on = table.Column<DateOnly>(type: "date", nullable: false),
                    last_light = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    next_title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    next_on = table.Column<DateOnly>(type: "date", nullable: true),
                    milestones = table.Column<int>(type: "integer", nullable: false),
                    completed = table.Column<int>(type: "integer", nullable: false),
                    has_unproven = table.Column<bool>(type: "boolean", nullable: false),
                    weight = table.Column<short>(type: "smallint", nullable: false),
                    facets = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_action_entry", x => x.action_id);
                    table.CheckConstraint("ck_action_entry_last_light", "last_light in ('green', 'amber', 'red')");
                    table.CheckConstraint("ck_action_entry_status", "status in ('idea', 'exploration', 'in-preparation', 'in-progress', 'paused', 'completed', 'stopped')");
                    table.CheckConstraint("ck_action_entry_visibility", "visibility in ('public', 'partners', 'secretariat')");
                    table.ForeignKey(
                        name: "fk_action_entry_agenda_actions_action_id",
                        column: x => x.action_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_facets",
                table: "action_entry",
                column: "facets")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:StorageParameter:fastupdate", false);

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_late_after",
                table: "action_entry",
                column: "late_after");

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_number",
                table: "action_entry",
                column: "number");

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_reported_on_number",
                table: "action_entry",
                columns: new[] { "reported_on", "number" },
                descending: new[] { true, false });

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_silent_from",
                table: "action_entry",
                column: "silent_from");

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_status_is_example_until_on_number",
                table: "action_entry",
                columns: new[] { "status", "is_example", "until_on", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_until_on_number",
                table: "action_entry",
                columns: new[] { "until_on", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_weight_number",
                table: "action_entry",
                columns: new[] { "weight", "number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "action_entry");
        }
    }
}
