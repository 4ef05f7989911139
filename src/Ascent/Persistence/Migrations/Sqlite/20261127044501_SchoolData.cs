using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SchoolData : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "disadvantaged",
                table: "pupils",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "eal",
                table: "pupils",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ethnicity",
                table: "pupils",
                type: "TEXT",
                maxLength: 4,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "free_meals",
                table: "pupils",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "free_meals_six",
                table: "pupils",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "looked_after",
                table: "pupils",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sen_need",
                table: "pupils",
                type: "TEXT",
                maxLength: 4,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sen_provision",
                table: "pupils",
                type: "TEXT",
                maxLength: 1,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "service_child",
                table: "pupils",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "from_day",
                table: "pupil_changes",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

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
                name: "import_headings",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    heading_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    column_name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_headings", x => new { x.organisation_id, x.heading_key });
                    table.ForeignKey(
                        name: "FK_import_headings_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    format = table.Column<int>(type: "INTEGER", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    is_whole_roll = table.Column<bool>(type: "INTEGER", nullable: false),
                    as_at = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    takes_any_destination = table.Column<bool>(type: "INTEGER", nullable: false),
                    columns = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    why_refused = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    received_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    received_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    checked_to = table.Column<int>(type: "INTEGER", nullable: false),
                    checked_rows = table.Column<int>(type: "INTEGER", nullable: false),
                    checked_bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    leased_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    confirmed_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    confirmed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    placement = table.Column<string>(type: "TEXT", nullable: true),
                    rows_gone_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_imports", x => new { x.organisation_id, x.id });
                    table.ForeignKey(
                        name: "FK_imports_organisations_organisation_id",
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

            migrationBuilder.CreateTable(
                name: "school_rolls",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    turns = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_school_rolls", x => x.organisation_id);
                    table.ForeignKey(
                        name: "FK_school_rolls_organisations_organisation_id",
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

            migrationBuilder.CreateTable(
                name: "import_chunks",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    import_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_chunks", x => new { x.organisation_id, x.import_id, x.number });
                    table.ForeignKey(
                        name: "FK_import_chunks_imports_organisation_id_import_id",
                        columns: x => new { x.organisation_id, x.import_id },
                        principalTable: "imports",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "import_rows",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    import_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    pupil_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    pupil_version = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    upn = table.Column<string>(type: "TEXT", maxLength: 13, nullable: true),
                    given = table.Column<string>(type: "TEXT", nullable: false),
                    changes = table.Column<string>(type: "TEXT", nullable: false),
                    remarks = table.Column<string>(type: "TEXT", nullable: false),
                    has_warning = table.Column<bool>(type: "INTEGER", nullable: false),
                    has_typed_by_hand = table.Column<bool>(type: "INTEGER", nullable: false),
                    has_effect = table.Column<bool>(type: "INTEGER", nullable: false),
                    readmits = table.Column<bool>(type: "INTEGER", nullable: false),
                    changes_upn = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_left_out = table.Column<bool>(type: "INTEGER", nullable: false),
                    taken_bits = table.Column<long>(type: "INTEGER", nullable: false),
                    may_be_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_decided = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_anew = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_applied = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_placed = table.Column<bool>(type: "INTEGER", nullable: false),
                    applied_version = table.Column<int>(type: "INTEGER", nullable: false),
                    before = table.Column<string>(type: "TEXT", nullable: true),
                    more = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    class_name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_rows", x => new { x.organisation_id, x.import_id, x.number });
                    table.ForeignKey(
                        name: "FK_import_rows_imports_organisation_id_import_id",
                        columns: x => new { x.organisation_id, x.import_id },
                        principalTable: "imports",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_pupils_organisation_id_deleted_at",
                table: "pupils",
                columns: new[] { "organisation_id", "deleted_at" },
                filter: "deleted_at IS NOT NULL");

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
                name: "IX_import_rows_organisation_id_import_id_kind_number",
                table: "import_rows",
                columns: new[] { "organisation_id", "import_id", "kind", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_import_rows_organisation_id_import_id_pupil_id",
                table: "import_rows",
                columns: new[] { "organisation_id", "import_id", "pupil_id" });

            migrationBuilder.CreateIndex(
                name: "IX_import_rows_organisation_id_import_id_upn",
                table: "import_rows",
                columns: new[] { "organisation_id", "import_id", "upn" });

            migrationBuilder.CreateIndex(
                name: "IX_imports_organisation_id_received_at_id",
                table: "imports",
                columns: new[] { "organisation_id", "received_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_imports_state_leased_until",
                table: "imports",
                columns: new[] { "state", "leased_until" });

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
                name: "attendance_totals");

            migrationBuilder.DropTable(
                name: "class_pupils");

            migrationBuilder.DropTable(
                name: "class_teachers");

            migrationBuilder.DropTable(
                name: "former_schools");

            migrationBuilder.DropTable(
                name: "import_chunks");

            migrationBuilder.DropTable(
                name: "import_headings");

            migrationBuilder.DropTable(
                name: "import_rows");

            migrationBuilder.DropTable(
                name: "offered_subjects");

            migrationBuilder.DropTable(
                name: "results");

            migrationBuilder.DropTable(
                name: "school_rolls");

            migrationBuilder.DropTable(
                name: "subject_enrolments");

            migrationBuilder.DropTable(
                name: "classes");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropIndex(
                name: "IX_pupils_organisation_id_deleted_at",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "disadvantaged",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "eal",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "ethnicity",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "free_meals",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "free_meals_six",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "looked_after",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "sen_need",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "sen_provision",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "service_child",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "from_day",
                table: "pupil_changes");
        }
    }
}
