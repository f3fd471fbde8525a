using System.Diagnostics;
using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Demo;

/// <summary>
/// Stores the story through the services that everything else is stored by. Each step can be repeated: a load that was cut off
/// goes on at the next start.
/// </summary>
internal sealed class DemoLoad(CxDbContext db, NpgsqlDataSource dataSource, DemoAccounts accounts, ReplaceJourney journey, ResponseDoor door, ResponseIntake intake, IServiceProvider services)
{
    public const string Company = "Langkah Mart (demo)", Zone = "Asia/Jakarta";

    const int BatchSize = 1000;
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
        await StoreAsync(new DemoStory(today, options.Size), progress, ct);
        await accounts.FinishAsync(today);
        return true;
    }

    DateOnly Today() =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(services.GetRequiredService<TimeProvider>().GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(Zone)).DateTime);

    /// <summary>Accounts and keys may be there already, a company of somebody's own may not.</summary>
    async Task<bool> IsEmptyAsync(CancellationToken ct) =>
        !await db.Set<Stage>().AnyAsync(ct) && !await db.Set<Survey>().AnyAsync(ct) && !await db.Set<Person>().AnyAsync(ct) && !await db.Set<Response>().AnyAsync(ct)
        && (await db.Set<Organisation>().SingleAsync(ct)).Name == FirstOrganisation.Name;

    async Task StoreAsync(DemoStory story, TextWriter progress, CancellationToken ct)
    {
        var time = Stopwatch.StartNew();
        // No answer is there yet, or only the demo's own: nothing is to be recounted.
        await db.Set<Organisation>().ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, Company).SetProperty(x => x.TimeZone, Zone).SetProperty(x => x.CellsTimeZone, Zone), ct);
        await journey.RunAsync(DemoFiles.Journey, ct);
        await PublishAsync(story.First, ct);
        await AddPeopleAsync(story.People, ct);

        await StoreAsync(story.Responses, progress, ct);
        await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"\rLoading demo data ... {story.AnswerCount:N0} answers in {story.Responses.Count:N0} responses of {story.People.Count:N0} people, in {time.Elapsed.TotalSeconds:N0} s"));
    }

    async Task PublishAsync(DateOnly first, CancellationToken ct)
    {
        var rules = services.GetRequiredService<IValidator<SurveyDefinition>>();
        var known = await db.Set<Survey>().Select(s => s.Key).ToListAsync(ct);
        foreach (var (key, definition) in DemoFiles.Surveys.Where(s => !known.Contains(s.Key)))
        {
            await rules.ValidateAndThrowAsync(definition, ct);
            db.Add(new Survey { Key = key, Draft = definition });
        }
        await db.SaveChangesAsync(ct);

        var publish = ActivatorUtilities.CreateInstance<PublishSurvey>(services, new Then(new DateTimeOffset(first, new TimeOnly(2, 0), TimeSpan.Zero)));
        foreach (string key in DemoFiles.Surveys.Keys)
        {
            var errors = new Errors();
            await publish.RunAsync(key, errors, ct);
            Sure(errors, key);
        }
    }

    async Task AddPeopleAsync(IReadOnlyList<DemoPerson> people, CancellationToken ct)
    {
        if (await db.Set<Person>().AnyAsync(p => p.Key == people[0].Key, ct)) return;
        db.AddRange(people.Select(p => new Person { Key = p.Key, Name = p.Name, Email = p.Email, Language = p.Language, EmailConsent = true, Attributes = Attributes(p.Country, p.Plan) }));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>While the database stores a batch the next one is checked.</summary>
    async Task StoreAsync(IReadOnlyList<DemoResponse> responses, TextWriter progress, CancellationToken ct)
    {
        int handled = 0;
        Task storing = Task.CompletedTask;
        foreach (var batch in responses.Chunk(BatchSize))
        {
            var ready = await CheckAsync(batch, ct);
            await storing;
            storing = intake.StoreBatchAsync(ready, ct);
            handled += batch.Length;
            await progress.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"\rLoading demo data ... {100 * handled / responses.Count} %"));
        }
        await storing;
    }

    async Task<List<NewResponse>> CheckAsync(DemoResponse[] batch, CancellationToken ct)
    {
        var ready = new List<NewResponse>(batch.Length);
        foreach (var response in batch)
        {
            var errors = new Errors();
            ready.Add(await door.CheckAsync(DemoPost.Of(response), errors, ct) ?? Refused(errors, response.Source.Survey));
        }
        return ready;
    }

    internal static Dictionary<string, string> Attributes(string country, string? plan) =>
        plan is null ? new() { ["country"] = country } : new() { ["country"] = country, ["plan"] = plan };

    static NewResponse Refused(Errors errors, string what)
    {
        Sure(errors, what);
        throw new UnreachableException();
    }

    static void Sure(Errors errors, string what)
    {
        if (errors.Any) throw new InvalidOperationException($"Demo data, {what}: {string.Join("; ", errors.ToDictionary().Select(e => $"{e.Key}: {string.Join(' ', e.Value)}"))}");
    }

    /// <summary>The surveys were published when the story begins.</summary>
    sealed class Then(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
