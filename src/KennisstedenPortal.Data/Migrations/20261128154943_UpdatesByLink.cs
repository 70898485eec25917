using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class UpdatesByLink : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "by_link",
                table: "progress_update",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // By hand: who signed in stands with the account; only a link had none.
            migrationBuilder.Sql("update progress_update set by_link = true where account_id is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "by_link",
                table: "progress_update");
        }
    }
}
