using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>A survey as it is being written; what customers see are its published versions.</summary>
public sealed class Survey
{
    public int Id { get; init; }
    public required string Key { get; init; }
    public required SurveyDefinition Draft { get; set; }

    /// <summary>When the draft was written last; null where that was before it was kept.</summary>
    public DateTimeOffset? DraftSavedAt { get; set; }

    /// <summary>Who wrote it last: a colleague's name, or that of a key.</summary>
    public string? DraftSavedBy { get; set; }

    /// <summary>The newest published version; null as long as nothing was published.</summary>
    public int? CurrentVersionId { get; set; }

    /// <summary>Since when no more answers are taken; null = open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Survey>
    {
        public void Configure(EntityTypeBuilder<Survey> entity)
        {
            entity.HasIndex(s => s.Key).IsUnique();
            entity.Property(s => s.Draft).HasColumnType("jsonb").HasConversion(DefinitionJson.Converter, DefinitionJson.Comparer);
            entity.HasOne<SurveyVersion>().WithMany().HasForeignKey(s => s.CurrentVersionId);
        }
    }
}
