using System.Net;
using CxSurveys.Web.Features.Channels;
using CxSurveys.Web.Tests.Respond;

namespace CxSurveys.Web.Tests.Channels;

public sealed class KioskTests(RespondApp app) : IClassFixture<RespondApp>, IAsyncLifetime
{
    static readonly LinkContext Counter = new(Channel.Kiosk, "delivery", new Dictionary<string, string> { ["store"] = "Bandung" });

    readonly HttpClient device = app.Anonymous;

    public async ValueTask InitializeAsync() => await app.PublishOrderAsync();

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    Task<CustomerPages.Page> OpenAsync() => device.OpenAsync(app.Link(Counter, "/kiosk"));

    Task<CustomerPages.Page> SendAsync(CustomerPages.Page page, Guid id, string score, params (string, string)[] more) => device.SendAsync(page, [("Id", id.ToString()), ("recommend", score), .. more]);

    [Fact]
    public async Task A_pass_stores_many_answers_each_once_and_changes_none()
    {
        long before = await app.ResponsesAsync();
        var page = await OpenAsync();
        var ids = new[] { Guid.CreateVersion7(), Guid.CreateVersion7() };
        foreach (var id in ids)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(page, id, "4")).Status);
            Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(page, id, "4", ("Age", "60000"))).Status);
        }
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(page, ids[0], "10")).Status);
        Assert.Equal(before + 2, await app.ResponsesAsync());
        var row = await app.OnlyRowAsync($"id={ids[0]}");
        Assert.Equal(("kiosk", "delivery", "Bandung", 4), ((string?)row["channel"], (string?)row["touchpoint"], (string?)row["segment"]!["store"], (int)row["answers"]!["recommend"]!));
    }

    [Fact]
    public async Task Sent_a_day_later_it_counts_when_it_was_given_but_not_before_the_pass()
    {
        var page = await OpenAsync();
        var began = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(30));
        var (given, early) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await SendAsync(page, given, "4", ("Age", $"{TimeSpan.FromHours(29).TotalMilliseconds}"));
        await SendAsync(page, early, "4", ("Age", $"{TimeSpan.FromHours(40).TotalMilliseconds}"));
        Assert.Equal(began.AddHours(1), DateTimeOffset.Parse((string)(await app.OnlyRowAsync($"id={given}"))["submittedAt"]!, null), TimeSpan.FromSeconds(1));
        Assert.Equal(began, DateTimeOffset.Parse((string)(await app.OnlyRowAsync($"id={early}"))["submittedAt"]!, null), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Only_a_signed_link_makes_a_kiosk_and_only_its_own_pass_opens_it()
    {
        long before = await app.ResponsesAsync();
        foreach (var link in new[] { "/s/order/kiosk", "/s/order/kiosk?channel=kiosk", app.Link(Counter with { Channel = "web" }, "/kiosk") })
            Assert.Equal(HttpStatusCode.NotFound, (await device.OpenAsync(link)).Status);
        var kiosk = await OpenAsync();
        var form = await device.OpenAsync("/s/order");
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(kiosk with { Html = form.Html.Replace(form.PostTo, WebUtility.HtmlEncode(kiosk.PostTo), StringComparison.Ordinal).Replace(WebUtility.HtmlEncode(form.PostTo), WebUtility.HtmlEncode(kiosk.PostTo), StringComparison.Ordinal) }, Guid.CreateVersion7(), "4")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(kiosk, Guid.Empty, "4")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(kiosk, Guid.CreateVersion7(), "11")).Status);
        Assert.Equal(before, await app.ResponsesAsync());
        // Nor does a kiosk's pass open the form of one person.
        Assert.Equal(HttpStatusCode.BadRequest, (await device.SendAsync(kiosk with { Html = kiosk.Html.Replace("/kiosk?", "?", StringComparison.Ordinal) }, ("recommend", "4"))).Status);
    }

    [Fact]
    public async Task An_answer_given_before_the_survey_closed_is_still_taken()
    {
        await app.WithKey("admin").PublishAsync("brief", Shared.Order);
        var page = await OpenAsync();
        app.Clock.Advance(TimeSpan.FromHours(2));
        await (await app.WithKey("admin").PostTextAsync("/surveys/order/close", "{}")).ReadOkAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(page, Guid.CreateVersion7(), "4", ("Age", "3600000"))).Status);
        Assert.Equal(HttpStatusCode.Gone, (await SendAsync(page, Guid.CreateVersion7(), "4")).Status);
        await (await app.WithKey("admin").PostTextAsync("/surveys/order/reopen", "{}")).ReadOkAsync();
    }
}
