using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Meetings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_relation_kind",
                table: "relation");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object");

            migrationBuilder.AddColumn<DateOnly>(
                name: "held_on",
                table: "register_object",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "meeting_sort",
                table: "register_object",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "venue",
                table: "register_object",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "agenda_point",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: true),
                    asked = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    decision = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    status = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    party_id = table.Column<Guid>(type: "uuid", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    carried_out_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_point", x => x.id);
                    table.CheckConstraint("ck_agenda_point_carried_out", "(status = 'carried-out') = (carried_out_on is not null)");
                    table.CheckConstraint("ck_agenda_point_days", "due_on between date '1990-01-01' and date '2100-12-31' and carried_out_on between date '1990-01-01' and date '2100-12-31'");
                    table.CheckConstraint("ck_agenda_point_decision", "status = 'pending' or decision is not null");
                    table.CheckConstraint("ck_agenda_point_number", "number between 1 and 99");
                    table.CheckConstraint("ck_agenda_point_status", "status in ('pending', 'taken', 'carried-out', 'held-over', 'rejected')");
                    table.ForeignKey(
                        name: "fk_agenda_point_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agenda_point_objects_party_id",
                        column: x => x.party_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agenda_point_register_object_action_id",
                        column: x => x.action_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_relation_kind",
                table: "relation",
                sql: "kind in ('belongs-to', 'serves', 'located-on', 'part-of', 'managed-by', 'hosted-by', 'owned-by', 'anchored-by', 'partnered-by', 'related-to', 'member-of', 'represented-by', 'developed-by', 'concerns', 'carried-by', 'deputised-by', 'answers', 'attended-by')");

            migrationBuilder.CreateIndex(
                name: "ix_register_object_held_on_id",
                table: "register_object",
                columns: new[] { "held_on", "id" },
                filter: "held_on is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_held_on",
                table: "register_object",
                sql: "held_on between date '1990-01-01' and date '2100-12-31'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object",
                sql: "kind in ('city', 'campus', 'innovation-district', 'rd-concentration', 'facility', 'organisation', 'programme', 'action', 'document', 'meeting')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_meeting_sort",
                table: "register_object",
                sql: "meeting_sort in ('administrative', 'official')");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_point_action_id",
                table: "agenda_point",
                column: "action_id");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_point_open",
                table: "agenda_point",
                column: "meeting_id",
                filter: "status not in ('carried-out', 'rejected')");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_point_party_id",
                table: "agenda_point",
                column: "party_id");

            // Judged at the end of the transaction: two points may trade places in one change.
            migrationBuilder.Sql("alter table agenda_point add constraint uq_agenda_point_number unique (meeting_id, number) deferrable initially deferred");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agenda_point");

            migrationBuilder.DropCheckConstraint(
                name: "ck_relation_kind",
                table: "relation");

            migrationBuilder.DropIndex(
                name: "ix_register_object_held_on_id",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_held_on",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_meeting_sort",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "held_on",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "meeting_sort",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "venue",
                table: "register_object");

            migrationBuilder.AddCheckConstraint(
                name: "ck_relation_kind",
                table: "relation",
                sql: "kind in ('belongs-to', 'serves', 'located-on', 'part-of', 'managed-by', 'hosted-by', 'owned-by', 'anchored-by', 'partnered-by', 'related-to', 'member-of', 'represented-by', 'developed-by', 'concerns', 'carried-by', 'deputised-by', 'answers')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object",
                sql: "kind in ('city', 'campus', 'innovation-district', 'rd-concentration', 'facility', 'organisation', 'programme', 'action', 'document')");
        }
    }
}
