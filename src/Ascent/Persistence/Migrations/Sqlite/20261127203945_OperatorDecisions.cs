using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OperatorDecisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "collaborate_off_from",
                table: "organisations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "reports_off_from",
                table: "organisations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "targets_off_from",
                table: "organisations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "tracking_off_from",
                table: "organisations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_organisations_name_key_id",
                table: "organisations",
                columns: new[] { "name_key", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_organisations_name_key_id",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "collaborate_off_from",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "reports_off_from",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "targets_off_from",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "tracking_off_from",
                table: "organisations");
        }
    }
}
