using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Register : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "agenda_element",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    quote = table.Column<string>(type: "text", nullable: true),
                    section = table.Column<string>(type: "text", nullable: true),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    footnote = table.Column<string>(type: "text", nullable: true),
                    date = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    author = table.Column<string>(type: "text", nullable: true),
                    sort = table.Column<string>(type: "text", nullable: true),
                    role = table.Column<string>(type: "text", nullable: true),
                    value = table.Column<decimal>(type: "numeric", nullable: true),
                    unit = table.Column<string>(type: "text", nullable: true),
                    in_source_document = table.Column<bool>(type: "boolean", nullable: false),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_element", x => x.id);
                    table.CheckConstraint("ck_agenda_element_kind", "kind in ('context', 'bottleneck', 'line', 'line-element', 'ask', 'offer', 'result', 'end', 'city-role', 'strength', 'instrument', 'document', 'figure', 'partner')");
                    table.CheckConstraint("ck_agenda_element_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_agenda_element_agenda_element_parent_id",
                        column: x => x.parent_id,
                        principalTable: "agenda_element",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "area",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "nl-x-icu"),
                    parent_code = table.Column<string>(type: "character varying(60)", nullable: true),
                    corop_code = table.Column<string>(type: "character varying(60)", nullable: true),
                    boundary = table.Column<string>(type: "jsonb", nullable: true),
                    interior_latitude = table.Column<double>(type: "double precision", nullable: true),
                    interior_longitude = table.Column<double>(type: "double precision", nullable: true),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_area", x => x.code);
                    table.CheckConstraint("ck_area_kind", "kind in ('country', 'province', 'corop', 'municipality', 'rom-region', 'board-region')");
                    table.CheckConstraint("ck_area_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_area_area_corop_code",
                        column: x => x.corop_code,
                        principalTable: "area",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_area_area_parent_code",
                        column: x => x.parent_code,
                        principalTable: "area",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "import_run",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    report = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_run", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "imported_row",
                columns: table => new
                {
                    entity = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    row_id = table.Column<Guid>(type: "uuid", nullable: true),
                    identity = table.Column<string>(type: "text", nullable: false),
                    values = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_row", x => new { x.entity, x.key });
                });

            migrationBuilder.CreateTable(
                name: "indicator",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    name_nl = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    definition_nl = table.Column<string>(type: "text", nullable: false),
                    source_name = table.Column<string>(type: "text", nullable: false),
                    frequency = table.Column<string>(type: "text", nullable: true),
                    level = table.Column<string>(type: "text", nullable: false),
                    statline_table = table.Column<string>(type: "text", nullable: true),
                    statline_title = table.Column<string>(type: "text", nullable: true),
                    statline_verification = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    known_gap = table.Column<string>(type: "text", nullable: true),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_indicator", x => x.code);
                    table.CheckConstraint("ck_indicator_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                });

            migrationBuilder.CreateTable(
                name: "source",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    locator = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    published_on = table.Column<string>(type: "text", nullable: true),
                    sort = table.Column<string>(type: "text", nullable: true),
                    licence = table.Column<string>(type: "text", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    sha256 = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "taxonomy",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    name_nl = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    valid_from = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    valid_to = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    status = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    rank = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_taxonomy", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "area_member",
                columns: table => new
                {
                    region_code = table.Column<string>(type: "character varying(60)", nullable: false),
                    member_code = table.Column<string>(type: "character varying(60)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_area_member", x => new { x.region_code, x.member_code });
                    table.ForeignKey(
                        name: "fk_area_member_area_member_code",
                        column: x => x.member_code,
                        principalTable: "area",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_area_member_area_region_code",
                        column: x => x.region_code,
                        principalTable: "area",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "municipality_neighbour",
                columns: table => new
                {
                    municipality_code = table.Column<string>(type: "character varying(60)", nullable: false),
                    neighbour_code = table.Column<string>(type: "character varying(60)", nullable: false),
                    shared_border_km = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_municipality_neighbour", x => new { x.municipality_code, x.neighbour_code });
                    table.CheckConstraint("ck_municipality_neighbour_self", "municipality_code <> neighbour_code");
                    table.ForeignKey(
                        name: "fk_municipality_neighbour_area_municipality_code",
                        column: x => x.municipality_code,
                        principalTable: "area",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_municipality_neighbour_area_neighbour_code",
                        column: x => x.neighbour_code,
                        principalTable: "area",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "register_object",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "nl-x-icu"),
                    name_english = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    aliases = table.Column<List<string>>(type: "text[]", nullable: false),
                    description = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    website = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    keywords = table.Column<List<string>>(type: "text[]", nullable: false),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    note_language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    municipality_code = table.Column<string>(type: "character varying(60)", nullable: true),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    location_is_approximate = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    visibility = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    steward_id = table.Column<Guid>(type: "uuid", nullable: true),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    confirmed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    review_by = table.Column<DateOnly>(type: "date", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    campus_type = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    phase = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    founded_year = table.Column<int>(type: "integer", nullable: true),
                    is_nco_member = table.Column<bool>(type: "boolean", nullable: true),
                    official_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    is_network_member = table.Column<bool>(type: "boolean", nullable: true),
                    is_founding_member = table.Column<bool>(type: "boolean", nullable: true),
                    facility_sort = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    access = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    access_description = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    opened_year = table.Column<int>(type: "integer", nullable: true),
                    district_type = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    status = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    start_year = table.Column<int>(type: "integer", nullable: true),
                    organisation_type = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    short_name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    is_derived = table.Column<bool>(type: "boolean", nullable: true),
                    working_area_code = table.Column<string>(type: "character varying(60)", nullable: true),
                    programme_sort = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    sector = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_register_object", x => x.id);
                    table.CheckConstraint("ck_objects_access", "access in ('open', 'on-request', 'partners', 'closed')");
                    table.CheckConstraint("ck_objects_facility_sort", "facility_sort in ('fieldlab', 'shared-facility', 'pilot-plant', 'test-facility', 'research-infrastructure', 'incubator')");
                    table.CheckConstraint("ck_objects_organisation_type", "organisation_type in ('university', 'university-of-applied-sciences', 'university-medical-centre', 'nwo-institute', 'knaw-institute', 'applied-research-institute', 'applied-research-site', 'wur-institute', 'government-research-institute', 'planning-bureau', 'library-archive', 'research-institute', 'research-funder', 'academy', 'ict-cooperation', 'education-research-institute', 'research-infrastructure', 'international-research-centre', 'company', 'municipality', 'province', 'ministry', 'national-government', 'regional-development-company', 'economic-board', 'campus-organisation', 'association', 'network', 'foundation', 'startup-supporter', 'vocational-college', 'consortium', 'port-authority', 'government-agency', 'international-organisation', 'housing-knowledge-centre', 'cooperation-programme', 'other')");
                    table.CheckConstraint("ck_objects_phase", "phase in ('mature', 'growth', 'start')");
                    table.CheckConstraint("ck_objects_programme_sort", "programme_sort in ('fund', 'policy')");
                    table.CheckConstraint("ck_objects_sector", "sector in ('private', 'public')");
                    table.CheckConstraint("ck_objects_status", "status in ('in-development', 'active')");
                    table.CheckConstraint("ck_register_object_kind", "kind in ('city', 'campus', 'innovation-district', 'rd-concentration', 'facility', 'organisation', 'programme')");
                    table.CheckConstraint("ck_register_object_name", "btrim(name) <> ''");
                    table.CheckConstraint("ck_register_object_point", "(latitude is null) = (longitude is null) and latitude between 50.7 and 53.6 and longitude between 3.3 and 7.3");
                    table.CheckConstraint("ck_register_object_review", "review_by is null or confirmed_on is not null and review_by >= confirmed_on");
                    table.CheckConstraint("ck_register_object_revision", "revision >= 1");
                    table.CheckConstraint("ck_register_object_slug", "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'");
                    table.CheckConstraint("ck_register_object_state", "state in ('draft', 'published', 'archived')");
                    table.CheckConstraint("ck_register_object_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.CheckConstraint("ck_register_object_visibility", "visibility in ('public', 'partners', 'secretariat')");
                    table.ForeignKey(
                        name: "fk_register_object_area_municipality_code",
                        column: x => x.municipality_code,
                        principalTable: "area",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_register_object_area_working_area_code",
                        column: x => x.working_area_code,
                        principalTable: "area",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_register_object_register_object_steward_id",
                        column: x => x.steward_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "document_claim",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    indicator_code = table.Column<string>(type: "character varying(60)", nullable: true),
                    value = table.Column<decimal>(type: "numeric", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    period_text = table.Column<string>(type: "text", nullable: false),
                    summary_nl = table.Column<string>(type: "text", nullable: false),
                    segment = table.Column<string>(type: "text", nullable: true),
                    independent_check = table.Column<string>(type: "text", nullable: false),
                    verified_meaning = table.Column<string>(type: "text", nullable: false),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_claim", x => x.id);
                    table.CheckConstraint("ck_document_claim_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_document_claim_indicator_indicator_code",
                        column: x => x.indicator_code,
                        principalTable: "indicator",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "source_key",
                columns: table => new
                {
                    file = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    value = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_key", x => new { x.file, x.value });
                    table.ForeignKey(
                        name: "fk_source_key_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "source",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "theme",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    taxonomy_code = table.Column<string>(type: "character varying(60)", nullable: false),
                    name_nl = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "nl-x-icu"),
                    name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    parent_code = table.Column<string>(type: "character varying(60)", nullable: true),
                    description_nl = table.Column<string>(type: "text", nullable: true),
                    description_en = table.Column<string>(type: "text", nullable: true),
                    valid_from = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    valid_to = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    synonyms = table.Column<List<string>>(type: "text[]", nullable: false),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    entry_theme_code = table.Column<string>(type: "character varying(60)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_theme", x => x.code);
                    table.CheckConstraint("ck_theme_entry", "(taxonomy_code = 'instapthema') = (entry_theme_code = code)");
                    table.CheckConstraint("ck_theme_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_theme_taxonomy_taxonomy_code",
                        column: x => x.taxonomy_code,
                        principalTable: "taxonomy",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_theme_theme_entry_theme_code",
                        column: x => x.entry_theme_code,
                        principalTable: "theme",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_theme_theme_parent_code",
                        column: x => x.parent_code,
                        principalTable: "theme",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agenda_action",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    starts_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    owner_sort = table.Column<string>(type: "text", nullable: true),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    partner_sorts = table.Column<List<string>>(type: "text[]", nullable: false),
                    progress_note = table.Column<string>(type: "text", nullable: true),
                    budget_note = table.Column<string>(type: "text", nullable: true),
                    is_example = table.Column<bool>(type: "boolean", nullable: false),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_action", x => x.id);
                    table.CheckConstraint("ck_agenda_action_dates", "ends_on >= starts_on");
                    table.CheckConstraint("ck_agenda_action_status", "status in ('idea', 'exploration', 'in-preparation', 'in-progress', 'paused', 'completed', 'stopped')");
                    table.CheckConstraint("ck_agenda_action_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_agenda_action_objects_owner_id",
                        column: x => x.owner_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agenda_element_object",
                columns: table => new
                {
                    element_id = table.Column<Guid>(type: "uuid", nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_element_object", x => new { x.element_id, x.object_id });
                    table.ForeignKey(
                        name: "fk_agenda_element_object_agenda_element_element_id",
                        column: x => x.element_id,
                        principalTable: "agenda_element",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_agenda_element_object_objects_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "external_key",
                columns: table => new
                {
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    scheme = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    value = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    label = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_external_key", x => new { x.scheme, x.value, x.object_id });
                    table.ForeignKey(
                        name: "fk_external_key_register_object_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "field_provenance",
                columns: table => new
                {
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    note_language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_field_provenance", x => new { x.object_id, x.field });
                    table.CheckConstraint("ck_field_provenance_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_field_provenance_register_object_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "former_slug",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_former_slug", x => new { x.kind, x.slug });
                    table.ForeignKey(
                        name: "fk_former_slug_objects_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "object_location",
                columns: table => new
                {
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    municipality_code = table.Column<string>(type: "character varying(60)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_object_location", x => new { x.object_id, x.municipality_code });
                    table.ForeignKey(
                        name: "fk_object_location_area_municipality_code",
                        column: x => x.municipality_code,
                        principalTable: "area",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_object_location_register_object_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "observation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    indicator_code = table.Column<string>(type: "character varying(60)", nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: true),
                    area_code = table.Column<string>(type: "character varying(60)", nullable: true),
                    reference_period = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    period_start = table.Column<DateOnly>(type: "date", nullable: false),
                    value = table.Column<decimal>(type: "numeric", nullable: true),
                    missing = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    min_value = table.Column<decimal>(type: "numeric", nullable: true),
                    max_value = table.Column<decimal>(type: "numeric", nullable: true),
                    suppressed_cells = table.Column<int>(type: "integer", nullable: true),
                    unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    segment = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    qualifier = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    value_type = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    is_derived = table.Column<bool>(type: "boolean", nullable: false),
                    is_preferred = table.Column<bool>(type: "boolean", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_observation", x => x.id);
                    table.CheckConstraint("ck_observation_bounds", "min_value <= max_value");
                    table.CheckConstraint("ck_observation_missing", "missing in ('unknown', 'not-applicable')");
                    table.CheckConstraint("ck_observation_subject", "num_nonnulls(object_id, area_code) >= 1");
                    table.CheckConstraint("ck_observation_value", "(value is null) = (missing is not null)");
                    table.CheckConstraint("ck_observation_value_type", "value_type in ('as-published', 'computed', 'computed-lower-bound', 'lower-bound', 'rounded')");
                    table.CheckConstraint("ck_observation_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_observation_area_area_code",
                        column: x => x.area_code,
                        principalTable: "area",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_observation_indicator_indicator_code",
                        column: x => x.indicator_code,
                        principalTable: "indicator",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_observation_register_object_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_observation_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "source",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "relation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    from_id = table.Column<Guid>(type: "uuid", nullable: false),
                    to_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    until = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    as_stated = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    note_language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relation", x => x.id);
                    table.CheckConstraint("ck_relation_ends", "from_id <> to_id");
                    table.CheckConstraint("ck_relation_kind", "kind in ('belongs-to', 'serves', 'located-on', 'part-of', 'managed-by', 'hosted-by', 'owned-by', 'anchored-by', 'partnered-by', 'related-to', 'member-of', 'represented-by', 'developed-by')");
                    table.CheckConstraint("ck_relation_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_relation_register_object_from_id",
                        column: x => x.from_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_relation_register_object_to_id",
                        column: x => x.to_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "revision",
                columns: table => new
                {
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    actor_organisation = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    snapshot = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_revision", x => new { x.object_id, x.number });
                    table.ForeignKey(
                        name: "fk_revision_register_object_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "specialisation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    theme_code = table.Column<string>(type: "character varying(60)", nullable: false),
                    strength = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    basis = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    strength_verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    confirmed_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_specialisation", x => x.id);
                    table.CheckConstraint("ck_specialisation_strength", "strength in ('core', 'strong', 'emerging')");
                    table.CheckConstraint("ck_specialisation_strength_verification", "strength_verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.CheckConstraint("ck_specialisation_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_specialisation_register_object_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_specialisation_theme_theme_code",
                        column: x => x.theme_code,
                        principalTable: "theme",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "theme_mapping",
                columns: table => new
                {
                    from_code = table.Column<string>(type: "character varying(60)", nullable: false),
                    to_code = table.Column<string>(type: "character varying(60)", nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    verification = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_theme_mapping", x => new { x.from_code, x.to_code, x.kind });
                    table.CheckConstraint("ck_theme_mapping_kind", "kind in ('priority-of', 'contributes-to', 'rolls-up-to')");
                    table.CheckConstraint("ck_theme_mapping_self", "from_code <> to_code");
                    table.CheckConstraint("ck_theme_mapping_verification", "verification in ('source-verified', 'general-knowledge', 'editorial', 'example')");
                    table.ForeignKey(
                        name: "fk_theme_mapping_theme_from_code",
                        column: x => x.from_code,
                        principalTable: "theme",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_theme_mapping_theme_to_code",
                        column: x => x.to_code,
                        principalTable: "theme",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agenda_action_element",
                columns: table => new
                {
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    element_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_action_element", x => new { x.action_id, x.element_id });
                    table.ForeignKey(
                        name: "fk_agenda_action_element_agenda_action_action_id",
                        column: x => x.action_id,
                        principalTable: "agenda_action",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_agenda_action_element_agenda_elements_element_id",
                        column: x => x.element_id,
                        principalTable: "agenda_element",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agenda_action_object",
                columns: table => new
                {
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_action_object", x => new { x.action_id, x.object_id });
                    table.ForeignKey(
                        name: "fk_agenda_action_object_agenda_action_action_id",
                        column: x => x.action_id,
                        principalTable: "agenda_action",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_agenda_action_object_objects_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agenda_action_theme",
                columns: table => new
                {
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    theme_code = table.Column<string>(type: "character varying(60)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_action_theme", x => new { x.action_id, x.theme_code });
                    table.ForeignKey(
                        name: "fk_agenda_action_theme_agenda_action_action_id",
                        column: x => x.action_id,
                        principalTable: "agenda_action",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_agenda_action_theme_theme_theme_code",
                        column: x => x.theme_code,
                        principalTable: "theme",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "milestone",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    status = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_milestone", x => x.id);
                    table.CheckConstraint("ck_milestone_status", "status in ('open', 'running', 'completed')");
                    table.ForeignKey(
                        name: "fk_milestone_agenda_action_action_id",
                        column: x => x.action_id,
                        principalTable: "agenda_action",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "field_change",
                columns: table => new
                {
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision_number = table.Column<int>(type: "integer", nullable: false),
                    field = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    old_value = table.Column<string>(type: "jsonb", nullable: true),
                    new_value = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_field_change", x => new { x.object_id, x.revision_number, x.field });
                    table.ForeignKey(
                        name: "fk_field_change_revision_object_id_revision_number",
                        columns: x => new { x.object_id, x.revision_number },
                        principalTable: "revision",
                        principalColumns: new[] { "object_id", "number" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "citation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: true),
                    relation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    specialisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    theme_code = table.Column<string>(type: "character varying(60)", nullable: true),
                    taxonomy_code = table.Column<string>(type: "character varying(60)", nullable: true),
                    indicator_code = table.Column<string>(type: "character varying(60)", nullable: true),
                    claim_id = table.Column<Guid>(type: "uuid", nullable: true),
                    agenda_element_id = table.Column<Guid>(type: "uuid", nullable: true),
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    passage = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_citation", x => x.id);
                    table.CheckConstraint("ck_citation_owner", "num_nonnulls(object_id, relation_id, specialisation_id, theme_code, taxonomy_code, indicator_code, claim_id, agenda_element_id) = 1");
                    table.ForeignKey(
                        name: "fk_citation_agenda_element_agenda_element_id",
                        column: x => x.agenda_element_id,
                        principalTable: "agenda_element",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_citation_document_claim_claim_id",
                        column: x => x.claim_id,
                        principalTable: "document_claim",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_citation_indicator_indicator_code",
                        column: x => x.indicator_code,
                        principalTable: "indicator",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_citation_register_object_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_citation_relations_relation_id",
                        column: x => x.relation_id,
                        principalTable: "relation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_citation_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "source",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_citation_specialisations_specialisation_id",
                        column: x => x.specialisation_id,
                        principalTable: "specialisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_citation_taxonomy_taxonomy_code",
                        column: x => x.taxonomy_code,
                        principalTable: "taxonomy",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_citation_theme_theme_code",
                        column: x => x.theme_code,
                        principalTable: "theme",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_agenda_action_code",
                table: "agenda_action",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agenda_action_owner_id",
                table: "agenda_action",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_action_element_element_id",
                table: "agenda_action_element",
                column: "element_id");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_action_object_object_id",
                table: "agenda_action_object",
                column: "object_id");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_action_theme_theme_code",
                table: "agenda_action_theme",
                column: "theme_code");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_element_code",
                table: "agenda_element",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agenda_element_parent_id",
                table: "agenda_element",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_element_object_object_id",
                table: "agenda_element_object",
                column: "object_id");

            migrationBuilder.CreateIndex(
                name: "ix_area_corop_code",
                table: "area",
                column: "corop_code");

            migrationBuilder.CreateIndex(
                name: "ix_area_parent_code",
                table: "area",
                column: "parent_code");

            migrationBuilder.CreateIndex(
                name: "ix_area_member_member_code",
                table: "area_member",
                column: "member_code");

            migrationBuilder.CreateIndex(
                name: "ix_citation_agenda_element_id",
                table: "citation",
                column: "agenda_element_id");

            migrationBuilder.CreateIndex(
                name: "ix_citation_claim_id",
                table: "citation",
                column: "claim_id");

            migrationBuilder.CreateIndex(
                name: "ix_citation_indicator_code",
                table: "citation",
                column: "indicator_code");

            migrationBuilder.CreateIndex(
                name: "ix_citation_object_id",
                table: "citation",
                column: "object_id");

            migrationBuilder.CreateIndex(
                name: "ix_citation_relation_id",
                table: "citation",
                column: "relation_id");

            migrationBuilder.CreateIndex(
                name: "ix_citation_source_id",
                table: "citation",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ix_citation_specialisation_id",
                table: "citation",
                column: "specialisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_citation_taxonomy_code",
                table: "citation",
                column: "taxonomy_code");

            migrationBuilder.CreateIndex(
                name: "ix_citation_theme_code",
                table: "citation",
                column: "theme_code");

            migrationBuilder.CreateIndex(
                name: "ix_document_claim_code",
                table: "document_claim",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_document_claim_indicator_code",
                table: "document_claim",
                column: "indicator_code");

            migrationBuilder.CreateIndex(
                name: "ix_external_key_object_id",
                table: "external_key",
                column: "object_id");

            migrationBuilder.CreateIndex(
                name: "ix_former_slug_object_id",
                table: "former_slug",
                column: "object_id");

            migrationBuilder.CreateIndex(
                name: "ix_milestone_action_id_rank",
                table: "milestone",
                columns: new[] { "action_id", "rank" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_municipality_neighbour_neighbour_code",
                table: "municipality_neighbour",
                column: "neighbour_code");

            migrationBuilder.CreateIndex(
                name: "ix_object_location_municipality_code",
                table: "object_location",
                column: "municipality_code");

            migrationBuilder.CreateIndex(
                name: "ix_observation_area_code_indicator_code_period_start",
                table: "observation",
                columns: new[] { "area_code", "indicator_code", "period_start" });

            migrationBuilder.CreateIndex(
                name: "ix_observation_indicator_code",
                table: "observation",
                column: "indicator_code");

            migrationBuilder.CreateIndex(
                name: "ix_observation_object_id_indicator_code_period_start",
                table: "observation",
                columns: new[] { "object_id", "indicator_code", "period_start" });

            migrationBuilder.CreateIndex(
                name: "ix_observation_source_id",
                table: "observation",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ix_register_object_kind_name",
                table: "register_object",
                columns: new[] { "kind", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_register_object_kind_slug",
                table: "register_object",
                columns: new[] { "kind", "slug" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_register_object_municipality_code",
                table: "register_object",
                column: "municipality_code");

            migrationBuilder.CreateIndex(
                name: "ix_register_object_steward_id",
                table: "register_object",
                column: "steward_id");

            migrationBuilder.CreateIndex(
                name: "ix_register_object_working_area_code",
                table: "register_object",
                column: "working_area_code");

            migrationBuilder.CreateIndex(
                name: "ix_relation_from_id_kind_to_id",
                table: "relation",
                columns: new[] { "from_id", "kind", "to_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_relation_to_id_kind",
                table: "relation",
                columns: new[] { "to_id", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_revision_at",
                table: "revision",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_source_locator",
                table: "source",
                column: "locator",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_source_key_source_id",
                table: "source_key",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ix_specialisation_object_id_theme_code",
                table: "specialisation",
                columns: new[] { "object_id", "theme_code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_specialisation_theme_code",
                table: "specialisation",
                column: "theme_code");

            migrationBuilder.CreateIndex(
                name: "ix_theme_entry_theme_code",
                table: "theme",
                column: "entry_theme_code");

            migrationBuilder.CreateIndex(
                name: "ix_theme_parent_code",
                table: "theme",
                column: "parent_code");

            migrationBuilder.CreateIndex(
                name: "ix_theme_taxonomy_code",
                table: "theme",
                column: "taxonomy_code");

            migrationBuilder.CreateIndex(
                name: "ix_theme_mapping_to_code",
                table: "theme_mapping",
                column: "to_code");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agenda_action_element");

            migrationBuilder.DropTable(
                name: "agenda_action_object");

            migrationBuilder.DropTable(
                name: "agenda_action_theme");

            migrationBuilder.DropTable(
                name: "agenda_element_object");

            migrationBuilder.DropTable(
                name: "area_member");

            migrationBuilder.DropTable(
                name: "citation");

            migrationBuilder.DropTable(
                name: "external_key");

            migrationBuilder.DropTable(
                name: "field_change");

            migrationBuilder.DropTable(
                name: "field_provenance");

            migrationBuilder.DropTable(
                name: "former_slug");

            migrationBuilder.DropTable(
                name: "import_run");

            migrationBuilder.DropTable(
                name: "imported_row");

            migrationBuilder.DropTable(
                name: "milestone");

            migrationBuilder.DropTable(
                name: "municipality_neighbour");

            migrationBuilder.DropTable(
                name: "object_location");

            migrationBuilder.DropTable(
                name: "observation");

            migrationBuilder.DropTable(
                name: "source_key");

            migrationBuilder.DropTable(
                name: "theme_mapping");

            migrationBuilder.DropTable(
                name: "agenda_element");

            migrationBuilder.DropTable(
                name: "document_claim");

            migrationBuilder.DropTable(
                name: "relation");

            migrationBuilder.DropTable(
                name: "specialisation");

            migrationBuilder.DropTable(
                name: "revision");

            migrationBuilder.DropTable(
                name: "agenda_action");

            migrationBuilder.DropTable(
                name: "source");

            migrationBuilder.DropTable(
                name: "indicator");

            migrationBuilder.DropTable(
                name: "theme");

            migrationBuilder.DropTable(
                name: "register_object");

            migrationBuilder.DropTable(
                name: "taxonomy");

            migrationBuilder.DropTable(
                name: "area");
        }
    }
}
