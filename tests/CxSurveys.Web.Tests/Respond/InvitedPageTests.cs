using System.Net;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Invitations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Respond;

public sealed class InvitedPageTests(RespondApp app) : IClassFixture<RespondApp>, IAsyncLifetime
{
    const string Survey = """
        { "name": "Order", "languages": ["en", "th"], "questions": [
            { "key": "recommend", "kind": "nps", "required": true }, { "key": "reason", "kind": "text", "text": { "en": "Why?", "th": "เพราะอะไร" } } ] }
        """;

    readonly HttpClient browser = app.Anonymous;

    public async ValueTask InitializeAsync()
    {
        await (await app.WithKey("admin").PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        await app.WithKey("admin").PublishAsync("order", Survey);
    }

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    [Fact]
    public async Task Looking_leaves_a_visit_and_nothing_else()
    {
        var guest = await app.GuestAsync("order");
        var before = await app.ResponsesAsync();
        var page = await browser.OpenAsync(guest.Link + "?score=9&lang=en");
        Assert.Equal((HttpStatusCode.OK, "en"), (page.Status, page.Language));
        Assert.Equal(["recommend=9"], page.Chosen);
        Assert.Equal(("no-store", "no-referrer"), (page.Headers["Cache-Control"], page.Headers["Referrer-Policy"]));
        Assert.False(page.Headers.ContainsKey("Set-Cookie"));
        using var head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, guest.Link), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal((before, 2, null), (await app.ResponsesAsync(), await app.VisitsAsync(guest.Id), await app.AnsweredAtAsync(guest)));
    }

