using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class SessionsAndFactors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_rights_event_sort",
                table: "rights_event");

            migrationBuilder.AddColumn<long>(
                name: "last_code_step",
                table: "account",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "session",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session", x => x.id);
                    table.ForeignKey(
                        name: "fk_session_account_account_id",
                        column: x => x.account_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_rights_event_sort",
                table: "rights_event",
                sql: "sort in ('invited', 'invitation-revoked', 'invitation-accepted', 'role-granted', 'role-withdrawn', 'organisation-changed', 'disabled', 'enabled', 'forgotten', 'password-changed', 'second-factor-enabled', 'second-factor-reset', 'recovery-codes-renewed', 'locked-out', 'signed-in', 'signed-out', 'sessions-ended', 'link-sent', 'link-used', 'link-revoked', 'setting-changed')");

            migrationBuilder.CreateIndex(
                name: "ix_session_account_id_started_at",
                table: "session",
                columns: new[] { "account_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_session_started_at",
                table: "session",
                column: "started_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "session");

            migrationBuilder.DropCheckConstraint(
                name: "ck_rights_event_sort",
                table: "rights_event");

            migrationBuilder.DropColumn(
                name: "last_code_step",
                table: "account");

            migrationBuilder.AddCheckConstraint(
                name: "ck_rights_event_sort",
                table: "rights_event",
                sql: "sort in ('invited', 'invitation-revoked', 'invitation-accepted', 'role-granted', 'role-withdrawn', 'organisation-changed', 'disabled', 'enabled', 'forgotten', 'password-changed', 'second-factor-enabled', 'second-factor-reset', 'locked-out', 'signed-in', 'sessions-ended', 'link-sent', 'link-used', 'link-revoked', 'setting-changed')");
        }
    }
}
