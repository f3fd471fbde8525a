using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class CellDeltas : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_cell_scale_value_question_id_value",
                table: "cell");

            migrationBuilder.DropIndex(
                name: "ix_response_person_id",
                table: "response");

            migrationBuilder.DropIndex(
                name: "ix_cell_question_id_value",
                table: "cell");

            migrationBuilder.AddColumn<Guid[]>(
                name: "subject_ids",
                table: "outbox",
                type: "uuid[]",
                nullable: false,
                defaultValue: new Guid[0]);

            migrationBuilder.Sql("update outbox set subject_ids = array[subject_id]; alter table outbox alter column subject_ids drop default");

            migrationBuilder.DropColumn(
                name: "subject_id",
                table: "outbox");

            migrationBuilder.CreateTable(
                name: "cell_delta",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    sign = table.Column<short>(type: "smallint", nullable: false),
                    question_ids = table.Column<int[]>(type: "integer[]", nullable: false),
                    segment_ids = table.Column<int[]>(type: "integer[]", nullable: false),
                    place_ids = table.Column<int[]>(type: "integer[]", nullable: false),
                    instants = table.Column<DateTimeOffset[]>(type: "timestamp with time zone[]", nullable: false),
                    scale_values = table.Column<short[]>(type: "smallint[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cell_delta", x => x.id);
                    table.CheckConstraint("ck_cell_delta_sign", "sign in (1, -1)");
                });

            migrationBuilder.CreateIndex(
                name: "ix_response_person_id",
                table: "response",
                column: "person_id",
                filter: "person_id is not null");

            // A row lives until the cells are brought up to date: not worth compressing, and rather long than in a second table.
            migrationBuilder.Sql("""
                alter table cell_delta
                    alter column question_ids set storage external, alter column segment_ids set storage external, alter column place_ids set storage external,
                    alter column instants set storage external, alter column scale_values set storage external;
                alter table cell_delta set (toast_tuple_target = 8160)
                """);
            migrationBuilder.Sql("""
                create view cell_now as
                select question_id, segment_id, day, place_id, value, count from cell
                union all
                select g.question_id, 0, (g.instant at time zone o.cells_time_zone)::date, g.place_id, g.value, d.sign
                from cell_delta d cross join organisation o
                cross join lateral unnest(d.question_ids, d.place_ids, d.instants, d.scale_values) as g(question_id, place_id, instant, value)
                union all
                select g.question_id, g.segment_id, (g.instant at time zone o.cells_time_zone)::date, g.place_id, g.value, d.sign
                from cell_delta d cross join organisation o
                cross join lateral unnest(d.question_ids, d.segment_ids, d.place_ids, d.instants, d.scale_values) as g(question_id, segment_id, place_id, instant, value)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop view cell_now");
            // What is in it is lost to the cells: rebuild-scores counts it again.
            migrationBuilder.DropTable(
                name: "cell_delta");

            migrationBuilder.DropIndex(
                name: "ix_response_person_id",
                table: "response");

            migrationBuilder.DropColumn(
                name: "subject_ids",
                table: "outbox");

            migrationBuilder.AddColumn<Guid>(
                name: "subject_id",
                table: "outbox",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateIndex(
                name: "ix_response_person_id",
                table: "response",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_cell_question_id_value",
                table: "cell",
                columns: new[] { "question_id", "value" });

            migrationBuilder.AddForeignKey(
                name: "fk_cell_scale_value_question_id_value",
                table: "cell",
                columns: new[] { "question_id", "value" },
                principalTable: "scale_value",
                principalColumns: new[] { "question_id", "value" },
                onDelete: ReferentialAction.Restrict);
        }
    }
}
