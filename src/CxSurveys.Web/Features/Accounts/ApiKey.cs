using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Another system's way in. The key itself is shown once, when it is made.</summary>
public sealed class ApiKey
{
    /// <summary>Begins every key, so that scanners for leaked secrets can find one.</summary>
    public const string Prefix = "cx_";
    public const int MaxName = 100;

    public int Id { get; init; }
    public required string Name { get; init; }
    public required KeyRole Role { get; init; }
    public required byte[] Hash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>UTC day of the latest request; more would cost a write for each.</summary>
    public DateOnly? LastUsed { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ApiKey>
    {
        public void Configure(EntityTypeBuilder<ApiKey> entity)
        {
            entity.ToTable("api_key", t => t.HasCheckConstraint("ck_api_key_role", LowerCaseEnum.Check<KeyRole>("role")));
            entity.Property(k => k.Role).HasConversion(LowerCaseEnum.Converter<KeyRole>());
            entity.Property(k => k.Name).HasMaxLength(MaxName);
            entity.HasIndex(k => k.Name).IsUnique();
            entity.HasIndex(k => k.Hash).IsUnique();
        }
    }
}
