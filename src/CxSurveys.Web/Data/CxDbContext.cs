using CxSurveys.Web.Features.Accounts;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Data;

/// <summary>The one database. Each feature maps its own entities beside their classes.</summary>
public sealed class CxDbContext(DbContextOptions<CxDbContext> options) : IdentityUserContext<Account, Guid>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CxDbContext).Assembly, type => type.Namespace?.StartsWith("CxSurveys.Web", StringComparison.Ordinal) == true);
    }
}
