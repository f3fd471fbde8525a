using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// Adds to the cells what was appended. Seldom is cheap, since the answers of a while often fall into the same cells; but until then every reader adds
/// them up for itself. So it begins a fraction of a second after the first of them, in whichever process stored it.
/// </summary>
public sealed class CellFolder(IServiceScopeFactory scopes, TimeProvider clock, ILogger<CellFolder> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(300), AfterFailure = TimeSpan.FromSeconds(1), VacuumEvery = TimeSpan.FromSeconds(10);

    // Set from the start: a process that ended may have left something.
    readonly SemaphoreSlim wanted = new(1, 1);
    long foldedAt = clock.GetTimestamp(), vacuumedAt = clock.GetTimestamp();

    /// <summary>Something was appended.</summary>
    public void Wake()
    {
        if (wanted.CurrentCount > 0) return;
        try
        {
            wanted.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was first.
        }
    }

    /// <summary>For those who append much without a server around them: folds when it is time to.</summary>
    public async Task FoldInTimeAsync(CancellationToken ct)
    {
        if (clock.GetElapsedTime(foldedAt) < Every) return;
        await FoldAsync(ct);
    }

    /// <returns>How many cells changed.</returns>
    public async Task<int> FoldAsync(CancellationToken ct)
    {
        foldedAt = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever holds it may not have seen what this one appended, but takes it with the next.
        await CellLock.TakeAsync(db, ct);
        int cells = await CellStore.FoldAsync(db, ct);
        await transaction.CommitAsync(ct);
        return cells;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await wanted.WaitAsync(stoppingToken);
            try
            {
                await FoldAsync(stoppingToken);
                await VacuumInTimeAsync(stoppingToken);
                await Task.Delay(Every, clock, stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogWarning("Cells were not brought up to date, readers add up for themselves; tried again: {Reason}", problem.GetBaseException().Message);
                Wake();
                await Task.Delay(AfterFailure, clock, stoppingToken);
            }
        }
    }

    // Its rows live for less than a second, and every reader goes over the pages they leave behind; autovacuum comes once a minute.
    async Task VacuumInTimeAsync(CancellationToken ct)
    {
        if (clock.GetElapsedTime(vacuumedAt) < VacuumEvery) return;
        vacuumedAt = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CxDbContext>().Database.ExecuteSqlAsync($"vacuum (truncate false) cell_delta", ct);
    }
}
