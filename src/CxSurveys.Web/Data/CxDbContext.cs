using CxSurveys.Web.Features.Accounts;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Data;

/// <summary>The one database. Each feature maps its own entities beside their classes.</summary>
public sealed class CxDbContext(DbContextOptions<CxDbContext> options) : IdentityUserContext<Account, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasPostgresExtension("pg_trgm");
        builder.ApplyConfigurationsFromAssembly(typeof(CxDbContext).Assembly);

        // Nothing that has answers may vanish with its parent: the database refuses, and the caller retires it instead.
        foreach (var foreignKey in builder.Model.GetEntityTypes().SelectMany(e => e.GetForeignKeys()).Where(f => f.PrincipalEntityType.ClrType != typeof(Account)))
            foreignKey.DeleteBehavior = DeleteBehavior.Restrict;
    }
}
