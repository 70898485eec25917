using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace KennisstedenPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class PeopleAndEditing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "proposal_id",
                table: "revision",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "confirmed_on",
                table: "relation",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "reported_by_id",
                table: "relation",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "has_four_eyes",
                table: "register_object",
                type: "boolean",
                nullable: true);

            // Columns of one kind are nullable in the one table; the cities that stand there have no four eyes yet.
            migrationBuilder.Sql("update register_object set has_four_eyes = false where kind = 'city'");

            migrationBuilder.CreateTable(
                name: "account",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_sign_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    disabled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    forgotten_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    user_name = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_objects_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "exchange",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sort = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    theme_code = table.Column<string>(type: "character varying(60)", nullable: false),
                    text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    visibility = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange", x => x.id);
                    table.CheckConstraint("ck_exchange_sort", "sort in ('offer', 'need')");
                    table.CheckConstraint("ck_exchange_visibility", "visibility in ('public', 'partners', 'secretariat')");
                    table.ForeignKey(
                        name: "fk_exchange_register_object_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_exchange_theme_theme_code",
                        column: x => x.theme_code,
                        principalTable: "theme",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "outbox_mail",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    recipient = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    once_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_mail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "protection_key",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_protection_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rights_event",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sort = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    detail = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rights_event", x => x.id);
                    table.CheckConstraint("ck_rights_event_sort", "sort in ('invited', 'invitation-revoked', 'invitation-accepted', 'role-granted', 'role-withdrawn', 'organisation-changed', 'disabled', 'enabled', 'forgotten', 'password-changed', 'second-factor-enabled', 'second-factor-reset', 'locked-out', 'signed-in', 'sessions-ended', 'link-sent', 'link-used', 'link-revoked', 'setting-changed')");
                });

            migrationBuilder.CreateTable(
                name: "setting",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    value = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_setting", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "swot_item",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sort = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    visibility = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_swot_item", x => x.id);
                    table.CheckConstraint("ck_swot_item_sort", "sort in ('strength', 'weakness', 'opportunity', 'threat')");
                    table.CheckConstraint("ck_swot_item_visibility", "visibility in ('public', 'partners', 'secretariat')");
                    table.ForeignKey(
                        name: "fk_swot_item_register_object_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "access_link",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    secret_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_link", x => x.id);
                    table.CheckConstraint("ck_access_link_purpose", "purpose in ('confirm', 'update', 'read')");
                    table.ForeignKey(
                        name: "fk_access_link_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "account_token",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_token", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_account_token_account_user_id",
                        column: x => x.user_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "draft",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    base_revision = table.Column<int>(type: "integer", nullable: false),
                    changes = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft", x => x.id);
                    table.ForeignKey(
                        name: "fk_draft_account_account_id",
                        column: x => x.account_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_draft_objects_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "external_login",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    provider_key = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    provider_display_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_external_login", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_external_login_account_user_id",
                        column: x => x.user_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "invitation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    grants = table.Column<string>(type: "jsonb", nullable: false),
                    secret_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    invited_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitation", x => x.id);
                    table.CheckConstraint("ck_invitation_accepted", "(accepted_at is null) = (account_id is null)");
                    table.ForeignKey(
                        name: "fk_invitation_account_account_id",
                        column: x => x.account_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invitation_objects_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notice",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sort = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: true),
                    proposal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    mailed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice", x => x.id);
                    table.CheckConstraint("ck_notice_sort", "sort in ('proposal-made', 'proposal-accepted', 'proposal-rejected', 'relation-reported', 'relation-confirmed', 'relation-disputed', 'changed', 'review-due')");
                    table.ForeignKey(
                        name: "fk_notice_account_account_id",
                        column: x => x.account_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_notice_objects_object_id",
                        column: x => x.object_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "proposal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    base_revision = table.Column<int>(type: "integer", nullable: false),
                    steward_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sort = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    changes = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    state = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    proposer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    proposer_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    proposer_organisation = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decider_id = table.Column<Guid>(type: "uuid", nullable: true),
                    decider_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decision = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    applied_revision = table.Column<int>(type: "integer", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proposal", x => x.id);
                    table.CheckConstraint("ck_proposal_decided", "(state = 'open') = (decided_at is null)");
                    table.CheckConstraint("ck_proposal_own", "state <> 'accepted' or proposer_id is null or decider_id <> proposer_id");
                    table.CheckConstraint("ck_proposal_sort", "sort in ('suggestion', 'four-eyes')");
                    table.CheckConstraint("ck_proposal_state", "state in ('open', 'accepted', 'rejected', 'withdrawn')");
                    table.ForeignKey(
                        name: "fk_proposal_account_proposer_id",
                        column: x => x.proposer_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_proposal_objects_steward_id",
                        column: x => x.steward_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "role_grant",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    scope_id = table.Column<Guid>(type: "uuid", nullable: true),
                    granted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    granted_by_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_grant", x => x.id);
                    table.CheckConstraint("ck_role_grant_role", "role in ('secretariat', 'policy-officer', 'municipal-editor', 'campus-editor', 'partner-editor', 'administrator')");
                    table.CheckConstraint("ck_role_grant_scope", "(role in ('municipal-editor', 'campus-editor', 'partner-editor')) = (scope_id is not null)");
                    table.ForeignKey(
                        name: "fk_role_grant_account_account_id",
                        column: x => x.account_id,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_role_grant_register_object_scope_id",
                        column: x => x.scope_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "swot_evidence",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    observation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_swot_evidence", x => x.id);
                    table.CheckConstraint("ck_swot_evidence_one", "num_nonnulls(subject_id, observation_id, source_id) = 1");
                    table.ForeignKey(
                        name: "fk_swot_evidence_objects_subject_id",
                        column: x => x.subject_id,
                        principalTable: "register_object",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_swot_evidence_observations_observation_id",
                        column: x => x.observation_id,
                        principalTable: "observation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_swot_evidence_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "source",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_swot_evidence_swot_item_item_id",
                        column: x => x.item_id,
                        principalTable: "swot_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_relation_reported_by_id",
                table: "relation",
                column: "reported_by_id",
                filter: "confirmed_on is null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_relation_reported",
                table: "relation",
                sql: "reported_by_id is null or reported_by_id in (from_id, to_id)");

            migrationBuilder.CreateIndex(
                name: "ix_register_object_review_by",
                table: "register_object",
                column: "review_by");

            migrationBuilder.CreateIndex(
                name: "ix_access_link_account_id_created_at",
                table: "access_link",
                columns: new[] { "account_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_access_link_secret_hash",
                table: "access_link",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_account_normalized_email",
                table: "account",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_account_normalized_user_name",
                table: "account",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_account_organisation_id",
                table: "account",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_draft_account_id_object_id",
                table: "draft",
                columns: new[] { "account_id", "object_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_draft_object_id",
                table: "draft",
                column: "object_id");

            migrationBuilder.CreateIndex(
                name: "ix_exchange_object_id",
                table: "exchange",
                column: "object_id");

            migrationBuilder.CreateIndex(
                name: "ix_exchange_theme_code",
                table: "exchange",
                column: "theme_code");

            migrationBuilder.CreateIndex(
                name: "ix_external_login_user_id",
                table: "external_login",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitation_account_id",
                table: "invitation",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitation_organisation_id",
                table: "invitation",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitation_secret_hash",
                table: "invitation",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitation_sent_at",
                table: "invitation",
                column: "sent_at");

            migrationBuilder.CreateIndex(
                name: "ix_notice_account_id_at",
                table: "notice",
                columns: new[] { "account_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_notice_at",
                table: "notice",
                column: "at",
                filter: "mailed_at is null and read_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_notice_object_id",
                table: "notice",
                column: "object_id");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_mail_due_at",
                table: "outbox_mail",
                column: "due_at",
                filter: "sent_at is null and failed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_mail_once_key",
                table: "outbox_mail",
                column: "once_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_proposal_object_id",
                table: "proposal",
                column: "object_id");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_proposer_id_made_at",
                table: "proposal",
                columns: new[] { "proposer_id", "made_at" });

            migrationBuilder.CreateIndex(
                name: "ix_proposal_state_steward_id_made_at",
                table: "proposal",
                columns: new[] { "state", "steward_id", "made_at" });

            migrationBuilder.CreateIndex(
                name: "ix_proposal_steward_id",
                table: "proposal",
                column: "steward_id");

            migrationBuilder.CreateIndex(
                name: "ix_rights_event_account_id_at",
                table: "rights_event",
                columns: new[] { "account_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_rights_event_at",
                table: "rights_event",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_role_grant_account_id_role_scope_id",
                table: "role_grant",
                columns: new[] { "account_id", "role", "scope_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_role_grant_scope_id",
                table: "role_grant",
                column: "scope_id");

            migrationBuilder.CreateIndex(
                name: "ix_swot_evidence_item_id",
                table: "swot_evidence",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "ix_swot_evidence_observation_id",
                table: "swot_evidence",
                column: "observation_id");

            migrationBuilder.CreateIndex(
                name: "ix_swot_evidence_source_id",
                table: "swot_evidence",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ix_swot_evidence_subject_id",
                table: "swot_evidence",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_swot_item_object_id",
                table: "swot_item",
                column: "object_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_link");

            migrationBuilder.DropTable(
                name: "account_token");

            migrationBuilder.DropTable(
                name: "draft");

            migrationBuilder.DropTable(
                name: "exchange");

            migrationBuilder.DropTable(
                name: "external_login");

            migrationBuilder.DropTable(
                name: "invitation");

            migrationBuilder.DropTable(
                name: "notice");

            migrationBuilder.DropTable(
                name: "outbox_mail");

            migrationBuilder.DropTable(
                name: "proposal");

            migrationBuilder.DropTable(
                name: "protection_key");

            migrationBuilder.DropTable(
                name: "rights_event");

            migrationBuilder.DropTable(
                name: "role_grant");

            migrationBuilder.DropTable(
                name: "setting");

            migrationBuilder.DropTable(
                name: "swot_evidence");

            migrationBuilder.DropTable(
                name: "account");

            migrationBuilder.DropTable(
                name: "swot_item");

            migrationBuilder.DropIndex(
                name: "ix_relation_reported_by_id",
                table: "relation");

            migrationBuilder.DropCheckConstraint(
                name: "ck_relation_reported",
                table: "relation");

            migrationBuilder.DropIndex(
                name: "ix_register_object_review_by",
                table: "register_object");

            migrationBuilder.DropColumn(
                name: "proposal_id",
                table: "revision");

            migrationBuilder.DropColumn(
                name: "confirmed_on",
                table: "relation");

            migrationBuilder.DropColumn(
                name: "reported_by_id",
                table: "relation");

            migrationBuilder.DropColumn(
                name: "has_four_eyes",
                table: "register_object");
        }
    }
}
