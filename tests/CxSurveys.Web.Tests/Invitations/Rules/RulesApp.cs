using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Invitations.Rules;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Respond;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CxSurveys.Web.Tests.Invitations.Rules;

/// <summary>
/// The app without a mail server, on a clock that stands until it is moved. Its own scheduler does not run: a test runs the rounds, so
/// that what it sees is what it did.
/// </summary>
public sealed class RulesApp(TestPostgres postgres) : CxApp(postgres)
{
    static readonly DateTimeOffset Start = new(2026, 6, 10, 9, 0, 0, TimeSpan.Zero);

    public MovableClock Clock { get; } = new(Start);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await this.PublishAsync();
    }

    protected override void Configure(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        services.Remove(services.Single(s => s.ImplementationType == typeof(SchedulerWorker)));
    }
}

internal static class RuleCalls
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A rule for events of a kind of its own, a day after each.</summary>
    public static Task<SendingRule> RuleAsync(this CxApp app, string? type, Action<SendingRule>? change = null, string survey = "after-delivery") => app.WithDbAsync(async db =>
    {
        var rule = new SendingRule
        {
            Name = $"After {type}",
            IsOn = true,
            EventType = type,
            Delay = 24,
            DelayUnit = DelayUnit.Hours,
            SurveyId = await db.Set<Survey>().Where(s => s.Key == survey).Select(s => s.Id).SingleAsync(Cancel),
            TouchpointId = await db.Set<Touchpoint>().Where(t => t.Key == "delivery").Select(t => t.Id).SingleAsync(Cancel),
            CreatedAt = app.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
        change?.Invoke(rule);
        db.Add(rule);
        await db.SaveChangesAsync(Cancel);
        return rule;
    });

    public static Task<HttpResponseMessage> TellAsync(this CxApp app, string id, string type, string customer, DateTimeOffset at, string data = "{}", string person = "") =>
        app.WithKey("ingest").PostTextAsync("/events",
            $$"""{ "id": "{{id}}", "type": "{{type}}", "customer": { "id": "{{customer}}", "email": "{{customer}}@example.com"{{person}} }, "occurredAt": "{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}}Z", "data": {{data}} }""");

    /// <summary>Tells it and expects it to be taken.</summary>
    public static async Task ToldAsync(this CxApp app, string id, string type, string customer, DateTimeOffset at, string data = "{}", string person = "")
    {
        using var answer = await app.TellAsync(id, type, customer, at, data, person);
        Assert.Equal(202, (int)answer.StatusCode);
    }

    /// <summary>Plans and decides what is due now.</summary>
    public static async Task RoundsAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        while (await scope.ServiceProvider.GetRequiredService<ScheduleRound>().RunAsync(Cancel)) { }
        while (await scope.ServiceProvider.GetRequiredService<PlannedRound>().RunAsync(PlannedRound.UsualPeople, Cancel) > 0) { }
    }

    public static Task<List<Invitation>> DecisionsAsync(this CxApp app, string customer) => app.WithDbAsync(db =>
        db.Set<Invitation>().AsNoTracking().Where(i => db.Set<Person>().Any(p => p.Id == i.PersonId && p.Key == customer)).OrderBy(i => i.SendAt).ToListAsync(Cancel));

    public static Task<List<PlannedAsk>> WaitingAsync(this CxApp app, string customer) => app.WithDbAsync(db =>
        db.Set<PlannedAsk>().AsNoTracking().Where(a => db.Set<Person>().Any(p => p.Id == a.PersonId && p.Key == customer)).OrderBy(a => a.DueAt).ToListAsync(Cancel));

    public static async Task SettingsAsync(this CxApp app, string json) => await (await app.WithKey("admin").PutTextAsync("/settings", json)).ReadOkAsync();
}
