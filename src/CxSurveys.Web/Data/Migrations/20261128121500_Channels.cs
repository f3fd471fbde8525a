using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Channels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "company_look",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    colour = table.Column<string>(type: "text", nullable: true),
                    font = table.Column<string>(type: "text", nullable: true),
                    logo = table.Column<byte[]>(type: "bytea", nullable: true),
                    logo_type = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_company_look", x => x.id);
                    table.CheckConstraint("ck_company_look_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "survey_thanks",
                columns: table => new
                {
                    survey_id = table.Column<int>(type: "integer", nullable: false),
                    texts = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_thanks", x => x.survey_id);
                    table.ForeignKey(
                        name: "fk_survey_thanks_survey_survey_id",
                        column: x => x.survey_id,
                        principalTable: "survey",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "link_key",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_link_key", x => x.id);
                    table.CheckConstraint("ck_link_key_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "survey_channel",
                columns: table => new
                {
                    survey_id = table.Column<int>(type: "integer", nullable: false),
                    sites = table.Column<string[]>(type: "text[]", nullable: false),
                    one_answer_per_browser = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_channel", x => x.survey_id);
                    table.ForeignKey(
                        name: "fk_survey_channel_survey_survey_id",
                        column: x => x.survey_id,
                        principalTable: "survey",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "company_look");

            migrationBuilder.DropTable(
                name: "survey_thanks");

            migrationBuilder.DropTable(
                name: "link_key");

            migrationBuilder.DropTable(
                name: "survey_channel");
        }
    }
}
