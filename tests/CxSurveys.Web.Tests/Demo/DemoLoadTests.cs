using System.Net;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Demo;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Respond;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Demo;

/// <summary>An app of which the clock stands at noon of a day in June.</summary>
public sealed class DemoApp(TestPostgres postgres) : CxApp(postgres)
{
    protected override void Configure(IServiceCollection services) =>
        services.AddSingleton<TimeProvider>(new MovableClock(new DateTimeOffset(2026, 6, 15, 5, 0, 0, TimeSpan.Zero)));

    internal Task<string?> PrepareAsync(double size, TextWriter? output = null, TextWriter? progress = null, DateOnly? today = null, CancellationToken? ct = null) =>
        DemoFeature.PrepareAsync(Services, new(size, today), output ?? TextWriter.Null, progress ?? TextWriter.Null, ct ?? TestContext.Current.CancellationToken);

    public Task<int> CountAsync<T>() where T : class => WithDbAsync(db => db.Set<T>().CountAsync());
}

/// <summary>The whole demo, as <c>serve --demo</c> loads it.</summary>
public sealed class DemoLoadTests(DemoApp app) : IClassFixture<DemoApp>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_says_what_its_story_says()
    {
        string? password = await app.PrepareAsync(1);
        var story = new DemoStory(new(2026, 6, 15));
        Assert.InRange(story.AnswerCount, 58_000, 62_000);
        Assert.Equal(story.Responses.Count, await app.CountAsync<Response>());
        Assert.Equal(3000, await app.CountAsync<Person>());
        Assert.Equal((5, 18, 8), (await app.CountAsync<Stage>(), await app.CountAsync<Touchpoint>(), await app.CountAsync<Survey>()));
        Assert.Equal(0, await app.VerifyAsync());

        var view = await MapAsync();
        AssertOnlyDeliveryFell(view);
        AssertSmallOnesAreWithheld(view, (await MapAsync("?segment.plan=pilot")).Journey);
        Assert.Equal(Tally(story, "after-delivery", "delivery"), await StoredAsync("delivery"));
        Assert.Equal(["en", "id", "ms", "th"], await LanguagesOfCommentsAsync());
        await AssertNothingIsLeftToBeSentAsync();
        await AssertSignsInAsync(password!);
        await AssertSecondStartChangesNothingAsync(password!);
    }

    static void AssertOnlyDeliveryFell(MapView view)
    {
        var compared = view.Cards.Where(c => c.Change?.Comparison?.PValue is not null).ToList();
        Assert.Equal(17, compared.Count);
        var adjusted = Holm.Adjust([.. compared.Select(c => c.Change!.Comparison!.PValue!.Value)]);
        Assert.Equal(["delivery"], compared.Where((_, i) => adjusted[i] < 0.05).Select(c => c.Touchpoint.Key));
        Assert.Equal([("delivery", (Verdict?)Verdict.Lower)], compared.Where(c => c.Change!.Told).Select(c => (c.Touchpoint.Key, c.Change!.Comparison!.Verdict)));
        Assert.Contains(view.Cards, c => c is { Touchpoint.Key: "delivery", Heat: HeatStep.FarBelow });
        Assert.Contains(view.Cards, c => c.Heat is HeatStep.Above or HeatStep.FarAbove);
        Assert.Equal(Verdict.Lower, view.Gap!.Comparison!.Verdict);
    }

    static void AssertSmallOnesAreWithheld(MapView view, Figure pilot)
    {
        Assert.Equal(["review-request", "community-evening"], view.Cards.Where(c => c.Figure is { Withheld: true }).Select(c => c.Touchpoint.Key));
        Assert.True(pilot is { Withheld: true, N: > 0 and < 5 });
    }

    async Task AssertNothingIsLeftToBeSentAsync()
    {
        var mails = await app.WithDbAsync(db => db.Set<Message>().Select(m => m.State).ToListAsync(Cancel));
        Assert.Equal([MessageState.Sent, MessageState.Failed], mails.Distinct().Order());
        var invitations = await app.WithDbAsync(db => db.Set<Invitation>().ToListAsync(Cancel));
        Assert.InRange(invitations.Count, 180, 240);
        Assert.Equal([NotSent.NoAddress, NotSent.OptedOut, NotSent.NoConsent, NotSent.FrequencyCap], invitations.Select(i => i.NotSent).OfType<NotSent>().Distinct().Order());
        Assert.All(invitations, i => Assert.True(i.SealedSecrets is null && i.SendAt < new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero)));
        var answered = invitations.Where(i => i.AnsweredAt is not null).Select(i => i.Id).ToList();
        Assert.Equal(answered.Count, await app.WithDbAsync(db => db.Set<Response>().CountAsync(r => answered.Contains(r.Id), Cancel)));
    }

    async Task AssertSignsInAsync(string password)
    {
        foreach (string email in (string[])[DemoAccounts.Admin, DemoAccounts.Manager])
        {
            using var browser = app.Browse();
            using var answer = await browser.SignInAsync(email, password);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Contains("Demo data</span>", await browser.ReadAsync("/journey"), StringComparison.Ordinal);
        }
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Null(await scope.ServiceProvider.GetRequiredService<FirstRun>().IssueAsync(Cancel));
        Assert.DoesNotContain(await app.WithDbAsync(db => db.UserClaims.Select(c => c.ClaimValue).ToListAsync(Cancel)), value => value!.Contains(password, StringComparison.Ordinal));
    }

    async Task AssertSecondStartChangesNothingAsync(string password)
    {
        int responses = await app.CountAsync<Response>();
        using var said = new StringWriter();
        Assert.Equal(password, await app.PrepareAsync(1, said, said));
        Assert.Equal("", said.ToString());
        Assert.Equal((responses, 3000), (await app.CountAsync<Response>(), await app.CountAsync<Person>()));
    }

    async Task<MapView> MapAsync(string query = "")
    {
        await using var scope = app.Services.CreateAsyncScope();
        var errors = new Errors();
        var (view, _, _) = await scope.ServiceProvider.GetRequiredService<MapQueries>().ReadAsync(MapAddress.Parse(new QueryString(query), errors), errors, Cancel);
        return view!;
    }

    static Dictionary<int, int> Tally(DemoStory story, string survey, string question) =>
        story.Responses.Where(r => r.Source.Survey == survey).CountBy(r => (int)r.Answers[question]).OrderBy(v => v.Key).ToDictionary();

    async Task<Dictionary<int, int>> StoredAsync(string question)
    {
        var values = await app.WithDbAsync(db => db.Set<Answer>().Where(a => a.Value > 0 && db.Set<Question>().Any(q => q.Id == a.QuestionId && q.Key == question)).Select(a => (int)a.Value!).ToListAsync(Cancel));
        return values.CountBy(v => v).OrderBy(v => v.Key).ToDictionary();
    }

    Task<List<string?>> LanguagesOfCommentsAsync() => app.WithDbAsync(db =>
        (from answer in db.Set<Answer>()
         join response in db.Set<Response>() on answer.ResponseId equals response.Id
         join segment in db.Set<Segment>() on response.SegmentId equals segment.Id
         where answer.Text != null
         group answer by segment.Language into language
         where language.Count() > 100
         orderby language.Key
         select language.Key).ToListAsync());
}

