using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Data;

/// <summary>The one database. Each feature maps its own entities beside their classes.</summary>
public sealed class CxDbContext(DbContextOptions<CxDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CxDbContext).Assembly, type => type.Namespace!.StartsWith("CxSurveys.Web", StringComparison.Ordinal));

        // Nothing that has answers may vanish with its parent: the database refuses, and the caller retires it instead.
        foreach (var foreignKey in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetForeignKeys()))
            foreignKey.DeleteBehavior = DeleteBehavior.Restrict;
    }
}