    [Fact]
    public async Task The_answer_is_the_persons_at_the_touchpoint_they_were_asked_about()
    {
        var guest = await app.GuestAsync("order");
        // Known by now under another plan: the segment is what held when they were asked.
        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"update person set attributes = '{{}}' where key = {guest.Person}"));
        var thanks = await browser.SendAndFollowAsync(await browser.OpenAsync(guest.Link), ("recommend", "0"), ("reason", "ช้ามาก"));
        Assert.Equal("th", thanks.Language);
        Assert.Contains("0 จาก 10", thanks.Html, StringComparison.Ordinal);

        var response = await app.ResponseAsync(guest);
        Assert.Equal((guest.Id.ToString(), "order", "delivery", "th", "email"),
            ((string)response["id"]!, (string)response["survey"]!, (string)response["touchpoint"]!, (string)response["language"]!, (string)response["channel"]!));
        Assert.Equal(("ID", "gold"), ((string)response["segment"]!["country"]!, (string)response["segment"]!["plan"]!));
        Assert.Equal(app.Clock.GetUtcNow(), (await app.AnsweredAtAsync(guest))!.Value, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("", "en-GB", "th")]
    [InlineData("?lang=en", "th", "en")]
    [InlineData("?lang=fr", "en", "th")]
    public async Task The_link_then_the_person_then_the_browser_choose_the_language(string query, string browsers, string expected) =>
        Assert.Equal(expected, (await browser.OpenAsync((await app.GuestAsync("order")).Link + query, browsers)).Language);

    [Fact]
    public async Task Of_a_person_without_a_language_the_browser_s_is_spoken() =>
        Assert.Equal("th", (await browser.OpenAsync((await app.GuestAsync("order", more: "\"name\": \"N\"")).Link, "th")).Language);

    [Fact]
    public async Task Coming_back_shows_the_answer_and_changes_it_until_the_window_ends()
    {
        var guest = await app.GuestAsync("order");
        await browser.SendAndFollowAsync(await browser.OpenAsync(guest.Link), ("recommend", "3"));
        var answeredAt = await app.AnsweredAtAsync(guest);
        app.Clock.Advance(TimeSpan.FromDays(13));
        // Another number of the same mail, tapped later, does not hide what was said.
        var again = await browser.OpenAsync(guest.Link + "?score=10&lang=en");
        Assert.Equal(["recommend=3"], again.Chosen);
        Assert.Contains("9 of 10", (await browser.SendAndFollowAsync(again, ("recommend", "9"))).Html, StringComparison.Ordinal);
        Assert.Equal(answeredAt, await app.AnsweredAtAsync(guest));

        app.Clock.Advance(TimeSpan.FromDays(2));
        var final = await browser.OpenAsync(guest.Link + "?lang=en");
        Assert.Contains("9 of 10", final.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", final.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendAsync(again, ("recommend", "1"))).Status);
        Assert.Equal(9, (int)(await app.ResponseAsync(guest))["answers"]!["recommend"]!);
    }

    [Fact]
    public async Task A_missing_answer_is_asked_for_and_the_rest_is_kept()
    {
        var guest = await app.GuestAsync("order");
        var before = await app.ResponsesAsync();
        var again = await browser.SendAsync(await browser.OpenAsync(guest.Link), ("reason", "A <b>kind</b> courier"));
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("A &lt;b&gt;kind&lt;/b&gt; courier", again.Html, StringComparison.Ordinal);
        Assert.Equal((before, null), (await app.ResponsesAsync(), await app.AnsweredAtAsync(guest)));
    }

    [Fact]
    public async Task Sent_many_times_at_once_it_is_one_response()
    {
        var guest = await app.GuestAsync("order");
        var before = await app.ResponsesAsync();
        var page = await browser.OpenAsync(guest.Link);
        var sent = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => browser.SendAsync(page, ("recommend", $"{i % 11}"))));
        Assert.All(sent, s => Assert.Contains(s.Status, (HttpStatusCode[])[HttpStatusCode.SeeOther, HttpStatusCode.ServiceUnavailable]));
        Assert.Contains(sent, s => s.Status == HttpStatusCode.SeeOther);
        Assert.Equal(before + 1, await app.ResponsesAsync());
    }

    [Fact]
    public async Task A_change_based_on_an_older_answer_shows_what_it_would_replace()
    {
        var guest = await app.GuestAsync("order");
        var first = await browser.SendAndFollowAsync(await browser.OpenAsync(guest.Link), ("recommend", "9"));
        var other = await browser.OpenAsync(guest.Link + "?lang=en");
        await browser.SendAndFollowAsync(first, ("recommend", "3"));

        var late = await browser.SendAsync(other, ("recommend", "9"), ("reason", "A kind courier"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("changed elsewhere", late.Html, StringComparison.Ordinal);
        Assert.Contains("3 of 10", late.Html, StringComparison.Ordinal);
        Assert.Contains("A kind courier", late.Html, StringComparison.Ordinal);

        var now = await browser.SendAndFollowAsync(late, ("recommend", "9"), ("reason", "A kind courier"));
        Assert.Contains("9 of 10", (await browser.OpenAsync(guest.Link + "?lang=en")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, now.Status);
    }

    [Fact]
    public async Task The_version_is_the_one_the_person_was_invited_to()
    {
        await app.WithKey("admin").PublishAsync("moving", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "first", "kind": "nps" } ] }""");
        var guest = await app.GuestAsync("moving");
        await app.WithKey("admin").PublishAsync("moving", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "second", "kind": "nps" } ] }""");
        await browser.SendAndFollowAsync(await browser.OpenAsync(guest.Link), ("first", "8"));
        Assert.Equal(1, (int)(await app.ResponseAsync(guest))["version"]!);
    }

    [Fact]
    public async Task A_closed_survey_takes_nothing_new_and_shows_what_was_said()
    {
        await app.WithKey("admin").PublishAsync("closing", Survey);
        var answered = await app.GuestAsync("closing");
        var page = await browser.OpenAsync(answered.Link);
        await browser.SendAndFollowAsync(page, ("recommend", "7"));
        var late = await app.GuestAsync("closing");
        var open = await browser.OpenAsync(late.Link);
        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"update survey set closed_at = {app.Clock.GetUtcNow().AddSeconds(-1)} where key = 'closing'"));
        app.Services.GetRequiredService<SurveyCatalog>().Invalidate();

        Assert.Equal(HttpStatusCode.Gone, (await browser.OpenAsync(late.Link)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await browser.SendAsync(open, ("recommend", "1"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendAsync(page, ("recommend", "1"))).Status);
        Assert.Contains("7 of 10", (await browser.OpenAsync(answered.Link + "?lang=en")).Html, StringComparison.Ordinal);
        Assert.Null(await app.AnsweredAtAsync(late));
    }

    [Fact]
    public async Task Whatever_is_no_answer_link_is_the_same_page()
    {
        var guest = await app.GuestAsync("order");
        string[] wrong = ["/r/nothing", "/r/%20", $"/r/{guest.Id}", $"/r/{new string('A', 43)}", guest.Link + "A", guest.Link[..^1], guest.OptOutLink.Replace("/u/", "/r/", StringComparison.Ordinal)];
        string? first = null;
        foreach (var address in wrong)
        {
            var page = await browser.OpenAsync(address, "th");
            var body = page.Html.Replace(address, "", StringComparison.Ordinal);
            body = System.Text.RegularExpressions.Regex.Replace(body, "nonce=\"[^\"]*\"|href=\"[^\"]*\"", "");
            Assert.Equal((HttpStatusCode.NotFound, "th", first ??= body), (page.Status, page.Language, body));
            var posted = await browser.SendAsync(page with { Html = $"<form method=\"post\" action=\"{address}\">" }, ("recommend", "9"));
            Assert.Equal(HttpStatusCode.NotFound, posted.Status);
        }
        Assert.Equal(0, await app.VisitsAsync(guest.Id));
    }
}
