using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CxSurveys.Web.Data;

/// <summary>Lets <c>dotnet ef</c> read the model without starting a server.</summary>
internal sealed class DesignTimeDbContext : IDesignTimeDbContextFactory<CxDbContext>
{
    public CxDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<CxDbContext>().UseNpgsql().UseSnakeCaseNamingConvention().Options);
}
