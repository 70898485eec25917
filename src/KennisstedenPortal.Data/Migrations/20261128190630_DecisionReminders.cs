using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class DecisionReminders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_deadline_reminder_object_id_milestone_id_commitment_id_due_",
                table: "deadline_reminder");

            migrationBuilder.AddColumn<Guid>(
                name: "point_id",
                table: "deadline_reminder",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_deadline_reminder_point_id",
                table: "deadline_reminder",
                column: "point_id");

            migrationBuilder.CreateIndex(
                name: "ix_deadline_reminder_stage",
                table: "deadline_reminder",
                columns: new[] { "object_id", "milestone_id", "commitment_id", "point_id", "due_on", "stage" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.AddForeignKey(
                name: "fk_deadline_reminder_agenda_point_point_id",
                table: "deadline_reminder",
                column: "point_id",
                principalTable: "agenda_point",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            // By hand: what had passed before reminders began, or before decisions were among them, counts as told; else the first
            // run would send all of it at once.
            migrationBuilder.Sql("""
                insert into deadline_reminder (id, object_id, milestone_id, commitment_id, point_id, due_on, stage, at)
                select gen_random_uuid(), d.object_id, d.milestone_id, d.commitment_id, d.point_id, d.due_on, case when d.due_on <= t.day - 7 then 'after' else 'day' end, now()
                from (select action_id as object_id, id as milestone_id, null::uuid as commitment_id, null::uuid as point_id, due_on from milestone
                    union all select id, null, null, null, ends_on from register_object where kind = 'action'
                    union all select object_id, null, id, null, term_on from commitment
                    union all select meeting_id, null, null, id, due_on from agenda_point) d
                cross join (select (now() at time zone 'Europe/Amsterdam')::date as day) t
                where d.due_on < t.day
                on conflict do nothing
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("delete from deadline_reminder where point_id is not null");

            migrationBuilder.DropForeignKey(
                name: "fk_deadline_reminder_agenda_point_point_id",
                table: "deadline_reminder");

            migrationBuilder.DropIndex(
                name: "ix_deadline_reminder_point_id",
                table: "deadline_reminder");

            migrationBuilder.DropIndex(
                name: "ix_deadline_reminder_stage",
                table: "deadline_reminder");

            migrationBuilder.DropColumn(
                name: "point_id",
                table: "deadline_reminder");

            migrationBuilder.CreateIndex(
                name: "ix_deadline_reminder_object_id_milestone_id_commitment_id_due_",
                table: "deadline_reminder",
                columns: new[] { "object_id", "milestone_id", "commitment_id", "due_on", "stage" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);
        }
    }
}
