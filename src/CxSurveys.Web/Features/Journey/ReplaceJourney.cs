using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Journey;

/// <summary>
/// Makes the stored journey equal to a definition. What is left out is removed, or retired when the database refuses because
/// answers or a published survey hold on to it.
/// </summary>
public sealed class ReplaceJourney(CxDbContext db, JourneyCatalog catalog)
{
    const long LockKey = 0x43785f4a6f75; // "Cx_Jou": two replacements wait for each other

    public Task RunAsync(JourneyDefinition definition, CancellationToken ct) => RunAsync(definition, null, ct);

    /// <summary>What was left out. Null, and nothing is changed, when the stored journey no longer has this stamp.</summary>
    public async Task<IReadOnlyList<LeftOut>?> RunAsync(JourneyDefinition definition, string? stamp, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var leftOut = await ReplaceAsync(definition, stamp, ct);
        if (leftOut is null) return null;
        await transaction.CommitAsync(ct);
        catalog.Invalidate();
        return leftOut;
    }

    /// <summary>What <see cref="RunAsync(JourneyDefinition, CancellationToken)"/> would leave out, found by doing it and taking it back: only the database knows who holds on to what.</summary>
    public async Task<IReadOnlyList<LeftOut>> ForeseeAsync(JourneyDefinition definition, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var leftOut = await ReplaceAsync(definition, null, ct);
        await transaction.RollbackAsync(ct);
        db.ChangeTracker.Clear();
        return leftOut!;
    }

    async Task<IReadOnlyList<LeftOut>?> ReplaceAsync(JourneyDefinition definition, string? stamp, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", ct);

        var stages = await db.Set<Stage>().ToDictionaryAsync(s => s.Key, ct);
        var touchpoints = await db.Set<Touchpoint>().ToDictionaryAsync(t => t.Key, ct);
        if (stamp is not null && JourneyDefinition.Of(stages.Values, touchpoints.Values).Stamp() != stamp) return null;
        Apply(definition, stages, touchpoints);
        await db.SaveChangesAsync(ct);
        await AddPlacesAsync(ct);

        var leftOut = new List<LeftOut>();
        var listedTouchpoints = definition.Stages.SelectMany(s => s.Touchpoints).Select(t => t.Key).ToHashSet();
        foreach (var gone in touchpoints.Values.Where(t => !listedTouchpoints.Contains(t.Key)))
        {
            bool before = gone.Retired;
            gone.Retired = !await TryAsync(() => db.Database.ExecuteSqlAsync(
                $"with places as (delete from place where touchpoint_id = {gone.Id}) delete from touchpoint where id = {gone.Id}", ct), ct);
            if (!before) leftOut.Add(new(false, gone.Key, gone.Name, gone.Retired));
        }
        var listedStages = definition.Stages.Select(s => s.Key).ToHashSet();
        // A stage that a touchpoint once was in may have answers: their places keep it.
        foreach (var gone in stages.Values.Where(s => !listedStages.Contains(s.Key)))
        {
            bool before = gone.Retired;
            gone.Retired = !await TryAsync(() => db.Database.ExecuteSqlAsync(
                $"with places as (delete from place where stage_id = {gone.Id} and touchpoint_id is null) delete from stage where id = {gone.Id}", ct), ct);
            if (!before) leftOut.Add(new(true, gone.Key, gone.Name, gone.Retired));
        }
        await SaveRetiredAsync(stages.Values, touchpoints.Values, ct);
        return leftOut;
    }

    void Apply(JourneyDefinition definition, Dictionary<string, Stage> stages, Dictionary<string, Touchpoint> touchpoints)
    {
        for (int s = 0; s < definition.Stages.Count; s++)
        {
            var wanted = definition.Stages[s];
            if (!stages.TryGetValue(wanted.Key, out var stage)) db.Add(stage = new Stage { Key = wanted.Key, Name = wanted.Name });
            (stage.Name, stage.KeyQuestion, stage.Position, stage.Retired) = (wanted.Name, wanted.KeyQuestion, s, false);

            for (int t = 0; t < wanted.Touchpoints.Count; t++)
            {
                var listed = wanted.Touchpoints[t];
                if (!touchpoints.TryGetValue(listed.Key, out var touchpoint)) db.Add(touchpoint = new Touchpoint { Key = listed.Key, Name = listed.Name });
                (touchpoint.Name, touchpoint.Kind, touchpoint.Weight, touchpoint.Team) = (listed.Name, listed.Kind, listed.Weight ?? 1, listed.Team);
                (touchpoint.Stage, touchpoint.Position, touchpoint.Retired) = (stage, t, false);
            }
        }
    }

    Task<int> AddPlacesAsync(CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        insert into place (kind, touchpoint_id, stage_id)
        select 'Stage', null, id from stage
        union all
        select 'Touchpoint', id, stage_id from touchpoint
        on conflict (kind, touchpoint_id, stage_id) do nothing
        """, ct);

    async Task<bool> TryAsync(Func<Task<int>> delete, CancellationToken ct)
    {
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync("left_out", ct);
        try
        {
            await delete();
            return true;
        }
        // Up to PostgreSQL 17 "on delete restrict" answers like any foreign key, from 18 on with a code of its own.
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation)
        {
            await transaction.RollbackToSavepointAsync("left_out", ct);
            return false;
        }
    }

    // The removed rows are gone already; EF must not try to update them.
    async Task SaveRetiredAsync(IEnumerable<Stage> stages, IEnumerable<Touchpoint> touchpoints, CancellationToken ct)
    {
        foreach (var touchpoint in touchpoints.Where(t => t.Retired))
            await db.Database.ExecuteSqlAsync($"update touchpoint set retired = true where id = {touchpoint.Id}", ct);
        foreach (var stage in stages.Where(s => s.Retired))
            await db.Database.ExecuteSqlAsync($"update stage set retired = true where id = {stage.Id}", ct);
    }
}
