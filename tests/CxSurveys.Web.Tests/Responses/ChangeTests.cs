using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CxSurveys.Web.Tests.Responses;

public sealed class ChangeTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");
    readonly ResponseIntake intake = app.Services.GetRequiredService<ResponseIntake>();
    readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_and_new_answers_at_once_all_land_and_leave_the_cells_exact()
    {
        await admin.PublishSmallAsync();
        var version = (await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("after-delivery", ct))!;
        long before = await app.ResponsesAsync();
        var first = Enumerable.Range(0, 40).Select(i => New(version, i % 11)).ToList();
        Assert.All(await intake.StoreBatchAsync(first, ct), outcome => Assert.Equal(Intake.Stored, outcome));

        // Each change goes to a value that may have no cell yet, while new answers make cells in their own order.
        var changes = Enumerable.Range(0, 200).Select(async i => Assert.Equal(Change.Done, await intake.ChangeAsync(first[i % 40].Id, Answers(version, (i * 7 + 3) % 11), null, ct)));
        var stores = Enumerable.Range(0, 100).Select(async i => Assert.Equal(Intake.Stored, await intake.StoreAsync(New(version, i % 11))));
        await Task.WhenAll(changes.Concat(stores));

        Assert.Equal(before + 140, await app.ResponsesAsync());
        Assert.Equal(before + 140, (long)(await admin.ReadAsync("/scores?kind=nps"))["total"]!["n"]!);
        Assert.Equal(0, await app.VerifyAsync());
    }

    [Fact]
    public async Task A_change_moves_the_value_only_and_a_comment_can_come_and_go()
    {
        await admin.PublishSmallAsync();
        var version = (await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("after-delivery", ct))!;
        var response = New(version, 0);
        await intake.StoreBatchAsync([response], ct);

        int why = version.ByKey["why"].Id;
        await intake.ChangeAsync(response.Id, [.. Answers(version, 10), new NewAnswer(why, Text: "Much better now")], null, ct);
        var stored = (await app.Services.GetRequiredService<ResponseReader>().FindAsync(response.Id, ct))!;
        Assert.Equal(10, (int)stored.Answers.Single(a => a.QuestionId == version.ByKey["recommend"].Id).Value!);
        Assert.Equal("Much better now", stored.Answers.Single(a => a.QuestionId == why).Text);
        Assert.Equal(response.SubmittedAt, stored.SubmittedAt, TimeSpan.FromMilliseconds(1));

        await intake.ChangeAsync(response.Id, Answers(version, 0), null, ct);
        stored = (await app.Services.GetRequiredService<ResponseReader>().FindAsync(response.Id, ct))!;
        Assert.Equal(0, (int)stored.Answers.Single().Value!);
        Assert.Equal(0, await app.VerifyAsync());
    }

    [Fact]
    public async Task Of_two_changes_of_the_same_answer_the_later_one_is_told()
    {
        await admin.PublishSmallAsync();
        var version = (await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("after-delivery", ct))!;
        var reader = app.Services.GetRequiredService<ResponseReader>();
        var response = New(version, 5);
        await intake.StoreBatchAsync([response], ct);

        string seen = (await reader.FindAsync(response.Id, ct))!.Stamp;
        var outcomes = await Task.WhenAll(Enumerable.Range(6, 5).Select(score => intake.ChangeAsync(response.Id, Answers(version, score), seen, ct)));
        Assert.Equal([Change.Done, .. Enumerable.Repeat(Change.Overtaken, 4)], outcomes.Order());

        string now = (await reader.FindAsync(response.Id, ct))!.Stamp;
        Assert.NotEqual(seen, now);
        Assert.Equal(Change.Done, await intake.ChangeAsync(response.Id, Answers(version, 1), now, ct));
        Assert.Equal(Change.Unknown, await intake.ChangeAsync(Guid.NewGuid(), Answers(version, 1), null, ct));
        Assert.Equal(0, await app.VerifyAsync());
    }

    [Fact]
    public async Task A_comment_never_erases_a_score()
    {
        await admin.PublishSmallAsync();
        var version = (await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("after-delivery", ct))!;
        var response = New(version, 9);
        await intake.StoreBatchAsync([response], ct);
        await intake.ChangeAsync(response.Id, [new NewAnswer(version.ByKey["why"].Id, Text: "The courier waited")], null, ct);

        var stored = (await app.Services.GetRequiredService<ResponseReader>().FindAsync(response.Id, ct))!;
        Assert.Equal((short)9, stored.Answers.Single(a => a.QuestionId == version.ByKey["recommend"].Id).Value);
        Assert.Equal("The courier waited", stored.Answers.Single(a => a.Text is not null).Text);
        Assert.Equal(0, await app.VerifyAsync());
    }

    [Fact]
    public async Task A_value_outside_the_scale_is_refused_by_the_database_itself()
    {
        await admin.PublishSmallAsync();
        var version = (await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("after-delivery", ct))!;
        var good = New(version, 10);
        long before = await app.ResponsesAsync();
        await Assert.ThrowsAsync<PostgresException>(() => intake.StoreBatchAsync([good, New(version, 11)], ct));
        Assert.Equal(before, await app.ResponsesAsync());

        await intake.StoreBatchAsync([good], ct);
        await Assert.ThrowsAsync<PostgresException>(() => intake.ChangeAsync(good.Id, Answers(version, 11), null, ct));
        Assert.Equal(0, await app.VerifyAsync());
    }

    static NewResponse New(PublishedVersion version, int score) => new()
    {
        Id = Guid.CreateVersion7(),
        Version = version,
        Segment = new SegmentKey(new Dictionary<string, string>(), "en", "link"),
        SubmittedAt = new DateTimeOffset(2026, 2, 16, 9, 30, 0, TimeSpan.Zero),
        ContextHash = [1],
        Answers = Answers(version, score),
    };

    static NewAnswer[] Answers(PublishedVersion version, int score) => [new(version.ByKey["recommend"].Id, Value: (short)score)];
}
