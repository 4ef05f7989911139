using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DeletedPupils : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "rows_gone_at",
                table: "imports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_pupils_organisation_id_deleted_at",
                table: "pupils",
                columns: new[] { "organisation_id", "deleted_at" },
                filter: "deleted_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_pupils_organisation_id_deleted_at",
                table: "pupils");

            migrationBuilder.DropColumn(
                name: "rows_gone_at",
                table: "imports");
        }
    }
}
