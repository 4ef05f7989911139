using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ResultsFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "column_faults",
                table: "imports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "results_year",
                table: "imports",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "new_results",
                table: "import_rows",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "other_results",
                table: "import_rows",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "results",
                table: "import_rows",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "column_faults",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "results_year",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "new_results",
                table: "import_rows");

            migrationBuilder.DropColumn(
                name: "other_results",
                table: "import_rows");

            migrationBuilder.DropColumn(
                name: "results",
                table: "import_rows");
        }
    }
}
