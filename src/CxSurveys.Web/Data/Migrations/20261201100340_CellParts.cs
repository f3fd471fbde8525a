using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class CellParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop view cell_now");

            migrationBuilder.DropCheckConstraint(
                name: "ck_cell_count",
                table: "cell");

            migrationBuilder.AddColumn<string>(
                name: "part",
                table: "segment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int[]>(
                name: "part_ids",
                table: "segment",
                type: "integer[]",
                nullable: false,
                defaultValue: new int[0]);

            migrationBuilder.AddColumn<bool[]>(
                name: "named",
                table: "cell_delta",
                type: "boolean[]",
                nullable: false,
                defaultValue: new bool[0]);

            migrationBuilder.AddColumn<long>(
                name: "named",
                table: "cell",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "cell_fold",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    deltas = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cell_fold", x => x.id);
                    table.CheckConstraint("ck_cell_fold_one", "id = 1");
                });

            migrationBuilder.CreateIndex(
                name: "ix_segment_part",
                table: "segment",
                column: "part",
                filter: "part is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_cell_count",
                table: "cell",
                sql: "count >= 0 and named between 0 and count");

            migrationBuilder.Sql("""
                alter table segment alter column part_ids drop default;
                alter table cell_delta alter column named drop default, alter column named set storage external;
                alter table cell alter column named drop default
                """);
            migrationBuilder.Sql(CxSurveys.Web.Features.Scores.CellFold.SeedSql);
            migrationBuilder.Sql(CxSurveys.Web.Features.Scores.Segment.GrainViewSql);
            migrationBuilder.Sql(CxSurveys.Web.Features.Scores.CellDelta.ViewSql);
            migrationBuilder.Sql(PartsOfSegmentsThatAreThere);
            migrationBuilder.Sql(CellsAnew);
        }

        // Hashed as SegmentKey does: language, channel, name and value, each with its length before it, -1 for none.
        const string PartsOfSegmentsThatAreThere = """
            create temp table single on commit drop as
            select s.id, 'segment.' || a.key as part, jsonb_build_object(a.key, a.value) as attributes, null::text as language, null::text as channel,
                   sha256(int4send(-1) || int4send(-1) || int4send(octet_length(a.key)) || convert_to(a.key, 'UTF8') || int4send(octet_length(a.value)) || convert_to(a.value, 'UTF8')) as hash
            from segment s cross join lateral jsonb_each_text(s.attributes) a
            union all
            select id, 'language', '{}', language, null, sha256(int4send(octet_length(language)) || convert_to(language, 'UTF8') || int4send(-1)) from segment where language is not null
            union all
            select id, 'channel', '{}', null, channel, sha256(int4send(-1) || int4send(octet_length(channel)) || convert_to(channel, 'UTF8')) from segment where channel is not null;
            update segment s set part = single.part from single where single.hash = s.hash and single.id = s.id;
            insert into segment (attributes, language, channel, hash, part, part_ids)
            select distinct on (hash) attributes, language, channel, hash, part, '{}'::int[] from single order by hash
            on conflict (hash) do nothing;
            update segment s set part_ids = parts.ids
            from (select single.id, array_agg(p.id) as ids from single join segment p on p.hash = single.hash group by 1) parts
            where s.id = parts.id and s.part is null
            """;

        const string CellsAnew = """
            delete from cell_delta;
            delete from cell;
            insert into cell (question_id, segment_id, day, place_id, value, count, named)
            select a.question_id, grain.id, a.day, a.place_id, a.value, sum(a.count), sum(a.named)
            from (select question_id, segment_id, day, place_id, value, count(*) as count, count(person_id) as named from scored_answer group by 1, 2, 3, 4, 5) a
            join segment_grain grain on grain.segment_id = a.segment_id
            group by 1, 2, 3, 4, 5
            order by 1, 2, 3, 4, 5
            """;

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop view cell_now; drop view segment_grain; delete from cell where segment_id < 0");
            migrationBuilder.DropTable(
                name: "cell_fold");

            migrationBuilder.DropIndex(
                name: "ix_segment_part",
                table: "segment");

            migrationBuilder.DropCheckConstraint(
                name: "ck_cell_count",
                table: "cell");

            migrationBuilder.DropColumn(
                name: "part",
                table: "segment");

            migrationBuilder.DropColumn(
                name: "part_ids",
                table: "segment");

            migrationBuilder.DropColumn(
                name: "named",
                table: "cell_delta");

            migrationBuilder.DropColumn(
                name: "named",
                table: "cell");

            migrationBuilder.AddCheckConstraint(
                name: "ck_cell_count",
                table: "cell",
                sql: "count >= 0");
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
    }
}
