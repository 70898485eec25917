using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class FiguresAndDefinitions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_swot_evidence_observations_observation_id",
                table: "swot_evidence");

            migrationBuilder.AddColumn<string>(
                name: "definition_en",
                table: "indicator",
                type: "text",
                nullable: true);

            migrationBuilder.AddForeignKey(
                name: "fk_swot_evidence_observations_observation_id",
                table: "swot_evidence",
                column: "observation_id",
                principalTable: "observation",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_swot_evidence_observations_observation_id",
                table: "swot_evidence");

            migrationBuilder.DropColumn(
                name: "definition_en",
                table: "indicator");

            migrationBuilder.AddForeignKey(
                name: "fk_swot_evidence_observations_observation_id",
                table: "swot_evidence",
                column: "observation_id",
                principalTable: "observation",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
