using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class VisibilityOfUpdates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "visibility",
                table: "progress_update",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "public");

            // By hand: what was told of a hidden action stays where it was told.
            migrationBuilder.Sql("update progress_update u set visibility = o.visibility from register_object o where o.id = u.action_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_progress_update_visibility",
                table: "progress_update",
                sql: "visibility in ('public', 'partners', 'secretariat')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_progress_update_visibility",
                table: "progress_update");

            migrationBuilder.DropColumn(
                name: "visibility",
                table: "progress_update");
        }
    }
}
