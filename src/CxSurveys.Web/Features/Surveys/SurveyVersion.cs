using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>What was asked, frozen. Never updated: publishing an edit makes the next number.</summary>
public sealed class SurveyVersion
{
    public int Id { get; init; }
    public Survey Survey { get; init; } = null!;
    public int SurveyId { get; init; }
    public required int Number { get; init; }
    public required SurveyDefinition Definition { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>In the order they are asked.</summary>
    public List<Question> Questions { get; init; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<SurveyVersion>
    {
        public void Configure(EntityTypeBuilder<SurveyVersion> entity)
        {
            entity.HasIndex(v => new { v.SurveyId, v.Number }).IsUnique();
            entity.Property(v => v.Definition).HasColumnType("jsonb").HasConversion(DefinitionJson.Converter, DefinitionJson.Comparer);
            entity.ToTable(t => t.HasCheckConstraint("ck_survey_version_number", "number > 0"));
        }
    }
}
