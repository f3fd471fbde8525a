using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class ReachOfContacts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "reach",
                table: "answer",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "reach",
                table: "answer");
        }
    }
}
