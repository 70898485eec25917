using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class AgendaGrowth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_action_state_from_at",
                table: "action_state");

            migrationBuilder.CreateIndex(
                name: "ix_action_state_closed",
                table: "action_state",
                columns: new[] { "from_at", "number" },
                filter: "closed > 0 and is_public");

            migrationBuilder.CreateIndex(
                name: "ix_action_state_first",
                table: "action_state",
                columns: new[] { "from_at", "number" },
                filter: "is_first");

            migrationBuilder.CreateIndex(
                name: "ix_action_state_gone",
                table: "action_state",
                columns: new[] { "from_at", "number" },
                filter: "is_gone");

            migrationBuilder.CreateIndex(
                name: "ix_action_state_step",
                table: "action_state",
                columns: new[] { "from_at", "number" },
                filter: "status_before is not null");

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_no_ask",
                table: "action_entry",
                columns: new[] { "weight", "number" },
                filter: "facets @> '{no-ask:}'::text[]");

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_no_dates",
                table: "action_entry",
                columns: new[] { "weight", "number" },
                filter: "facets @> '{no-dates:}'::text[]");

            migrationBuilder.CreateIndex(
                name: "ix_action_entry_no_evidence",
                table: "action_entry",
                columns: new[] { "weight", "number" },
                filter: "facets @> '{no-evidence:}'::text[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_action_state_closed",
                table: "action_state");

            migrationBuilder.DropIndex(
                name: "ix_action_state_first",
                table: "action_state");

            migrationBuilder.DropIndex(
                name: "ix_action_state_gone",
                table: "action_state");

            migrationBuilder.DropIndex(
                name: "ix_action_state_step",
                table: "action_state");

            migrationBuilder.DropIndex(
                name: "ix_action_entry_no_ask",
                table: "action_entry");

            migrationBuilder.DropIndex(
                name: "ix_action_entry_no_dates",
                table: "action_entry");

            migrationBuilder.DropIndex(
                name: "ix_action_entry_no_evidence",
                table: "action_entry");

            migrationBuilder.CreateIndex(
                name: "ix_action_state_from_at",
                table: "action_state",
                column: "from_at",
                filter: "is_first or is_gone or closed > 0 or status_before is not null");
        }
    }
}
