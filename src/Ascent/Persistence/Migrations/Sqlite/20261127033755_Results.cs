using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Results : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "attendance_totals",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    pupil_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    academic_year = table.Column<int>(type: "INTEGER", nullable: false),
                    replaced_by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    change_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    possible = table.Column<int>(type: "INTEGER", nullable: false),
                    attended = table.Column<int>(type: "INTEGER", nullable: false),
                    authorised = table.Column<int>(type: "INTEGER", nullable: false),
                    unauthorised = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attendance_totals", x => new { x.organisation_id, x.pupil_id, x.academic_year, x.replaced_by_id });
                    table.ForeignKey(
                        name: "FK_attendance_totals_pupils_organisation_id_pupil_id",
                        columns: x => new { x.organisation_id, x.pupil_id },
                        principalTable: "pupils",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "former_schools",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    pupil_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    stay_key = table.Column<string>(type: "TEXT", maxLength: 220, nullable: false),
                    replaced_by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    change_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    first_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    last_day = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_former_schools", x => new { x.organisation_id, x.pupil_id, x.stay_key, x.replaced_by_id });
                    table.ForeignKey(
                        name: "FK_former_schools_pupils_organisation_id_pupil_id",
                        columns: x => new { x.organisation_id, x.pupil_id },
                        principalTable: "pupils",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "results",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    pupil_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    stage = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    component = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    method = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    qualifier = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    academic_year = table.Column<int>(type: "INTEGER", nullable: false),
                    replaced_by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    change_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: true),
                    code = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_results", x => new { x.organisation_id, x.pupil_id, x.stage, x.subject, x.component, x.method, x.qualifier, x.academic_year, x.replaced_by_id });
                    table.ForeignKey(
                        name: "FK_results_pupils_organisation_id_pupil_id",
                        columns: x => new { x.organisation_id, x.pupil_id },
                        principalTable: "pupils",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attendance_totals");

            migrationBuilder.DropTable(
                name: "former_schools");

            migrationBuilder.DropTable(
                name: "results");
        }
    }
}
