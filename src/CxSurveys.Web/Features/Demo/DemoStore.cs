using System.Diagnostics;
using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Demo;

/// <summary>
/// Stores the story through the services that everything else is stored by. Each step can be repeated: a load that was cut off
/// goes on at the next start.
/// </summary>
internal sealed class DemoStore(CxDbContext db, ResponseDoor door, ResponseIntake intake, DemoInvitations invitations, IServiceProvider services)
{
    public const string Company = "Langkah Mart (demo)", Zone = "Asia/Jakarta";

    const int BatchSize = 1000;

    /// <summary>The invitations are told afterwards, by the answers that are there.</summary>
    static readonly Dictionary<Guid, OpenInvitation?> Uninvited = [];

    public async Task StoreAsync(DemoStory story, TextWriter progress, CancellationToken ct)
    {
        var time = Stopwatch.StartNew();
        // No answer is there yet, or only the demo's own: nothing is to be recounted.
        await db.Set<Organisation>().ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, Company).SetProperty(x => x.TimeZone, Zone).SetProperty(x => x.CellsTimeZone, Zone), ct);
        await services.GetRequiredService<ReplaceJourney>().RunAsync(DemoFiles.Journey, ct);
        await PublishAsync(story.First, ct);
        await AddPeopleAsync(story, ct);
        await StoreAsync(story.Responses, progress, ct);
        await invitations.AddAsync(story, ct);
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

        var publish = ActivatorUtilities.CreateInstance<PublishSurvey>(services, new Then(DemoPost.Instant(first, TimeSpan.Zero)));
        foreach (string key in DemoFiles.Surveys.Keys)
        {
            var errors = new Errors();
            await publish.RunAsync(key, seen: null, [], errors, ct);
            Sure(errors, key);
        }
    }

    async Task AddPeopleAsync(DemoStory story, CancellationToken ct)
    {
        var first = DemoPost.Instant(story.Today.AddYears(-1), TimeSpan.FromHours(9));
        foreach (var some in story.People.Chunk(BatchSize)) await PeopleSql.UpsertAsync(db, [.. some.Select(DemoPost.Of)], new Origin("demo", first), ct);
        string[] gone = [.. story.People.Where(p => p.Reach == Reach.OptedOut).Select(p => p.Key)];
        var since = DemoPost.Instant(story.Today.AddDays(-30), TimeSpan.FromHours(9));
        await db.Set<Person>().Where(p => gone.Contains(p.Key)).ExecuteUpdateAsync(set => set.SetProperty(p => p.OptedOutAt, since), ct);
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
            ready.Add(await door.CheckAsync(DemoPost.Of(response), Uninvited, errors, ct) ?? Refused(errors, response.Source.Survey));
        }
        return ready;
    }

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
