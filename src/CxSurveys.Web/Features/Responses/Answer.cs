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

    // The response's own, which never change: repeated here so that an index of answers can begin with the question and go on with time or customer.
    public required DateTimeOffset SubmittedAt { get; init; }
    public required int SegmentId { get; init; }

    /// <summary>Of a counted response only: whose answers are not counted is nobody's latest.</summary>
    public long? PersonId { get; init; }

    /// <summary>A value of the scale, <see cref="ScaleValue.Skipped"/> or <see cref="ScaleValue.NotShown"/>; null for choice, multi and text.</summary>
    public short? Value { get; set; }

    public string? Text { get; set; }

    /// <summary>Option keys: one for a choice, any number for multi; of a consent the language it was agreed to in; of a contact request yes or no.</summary>
    public string[]? Options { get; set; }

    /// <summary>How to reach a person who may be contacted: a phone number or an email address. Personal data, so not in <see cref="Text"/>, which is searched and shown as a comment.</summary>
    public string? Reach { get; set; }

    /// <summary>False for a scale question that was skipped or not shown.</summary>
    public bool IsAnswered => Value is not (ScaleValue.Skipped or ScaleValue.NotShown);

    internal sealed class Mapping : IEntityTypeConfiguration<Answer>
    {
        public void Configure(EntityTypeBuilder<Answer> entity)
        {
            entity.Ignore(a => a.IsAnswered);
            entity.HasKey(a => new { a.ResponseId, a.QuestionId });
            // No foreign keys, which took a third of the intake's time: the one statement that writes answers takes their ids, and their values of a
            // scale, from the rows they name. Places and questions are never deleted under them.
            Index(entity);
            entity.ToTable(t => t.HasCheckConstraint("ck_answer_one_form", "num_nonnulls(value, text, options) = 1"));
        }

        static void Index(EntityTypeBuilder<Answer> entity)
        {
            // The answers behind a bar, newest first.
            entity.HasIndex(a => new { a.QuestionId, a.Value, a.SubmittedAt, a.ResponseId }).IsDescending(false, false, true, false);
            // Each customer's latest answer, read without the table.
            entity.HasIndex(a => new { a.QuestionId, a.PlaceId, a.PersonId, a.SubmittedAt, a.ResponseId }).IsDescending(false, false, false, true, true)
                .HasDatabaseName("ix_answer_customer").IncludeProperties(a => new { a.Value, a.SegmentId })
                .HasFilter($"person_id is not null and value > {ScaleValue.NotShown}");
            // Words, newest first where they are frequent, by their letters where they are rare.
            entity.HasIndex(a => new { a.SubmittedAt, a.ResponseId }).IsDescending(true, false).HasDatabaseName("ix_answer_text_newest").HasFilter("text is not null");
            entity.HasIndex(a => a.Text).HasDatabaseName("ix_answer_text_letters").HasMethod("gin").HasOperators("gin_trgm_ops").HasFilter("text is not null");
        }
    }
}
