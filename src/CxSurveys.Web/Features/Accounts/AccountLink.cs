using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>The hash of the one-time link by which a colleague sets a password. At most one for each account; none once it is used.</summary>
public sealed class AccountLink
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    public required Guid AccountId { get; init; }
    public Account Account { get; init; } = null!;
    public required byte[] Hash { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AccountLink>
    {
        public void Configure(EntityTypeBuilder<AccountLink> entity)
        {
            entity.HasKey(l => l.AccountId);
            entity.HasOne(l => l.Account).WithOne().HasForeignKey<AccountLink>(l => l.AccountId);
            entity.HasIndex(l => l.Hash).IsUnique();
        }
    }
}
