using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class DraftOfItsObject : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_draft_objects_object_id",
                table: "draft");

            migrationBuilder.DropIndex(
                name: "ix_draft_object_id",
                table: "draft");

            // By hand: a draft of something new had the identity of that as its own.
            migrationBuilder.Sql("update draft set object_id = id where object_id is null");

            migrationBuilder.AlterColumn<Guid>(
                name: "object_id",
                table: "draft",
                type: "uuid",
                nullable: false,
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<Guid>(
                name: "object_id",
                table: "draft",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.Sql("update draft d set object_id = null where not exists (select 1 from register_object o where o.id = d.object_id)");

            migrationBuilder.CreateIndex(
                name: "ix_draft_object_id",
                table: "draft",
                column: "object_id");

            migrationBuilder.AddForeignKey(
                name: "fk_draft_objects_object_id",
                table: "draft",
                column: "object_id",
                principalTable: "register_object",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
