using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "factor_at",
                table: "sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "factor_id",
                table: "sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "factor_rule",
                table: "organisations",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "Default");

            migrationBuilder.CreateTable(
                name: "factor_resets",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    membership_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    link_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    code_mac = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    code_cipher = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    wrong_tries = table.Column<int>(type: "INTEGER", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 240, nullable: false),
                    added_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    last_used_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    is_limited = table.Column<bool>(type: "INTEGER", nullable: false),
                    secret_cipher = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    last_step = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
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
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    made_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    limited_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    used_at = table.Column<DateTime>(type: "TEXT", nullable: true)
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
                    factor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false)
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
