using System.Net;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Respond;

public sealed class AnswerPageTests(RespondApp app) : IClassFixture<RespondApp>, IAsyncLifetime
{
    readonly HttpClient browser = app.Anonymous;

    public async ValueTask InitializeAsync() => await app.WithKey("admin").PublishAsync("order", """
        { "name": "Order", "languages": ["en", "th"], "questions": [ { "key": "recommend", "kind": "nps", "journey": true }, { "key": "reason", "kind": "text", "text": { "en": "Why?" } } ] }
        """);

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    async Task<CustomerPages.Page> AnswerAsync(string score) => await browser.SendAndFollowAsync(await browser.OpenAsync("/s/order"), ("recommend", score));

    Task<string[]> StoredAsync(string text) => app.WithDbAsync(db => db.Database.SqlQuery<string>($"select text as \"Value\" from answer where text = {text}").ToArrayAsync());

    [Fact]
    public async Task The_comment_may_follow_the_score()
    {
        var thanks = await AnswerAsync("8");
        Assert.Contains("Would you like to add something?", thanks.Html, StringComparison.Ordinal);
        var more = await browser.SendAndFollowAsync(thanks, ("recommend", "8"), ("reason", "Quick and kind."));
        Assert.DoesNotContain("Would you like to add something?", more.Html, StringComparison.Ordinal);
        Assert.Single(await StoredAsync("Quick and kind."));
    }

    [Fact]
    public async Task Coming_back_shows_the_answer_and_changes_it()
    {
        var thanks = await AnswerAsync("3");
        app.Clock.Advance(TimeSpan.FromDays(13));
        var later = await browser.OpenAsync(thanks.Address);
        Assert.Equal(["recommend=3"], later.Chosen);
        Assert.Contains("9 of 10", (await browser.SendAndFollowAsync(later, ("recommend", "9"))).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_window_the_answer_is_shown_as_final_and_stays()
    {
        var thanks = await AnswerAsync("4");
        app.Clock.Advance(TimeSpan.FromDays(14));
        var final = await browser.OpenAsync(thanks.Address);
        Assert.Equal(HttpStatusCode.OK, final.Status);
        Assert.Contains("4 of 10", final.Html, StringComparison.Ordinal);
        Assert.Contains("final", final.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", final.Html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendAsync(thanks, ("recommend", "10"))).Status);
        Assert.Contains("4 of 10", (await browser.OpenAsync(thanks.Address)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_itself_changes_nothing_after_the_window()
    {
        var page = await browser.OpenAsync("/s/order");
        await browser.SendAndFollowAsync(page, ("recommend", "1"));
        app.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendAsync(page, ("recommend", "2"))).Status);
        Assert.Contains("1 of 10", (await browser.SendAndFollowAsync(page, ("recommend", "1"))).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_left_open_for_a_month_has_expired()
    {
        long before = await app.ResponsesAsync();
        var page = await browser.OpenAsync("/s/order?lang=th");
        app.Clock.Advance(TimeSpan.FromDays(31));
        var expired = await browser.SendAsync(page, ("recommend", "5"));
        Assert.Equal((HttpStatusCode.Gone, "th"), (expired.Status, expired.Language));
        Assert.Equal(before, await app.ResponsesAsync());
    }

    [Fact]
    public async Task Without_a_change_window_an_answer_is_final_at_once()
    {
        using var set = await app.WithKey("admin").PutTextAsync("/settings", """{ "changeDays": 0 }""");
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        Assert.DoesNotContain("<form", (await AnswerAsync("6")).Html, StringComparison.Ordinal);
        using var back = await app.WithKey("admin").PutTextAsync("/settings", """{ "changeDays": 14 }""");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task A_closed_survey_takes_nothing_new_and_shows_what_was_said()
    {
        await app.WithKey("admin").PublishAsync("closing", """{ "name": "C", "languages": ["en"], "questions": [ { "key": "a", "kind": "nps" } ] }""");
        var open = await browser.OpenAsync("/s/closing");
        var answered = await browser.SendAndFollowAsync(open, ("a", "7"));
        var unsent = await browser.OpenAsync("/s/closing");
        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"update survey set closed_at = {app.Clock.GetUtcNow().AddSeconds(-1)} where key = 'closing'"));
        app.Services.GetRequiredService<SurveyCatalog>().Invalidate();

        Assert.Equal(HttpStatusCode.Gone, (await browser.OpenAsync("/s/closing")).Status);
        Assert.Equal(HttpStatusCode.Gone, (await browser.SendAsync(unsent, ("a", "1"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendAsync(open, ("a", "1"))).Status);
        Assert.Contains("7 of 10", (await browser.OpenAsync(answered.Address)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Knowing_an_id_gives_no_right_to_it()
    {
        var thanks = await AnswerAsync("8");
        var ids = await app.WithDbAsync(db => db.Database.SqlQuery<Guid>($"select id as \"Value\" from response order by received_at desc limit 1").ToListAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"/s/order/a/{ids[0]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(thanks.Address.Replace("/s/order/", "/s/other/", StringComparison.Ordinal))).Status);
        Assert.DoesNotContain(ids[0].ToString(), thanks.Html + thanks.Address, StringComparison.Ordinal);
    }
}
