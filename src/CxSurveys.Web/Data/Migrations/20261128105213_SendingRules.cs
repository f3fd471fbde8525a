using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class SendingRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_message_invitation_id",
                table: "message");

            migrationBuilder.AddColumn<DateOnly[]>(
                name: "holidays",
                table: "organisation",
                type: "date[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<TimeOnly>(
                name: "quiet_from",
                table: "organisation",
                type: "time without time zone",
                nullable: true);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "quiet_to",
                table: "organisation",
                type: "time without time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reminder_days",
                table: "organisation",
                type: "integer",
                nullable: false,
                defaultValue: 3);

            migrationBuilder.AddColumn<int>(
                name: "reminders",
                table: "organisation",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int[]>(
                name: "working_days",
                table: "organisation",
                type: "integer[]",
                nullable: false,
                defaultValueSql: "'{0,1,2,3,4,5,6}'");

            migrationBuilder.AddColumn<int>(
                name: "number",
                table: "message",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "capped_by_survey_id",
                table: "invitation",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "event_id",
                table: "invitation",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reminder_days",
                table: "invitation",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "reminders_left",
                table: "invitation",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "rule_id",
                table: "invitation",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "slot",
                table: "person",
                type: "integer",
                nullable: false,
                computedColumnSql: "('x' || substr(md5(id::text), 1, 7))::bit(28)::int",
                stored: true);

            migrationBuilder.CreateTable(
                name: "customer_event",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_event", x => x.id);
                    table.ForeignKey(
                        name: "fk_customer_event_person_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sending_rule",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    event_type = table.Column<string>(type: "text", nullable: true),
                    only_first = table.Column<bool>(type: "boolean", nullable: false),
                    delay = table.Column<int>(type: "integer", nullable: false),
                    delay_unit = table.Column<short>(type: "smallint", nullable: false),
                    cancelled_by = table.Column<string[]>(type: "text[]", nullable: false),
                    same_field = table.Column<string>(type: "text", nullable: true),
                    every_days = table.Column<int>(type: "integer", nullable: true),
                    at_time = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    planned_through = table.Column<DateOnly>(type: "date", nullable: true),
                    conditions = table.Column<string>(type: "jsonb", nullable: false),
                    survey_id = table.Column<int>(type: "integer", nullable: false),
                    touchpoint_id = table.Column<int>(type: "integer", nullable: true),
                    sample_percent = table.Column<int>(type: "integer", nullable: false),
                    priority = table.Column<short>(type: "smallint", nullable: false),
                    late_days = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sending_rule", x => x.id);
                    table.CheckConstraint("ck_sending_rule_kind", "(event_type is null) <> (every_days is null)");
                    table.CheckConstraint("ck_sending_rule_numbers", "delay >= 0 and late_days >= 0 and sample_percent between 1 and 100 and (every_days is null or every_days >= 7)");
                    table.ForeignKey(
                        name: "fk_sending_rule_survey_survey_id",
                        column: x => x.survey_id,
                        principalTable: "survey",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sending_rule_touchpoint_touchpoint_id",
                        column: x => x.touchpoint_id,
                        principalTable: "touchpoint",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "planned_ask",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: true),
                    wanted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    waits_for = table.Column<short>(type: "smallint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_planned_ask", x => x.id);
                    table.ForeignKey(
                        name: "fk_planned_ask_customer_event_event_id",
                        column: x => x.event_id,
                        principalTable: "customer_event",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_planned_ask_person_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_planned_ask_sending_rule_rule_id",
                        column: x => x.rule_id,
                        principalTable: "sending_rule",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_person_slot",
                table: "person",
                column: "slot");

            migrationBuilder.AddCheckConstraint(
                name: "ck_organisation_quiet",
                table: "organisation",
                sql: "(quiet_from is null) = (quiet_to is null) and cardinality(working_days) > 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_organisation_reminders",
                table: "organisation",
                sql: "reminders between 0 and 3 and reminder_days between 1 and 30");

            migrationBuilder.CreateIndex(
                name: "ix_message_invitation_id_number",
                table: "message",
                columns: new[] { "invitation_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitation_capped_by_survey_id",
                table: "invitation",
                column: "capped_by_survey_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitation_event_id",
                table: "invitation",
                column: "event_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitation_rule_id",
                table: "invitation",
                column: "rule_id");

            migrationBuilder.CreateIndex(
                name: "ix_customer_event_person_id_type",
                table: "customer_event",
                columns: new[] { "person_id", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_customer_event_received_at",
                table: "customer_event",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_customer_event_type_occurred_at",
                table: "customer_event",
                columns: new[] { "type", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_planned_ask_due_at",
                table: "planned_ask",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "ix_planned_ask_event_id",
                table: "planned_ask",
                column: "event_id");

            migrationBuilder.CreateIndex(
                name: "ix_planned_ask_person_id",
                table: "planned_ask",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_planned_ask_rule_id",
                table: "planned_ask",
                column: "rule_id");

            migrationBuilder.CreateIndex(
                name: "ix_sending_rule_event_type",
                table: "sending_rule",
                column: "event_type");

            migrationBuilder.CreateIndex(
                name: "ix_sending_rule_survey_id",
                table: "sending_rule",
                column: "survey_id");

            migrationBuilder.CreateIndex(
                name: "ix_sending_rule_touchpoint_id",
                table: "sending_rule",
                column: "touchpoint_id");

            migrationBuilder.AddForeignKey(
                name: "fk_invitation_customer_event_event_id",
                table: "invitation",
                column: "event_id",
                principalTable: "customer_event",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_invitation_sending_rule_rule_id",
                table: "invitation",
                column: "rule_id",
                principalTable: "sending_rule",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_invitation_survey_capped_by_survey_id",
                table: "invitation",
                column: "capped_by_survey_id",
                principalTable: "survey",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_invitation_customer_event_event_id",
                table: "invitation");

            migrationBuilder.DropForeignKey(
                name: "fk_invitation_sending_rule_rule_id",
                table: "invitation");

            migrationBuilder.DropForeignKey(
                name: "fk_invitation_survey_capped_by_survey_id",
                table: "invitation");

            migrationBuilder.DropTable(
                name: "planned_ask");

            migrationBuilder.DropTable(
                name: "customer_event");

            migrationBuilder.DropTable(
                name: "sending_rule");

            migrationBuilder.DropIndex(
                name: "ix_person_slot",
                table: "person");

            migrationBuilder.DropCheckConstraint(
                name: "ck_organisation_quiet",
                table: "organisation");

            migrationBuilder.DropCheckConstraint(
                name: "ck_organisation_reminders",
                table: "organisation");

            migrationBuilder.DropIndex(
                name: "ix_message_invitation_id_number",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_invitation_capped_by_survey_id",
                table: "invitation");

            migrationBuilder.DropIndex(
                name: "ix_invitation_event_id",
                table: "invitation");

            migrationBuilder.DropIndex(
                name: "ix_invitation_rule_id",
                table: "invitation");

            migrationBuilder.DropColumn(
                name: "slot",
                table: "person");

            migrationBuilder.DropColumn(
                name: "holidays",
                table: "organisation");

            migrationBuilder.DropColumn(
                name: "quiet_from",
                table: "organisation");

            migrationBuilder.DropColumn(
                name: "quiet_to",
                table: "organisation");

            migrationBuilder.DropColumn(
                name: "reminder_days",
                table: "organisation");

            migrationBuilder.DropColumn(
                name: "reminders",
                table: "organisation");

            migrationBuilder.DropColumn(
                name: "working_days",
                table: "organisation");

            migrationBuilder.DropColumn(
                name: "number",
                table: "message");

            migrationBuilder.DropColumn(
                name: "capped_by_survey_id",
                table: "invitation");

            migrationBuilder.DropColumn(
                name: "event_id",
                table: "invitation");

            migrationBuilder.DropColumn(
                name: "reminder_days",
                table: "invitation");

            migrationBuilder.DropColumn(
                name: "reminders_left",
                table: "invitation");

            migrationBuilder.DropColumn(
                name: "rule_id",
                table: "invitation");

            migrationBuilder.CreateIndex(
                name: "ix_message_invitation_id",
                table: "message",
                column: "invitation_id");
        }
    }
}
