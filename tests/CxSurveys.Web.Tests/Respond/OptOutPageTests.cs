using System.Net;
using CxSurveys.Web.Features.Respond;
using CxSurveys.Web.Tests.Invitations;

namespace CxSurveys.Web.Tests.Respond;

public sealed class OptOutPageTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    readonly HttpClient browser = app.Anonymous;

    public async ValueTask InitializeAsync() =>
        await app.WithKey("admin").PublishAsync("order", """{ "name": "Order", "languages": ["en"], "questions": [ { "key": "recommend", "kind": "nps" } ] }""");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    Task<Invite.Guest> GuestAsync() => app.GuestAsync("order", touchpoint: null);

    Task<HttpResponseMessage> OneClickAsync(string address) => browser.PostAsync(address,
        new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Looking_asks_and_leaves_only_a_visit()
    {
        var guest = await GuestAsync();
        var page = await browser.OpenAsync(guest.OptOutLink);
        Assert.Equal((HttpStatusCode.OK, "th"), (page.Status, page.Language));
        Assert.Contains("<button", page.Html, StringComparison.Ordinal);
        Assert.Contains("<bdi dir=\"ltr\">g•••@m•••.example</bdi>", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(guest.Person, page.Html, StringComparison.Ordinal);
        Assert.Equal(("no-store", "no-referrer"), (page.Headers["Cache-Control"], page.Headers["Referrer-Policy"]));
        using var head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, guest.OptOutLink), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal((false, 2), (await app.HasOptedOutAsync(guest), await app.VisitsAsync(guest.Id)));
    }

    [Theory]
    [InlineData("dewi@example.com", "d•••@e•••.com")]
    [InlineData("d@e.co.id", "d•••@e•••.id")]
    [InlineData("\"a@b\"@localhost", "\"•••@l•••")]
    [InlineData("ดี@ตัวอย่าง.ไทย", "ดี•••@ตั•••.ไทย")]
    [InlineData("nobody", null)]
    [InlineData("@example.com", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_address_is_recognised_by_its_owner_only(string? address, string? masked) => Assert.Equal(masked, MaskedAddress.Of(address));

    [Fact]
    public async Task The_button_opts_this_person_out_and_nobody_else()
    {
        var (guest, other) = (await GuestAsync(), await GuestAsync());
        var done = await browser.SendAsync(await browser.OpenAsync(guest.OptOutLink + "?lang=en"));
        Assert.Equal((HttpStatusCode.OK, "en"), (done.Status, done.Language));
        Assert.Contains("You will get no more survey emails", done.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", done.Html, StringComparison.Ordinal);
        Assert.Equal((true, false), (await app.HasOptedOutAsync(guest), await app.HasOptedOutAsync(other)));
        Assert.DoesNotContain("<button", (await browser.OpenAsync(guest.OptOutLink)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_programs_one_click_does_it_without_cookie_token_or_redirect_as_often_as_it_comes()
    {
        var guest = await GuestAsync();
        for (int i = 0; i < 3; i++)
        {
            using var answer = await OneClickAsync(guest.OptOutLink);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.True(await app.HasOptedOutAsync(guest));
        }
        using var again = await app.WithKey("ingest").PostTextAsync("/invitations", $$"""{ "survey": "order", "customer": { "id": "{{guest.Person}}" } }""");
        Assert.NotEqual(HttpStatusCode.Created, again.StatusCode);
    }

    [Fact]
    public async Task The_link_to_answer_opts_nobody_out_and_the_link_to_opt_out_answers_nothing()
    {
        var guest = await GuestAsync();
        using var crossed = await OneClickAsync(guest.Link.Replace("/r/", "/u/", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, crossed.StatusCode);
        using var answered = await browser.PostAsync(guest.OptOutLink.Replace("/u/", "/r/", StringComparison.Ordinal),
            new FormUrlEncodedContent([new("recommend", "9")]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answered.StatusCode);
        Assert.Equal((false, null), (await app.HasOptedOutAsync(guest), await app.AnsweredAtAsync(guest)));
    }

    [Fact]
    public async Task An_unknown_link_is_a_kind_page_whatever_is_sent_to_it()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync("/u/nothing", "th")).Status);
        using var posted = await OneClickAsync($"/u/{new string('A', 43)}");
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
    }
}
