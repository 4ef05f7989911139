using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    email_key = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    forename = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    surname = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    password_hash = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    terms_version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_chains",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_chains", x => x.organisation_id);
                });

            migrationBuilder.CreateTable(
                name: "audit_details",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    salt = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_details", x => new { x.organisation_id, x.entry_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    facts = table.Column<string>(type: "text", nullable: false),
                    detail_hashes = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entries", x => new { x.organisation_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "holder_guards",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holder_guards", x => x.organisation_id);
                });

            migrationBuilder.CreateTable(
                name: "journeys",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state_version = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    result_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_journeys", x => new { x.organisation_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "key_ring",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_key_ring", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "nightly_runs",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    leased_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nightly_runs", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "organisations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    is_closed = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    dfe_number = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    local_authority_code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    local_authority_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    trust_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    type_code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    phase = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    low_age = table.Column<int>(type: "integer", nullable: true),
                    high_age = table.Column<int>(type: "integer", nullable: true),
                    town = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    postcode = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    is_primary = table.Column<bool>(type: "boolean", nullable: true),
                    primary_override = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organisations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox_mails",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    template = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    recipient = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    recipient_name = table.Column<string>(type: "character varying(900)", maxLength: 900, nullable: false),
                    values = table.Column<string>(type: "text", nullable: false),
                    secret_cipher = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    given_up_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox_mails", x => new { x.organisation_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "server_facts",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_server_facts", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "single_holder_warnings",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_single_holder_warnings", x => x.organisation_id);
                });

            migrationBuilder.CreateTable(
                name: "throttle_counts",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    last_try_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    retry_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_throttle_counts", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "email_changes",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    new_email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    link_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_email_changes", x => x.account_id);
                    table.ForeignKey(
                        name: "FK_email_changes_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "known_devices",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    first_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_known_devices", x => new { x.account_id, x.token_hash });
                    table.ForeignKey(
                        name: "FK_known_devices_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "operators",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    activated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operators", x => x.account_id);
                    table.ForeignKey(
                        name: "FK_operators_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "password_resets",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    link_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_password_resets", x => x.account_id);
                    table.ForeignKey(
                        name: "FK_password_resets_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    confirmed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    device = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    job_role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    other_role = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    permission_bits = table.Column<long>(type: "bigint", nullable: false),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    surname_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    email_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    changed_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    activated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_opened_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    sign_in_after = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    dormant_warned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    dormant_warned_again_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => new { x.organisation_id, x.id });
                    table.ForeignKey(
                        name: "FK_memberships_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_memberships_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "operator_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operator_notices", x => x.id);
                    table.ForeignKey(
                        name: "FK_operator_notices_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "operator_invitations",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    forename = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    surname = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    link_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    code_mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    code_cipher = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    wrong_tries = table.Column<int>(type: "integer", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operator_invitations", x => x.account_id);
                    table.ForeignKey(
                        name: "FK_operator_invitations_operators_account_id",
                        column: x => x.account_id,
                        principalTable: "operators",
                        principalColumn: "account_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    membership_id = table.Column<Guid>(type: "uuid", nullable: false),
                    forename = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    surname = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    link_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    link_made_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    mail_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    code_cipher = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    wrong_tries = table.Column<int>(type: "integer", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    code_replaced_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    new_link_asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invitations", x => new { x.organisation_id, x.membership_id });
                    table.ForeignKey(
                        name: "FK_invitations_memberships_organisation_id_membership_id",
                        columns: x => new { x.organisation_id, x.membership_id },
                        principalTable: "memberships",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reset_codes",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    membership_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    code_cipher = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    wrong_tries = table.Column<int>(type: "integer", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reset_codes", x => new { x.organisation_id, x.membership_id });
                    table.ForeignKey(
                        name: "FK_reset_codes_memberships_organisation_id_membership_id",
                        columns: x => new { x.organisation_id, x.membership_id },
                        principalTable: "memberships",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "seats",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    permission = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    holder_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seats", x => new { x.organisation_id, x.permission, x.number });
                    table.ForeignKey(
                        name: "FK_seats_memberships_organisation_id_holder_id",
                        columns: x => new { x.organisation_id, x.holder_id },
                        principalTable: "memberships",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_seats_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_email_key",
                table: "accounts",
                column: "email_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_details_person",
                table: "audit_details",
                columns: new[] { "person_id", "organisation_id", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_actor",
                table: "audit_entries",
                columns: new[] { "organisation_id", "actor_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_kind",
                table: "audit_entries",
                columns: new[] { "organisation_id", "kind", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_organisation_id_sequence",
                table: "audit_entries",
                columns: new[] { "organisation_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_time",
                table: "audit_entries",
                columns: new[] { "organisation_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_unsealed",
                table: "audit_entries",
                columns: new[] { "organisation_id", "at" },
                filter: "sequence IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_email_changes_link_hash",
                table: "email_changes",
                column: "link_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invitations_code_mac",
                table: "invitations",
                column: "code_mac",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invitations_link_hash",
                table: "invitations",
                column: "link_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invitations_organisation_id_expires_at_membership_id",
                table: "invitations",
                columns: new[] { "organisation_id", "expires_at", "membership_id" });

            migrationBuilder.CreateIndex(
                name: "IX_journeys_expires_at",
                table: "journeys",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_memberships_account_id",
                table: "memberships",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_memberships_opened",
                table: "memberships",
                columns: new[] { "organisation_id", "last_opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_memberships_organisation_id_account_id",
                table: "memberships",
                columns: new[] { "organisation_id", "account_id" },
                unique: true,
                filter: "state <> 'Deleted'");

            migrationBuilder.CreateIndex(
                name: "IX_memberships_organisation_id_email_key",
                table: "memberships",
                columns: new[] { "organisation_id", "email_key" });

            migrationBuilder.CreateIndex(
                name: "IX_memberships_organisation_id_name_key",
                table: "memberships",
                columns: new[] { "organisation_id", "name_key" });

            migrationBuilder.CreateIndex(
                name: "IX_memberships_organisation_id_state_state_since_id",
                table: "memberships",
                columns: new[] { "organisation_id", "state", "state_since", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_memberships_users",
                table: "memberships",
                columns: new[] { "organisation_id", "surname_key", "id", "state", "permission_bits", "ends_on", "last_opened_at", "job_role" });

            migrationBuilder.CreateIndex(
                name: "IX_operator_invitations_link_hash",
                table: "operator_invitations",
                column: "link_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_operator_notices_at_id",
                table: "operator_notices",
                columns: new[] { "at", "id" },
                filter: "seen_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_operator_notices_organisation_id",
                table: "operator_notices",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "IX_organisations_dfe_number",
                table: "organisations",
                column: "dfe_number");

            migrationBuilder.CreateIndex(
                name: "IX_organisations_kind_code",
                table: "organisations",
                columns: new[] { "kind", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_organisations_kind_name_key",
                table: "organisations",
                columns: new[] { "kind", "name_key" });

            migrationBuilder.CreateIndex(
                name: "IX_organisations_local_authority_code",
                table: "organisations",
                column: "local_authority_code");

            migrationBuilder.CreateIndex(
                name: "IX_organisations_trust_code",
                table: "organisations",
                column: "trust_code");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_mails_created_at_id",
                table: "outbox_mails",
                columns: new[] { "created_at", "id" },
                filter: "state = 'Dead'");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_mails_next_attempt_at",
                table: "outbox_mails",
                column: "next_attempt_at",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_password_resets_link_hash",
                table: "password_resets",
                column: "link_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_seats_organisation_id_holder_id",
                table: "seats",
                columns: new[] { "organisation_id", "holder_id" });

            migrationBuilder.CreateIndex(
                name: "IX_seats_organisation_id_permission_holder_id",
                table: "seats",
                columns: new[] { "organisation_id", "permission", "holder_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_account_id",
                table: "sessions",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_token_hash",
                table: "sessions",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_throttle_counts_last_try_at",
                table: "throttle_counts",
                column: "last_try_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_chains");

            migrationBuilder.DropTable(
                name: "audit_details");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "email_changes");

            migrationBuilder.DropTable(
                name: "holder_guards");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "journeys");

            migrationBuilder.DropTable(
                name: "key_ring");

            migrationBuilder.DropTable(
                name: "known_devices");

            migrationBuilder.DropTable(
                name: "nightly_runs");

            migrationBuilder.DropTable(
                name: "operator_invitations");

            migrationBuilder.DropTable(
                name: "operator_notices");

            migrationBuilder.DropTable(
                name: "outbox_mails");

            migrationBuilder.DropTable(
                name: "password_resets");

            migrationBuilder.DropTable(
                name: "reset_codes");

            migrationBuilder.DropTable(
                name: "seats");

            migrationBuilder.DropTable(
                name: "server_facts");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "single_holder_warnings");

            migrationBuilder.DropTable(
                name: "throttle_counts");

            migrationBuilder.DropTable(
                name: "operators");

            migrationBuilder.DropTable(
                name: "memberships");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "organisations");
        }
    }
}
