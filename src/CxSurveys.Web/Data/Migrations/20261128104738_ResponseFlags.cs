using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CxSurveys.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class ResponseFlags : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<short>(
                name: "flags",
                table: "response",
                type: "smallint",
                nullable: false,
                defaultValue: (short)0);

            migrationBuilder.CreateIndex(
                name: "ix_response_state_submitted_at_id",
                table: "response",
                columns: new[] { "state", "submitted_at", "id" },
                descending: new[] { false, true, false },
                filter: "state <> 0");

            migrationBuilder.CreateIndex(
                name: "ix_response_submitted_at_id1",
                table: "response",
                columns: new[] { "submitted_at", "id" },
                descending: new[] { true, false },
                filter: "flags <> 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_response_state_submitted_at_id",
                table: "response");

            migrationBuilder.DropIndex(
                name: "ix_response_submitted_at_id1",
                table: "response");

            migrationBuilder.DropColumn(
                name: "flags",
                table: "response");
        }
    }
}
