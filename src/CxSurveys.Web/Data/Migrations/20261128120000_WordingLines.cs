using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class WordingLines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "goes_on_with_id",
                table: "question",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "wording_mark",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    question_id = table.Column<int>(type: "integer", nullable: false),
                    earlier_id = table.Column<int>(type: "integer", nullable: false),
                    marked_by = table.Column<string>(type: "text", nullable: false),
                    marked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    revoked_by = table.Column<string>(type: "text", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wording_mark", x => x.id);
                    table.CheckConstraint("ck_wording_mark_two", "question_id <> earlier_id");
                    table.ForeignKey(
                        name: "fk_wording_mark_question_earlier_id",
                        column: x => x.earlier_id,
                        principalTable: "question",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_wording_mark_question_question_id",
                        column: x => x.question_id,
                        principalTable: "question",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_question_goes_on_with_id",
                table: "question",
                column: "goes_on_with_id");

            migrationBuilder.CreateIndex(
                name: "ix_wording_mark_earlier_id",
                table: "wording_mark",
                column: "earlier_id");

            migrationBuilder.CreateIndex(
                name: "ix_wording_mark_question_id_earlier_id",
                table: "wording_mark",
                columns: new[] { "question_id", "earlier_id" },
                unique: true,
                filter: "revoked_at is null");

            migrationBuilder.AddForeignKey(
                name: "fk_question_question_goes_on_with_id",
                table: "question",
                column: "goes_on_with_id",
                principalTable: "question",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            // What was published before: a wording goes on as long as no language that both have says something else.
            migrationBuilder.Sql("""
                with asked as (
                    select q.id, v.survey_id, q.key, q.metric_key, v.number, v.definition -> 'questions' -> q.position as said
                    from question q join survey_version v on v.id = q.version_id
                    where q.metric_key is not null
                ), paired as (
                    select *, lag(said) over (partition by survey_id, key, metric_key order by number) as before from asked
                ), changed as (
                    select id, survey_id, key, metric_key, number, (before is not null and (
                        (before -> 'text' is null) <> (said -> 'text' is null)
                        or before -> 'labels' is distinct from said -> 'labels'
                        or exists (
                            select from jsonb_each_text(before -> 'text') as b(language, words) join jsonb_each_text(said -> 'text') as s(language, words) using (language)
                            where regexp_replace(lower(b.words), '[[:space:][:punct:]]+', '', 'g') <> regexp_replace(lower(s.words), '[[:space:][:punct:]]+', '', 'g'))))::int as other
                    from paired
                ), numbered as (
                    select *, sum(other) over (partition by survey_id, key, metric_key order by number) as wording from changed
                ), firsts as (
                    select id, first_value(id) over (partition by survey_id, key, metric_key, wording order by number) as first from numbered
                )
                update question set goes_on_with_id = firsts.first from firsts where firsts.id = question.id and firsts.first <> firsts.id
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_question_question_goes_on_with_id",
                table: "question");

            migrationBuilder.DropTable(
                name: "wording_mark");

            migrationBuilder.DropIndex(
                name: "ix_question_goes_on_with_id",
                table: "question");

            migrationBuilder.DropColumn(
                name: "goes_on_with_id",
                table: "question");
        }
    }
}
