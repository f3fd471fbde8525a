using CxSurveys.Web.Features.Journey;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>
/// One question of one published version. Its key stays over versions; its id names this wording and scale alone.
/// Texts and options are in the version's definition; here is what counting needs.
/// </summary>
public sealed class Question
{
    public int Id { get; init; }
    public SurveyVersion Version { get; init; } = null!;
    public int VersionId { get; init; }
    public required string Key { get; init; }

    /// <summary>From 0, in the order asked: the index into the definition's questions.</summary>
    public required int Position { get; init; }

    public required QuestionKind Kind { get; init; }

    /// <summary>The canonical text of the metric definition (<c>MetricDefinition.Key</c>); null for choice, multi and text.</summary>
    public string? MetricKey { get; init; }

    public int? Min { get; init; }
    public int? Max { get; init; }
    public ScaleDirection? Direction { get; init; }
    public int[]? Positive { get; init; }
    public int[]? Negative { get; init; }
    public int? TouchpointId { get; init; }
    public int? StageId { get; init; }
    public bool Journey { get; init; }
    public bool Required { get; init; }

    /// <summary>The first question of the same wording, for a scored one; null = it begins a wording. Decided at publishing and kept.</summary>
    public int? GoesOnWithId { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Question>
    {
        public void Configure(EntityTypeBuilder<Question> entity)
        {
            entity.HasIndex(q => new { q.VersionId, q.Key }).IsUnique();
            entity.HasIndex(q => new { q.VersionId, q.Position }).IsUnique();
            entity.HasOne(q => q.Version).WithMany(v => v.Questions).HasForeignKey(q => q.VersionId);
            entity.HasOne<Touchpoint>().WithMany().HasForeignKey(q => q.TouchpointId);
            entity.HasOne<Stage>().WithMany().HasForeignKey(q => q.StageId);
            entity.HasOne<Question>().WithMany().HasForeignKey(q => q.GoesOnWithId);
            entity.Property(q => q.Kind).HasConversion<string>();
            entity.Property(q => q.Direction).HasConversion<string>();
            entity.ToTable(t =>
            {
                t.HasCheckConstraint("ck_question_scale", "(metric_key is null) = (min is null) and (min is null) = (max is null) and (min is null or min < max)");
                t.HasCheckConstraint("ck_question_one_place", "num_nonnulls(touchpoint_id, stage_id) + journey::int <= 1");
            });
        }
    }
}

/// <summary>
/// Every value an answer to a question may hold, skipped and not shown among them: the foreign key of an answer's
/// (question, value) points here, so the database itself refuses a value outside the scale.
/// </summary>
public sealed class ScaleValue
{
    /// <summary>The question was shown and left empty.</summary>
    public const short Skipped = short.MinValue;

    /// <summary>Branching kept the question from being shown.</summary>
    public const short NotShown = short.MinValue + 1;

    public int QuestionId { get; init; }
    public short Value { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ScaleValue>
    {
        public void Configure(EntityTypeBuilder<ScaleValue> entity)
        {
            entity.HasKey(v => new { v.QuestionId, v.Value });
            entity.HasOne<Question>().WithMany().HasForeignKey(v => v.QuestionId);
        }
    }
}
