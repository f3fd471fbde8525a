using CxSurveys.Web.Platform.Import;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.People.Files;

public enum PeopleFileState : short
{
    /// <summary>Looked at, and told what its columns are.</summary>
    Uploaded = 0,

    /// <summary>To be read by whichever process is free.</summary>
    Waiting = 1,

    Running = 2,
    Done = 3,
}

/// <summary>What a file holds; apart from it, so that looking how far it is reads little.</summary>
public sealed class PeopleFileContent
{
    public required Guid FileId { get; init; }
    public required byte[] Bytes { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PeopleFileContent>
    {
        public void Configure(EntityTypeBuilder<PeopleFileContent> entity)
        {
            entity.HasKey(c => c.FileId);
            entity.HasOne<PeopleFile>().WithOne().HasForeignKey<PeopleFileContent>(c => c.FileId);
        }
    }
}

/// <summary>The rows of a file that were rejected, as CSV, with why in a last column.</summary>
public sealed class RejectedRows
{
    public required Guid FileId { get; init; }
    public required byte[] Csv { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RejectedRows>
    {
        public void Configure(EntityTypeBuilder<RejectedRows> entity)
        {
            entity.HasKey(r => r.FileId);
            entity.HasOne<PeopleFile>().WithOne().HasForeignKey<RejectedRows>(r => r.FileId);
        }
    }
}

/// <summary>A file of people on its way in: kept until it is imported, and what became of it afterwards.</summary>
public sealed class PeopleFile
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; init; }
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>False once it is imported, or after some days: then its content is gone.</summary>
    public bool IsKept { get; set; } = true;

    public PeopleFileState State { get; set; }
    public bool IsXlsx { get; set; }
    public required string Encoding { get; set; }
    public required char Separator { get; set; }

    /// <summary>The first row.</summary>
    public string[] Header { get; set; } = [];

    /// <summary>What each column is: a field, an attribute's name, or "" where it is passed over. The next file with the same header begins with it.</summary>
    public string[] Columns { get; set; } = [];

    /// <summary>Nothing is to be stored, only told.</summary>
    public bool IsDry { get; set; }

    /// <summary>Rows without the header.</summary>
    public long Rows { get; set; }

    public long Read { get; set; }
    public long Accepted { get; set; }
    public long Unchanged { get; set; }
    public long Rejected { get; set; }

    /// <summary>Whose it is to read until then; later another process begins anew, which changes nothing that is done.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    internal SheetForm Form => new(IsXlsx, Encoding, Separator);

    internal sealed class Mapping : IEntityTypeConfiguration<PeopleFile>
    {
        public void Configure(EntityTypeBuilder<PeopleFile> entity)
        {
            entity.HasIndex(f => f.UploadedAt);
            entity.ToTable(t => t.HasCheckConstraint("ck_people_file_state", "state between 0 and 3 and (state not in (1, 2) or is_kept)"));
        }
    }
}
