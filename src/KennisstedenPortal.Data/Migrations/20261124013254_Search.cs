using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Both are trusted extensions: the owner of the database may create them. They are part of every PostgreSQL distribution (contrib).
            migrationBuilder.Sql("create extension if not exists pg_trgm; create extension if not exists unaccent;");
            migrationBuilder.Sql("create text search configuration kennis (copy = pg_catalog.dutch); alter text search configuration kennis alter mapping for hword, hword_part, word with unaccent, dutch_stem;");

            migrationBuilder.CreateTable(
                name: "search_build",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_build", x => x.id);
                    table.CheckConstraint("ck_search_build_one", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "search_entry",
                columns: table => new
                {
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "nl-x-icu"),
                    short_name = table.Column<string>(type: "text", nullable: true),
                    sort = table.Column<string>(type: "text", nullable: true),
                    summary = table.Column<string>(type: "text", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    municipality_name = table.Column<string>(type: "text", nullable: true, collation: "nl-x-icu"),
                    cities = table.Column<string[]>(type: "text[]", nullable: false),
                    themes = table.Column<string[]>(type: "text[]", nullable: false),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    confirmed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    review_by = table.Column<DateOnly>(type: "date", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    precision = table.Column<short>(type: "smallint", nullable: true),
                    weight = table.Column<short>(type: "smallint", nullable: false),
                    spread = table.Column<int>(type: "integer", nullable: false),
                    facets = table.Column<string[]>(type: "text[]", nullable: false),
                    keys = table.Column<string[]>(type: "text[]", nullable: false),
                    words = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_entry", x => x.object_id);
                    table.CheckConstraint("ck_search_entry_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_search_entry_register_object_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "search_total",
                columns: table => new
                {
                    facet = table.Column<string>(type: "text", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_total", x => x.facet);
                    table.CheckConstraint("ck_search_total_count", "count >= 0");
                });

            migrationBuilder.CreateTable(
                name: "search_word",
                columns: table => new
                {
                    word = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_word", x => x.word);
                });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_kind_changed_at_object_id",
                table: "search_entry",
                columns: new[] { "kind", "changed_at", "object_id" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_kind_municipality_name_name_object_id",
                table: "search_entry",
                columns: new[] { "kind", "municipality_name", "name", "object_id" });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_kind_name_object_id",
                table: "search_entry",
                columns: new[] { "kind", "name", "object_id" });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_name",
                table: "search_entry",
                column: "name");

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_spread",
                table: "search_entry",
                column: "spread",
                filter: "longitude is not null");

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_weight_object_id",
                table: "search_entry",
                columns: new[] { "weight", "object_id" });

            migrationBuilder.CreateIndex(
                name: "ix_search_entry_words_facets_keys",
                table: "search_entry",
                columns: new[] { "words", "facets", "keys" })
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:StorageParameter:fastupdate", false);

            migrationBuilder.CreateIndex(
                name: "ix_search_word_word",
                table: "search_word",
                column: "word")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.Sql("create index ix_search_entry_place on search_entry using gist (point(longitude, latitude)) where longitude is not null;");
            migrationBuilder.Sql("alter table search_entry alter column words set statistics 1000, alter column facets set statistics 1000;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "search_build");

            migrationBuilder.DropTable(
                name: "search_entry");

            migrationBuilder.DropTable(
                name: "search_total");

            migrationBuilder.DropTable(
                name: "search_word");

            migrationBuilder.Sql("drop text search configuration kennis; drop extension unaccent; drop extension pg_trgm;");
        }
    }
}
