using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Characteristics : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
