using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class AnswerIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_response_version_id",
                table: "response");

            migrationBuilder.DropIndex(
                name: "ix_answer_question_id_value",
                table: "answer");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.AddColumn<long>(
                name: "person_id",
                table: "answer",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "segment_id",
                table: "answer",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "submitted_at",
                table: "answer",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.Sql("""
                update answer a set submitted_at = r.submitted_at, segment_id = r.segment_id, person_id = case when r.state = 0 then r.person_id end from response r where r.id = a.response_id;
                alter table answer alter column submitted_at drop default, alter column segment_id drop default;
                """);

            migrationBuilder.CreateIndex(
                name: "ix_response_version_id_submitted_at_id",
                table: "response",
                columns: new[] { "version_id", "submitted_at", "id" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_answer_customer",
                table: "answer",
                columns: new[] { "question_id", "place_id", "person_id", "submitted_at", "response_id" },
                descending: new[] { false, false, false, true, true },
                filter: "person_id is not null and value > -32767")
                .Annotation("Npgsql:IndexInclude", new[] { "value", "segment_id" });

            migrationBuilder.CreateIndex(
                name: "ix_answer_question_id_value_submitted_at_response_id",
                table: "answer",
                columns: new[] { "question_id", "value", "submitted_at", "response_id" },
                descending: new[] { false, false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_answer_text_letters",
                table: "answer",
                column: "text",
                filter: "text is not null")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_answer_text_newest",
                table: "answer",
                columns: new[] { "submitted_at", "response_id" },
                descending: new[] { true, false },
                filter: "text is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_response_version_id_submitted_at_id",
                table: "response");

            migrationBuilder.DropIndex(
                name: "ix_answer_customer",
                table: "answer");

            migrationBuilder.DropIndex(
                name: "ix_answer_question_id_value_submitted_at_response_id",
                table: "answer");

            migrationBuilder.DropIndex(
                name: "ix_answer_text_letters",
                table: "answer");

            migrationBuilder.DropIndex(
                name: "ix_answer_text_newest",
                table: "answer");

            migrationBuilder.DropColumn(
                name: "person_id",
                table: "answer");

            migrationBuilder.DropColumn(
                name: "segment_id",
                table: "answer");

            migrationBuilder.DropColumn(
                name: "submitted_at",
                table: "answer");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.CreateIndex(
                name: "ix_response_version_id",
                table: "response",
                column: "version_id");

            migrationBuilder.CreateIndex(
                name: "ix_answer_question_id_value",
                table: "answer",
                columns: new[] { "question_id", "value" });
        }
    }
}
