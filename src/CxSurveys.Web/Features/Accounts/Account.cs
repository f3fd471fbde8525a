using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Someone who may sign in. The email address is the user name.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public const int MaxName = 100;

    public string? Name { get; set; }
    public required Role Role { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Since when this account may not sign in; null = it may.</summary>
    public DateTimeOffset? SwitchedOffAt { get; set; }

    public static Account Create(string email, string? name, Role role, TimeProvider clock) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = email,
        Email = email,
        Name = string.IsNullOrWhiteSpace(name) ? null : name.Trim(),
        Role = role,
        CreatedAt = clock.GetUtcNow(),
        LockoutEnabled = true,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> entity)
        {
            entity.ToTable("account", t => t.HasCheckConstraint("ck_account_role", LowerCaseEnum.Check<Role>("role")));
            entity.Property(a => a.Role).HasConversion(LowerCaseEnum.Converter<Role>());
            // Identity's own index on the address is not unique, and two people may not share a sign-in.
            entity.HasIndex(a => a.NormalizedEmail).IsUnique().HasDatabaseName("ix_account_normalized_email");
            entity.HasIndex(a => a.NormalizedUserName).IsUnique().HasDatabaseName("ix_account_normalized_user_name");
        }
    }

    internal sealed class ClaimMapping : IEntityTypeConfiguration<IdentityUserClaim<Guid>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> entity) => entity.ToTable("account_claim");
    }

    internal sealed class LoginMapping : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> entity) => entity.ToTable("account_login");
    }

    internal sealed class TokenMapping : IEntityTypeConfiguration<IdentityUserToken<Guid>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> entity) => entity.ToTable("account_token");
    }
}
