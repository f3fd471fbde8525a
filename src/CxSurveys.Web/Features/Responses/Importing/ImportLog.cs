using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses.Importing;

/// <summary>Writes down what imports do, past the transactions of the answers themselves: it must be seen while they run.</summary>
internal sealed class ImportLog(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>A file may be bad in every line; beyond these the lines are counted, not kept.</summary>
    public const int MostRejectionsKept = 100_000;

    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>False when there is an import of this id.</summary>
    public async Task<bool> BeginAsync(Guid id, string? fileName, string? startedBy, long? size, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        var (now, forgotten) = (clock.GetUtcNow(), clock.GetUtcNow() - Kept);
        await db.Set<ImportRejection>().Where(r => db.Set<ResponseImport>().Any(i => i.Id == r.ImportId && i.StartedAt < forgotten)).ExecuteDeleteAsync(ct);
        await db.Set<ResponseImport>().Where(i => i.StartedAt < forgotten).ExecuteDeleteAsync(ct);
        return await db.Database.ExecuteSqlAsync($"""
            insert into response_import (id, file_name, started_by, started_at, seen_at, state, size, bytes, lines, accepted, duplicates, rejected_lines)
            values ({id}, {fileName}, {startedBy}, {now}, {now}, {(short)ImportState.Running}, {size}, 0, 0, 0, 0, 0)
            on conflict (id) do nothing
            """, ct) == 1;
    }

    public async Task WriteAsync(Guid id, ImportProgress total, long bytes, IReadOnlyCollection<RejectedLine> rejected, ImportState state, Errors? wrong, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        var now = clock.GetUtcNow();
        string? problems = wrong is { Any: true } ? JsonSerializer.Serialize(wrong.ToDictionary()) : null;
        if (rejected.Count > 0)
        {
            long[] lines = [.. rejected.Select(r => r.Line)];
            string[] errors = [.. rejected.Select(r => JsonSerializer.Serialize(r.Errors))];
            await db.Database.ExecuteSqlAsync($"insert into import_rejection (import_id, line, errors) select {id}, r.line, r.errors::jsonb from unnest({lines}, {errors}) as r(line, errors)", ct);
        }
        await db.Set<ResponseImport>().Where(i => i.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.SeenAt, now).SetProperty(i => i.State, state).SetProperty(i => i.Problems, problems)
            .SetProperty(i => i.Bytes, bytes).SetProperty(i => i.Lines, total.Lines)
            .SetProperty(i => i.Accepted, total.Accepted).SetProperty(i => i.Duplicates, total.Duplicates).SetProperty(i => i.RejectedLines, total.RejectedLines), ct);
    }
}
