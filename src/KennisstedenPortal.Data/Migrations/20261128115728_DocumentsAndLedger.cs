using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class DocumentsAndLedger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_commitment_register_object_action_id",
                table: "commitment");

            migrationBuilder.DropCheckConstraint(
                name: "ck_relation_kind",
                table: "relation");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object");

            migrationBuilder.DropIndex(
                name: "ix_commitment_party_id",
                table: "commitment");

            migrationBuilder.DropIndex(
                name: "ix_commitment_term_on",
                table: "commitment");

            migrationBuilder.RenameColumn(
                name: "action_id",
                table: "commitment",
                newName: "object_id");

            migrationBuilder.RenameIndex(
                name: "ix_commitment_action_id",
                table: "commitment",
                newName: "ix_commitment_object_id");

            migrationBuilder.AddColumn<DateOnly>(
                name: "dated_on",
                table: "register_object",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "document_sort",
                table: "register_object",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "paper_number",
                table: "register_object",
                type: "character varying(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "carried_out_in_id",
                table: "commitment",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "extended_from",
                table: "commitment",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "extended_on",
                table: "commitment",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "number",
                table: "commitment",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "settled_on",
                table: "commitment",
                type: "date",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "object_element",
                columns: table => new
                {
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    element_code = table.Column<string>(type: "character varying(60)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_object_element", x => new { x.object_id, x.element_code });
                    table.ForeignKey(
                        name: "fk_object_element_agenda_element_element_code",
                        column: x => x.element_code,
                        principalTable: "agenda_element",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_object_element_objects_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_relation_kind",
                table: "relation",
                sql: "kind in ('belongs-to', 'serves', 'located-on', 'part-of', 'managed-by', 'hosted-by', 'owned-by', 'anchored-by', 'partnered-by', 'related-to', 'member-of', 'represented-by', 'developed-by', 'concerns', 'carried-by', 'deputised-by', 'answers')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_dated_on",
                table: "register_object",
                sql: "dated_on between date '1990-01-01' and date '2100-12-31'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_document_sort",
                table: "register_object",
                sql: "document_sort in ('letter', 'motion', 'undertaking', 'decision', 'covenant', 'other')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object",
                sql: "kind in ('city', 'campus', 'innovation-district', 'rd-concentration', 'facility', 'organisation', 'programme', 'action', 'document')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_paper_number",
                table: "register_object",
                sql: "paper_number ~ '^[0-9]{5}(-[IVXLCDM]{1,6}[A-Z]?)?-[0-9]{1,5}$'");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_carried_out_in_id",
                table: "commitment",
                column: "carried_out_in_id");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_extended_on",
                table: "commitment",
                column: "extended_on",
                filter: "extended_on is not null");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_object_id_number",
                table: "commitment",
                columns: new[] { "object_id", "number" },
                unique: true,
                filter: "number is not null");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_party_id_term_on_id",
                table: "commitment",
                columns: new[] { "party_id", "term_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitment_settled_on",
                table: "commitment",
                column: "settled_on",
                filter: "settled_on is not null");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_term_on_id",
                table: "commitment",
                columns: new[] { "term_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitment_text",
                table: "commitment",
                column: "text")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_commitment_carried_out_in",
                table: "commitment",
                sql: "carried_out_in_id <> object_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_commitment_days",
                table: "commitment",
                sql: "settled_on between date '1990-01-01' and date '2100-12-31' and extended_on between date '1990-01-01' and date '2100-12-31' and extended_from between date '1990-01-01' and date '2100-12-31'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_commitment_extended",
                table: "commitment",
                sql: "(extended_on is null) = (extended_from is null) and (extended_on is null or reason is not null)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_commitment_number",
                table: "commitment",
                sql: "number between 1 and 999");

            migrationBuilder.AddCheckConstraint(
                name: "ck_commitment_settled",
                table: "commitment",
                sql: "settled_on is null or status in ('met', 'lapsed')");

            migrationBuilder.CreateIndex(
                name: "ix_object_element_element_code",
                table: "object_element",
                column: "element_code");

            migrationBuilder.AddForeignKey(
                name: "fk_commitment_objects_object_id",
                table: "commitment",
                column: "object_id",
                principalTable: "register_object",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_commitment_register_object_carried_out_in_id",
                table: "commitment",
                column: "carried_out_in_id",
                principalTable: "register_object",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            // By hand: what stood in the old table goes over before it is dropped.
            migrationBuilder.Sql(Move);

            migrationBuilder.DropTable(
                name: "action_element");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // By hand: documents have no place in the older tables.
            migrationBuilder.Sql(Leave);

            migrationBuilder.DropForeignKey(
                name: "fk_commitment_objects_object_id",
                table: "commitment");

            migrationBuilder.DropForeignKey(
                name: "fk_commitment_register_object_carried_out_in_id",
                table: "commitment");

            migrationBuilder.DropCheckConstraint(
                name: "ck_relation_kind",
                table: "relation");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_dated_on",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_document_sort",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object");

            migrationBuilder.DropCheckConstraint(
                name: "ck_register_object_paper_number",
                table: "register_object");

            migrationBuilder.DropIndex(
                name: "ix_commitment_carried_out_in_id",
                table: "commitment");

            migrationBuilder.DropIndex(
                name: "ix_commitment_extended_on",
                table: "commitment");

            migrationBuilder.DropIndex(
                name: "ix_commitment_object_id_number",
                table: "commitment");

            migrationBuilder.DropIndex(
                name: "ix_commitment_party_id_term_on_id",
                table: "commitment");

            migrationBuilder.DropIndex(
                name: "ix_commitment_settled_on",
                table: "commitment");

            migrationBuilder.DropIndex(
                name: "ix_commitment_term_on_id",
                table: "commitment");

            migrationBuilder.DropIndex(
                name: "ix_commitment_text",
                table: "commitment");

            migrationBuilder.DropCheckConstraint(
                name: "ck_commitment_carried_out_in",
                table: "commitment");

            migrationBuilder.DropCheckConstraint(
                name: "ck_commitment_days",
                table: "commitment");

            migrationBuilder.DropCheckConstraint(
                name: "ck_commitment_extended",
                table: "commitment");

            migrationBuilder.DropCheckConstraint(
                name: "ck_commitment_number",
                table: "commitment");

            migrationBuilder.DropCheckConstraint(
                name: "ck_commitment_settled",
                table: "commitment");

            migrationBuilder.DropColumn(
                name: "dated_on",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "document_sort",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "paper_number",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "carried_out_in_id",
                table: "commitment");

            migrationBuilder.DropColumn(
                name: "extended_from",
                table: "commitment");

            migrationBuilder.DropColumn(
                name: "extended_on",
                table: "commitment");

            migrationBuilder.DropColumn(
                name: "number",
                table: "commitment");

            migrationBuilder.DropColumn(
                name: "settled_on",
                table: "commitment");

            migrationBuilder.RenameColumn(
                name: "object_id",
                table: "commitment",
                newName: "action_id");

            migrationBuilder.RenameIndex(
                name: "ix_commitment_object_id",
                table: "commitment",
                newName: "ix_commitment_action_id");

            migrationBuilder.CreateTable(
                name: "action_element",
                columns: table => new
                {
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    element_code = table.Column<string>(type: "character varying(60)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_action_element", x => new { x.action_id, x.element_code });
                    table.ForeignKey(
                        name: "fk_action_element_agenda_elements_element_code",
                        column: x => x.element_code,
                        principalTable: "agenda_element",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_action_element_register_object_action_id",
                        column: x => x.action_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_relation_kind",
                table: "relation",
                sql: "kind in ('belongs-to', 'serves', 'located-on', 'part-of', 'managed-by', 'hosted-by', 'owned-by', 'anchored-by', 'partnered-by', 'related-to', 'member-of', 'represented-by', 'developed-by', 'concerns', 'carried-by', 'deputised-by')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_register_object_kind",
                table: "register_object",
                sql: "kind in ('city', 'campus', 'innovation-district', 'rd-concentration', 'facility', 'organisation', 'programme', 'action')");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_party_id",
                table: "commitment",
                column: "party_id");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_term_on",
                table: "commitment",
                column: "term_on");

            migrationBuilder.CreateIndex(
                name: "ix_action_element_element_code",
                table: "action_element",
                column: "element_code");

            migrationBuilder.AddForeignKey(
                name: "fk_commitment_register_object_action_id",
                table: "commitment",
                column: "action_id",
                principalTable: "register_object",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.Sql("insert into action_element (action_id, element_code) select object_id, element_code from object_element; update imported_row set entity = 'action_element' where entity = 'object_element';");

            migrationBuilder.DropTable(
                name: "object_element");
        }

        private const string Move = """
            insert into object_element (object_id, element_code) select action_id, element_code from action_element;
            update imported_row set entity = 'object_element' where entity = 'action_element';
            """;

        /// <summary>What actions have goes back; documents, with what hangs on them, go.</summary>
        private const string Leave = """
            create temporary table gone on commit drop as select id from register_object where kind = 'document';

            delete from imported_row i where i.row_id in (select id from gone) or i.row_id in (select c.id from citation c where c.object_id in (select id from gone))
                or i.row_id in (select r.id from relation r where r.from_id in (select id from gone) or r.to_id in (select id from gone))
                or i.entity = 'external_key' and i.identity in (select k.scheme || '|' || k.value || '|' || k.object_id from external_key k where k.object_id in (select id from gone))
                or i.entity = 'agenda_element_object' and i.identity in (select l.element_id || '|' || l.object_id from agenda_element_object l where l.object_id in (select id from gone));
            delete from agenda_element_object where object_id in (select id from gone);
            delete from commitment where object_id in (select id from gone);
            delete from object_element where object_id in (select id from gone);
            update milestone set evidence_object_id = null where evidence_object_id in (select id from gone);
            delete from swot_evidence where subject_id in (select id from gone);
            delete from citation where object_id in (select id from gone);
            delete from citation c using relation r where r.id = c.relation_id and (r.from_id in (select id from gone) or r.to_id in (select id from gone));
            delete from relation where from_id in (select id from gone) or to_id in (select id from gone);
            delete from citation c using specialisation s where s.id = c.specialisation_id and s.object_id in (select id from gone);
            delete from specialisation where object_id in (select id from gone);
            delete from field_provenance where object_id in (select id from gone);
            delete from external_key where object_id in (select id from gone);
            delete from observation where object_id in (select id from gone);
            delete from object_location where object_id in (select id from gone);
            delete from exchange where object_id in (select id from gone);
            delete from former_slug where object_id in (select id from gone);
            delete from draft where object_id in (select id from gone);
            delete from search_entry where object_id in (select id from gone);
            delete from field_change where object_id in (select id from gone);
            delete from revision where object_id in (select id from gone);
            delete from register_object where kind = 'document';
            """;
    }
}
