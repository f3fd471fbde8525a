using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class PeopleFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "suppression_salt",
                table: "organisation",
                type: "bytea",
                nullable: false,
                defaultValueSql: "uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())");

            migrationBuilder.CreateTable(
                name: "consent_change",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    given = table.Column<bool>(type: "boolean", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consent_change", x => x.id);
                    table.ForeignKey(
                        name: "fk_consent_change_person_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "people_file",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_kept = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    is_xlsx = table.Column<bool>(type: "boolean", nullable: false),
                    encoding = table.Column<string>(type: "text", nullable: false),
                    separator = table.Column<char>(type: "character(1)", nullable: false),
                    header = table.Column<string[]>(type: "text[]", nullable: false),
                    columns = table.Column<string[]>(type: "text[]", nullable: false),
                    is_dry = table.Column<bool>(type: "boolean", nullable: false),
                    rows = table.Column<long>(type: "bigint", nullable: false),
                    read = table.Column<long>(type: "bigint", nullable: false),
                    accepted = table.Column<long>(type: "bigint", nullable: false),
                    unchanged = table.Column<long>(type: "bigint", nullable: false),
                    rejected = table.Column<long>(type: "bigint", nullable: false),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_file", x => x.id);
                    table.CheckConstraint("ck_people_file_state", "state between 0 and 3 and (state not in (1, 2) or is_kept)");
                });

            migrationBuilder.CreateTable(
                name: "suppressed_address",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suppressed_address", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "people_file_content",
                columns: table => new
                {
                    file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_file_content", x => x.file_id);
                    table.ForeignKey(
                        name: "fk_people_file_content_people_file_file_id",
                        column: x => x.file_id,
                        principalTable: "people_file",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rejected_rows",
                columns: table => new
                {
                    file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    csv = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rejected_rows", x => x.file_id);
                    table.ForeignKey(
                        name: "fk_rejected_rows_people_file_file_id",
                        column: x => x.file_id,
                        principalTable: "people_file",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_consent_change_person_id_at",
                table: "consent_change",
                columns: new[] { "person_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_people_file_uploaded_at",
                table: "people_file",
                column: "uploaded_at");

            migrationBuilder.CreateIndex(
                name: "ix_suppressed_address_added_at",
                table: "suppressed_address",
                column: "added_at");

            // What was known before has no better source.
            migrationBuilder.Sql("insert into consent_change (person_id, channel, given, at, source) select id, 'email', email_consent, now(), 'known before' from person where email_consent is not null");
            migrationBuilder.Sql("insert into consent_change (person_id, channel, given, at, source) select id, 'all', false, opted_out_at, 'known before' from person where opted_out_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "consent_change");

            migrationBuilder.DropTable(
                name: "people_file_content");

            migrationBuilder.DropTable(
                name: "rejected_rows");

            migrationBuilder.DropTable(
                name: "suppressed_address");

            migrationBuilder.DropTable(
                name: "people_file");

            migrationBuilder.DropColumn(
                name: "suppression_salt",
                table: "organisation");
        }
    }
}
