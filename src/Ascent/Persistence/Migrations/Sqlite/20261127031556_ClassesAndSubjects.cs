using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ClassesAndSubjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "classes",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    academic_year = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    nc_year_number = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_classes", x => new { x.organisation_id, x.id });
                    table.ForeignKey(
                        name: "FK_classes_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "offered_subjects",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    academic_year = table.Column<int>(type: "INTEGER", nullable: false),
                    nc_year_number = table.Column<int>(type: "INTEGER", nullable: false),
                    subject_code = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_offered_subjects", x => new { x.organisation_id, x.academic_year, x.nc_year_number, x.subject_code });
                    table.ForeignKey(
                        name: "FK_offered_subjects_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "subject_enrolments",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    academic_year = table.Column<int>(type: "INTEGER", nullable: false),
                    pupil_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subject_code = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_subject_enrolments", x => new { x.organisation_id, x.academic_year, x.pupil_id, x.subject_code });
                    table.ForeignKey(
                        name: "FK_subject_enrolments_pupils_organisation_id_pupil_id",
                        columns: x => new { x.organisation_id, x.pupil_id },
                        principalTable: "pupils",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "class_pupils",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    class_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    pupil_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    registration_year = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_class_pupils", x => new { x.organisation_id, x.class_id, x.pupil_id });
                    table.ForeignKey(
                        name: "FK_class_pupils_classes_organisation_id_class_id",
                        columns: x => new { x.organisation_id, x.class_id },
                        principalTable: "classes",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_class_pupils_pupils_organisation_id_pupil_id",
                        columns: x => new { x.organisation_id, x.pupil_id },
                        principalTable: "pupils",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "class_teachers",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    class_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_class_teachers", x => new { x.organisation_id, x.class_id, x.account_id });
                    table.ForeignKey(
                        name: "FK_class_teachers_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_class_teachers_classes_organisation_id_class_id",
                        columns: x => new { x.organisation_id, x.class_id },
                        principalTable: "classes",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_class_pupils_organisation_id_pupil_id_registration_year",
                table: "class_pupils",
                columns: new[] { "organisation_id", "pupil_id", "registration_year" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_class_teachers_account_id",
                table: "class_teachers",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_class_teachers_organisation_id_account_id",
                table: "class_teachers",
                columns: new[] { "organisation_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "IX_classes_organisation_id_academic_year_name_key",
                table: "classes",
                columns: new[] { "organisation_id", "academic_year", "name_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_subject_enrolments_organisation_id_academic_year_subject_code",
                table: "subject_enrolments",
                columns: new[] { "organisation_id", "academic_year", "subject_code" });

            migrationBuilder.CreateIndex(
                name: "IX_subject_enrolments_organisation_id_pupil_id",
                table: "subject_enrolments",
                columns: new[] { "organisation_id", "pupil_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "class_pupils");

            migrationBuilder.DropTable(
                name: "class_teachers");

            migrationBuilder.DropTable(
                name: "offered_subjects");

            migrationBuilder.DropTable(
                name: "subject_enrolments");

            migrationBuilder.DropTable(
                name: "classes");
        }
    }
}
