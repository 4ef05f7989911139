using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Pupils : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "pupils",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    upn = table.Column<string>(type: "TEXT", maxLength: 13, nullable: true),
                    upn_reason = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    uln = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    surname = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    forename = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    middle_names = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    preferred_surname = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    preferred_forename = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    born_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    sex = table.Column<int>(type: "INTEGER", nullable: false),
                    nc_year_number = table.Column<int>(type: "INTEGER", nullable: false),
                    enrolled_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    left_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    deleted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    surname_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    typed_by_hand_bits = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pupils", x => new { x.organisation_id, x.id });
                    table.ForeignKey(
                        name: "FK_pupils_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "former_upns",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    pupil_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    upn = table.Column<string>(type: "TEXT", maxLength: 13, nullable: false),
                    replaced_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_former_upns", x => new { x.organisation_id, x.pupil_id, x.upn });
                    table.ForeignKey(
                        name: "FK_former_upns_pupils_organisation_id_pupil_id",
                        columns: x => new { x.organisation_id, x.pupil_id },
                        principalTable: "pupils",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pupil_changes",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    pupil_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    change_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    field = table.Column<int>(type: "INTEGER", nullable: false),
                    before = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    after = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pupil_changes", x => new { x.organisation_id, x.pupil_id, x.change_id, x.field });
                    table.ForeignKey(
                        name: "FK_pupil_changes_pupils_organisation_id_pupil_id",
                        columns: x => new { x.organisation_id, x.pupil_id },
                        principalTable: "pupils",
                        principalColumns: new[] { "organisation_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_former_upns_organisation_id_upn",
                table: "former_upns",
                columns: new[] { "organisation_id", "upn" });

            migrationBuilder.CreateIndex(
                name: "IX_pupils_organisation_id_name_key",
                table: "pupils",
                columns: new[] { "organisation_id", "name_key" });

            migrationBuilder.CreateIndex(
                name: "IX_pupils_organisation_id_nc_year_number_surname_key_id",
                table: "pupils",
                columns: new[] { "organisation_id", "nc_year_number", "surname_key", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_pupils_organisation_id_surname_key_id",
                table: "pupils",
                columns: new[] { "organisation_id", "surname_key", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_pupils_organisation_id_upn",
                table: "pupils",
                columns: new[] { "organisation_id", "upn" },
                unique: true,
                filter: "upn IS NOT NULL AND deleted_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "former_upns");

            migrationBuilder.DropTable(
                name: "pupil_changes");

            migrationBuilder.DropTable(
                name: "pupils");
        }
    }
}
