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

            // In the row: a walk along entries that compares words had to fetch them from elsewhere for each. The rebuild that follows rewrites all.
            migrationBuilder.Sql("alter table search_entry alter column words set storage main;");

            migrationBuilder.DropIndex(
                name: "ix_search_entry_spread",
                table: "search_entry");

            migrationBuilder.DropIndex(
                name: "ix_search_entry_kind_name_object_id",
                table: "search_entry");

            migrationBuilder.DropIndex(
                name: "ix_search_entry_kind_municipality_name_name_object_id",
                table: "search_entry");

            migrationBuilder.DropIndex(
                name: "ix_search_entry_kind_changed_at_object_id",
                table: "search_entry");

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_kind_name_object_id",
                table: "search_entry",
                columns: new[] { "kind", "name", "object_id" })
                .Annotation("Npgsql:IndexInclude", new[] { "facets" });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_kind_municipality_name_name_object_id",
                table: "search_entry",
                columns: new[] { "kind", "municipality_name", "name", "object_id" })
                .Annotation("Npgsql:IndexInclude", new[] { "facets" });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_kind_changed_at_object_id",
                table: "search_entry",
                columns: new[] { "kind", "changed_at", "object_id" },
                descending: new[] { false, true, false })
                .Annotation("Npgsql:IndexInclude", new[] { "facets" });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_longitude_latitude",
                table: "search_entry",
                columns: new[] { "longitude", "latitude" },
                filter: "longitude is not null")
                .Annotation("Npgsql:IndexInclude", new[] { "spread", "object_id", "kind", "slug", "name", "municipality_name", "precision", "facets" });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_spread_longitude_latitude",
                table: "search_entry",
                columns: new[] { "spread", "longitude", "latitude" },
                filter: "longitude is not null")
                .Annotation("Npgsql:IndexInclude", new[] { "object_id", "kind", "slug", "name", "municipality_name", "precision", "facets" });
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

            migrationBuilder.DropIndex(
                name: "ix_search_entry_kind_name_object_id",
                table: "search_entry");

            migrationBuilder.DropIndex(
                name: "ix_search_entry_kind_municipality_name_name_object_id",
                table: "search_entry");

            migrationBuilder.DropIndex(
                name: "ix_search_entry_kind_changed_at_object_id",
                table: "search_entry");

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_kind_name_object_id",
                table: "search_entry",
                columns: new[] { "kind", "name", "object_id" });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_kind_municipality_name_name_object_id",
                table: "search_entry",
                columns: new[] { "kind", "municipality_name", "name", "object_id" });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_kind_changed_at_object_id",
                table: "search_entry",
                columns: new[] { "kind", "changed_at", "object_id" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_spread",
                table: "search_entry",
                column: "spread",
                filter: "longitude is not null");

            migrationBuilder.Sql("alter table search_entry alter column words set storage extended;");

            migrationBuilder.Sql("create index ix_search_entry_place on search_entry using gist (point(longitude, latitude)) where longitude is not null;");
        }
    }
}
