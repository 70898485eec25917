using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class DraftWithReason : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "proposal_id",
                table: "draft",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "draft",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_draft_proposal_id",
                table: "draft",
                column: "proposal_id");

            migrationBuilder.AddForeignKey(
                name: "fk_draft_proposals_proposal_id",
                table: "draft",
                column: "proposal_id",
                principalTable: "proposal",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_draft_proposals_proposal_id",
                table: "draft");

            migrationBuilder.DropIndex(
                name: "ix_draft_proposal_id",
                table: "draft");

            migrationBuilder.DropColumn(
                name: "proposal_id",
                table: "draft");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "draft");
        }
    }
}
