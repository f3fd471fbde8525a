using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class AnswersWithoutKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_answer_place_place_id",
                table: "answer");

            migrationBuilder.DropForeignKey(
                name: "fk_answer_question_question_id",
                table: "answer");

            migrationBuilder.DropForeignKey(
                name: "fk_answer_response_response_id",
                table: "answer");

            migrationBuilder.DropForeignKey(
                name: "fk_answer_scale_value_question_id_value",
                table: "answer");

            migrationBuilder.DropForeignKey(
                name: "fk_response_segment_segment_id",
                table: "response");

            migrationBuilder.DropForeignKey(
                name: "fk_response_survey_version_version_id",
                table: "response");

            migrationBuilder.DropIndex(
                name: "ix_answer_place_id",
                table: "answer");

            migrationBuilder.Sql("drop function if exists answer_place(int, int)");
            // Room on each page, so that a count goes up in place without an entry in the index, and vacuum before dead counts are many.
            migrationBuilder.Sql("alter table cell set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table cell reset (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)");
            migrationBuilder.CreateIndex(
                name: "ix_answer_place_id",
                table: "answer",
                column: "place_id");

            migrationBuilder.AddForeignKey(
                name: "fk_answer_place_place_id",
                table: "answer",
                column: "place_id",
                principalTable: "place",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_answer_question_question_id",
                table: "answer",
                column: "question_id",
                principalTable: "question",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_answer_response_response_id",
                table: "answer",
                column: "response_id",
                principalTable: "response",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_answer_scale_value_question_id_value",
                table: "answer",
                columns: new[] { "question_id", "value" },
                principalTable: "scale_value",
                principalColumns: new[] { "question_id", "value" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_response_segment_segment_id",
                table: "response",
                column: "segment_id",
                principalTable: "segment",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_response_survey_version_version_id",
                table: "response",
                column: "version_id",
                principalTable: "survey_version",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
