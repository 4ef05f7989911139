using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ascent.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Passkeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "credential_id",
                table: "factors",
                type: "bytea",
                maxLength: 1023,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "public_key",
                table: "factors",
                type: "bytea",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "sign_count",
                table: "factors",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "passkey_challenges",
                columns: table => new
                {
                    bound_to = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    task = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    challenge = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_passkey_challenges", x => x.bound_to);
                });

            migrationBuilder.CreateIndex(
                name: "IX_factors_credential_id",
                table: "factors",
                column: "credential_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_passkey_challenges_expires_at",
                table: "passkey_challenges",
                column: "expires_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "passkey_challenges");

            migrationBuilder.DropIndex(
                name: "IX_factors_credential_id",
                table: "factors");

            migrationBuilder.DropColumn(
                name: "credential_id",
                table: "factors");

            migrationBuilder.DropColumn(
                name: "public_key",
                table: "factors");

            migrationBuilder.DropColumn(
                name: "sign_count",
                table: "factors");
        }
    }
}
