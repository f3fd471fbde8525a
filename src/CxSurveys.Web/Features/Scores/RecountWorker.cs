using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Counts all days anew when the organisation's zone is no longer the one its cells are counted in.</summary>
internal sealed class RecountWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RecountWorker> log) : BackgroundService
{
    /// <summary>The zone may be changed by any process on this database, so everyone looks; it is one row.</summary>
    static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryRecountAsync(stoppingToken);
            await Task.Delay(LooksEvery, clock, stoppingToken);
        }
    }

    async Task TryRecountAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await RecountIfNeededAsync(scope.ServiceProvider.GetRequiredService<CxDbContext>(), ct) is { } cells)
                log.LogInformation("Days counted anew in the organisation's time zone: {Cells} cells", cells);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.LogError(problem, "Counting the days anew failed; scores still show the old days. It is tried again.");
        }
    }

    /// <returns>How many cells were written; null when the zones agree.</returns>
    internal static async Task<int?> RecountIfNeededAsync(CxDbContext db, CancellationToken ct)
    {
        if (!await WantedAsync(db, ct)) return null;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CellLock.TakeAsync(db, ct);
        // Looked at again under the lock: another process may have done it meanwhile.
        if (!await WantedAsync(db, ct)) return null;

        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await db.Database.ExecuteSqlAsync($"update organisation set cells_time_zone = time_zone", ct);
        var cells = await CellStore.RecountAsync(db, ct);
        await transaction.CommitAsync(ct);
        return cells;
    }

    static Task<bool> WantedAsync(CxDbContext db, CancellationToken ct) =>
        db.Set<Organisation>().AnyAsync(o => o.TimeZone != o.CellsTimeZone, ct);
}
