using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>The hash of the one-time link that makes the first admin. At most one row; none once it is used.</summary>
public sealed class SetupSecret
{
    public const short OnlyId = 1;

    public short Id { get; init; } = OnlyId;
    public required byte[] Hash { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SetupSecret>
    {
        public void Configure(EntityTypeBuilder<SetupSecret> entity)
        {
            entity.ToTable(t => t.HasCheckConstraint("ck_setup_secret_one_row", "id = 1"));
            entity.Property(s => s.Id).ValueGeneratedNever();
        }
    }
}
