using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class DeadlineReminders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_notice_sort",
                table: "notice");

            migrationBuilder.AddColumn<string>(
                name: "part",
                table: "notice",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "deadline_reminder",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    milestone_id = table.Column<Guid>(type: "uuid", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    stage = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deadline_reminder", x => x.id);
                    table.CheckConstraint("ck_deadline_reminder_stage", "stage in ('near', 'day', 'after')");
                    table.ForeignKey(
                        name: "fk_deadline_reminder_milestones_milestone_id",
                        column: x => x.milestone_id,
                        principalTable: "milestone",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_deadline_reminder_register_object_action_id",
                        column: x => x.action_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_notice_sort",
                table: "notice",
                sql: "sort in ('proposal-made', 'proposal-accepted', 'proposal-rejected', 'relation-reported', 'relation-confirmed', 'relation-disputed', 'changed', 'review-due', 'deadline-near', 'deadline-today', 'deadline-passed')");

            migrationBuilder.CreateIndex(
                name: "ix_deadline_reminder_action_id_milestone_id_due_on_stage",
                table: "deadline_reminder",
                columns: new[] { "action_id", "milestone_id", "due_on", "stage" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_deadline_reminder_milestone_id",
                table: "deadline_reminder",
                column: "milestone_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deadline_reminder");

            migrationBuilder.DropCheckConstraint(
                name: "ck_notice_sort",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "part",
                table: "notice");

            migrationBuilder.AddCheckConstraint(
                name: "ck_notice_sort",
                table: "notice",
                sql: "sort in ('proposal-made', 'proposal-accepted', 'proposal-rejected', 'relation-reported', 'relation-confirmed', 'relation-disputed', 'changed', 'review-due')");
        }
    }
}
