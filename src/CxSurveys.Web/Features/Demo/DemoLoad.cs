using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Demo;

/// <summary>Decides whether the demo is loaded into this database, and marks how far it came.</summary>
internal sealed class DemoLoad(CxDbContext db, NpgsqlDataSource dataSource, DemoAccounts accounts, DemoStore store, TimeProvider clock)
{
    const long LockKey = 0x4378_4465_6D6F;   // "CxDemo": a second process waits and then finds it loaded

    /// <param name="Size">1 = about 60,000 answers.</param>
    /// <param name="Today">As in <see cref="DemoStory"/>; null = today.</param>
    public sealed record Options(double Size = 1, DateOnly? Today = null);

    /// <returns>False when the database holds something else, which was left alone.</returns>
    public async Task<bool> RunAsync(Options options, TextWriter progress, CancellationToken ct)
    {
        await using var queue = await dataSource.OpenConnectionAsync(ct);
        await using var turn = await queue.BeginTransactionAsync(ct);
        await using var wait = new NpgsqlCommand($"select pg_advisory_xact_lock({LockKey})", queue, turn);
        await wait.ExecuteNonQueryAsync(ct);

        var state = await accounts.StateAsync(ct);
        if (state is { Loaded: true }) return true;
        if (state is null && !await IsEmptyAsync(ct)) return false;

        var today = state?.Today ?? options.Today ?? Today();
        if (state is null) await accounts.BeginAsync(today, ct);
        await store.StoreAsync(new DemoStory(today, options.Size), progress, ct);
        await accounts.FinishAsync(today);
        return true;
    }

    DateOnly Today() =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(DemoStore.Zone)).DateTime);

    /// <summary>Accounts and keys may be there already, a company of somebody's own may not.</summary>
    async Task<bool> IsEmptyAsync(CancellationToken ct) =>
        !await db.Set<Stage>().AnyAsync(ct) && !await db.Set<Survey>().AnyAsync(ct) && !await db.Set<Person>().AnyAsync(ct) && !await db.Set<Response>().AnyAsync(ct)
        && (await db.Set<Organisation>().SingleAsync(ct)).Name == FirstOrganisation.Unnamed;
}
