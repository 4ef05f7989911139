using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AccessTemplates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "template_id",
                table: "memberships",
                type: "TEXT",
                nullable: true);

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

            migrationBuilder.CreateIndex(
                name: "IX_memberships_organisation_id_template_id",
                table: "memberships",
                columns: new[] { "organisation_id", "template_id" });

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
                name: "access_templates");

            migrationBuilder.DropIndex(
                name: "IX_memberships_organisation_id_template_id",
                table: "memberships");

            migrationBuilder.DropColumn(
                name: "template_id",
                table: "memberships");
        }
    }
}
