using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_audit_details_person_id",
                table: "audit_details");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_actor",
                table: "audit_entries",
                columns: new[] { "organisation_id", "actor_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_kind",
                table: "audit_entries",
                columns: new[] { "organisation_id", "kind", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_details_person",
                table: "audit_details",
                columns: new[] { "person_id", "organisation_id", "entry_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_audit_entries_actor",
                table: "audit_entries");

            migrationBuilder.DropIndex(
                name: "ix_audit_entries_kind",
                table: "audit_entries");

            migrationBuilder.DropIndex(
                name: "ix_audit_details_person",
                table: "audit_details");

            migrationBuilder.CreateIndex(
                name: "IX_audit_details_person_id",
                table: "audit_details",
                column: "person_id");
        }
    }
}
