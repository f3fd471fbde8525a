using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Settings;

/// <summary>What is left before the first answer?</summary>
[Authorize(Policies.AdminPages)]
public sealed class SetUpModel(IEnumerable<ISetUpStep> features, CxDbContext db, CxDatabase database, IConfiguration configuration) : PageModel
{
    public IReadOnlyList<SetUpStep> Steps { get; private set; } = [];
    public Organisation Organisation { get; private set; } = null!;

    /// <summary>Whether the app started its own PostgreSQL.</summary>
    public bool BuiltIn => database.Embedded is not null;

    public string DatabaseSize { get; private set; } = "";

    /// <summary>What links begin with; null = not set.</summary>
    public string? PublicUrl => configuration["CxSurveys:PublicUrl"] is { Length: > 0 } address ? address : null;

    public int Done => Steps.Count(s => s.Done);

    /// <summary>Where to go on: the first open step without which nothing comes in, else the first open one; null when all are done.</summary>
    public SetUpStep? Next => Steps.FirstOrDefault(s => !s.Done && !s.MayWait) ?? Steps.FirstOrDefault(s => !s.Done);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var steps = new List<SetUpStep>();
        // One after the other: they share a connection.
        foreach (var feature in features.OrderBy(f => f.Position)) steps.Add(await feature.ReadAsync(ct));
        Steps = steps;
        Organisation = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        DatabaseSize = await db.Database.SqlQuery<string>($"select pg_size_pretty(pg_database_size(current_database())) as \"Value\"").SingleAsync(ct);
    }
}
