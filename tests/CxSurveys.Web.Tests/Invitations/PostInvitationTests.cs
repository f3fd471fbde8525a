using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Invitations;

/// <summary>Who is asked and who is left alone, through the API; no mail server.</summary>
public sealed class PostInvitationTests(SilentApp app) : IClassFixture<SilentApp>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly string customer = $"c-{Guid.NewGuid():N}";

    Task<HttpResponseMessage> PostAsync(string body) => app.WithKey("ingest").PostTextAsync("/invitations", body);

    Task<HttpResponseMessage> AskAsync(string more = "", string person = "") =>
        PostAsync($$"""{ "survey": "after-delivery"{{more}}, "customer": { "id": "{{customer}}", "email": "{{customer}}@example.com"{{person}} } }""");

    async Task<(string? Why, DateTimeOffset? Until)> RefusedAsync(string more = "", string person = "")
    {
        using var response = await AskAsync(more, person);
        Assert.Equal(200, (int)response.StatusCode);
        var body = await response.ReadOkAsync();
        return ((string?)body["notSent"], (DateTimeOffset?)body["until"]);
    }

    [Fact]
    public async Task The_link_of_the_answer_leads_to_the_invitation_and_only_its_hash_is_kept()
    {
        var (id, link) = await app.AskAsync(customer);
        string secret = new Uri(link).Segments[^1];
        Assert.StartsWith("http://localhost/r/", link, StringComparison.Ordinal);
        Assert.Equal(Secret.Length, secret.Length);

        await using var scope = app.Services.CreateAsyncScope();
        var links = scope.ServiceProvider.GetRequiredService<InvitationLinks>();
        var found = await links.FindAsync(secret, Cancel);
        Assert.Equal((id, customer, "after-delivery"), (found!.Id, found.Person.Key, found.SurveyKey));
        Assert.Null(await links.FindOptOutAsync(secret, Cancel));
        Assert.Null(await links.FindAsync(secret[..^1] + (secret[^1] == 'A' ? 'Q' : 'A'), Cancel));
        Assert.Equal(0, await Leaks.CountAsync(app, secret));
    }

    [Fact]
    public async Task The_address_in_links_is_not_what_a_request_says()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Api.Root + "/invitations")
        {
            Content = Api.Json($$"""{ "survey": "after-delivery", "customer": { "id": "{{customer}}", "email": "a@example.com" } }"""),
            Headers = { Host = "evil.example" },
        };
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        using var response = await app.WithKey("ingest").SendAsync(request, Cancel);
        Assert.StartsWith("http://localhost/r/", (string?)(await response.ReadOkAsync())["link"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "survey": "nothing", "customer": { "id": "a", "email": "a@example.com" } }""", "survey")]
    [InlineData("""{ "survey": "after-delivery", "touchpoint": "nothing", "customer": { "id": "a", "email": "a@example.com" } }""", "touchpoint")]
    [InlineData("""{ "survey": "after-delivery", "customer": { "id": "never-seen" } }""", "customer.id")]
    [InlineData("""{ "survey": "after-delivery", "customer": { "id": "a", "email": "a@b.example, c@d.example" } }""", "customer.email")]
    [InlineData("""{ "survey": "after-delivery" }""", "customer")]
    [InlineData("""{ "customer": { "id": "a" } }""", "survey")]
    [InlineData("""{ "survey": "after-delivery", "customer": { "id": "a", "email": "a@example.com" }, "sendAt": "2030-01-01T10:00:00" }""", "sendAt")]
    [InlineData("""{ "survey": "after-delivery", "customer": { "id": "a", "email": "a@example.com" }, "sendAt": "2999-01-01T10:00:00Z" }""", "sendAt")]
    public async Task What_is_wrong_is_named_and_nothing_is_stored(string body, string named)
    {
        using var response = await PostAsync(body);
        Assert.Contains(named, (await response.ReadErrorsAsync()).Keys);
        Assert.False(await app.WithDbAsync(db => db.Database.SqlQuery<bool>($"select exists (select from person where key in ('a', 'never-seen')) as \"Value\"").SingleAsync(Cancel)));
    }

    [Fact]
    public async Task A_known_person_is_asked_by_the_id_alone_at_a_touchpoint_and_a_time()
    {
        await SetCapsAsync(0, 0);
        await app.AskAsync(customer);
        using var response = await PostAsync($$"""{ "survey": "after-delivery", "touchpoint": "delivery", "customer": { "id": "{{customer}}" }, "sendAt": "{{TimeProvider.System.GetUtcNow().AddDays(3):yyyy-MM-ddTHH:mm:ss}}+00:00" }""");
        Assert.Equal(201, (int)response.StatusCode);
        var id = (Guid)(await response.ReadOkAsync())["id"]!;
        Assert.InRange((await app.MessageAsync(id)).DueAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(2.9), TimeSpan.FromDays(3));
        Assert.NotNull((await app.InvitationAsync(id)).TouchpointId);
        await SetCapsAsync(30, 90);
    }

    [Fact]
    public async Task A_second_ask_waits_for_the_caps_and_says_until_when()
    {
        await app.AskAsync(customer);
        var (why, until) = await RefusedAsync();
        Assert.Equal("frequencyCap", why);
        Assert.InRange(until!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(89.9), TimeSpan.FromDays(90));

        await app.WithKey("admin").PublishAsync("other", Api.SmallSurvey);
        using var other = await PostAsync($$"""{ "survey": "other", "customer": { "id": "{{customer}}" } }""");
        var body = await other.ReadOkAsync();
        Assert.Equal("frequencyCap", (string?)body["notSent"]);
        Assert.InRange((DateTimeOffset)body["until"]! - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
        Assert.Equal(3, await app.WithDbAsync(db => db.Set<Invitation>().CountAsync(i => db.Set<CxSurveys.Web.Features.People.Person>().Any(p => p.Id == i.PersonId && p.Key == customer), Cancel)));
    }

    [Fact]
    public async Task Many_asks_at_once_ask_once()
    {
        using var second = app.StartAnother();
        await AskAsync(person: ", \"consent\": false");
        await app.ChangePersonAsync(customer, p => p.EmailConsent = null);
        using var otherProcess = second.CreateClient();
        otherProcess.DefaultRequestHeaders.Authorization = app.WithKey("ingest").DefaultRequestHeaders.Authorization;
        string body = $$"""{ "survey": "after-delivery", "customer": { "id": "{{customer}}" } }""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? PostAsync(body) : otherProcess.PostTextAsync("/invitations", body)));
        Assert.Equal(1, answers.Count(a => (int)a.StatusCode == 201));
        Assert.Equal(15, answers.Count(a => (int)a.StatusCode == 200));
    }

    [Fact]
    public async Task Of_several_reasons_the_first_in_the_contracts_order_is_told()
    {
        await app.WithKey("admin").PutTextAsync("/surveys/draft", Api.SmallSurvey);
        await app.WithKey("admin").PublishAsync("closed", Api.SmallSurvey);
        await app.WithKey("admin").PostTextAsync("/surveys/closed/close", "");
        await AskAsync();
        await app.ChangePersonAsync(customer, p => (p.Email, p.OptedOutAt, p.EmailConsent) = (null, TimeProvider.System.GetUtcNow(), false));
        Assert.Equal("notPublished", await ToldAsync("draft"));
        Assert.Equal("surveyClosed", await ToldAsync("closed"));
        Assert.Equal("noAddress", await ToldAsync("after-delivery"));
        await app.ChangePersonAsync(customer, p => p.Email = "x@example.com");
        Assert.Equal("optedOut", await ToldAsync("after-delivery"));
        await app.ChangePersonAsync(customer, p => p.OptedOutAt = null);
        Assert.Equal("noConsent", await ToldAsync("after-delivery"));
        await app.ChangePersonAsync(customer, p => p.EmailConsent = true);
        Assert.Equal("frequencyCap", await ToldAsync("after-delivery"));
    }

    [Fact]
    public async Task Who_just_answered_is_not_asked_again_about_the_same()
    {
        using (var answer = await app.WithKey("ingest").PostTextAsync("/responses", $$"""{ "id": "{{Guid.NewGuid()}}", "survey": "after-delivery", "touchpoint": "checkout", "answers": { "recommend": 9 }, "customer": { "id": "{{customer}}", "email": "x@example.com" } }"""))
            Assert.Equal(201, (int)answer.StatusCode);
        using (var elsewhere = await PostAsync($$"""{ "survey": "after-delivery", "touchpoint": "support", "customer": { "id": "{{customer}}" } }""")) Assert.Equal(201, (int)elsewhere.StatusCode);
        var (why, until) = await RefusedAsync();
        Assert.Equal("alreadyAnswered", why);
        Assert.InRange(until!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(89.9), TimeSpan.FromDays(90));
    }

    async Task<string?> ToldAsync(string survey)
    {
        using var response = await PostAsync($$"""{ "survey": "{{survey}}", "customer": { "id": "{{customer}}" } }""");
        return (string?)(await response.ReadOkAsync())["notSent"];
    }

    Task<int> SetCapsAsync(int cap, int surveyCap) => app.WithDbAsync(db => db.Set<Organisation>()
        .ExecuteUpdateAsync(set => set.SetProperty(o => o.CapDays, cap).SetProperty(o => o.SurveyCapDays, surveyCap), Cancel));
}
