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
            migrationBuilder.AddColumn<Guid>(
                name: "became_id",
                table: "organisations",
                type: "TEXT",
                nullable: true);

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

            migrationBuilder.CreateTable(
                name: "conversions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    school_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    former_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    predecessor_urn = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    successor_urn = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    done_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    done_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    decided_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    decided_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_conversions", x => x.id);
                    table.ForeignKey(
                        name: "FK_conversions_organisations_former_id",
                        column: x => x.former_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_conversions_organisations_school_id",
                        column: x => x.school_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_organisations_became_id",
                table: "organisations",
                column: "became_id");

            migrationBuilder.CreateIndex(
                name: "IX_organisations_name_key_id",
                table: "organisations",
                columns: new[] { "name_key", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_conversions_done_at",
                table: "conversions",
                column: "done_at");

            migrationBuilder.CreateIndex(
                name: "IX_conversions_former_id",
                table: "conversions",
                column: "former_id");

            migrationBuilder.CreateIndex(
                name: "ix_conversions_undecided",
                table: "conversions",
                column: "school_id",
                unique: true,
                filter: "state = 'Done'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conversions");

            migrationBuilder.DropIndex(
                name: "IX_organisations_became_id",
                table: "organisations");

            migrationBuilder.DropIndex(
                name: "IX_organisations_name_key_id",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "became_id",
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
