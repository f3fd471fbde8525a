using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Mail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "attributes",
                table: "person",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<bool>(
                name: "email_consent",
                table: "person",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "opted_out_at",
                table: "person",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                table: "person",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "cap_days",
                table: "organisation",
                type: "integer",
                nullable: false,
                defaultValue: 30);

            migrationBuilder.AddColumn<string>(
                name: "postal_address",
                table: "organisation",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "survey_cap_days",
                table: "organisation",
                type: "integer",
                nullable: false,
                defaultValue: 90);

            migrationBuilder.CreateTable(
                name: "invitation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    survey_id = table.Column<int>(type: "integer", nullable: false),
                    version_id = table.Column<int>(type: "integer", nullable: true),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    touchpoint_id = table.Column<int>(type: "integer", nullable: true),
                    attributes = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    send_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    link_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    opt_out_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    sealed_secrets = table.Column<byte[]>(type: "bytea", nullable: true),
                    not_sent = table.Column<short>(type: "smallint", nullable: true),
                    not_sent_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitation", x => x.id);
                    table.CheckConstraint("ck_invitation_link", "not_sent is not null or (link_hash is not null and opt_out_hash is not null and version_id is not null)");
                    table.ForeignKey(
                        name: "fk_invitation_person_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invitation_survey_survey_id",
                        column: x => x.survey_id,
                        principalTable: "survey",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invitation_survey_version_version_id",
                        column: x => x.version_id,
                        principalTable: "survey_version",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invitation_touchpoint_touchpoint_id",
                        column: x => x.touchpoint_id,
                        principalTable: "touchpoint",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "kept_mail",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_mail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "message",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    invitation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    first_tried_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_token = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_problem = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message", x => x.id);
                    table.CheckConstraint("ck_message_state", "state between 0 and 4");
                    table.ForeignKey(
                        name: "fk_message_invitation_invitation_id",
                        column: x => x.invitation_id,
                        principalTable: "invitation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    invitation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visit", x => x.id);
                    table.ForeignKey(
                        name: "fk_visit_invitation_invitation_id",
                        column: x => x.invitation_id,
                        principalTable: "invitation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_organisation_caps",
                table: "organisation",
                sql: "cap_days >= 0 and survey_cap_days >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_invitation_created_at_id",
                table: "invitation",
                columns: new[] { "created_at", "id" },
                descending: new[] { true, false });

            migrationBuilder.CreateIndex(
                name: "ix_invitation_link_hash",
                table: "invitation",
                column: "link_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitation_opt_out_hash",
                table: "invitation",
                column: "opt_out_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitation_person_id_created_at",
                table: "invitation",
                columns: new[] { "person_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_invitation_survey_id",
                table: "invitation",
                column: "survey_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitation_touchpoint_id",
                table: "invitation",
                column: "touchpoint_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitation_version_id",
                table: "invitation",
                column: "version_id");

            migrationBuilder.CreateIndex(
                name: "ix_message_due_at",
                table: "message",
                column: "due_at",
                filter: "state in (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_message_invitation_id",
                table: "message",
                column: "invitation_id");

            migrationBuilder.CreateIndex(
                name: "ix_visit_invitation_id",
                table: "visit",
                column: "invitation_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kept_mail");

            migrationBuilder.DropTable(
                name: "message");

            migrationBuilder.DropTable(
                name: "visit");

            migrationBuilder.DropTable(
                name: "invitation");

            migrationBuilder.DropCheckConstraint(
                name: "ck_organisation_caps",
                table: "organisation");

            migrationBuilder.DropColumn(
                name: "attributes",
                table: "person");

            migrationBuilder.DropColumn(
                name: "email_consent",
                table: "person");

            migrationBuilder.DropColumn(
                name: "opted_out_at",
                table: "person");

            migrationBuilder.DropColumn(
                name: "time_zone",
                table: "person");

            migrationBuilder.DropColumn(
                name: "cap_days",
                table: "organisation");

            migrationBuilder.DropColumn(
                name: "postal_address",
                table: "organisation");

            migrationBuilder.DropColumn(
                name: "survey_cap_days",
                table: "organisation");
        }
    }
}
