using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Surveys.Versions;

/// <summary>Somebody's word that two wordings of a question measure the same, so that their answers may be added. Taken back it stays, as a record.</summary>
public sealed class WordingMark
{
    public int Id { get; init; }

    /// <summary>The first question of the later wording.</summary>
    public required int QuestionId { get; init; }

    /// <summary>The first question of the earlier one.</summary>
    public required int EarlierId { get; init; }

    public required string MarkedBy { get; init; }
    public required DateTimeOffset MarkedAt { get; init; }
    public string? Reason { get; init; }

    public string? RevokedBy { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    public bool Joins(int one, int other) => (QuestionId == one && EarlierId == other) || (QuestionId == other && EarlierId == one);

    internal sealed class Mapping : IEntityTypeConfiguration<WordingMark>
    {
        public void Configure(EntityTypeBuilder<WordingMark> entity)
        {
            entity.HasOne<Question>().WithMany().HasForeignKey(m => m.QuestionId);
            entity.HasOne<Question>().WithMany().HasForeignKey(m => m.EarlierId);
            entity.HasIndex(m => new { m.QuestionId, m.EarlierId }).IsUnique().HasFilter("revoked_at is null");
            entity.ToTable(t => t.HasCheckConstraint("ck_wording_mark_two", "question_id <> earlier_id"));
        }
    }
}
