using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Imports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "import_headings",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    heading_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    column_name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
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
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    format = table.Column<int>(type: "integer", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    is_whole_roll = table.Column<bool>(type: "boolean", nullable: false),
                    as_at = table.Column<DateOnly>(type: "date", nullable: false),
                    takes_any_destination = table.Column<bool>(type: "boolean", nullable: false),
                    columns = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    why_refused = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    received_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    checked_to = table.Column<int>(type: "integer", nullable: false),
                    checked_rows = table.Column<int>(type: "integer", nullable: false),
                    checked_bytes = table.Column<long>(type: "bigint", nullable: false),
                    lease_id = table.Column<Guid>(type: "uuid", nullable: true),
                    leased_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    confirmed_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    confirmed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
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
                name: "school_rolls",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    turns = table.Column<int>(type: "integer", nullable: false)
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
                name: "import_chunks",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
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
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    pupil_id = table.Column<Guid>(type: "uuid", nullable: true),
                    pupil_version = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    name_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    upn = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: true),
                    given = table.Column<string>(type: "text", nullable: false),
                    changes = table.Column<string>(type: "text", nullable: false),
                    remarks = table.Column<string>(type: "text", nullable: false),
                    has_warning = table.Column<bool>(type: "boolean", nullable: false),
                    has_typed_by_hand = table.Column<bool>(type: "boolean", nullable: false),
                    has_effect = table.Column<bool>(type: "boolean", nullable: false),
                    readmits = table.Column<bool>(type: "boolean", nullable: false),
                    changes_upn = table.Column<bool>(type: "boolean", nullable: false),
                    is_left_out = table.Column<bool>(type: "boolean", nullable: false),
                    taken_bits = table.Column<long>(type: "bigint", nullable: false),
                    may_be_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_decided = table.Column<bool>(type: "boolean", nullable: false),
                    is_anew = table.Column<bool>(type: "boolean", nullable: false),
                    is_applied = table.Column<bool>(type: "boolean", nullable: false),
                    applied_version = table.Column<int>(type: "integer", nullable: false),
                    before = table.Column<string>(type: "text", nullable: true),
                    has_more = table.Column<bool>(type: "boolean", nullable: false)
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "import_chunks");

            migrationBuilder.DropTable(
                name: "import_headings");

            migrationBuilder.DropTable(
                name: "import_rows");

            migrationBuilder.DropTable(
                name: "school_rolls");

            migrationBuilder.DropTable(
                name: "imports");
        }
    }
}
