using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class CommitmentReminders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_deadline_reminder_register_object_action_id",
                table: "deadline_reminder");

            migrationBuilder.DropCheckConstraint(
                name: "ck_notice_sort",
                table: "notice");

            migrationBuilder.DropIndex(
                name: "ix_deadline_reminder_action_id_milestone_id_due_on_stage",
                table: "deadline_reminder");

            migrationBuilder.RenameColumn(
                name: "action_id",
                table: "deadline_reminder",
                newName: "object_id");

            migrationBuilder.AddColumn<Guid>(
                name: "commitment_id",
                table: "deadline_reminder",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_notice_sort",
                table: "notice",
                sql: "sort in ('proposal-made', 'proposal-accepted', 'proposal-rejected', 'relation-reported', 'relation-confirmed', 'relation-disputed', 'changed', 'review-due', 'deadline-near', 'deadline-today', 'deadline-passed', 'update-asked')");

            migrationBuilder.CreateIndex(
                name: "ix_deadline_reminder_commitment_id",
                table: "deadline_reminder",
                column: "commitment_id");

            migrationBuilder.CreateIndex(
                name: "ix_deadline_reminder_object_id_milestone_id_commitment_id_due_",
                table: "deadline_reminder",
                columns: new[] { "object_id", "milestone_id", "commitment_id", "due_on", "stage" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.AddForeignKey(
                name: "fk_deadline_reminder_commitment_commitment_id",
                table: "deadline_reminder",
                column: "commitment_id",
                principalTable: "commitment",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_deadline_reminder_objects_object_id",
                table: "deadline_reminder",
                column: "object_id",
                principalTable: "register_object",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_deadline_reminder_commitment_commitment_id",
                table: "deadline_reminder");

            migrationBuilder.DropForeignKey(
                name: "fk_deadline_reminder_objects_object_id",
                table: "deadline_reminder");

            migrationBuilder.DropCheckConstraint(
                name: "ck_notice_sort",
                table: "notice");

            migrationBuilder.DropIndex(
                name: "ix_deadline_reminder_commitment_id",
                table: "deadline_reminder");

            migrationBuilder.DropIndex(
                name: "ix_deadline_reminder_object_id_milestone_id_commitment_id_due_",
                table: "deadline_reminder");

            migrationBuilder.DropColumn(
                name: "commitment_id",
                table: "deadline_reminder");

            migrationBuilder.RenameColumn(
                name: "object_id",
                table: "deadline_reminder",
                newName: "action_id");

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

            migrationBuilder.AddForeignKey(
                name: "fk_deadline_reminder_register_object_action_id",
                table: "deadline_reminder",
                column: "action_id",
                principalTable: "register_object",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
