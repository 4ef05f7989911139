using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SumsAndWhatIf : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "national_version",
                table: "report_builds",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "sums_form",
                table: "report_builds",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "report_sums",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    stage = table.Column<byte>(type: "INTEGER", nullable: false),
                    measure = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    group = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    value = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    academic_year = table.Column<int>(type: "INTEGER", nullable: false),
                    n = table.Column<int>(type: "INTEGER", nullable: false),
                    matched = table.Column<int>(type: "INTEGER", nullable: false),
                    sum = table.Column<double>(type: "REAL", nullable: false),
                    sum_of_squares = table.Column<double>(type: "REAL", nullable: false),
                    weight = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_report_sums", x => new { x.organisation_id, x.stage, x.measure, x.subject, x.group, x.value, x.academic_year });
                    table.ForeignKey(
                        name: "FK_report_sums_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "report_what_ifs",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    stage = table.Column<byte>(type: "INTEGER", nullable: false),
                    academic_year = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    left_out = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    changed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_report_what_ifs", x => new { x.organisation_id, x.id });
                    table.ForeignKey(
                        name: "FK_report_what_ifs_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_report_what_ifs_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "report_what_if_pupils",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    what_if_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    pupil_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_report_what_if_pupils", x => new { x.organisation_id, x.what_if_id, x.pupil_id });
                    table.ForeignKey(
                        name: "FK_report_what_if_pupils_pupils_organisation_id_pupil_id",
                        columns: x => new { x.organisation_id, x.pupil_id },
                        principalTable: "pupils",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_report_what_if_pupils_report_what_ifs_organisation_id_what_if_id",
                        columns: x => new { x.organisation_id, x.what_if_id },
                        principalTable: "report_what_ifs",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_report_what_if_pupils_organisation_id_pupil_id",
                table: "report_what_if_pupils",
                columns: new[] { "organisation_id", "pupil_id" });

            migrationBuilder.CreateIndex(
                name: "IX_report_what_ifs_account_id",
                table: "report_what_ifs",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_report_what_ifs_organisation_id_account_id_number",
                table: "report_what_ifs",
                columns: new[] { "organisation_id", "account_id", "number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "report_sums");

            migrationBuilder.DropTable(
                name: "report_what_if_pupils");

            migrationBuilder.DropTable(
                name: "report_what_ifs");

            migrationBuilder.DropColumn(
                name: "national_version",
                table: "report_builds");

            migrationBuilder.DropColumn(
                name: "sums_form",
                table: "report_builds");
        }
    }
}
