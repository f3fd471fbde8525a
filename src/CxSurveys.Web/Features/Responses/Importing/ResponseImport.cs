using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Responses.Importing;

public enum ImportState : short { Running = 0, Done = 1, Refused = 2, BrokenOff = 3 }

/// <summary>One import of past answers, written down while it runs, so that whoever asks any process can see how far it is.</summary>
public sealed class ResponseImport
{
    /// <summary>Made by whoever starts it, or by us.</summary>
    public required Guid Id { get; init; }

    public string? FileName { get; init; }

    /// <summary>The person or key that started it; null = the command line.</summary>
    public string? StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Moves every second while it runs: one that stands still has died with its process.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    public ImportState State { get; set; }

    /// <summary>Bytes that are to come; null where nobody said.</summary>
    public long? Size { get; init; }

    public long Bytes { get; set; }
    public long Lines { get; set; }
    public long Accepted { get; set; }
    public long Duplicates { get; set; }
    public long RejectedLines { get; set; }

    /// <summary>What is wrong with the header, a JSON object of messages by column; then nothing was stored.</summary>
    public string? Problems { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ResponseImport>
    {
        public void Configure(EntityTypeBuilder<ResponseImport> entity)
        {
            entity.Property(i => i.Id).ValueGeneratedNever();
            entity.Property(i => i.Problems).HasColumnType("jsonb");
            entity.HasIndex(i => i.StartedAt).IsDescending();
            entity.ToTable(t => t.HasCheckConstraint("ck_response_import_state", "state between 0 and 3"));
        }
    }
}

/// <summary>A line that an import did not take.</summary>
public sealed class ImportRejection
{
    public required Guid ImportId { get; init; }
    public required long Line { get; init; }

    /// <summary>A JSON object of messages by field.</summary>
    public required string Errors { get; init; }

    public IReadOnlyDictionary<string, string[]> ByField() => JsonSerializer.Deserialize<Dictionary<string, string[]>>(Errors)!;

    internal sealed class Mapping : IEntityTypeConfiguration<ImportRejection>
    {
        public void Configure(EntityTypeBuilder<ImportRejection> entity)
        {
            entity.HasKey(r => new { r.ImportId, r.Line });
            entity.HasOne<ResponseImport>().WithMany().HasForeignKey(r => r.ImportId);
            entity.Property(r => r.Errors).HasColumnType("jsonb");
        }
    }
}
