using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class SearchAtAMillion : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The planner takes it for nearly empty whatever the rectangle, and reads a million points to show two thousand.
            migrationBuilder.Sql("drop index ix_search_entry_place;");

            migrationBuilder.DropIndex(
                name: "ix_search_entry_spread",
                table: "search_entry");

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_longitude_latitude",
                table: "search_entry",
                columns: new[] { "longitude", "latitude" },
                filter: "longitude is not null");

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_spread_longitude_latitude",
                table: "search_entry",
                columns: new[] { "spread", "longitude", "latitude" },
                filter: "longitude is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_search_entry_longitude_latitude",
                table: "search_entry");

            migrationBuilder.DropIndex(
                name: "ix_search_entry_spread_longitude_latitude",
                table: "search_entry");

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_spread",
                table: "search_entry",
                column: "spread",
                filter: "longitude is not null");

            migrationBuilder.Sql("create index ix_search_entry_place on search_entry using gist (point(longitude, latitude)) where longitude is not null;");
        }
    }
}
