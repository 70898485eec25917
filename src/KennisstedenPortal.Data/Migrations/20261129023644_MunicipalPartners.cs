using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class MunicipalPartners : Migration
    {
        /// <summary>Who edits a city and belongs to its municipality gets the role for that municipality too, as from now on everybody does who is invited; the audit tells it.</summary>
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            with given as (
                insert into role_grant (id, account_id, role, scope_id, granted_at)
                select gen_random_uuid(), a.id, 'partner-editor', o.id, now() from account a
                join register_object o on o.id = a.organisation_id and o.kind = 'organisation' and o.organisation_type = 'municipality' and o.state <> 'archived'
                where a.forgotten_at is null
                    and exists (select 1 from role_grant g join register_object c on c.id = g.scope_id where g.account_id = a.id and g.role = 'municipal-editor' and c.municipality_code = o.municipality_code)
                    and not exists (select 1 from role_grant g where g.account_id = a.id and g.role = 'partner-editor' and g.scope_id = o.id)
                returning account_id, scope_id)
            insert into rights_event (id, at, sort, account_id, detail)
            select gen_random_uuid(), now(), 'role-granted', account_id, 'partner-editor ' || scope_id from given
            """);

        /// <summary>The roles stay: they can be withdrawn by hand.</summary>
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