/// <summary>On a database of its own: the load that was cut off.</summary>
public sealed class CutOffDemoTests(DemoApp app) : IClassFixture<DemoApp>
{
    [Fact]
    public async Task A_load_that_was_cut_off_goes_on_with_the_same_story()
    {
        using var cut = new CancellationTokenSource();
        using var cutting = new Cutting(cut);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.PrepareAsync(0.08, progress: cutting, ct: cut.Token));

        var story = new DemoStory(new(2026, 6, 15), 0.08);
        Assert.True(await app.CountAsync<Response>() < story.Responses.Count);
        Assert.NotNull(await app.PrepareAsync(0.08, today: new(2026, 6, 17)));
        Assert.Equal((story.Responses.Count, story.People.Count), (await app.CountAsync<Response>(), await app.CountAsync<Person>()));
        Assert.Equal(0, await app.VerifyAsync());
    }

    /// <summary>Stops the load as soon as it tells of progress.</summary>
    sealed class Cutting(CancellationTokenSource cut) : StringWriter
    {
        public override Task WriteAsync(string? value) => cut.CancelAsync();
    }
}

/// <summary>On a database of its own: somebody's work.</summary>
public sealed class NoDemoTests(DemoApp app) : IClassFixture<DemoApp>
{
    [Fact]
    public async Task A_database_in_use_is_left_alone()
    {
        await app.WithKey("admin").PublishSmallAsync();
        using var said = new StringWriter();
        Assert.Null(await app.PrepareAsync(0.05, said));
        Assert.Contains("left as it is", said.ToString(), StringComparison.Ordinal);
        Assert.Equal((1, 0, 0L), (await app.CountAsync<Survey>(), await app.CountAsync<Account>(), await app.ResponsesAsync()));
    }
}
