using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Responses;

/// <summary>
/// What one response says to one question. Scale questions have a row even when skipped, so that cells can be
/// recomputed from answers alone; a choice or text question left empty has none.
/// </summary>
public sealed class Answer
{
    public required Guid ResponseId { get; init; }
    public required int QuestionId { get; init; }
    public required int PlaceId { get; init; }

    /// <summary>A value of the scale, <see cref="ScaleValue.Skipped"/> or <see cref="ScaleValue.NotShown"/>; null for choice, multi and text.</summary>
    public short? Value { get; set; }

    public string? Text { get; set; }

    /// <summary>Option keys: one for a choice, any number for multi.</summary>
    public string[]? Options { get; set; }

    /// <summary>False for a scale question that was skipped or not shown.</summary>
    public bool IsAnswered => Value is not (ScaleValue.Skipped or ScaleValue.NotShown);

    internal sealed class Mapping : IEntityTypeConfiguration<Answer>
    {
        public void Configure(EntityTypeBuilder<Answer> entity)
        {
            entity.Ignore(a => a.IsAnswered);
            entity.HasKey(a => new { a.ResponseId, a.QuestionId });
            entity.HasOne<Response>().WithMany().HasForeignKey(a => a.ResponseId);
            entity.HasOne<Question>().WithMany().HasForeignKey(a => a.QuestionId);
            entity.HasOne<Place>().WithMany().HasForeignKey(a => a.PlaceId);
            entity.HasOne<ScaleValue>().WithMany().HasForeignKey(a => new { a.QuestionId, a.Value });
            entity.HasIndex(a => new { a.QuestionId, a.Value });
            entity.ToTable(t => t.HasCheckConstraint("ck_answer_one_form", "num_nonnulls(value, text, options) = 1"));
        }
    }
}
