using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SecondFactor : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "awaits_factor",
                table: "sessions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "factor_at",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "factor_id",
                table: "sessions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "factor_rule",
                table: "organisations",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Default");

            migrationBuilder.CreateTable(
                name: "factor_resets",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    membership_id = table.Column<Guid>(type: "uuid", nullable: false),
                    link_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
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
                    table.PrimaryKey("PK_factor_resets", x => new { x.organisation_id, x.membership_id });
                    table.ForeignKey(
                        name: "FK_factor_resets_memberships_organisation_id_membership_id",
                        columns: x => new { x.organisation_id, x.membership_id },
                        principalTable: "memberships",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "factors",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "character varying(240)", maxLength: 240, nullable: false),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    is_limited = table.Column<bool>(type: "boolean", nullable: false),
                    secret_cipher = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    last_step = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_factors", x => x.id);
                    table.ForeignKey(
                        name: "FK_factors_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "recovery_codes",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    made_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    limited_by = table.Column<Guid>(type: "uuid", nullable: true),
                    used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recovery_codes", x => new { x.account_id, x.number });
                    table.ForeignKey(
                        name: "FK_recovery_codes_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "factor_trusts",
                columns: table => new
                {
                    factor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_factor_trusts", x => new { x.factor_id, x.organisation_id });
                    table.ForeignKey(
                        name: "FK_factor_trusts_factors_factor_id",
                        column: x => x.factor_id,
                        principalTable: "factors",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_factor_trusts_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_factor_resets_link_hash",
                table: "factor_resets",
                column: "link_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_factor_trusts_organisation_id",
                table: "factor_trusts",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "IX_factors_account_id",
                table: "factors",
                column: "account_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "factor_resets");

            migrationBuilder.DropTable(
                name: "factor_trusts");

            migrationBuilder.DropTable(
                name: "recovery_codes");

            migrationBuilder.DropTable(
                name: "factors");

            migrationBuilder.DropColumn(
                name: "awaits_factor",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "factor_at",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "factor_id",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "factor_rule",
                table: "organisations");
        }
    }
}
