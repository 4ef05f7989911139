using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AccessAndFactors : Migration
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

            migrationBuilder.AddColumn<Guid>(
                name: "template_id",
                table: "memberships",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "access_review_settings",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    rhythm = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_review_settings", x => x.organisation_id);
                });

            migrationBuilder.CreateTable(
                name: "access_reviews",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    opened_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    people = table.Column<int>(type: "INTEGER", nullable: false),
                    flagged_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    finished_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    finished_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    confirmed = table.Column<int>(type: "INTEGER", nullable: false),
                    not_confirmed = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_reviews", x => new { x.organisation_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "access_templates",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    permission_bits = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    changed_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    changed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_templates", x => new { x.organisation_id, x.id });
                    table.ForeignKey(
                        name: "FK_access_templates_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

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
                name: "access_review_items",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    review_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    membership_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    place = table.Column<string>(type: "TEXT", maxLength: 19, nullable: false),
                    was_missed = table.Column<bool>(type: "INTEGER", nullable: false),
                    confirmed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    confirmed_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_review_items", x => new { x.organisation_id, x.review_id, x.membership_id });
                    table.ForeignKey(
                        name: "FK_access_review_items_access_reviews_organisation_id_review_id",
                        columns: x => new { x.organisation_id, x.review_id },
                        principalTable: "access_reviews",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_access_review_items_memberships_organisation_id_membership_id",
                        columns: x => new { x.organisation_id, x.membership_id },
                        principalTable: "memberships",
                        principalColumns: new[] { "organisation_id", "id" },
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
                name: "IX_memberships_organisation_id_template_id",
                table: "memberships",
                columns: new[] { "organisation_id", "template_id" });

            migrationBuilder.CreateIndex(
                name: "IX_access_review_items_confirmed_by_id",
                table: "access_review_items",
                column: "confirmed_by_id");

            migrationBuilder.CreateIndex(
                name: "IX_access_review_items_organisation_id_membership_id",
                table: "access_review_items",
                columns: new[] { "organisation_id", "membership_id" });

            migrationBuilder.CreateIndex(
                name: "IX_access_reviews_finished_at",
                table: "access_reviews",
                column: "finished_at");

            migrationBuilder.CreateIndex(
                name: "IX_access_reviews_organisation_id_due_on",
                table: "access_reviews",
                columns: new[] { "organisation_id", "due_on" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_access_templates_organisation_id_name_key",
                table: "access_templates",
                columns: new[] { "organisation_id", "name_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_access_templates_organisation_id_number",
                table: "access_templates",
                columns: new[] { "organisation_id", "number" },
                unique: true);

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

            migrationBuilder.AddForeignKey(
                name: "FK_memberships_access_templates_organisation_id_template_id",
                table: "memberships",
                columns: new[] { "organisation_id", "template_id" },
                principalTable: "access_templates",
                principalColumns: new[] { "organisation_id", "id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_memberships_access_templates_organisation_id_template_id",
                table: "memberships");

            migrationBuilder.DropTable(
                name: "access_review_items");

            migrationBuilder.DropTable(
                name: "access_review_settings");

            migrationBuilder.DropTable(
                name: "access_templates");

            migrationBuilder.DropTable(
                name: "factor_resets");

            migrationBuilder.DropTable(
                name: "factor_trusts");

            migrationBuilder.DropTable(
                name: "recovery_codes");

            migrationBuilder.DropTable(
                name: "access_reviews");

            migrationBuilder.DropTable(
                name: "factors");

            migrationBuilder.DropIndex(
                name: "IX_memberships_organisation_id_template_id",
                table: "memberships");

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

            migrationBuilder.DropColumn(
                name: "template_id",
                table: "memberships");
        }
    }
}
