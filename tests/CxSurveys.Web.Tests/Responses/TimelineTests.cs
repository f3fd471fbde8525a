using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Invitations;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Responses;

/// <summary>What happened with one person stands on one page, the latest first, each consent with its source.</summary>
public sealed class TimelineTests(SilentApp app) : IClassFixture<SilentApp>
{
    static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    readonly string customer = $"c-{Guid.NewGuid():N}";

    async Task<string> PageAsync()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        return WebUtility.HtmlDecode(await admin.ReadAsync($"/timeline?customer={customer}"));
    }

    [Fact]
    public async Task Events_invitations_answers_and_consent_stand_in_order()
    {
        using var ingest = app.WithKey("ingest");
        string now = TimeProvider.System.GetUtcNow().AddHours(-2).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + "Z";
        await (await ingest.PostTextAsync("/events", $$"""{ "id": "{{customer}}", "type": "order.delivered", "customer": { "id": "{{customer}}", "email": "a@example.com", "consent": true }, "occurredAt": "{{now}}", "data": { "order": "A<b>1" } }""")).ReadOkAsync();
        var (id, _) = await app.AskAsync(customer);
        using (var again = await ingest.PostTextAsync("/invitations", $$"""{ "survey": "after-delivery", "customer": { "id": "{{customer}}" } }""")) Assert.Equal(200, (int)again.StatusCode);
        await (await ingest.PostTextAsync("/responses", $$"""{ "id": "{{id}}", "survey": "after-delivery", "answers": { "recommend": 0 } }""")).ReadOkAsync();
        using (var admin = await app.BrowseAsAsync(Role.Admin))
        using (await admin.PostFormAsync($"/people/{customer}", [], $"/people/{customer}?handler=OptOut")) { }

        string page = await PageAsync();
        string[] expected = ["Opted out (by hand)", "Answered: After delivery", "Not asked: After delivery. Asked too recently", "To be asked: After delivery", "Consent by email given (event)", "order.delivered"];
        int[] places = [.. expected.Select(words => page.IndexOf(words, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Contains("""{"order": "A<b>1"}""", page, StringComparison.Ordinal);
        Assert.Contains($"/responses/{id}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_that_does_not_change_leaves_no_trace_and_one_that_does_says_by_what()
    {
        using var ingest = app.WithKey("ingest");
        foreach (string consent in new[] { "yes", "yes", "no" }) await (await ingest.PostTextAsync("/people/import", $"id,consent\n{customer},{consent}\n", "text/csv")).ReadOkAsync();
        var changes = await app.WithDbAsync(db => db.Set<ConsentChange>().Where(c => db.Set<Person>().Any(p => p.Id == c.PersonId && p.Key == customer)).OrderBy(c => c.Id).Select(c => $"{c.Channel} {c.Given} {c.Source}").ToListAsync(Ct));
        Assert.Equal(["email True import", "email False import"], changes);
    }

    [Fact]
    public async Task Who_is_not_known_has_no_timeline()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var answer = await admin.GetAsync("/timeline?customer=nobody");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
