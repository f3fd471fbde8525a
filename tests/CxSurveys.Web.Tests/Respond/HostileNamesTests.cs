using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Invitations.Rules;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Respond;

/// <summary>Names of the company, its journey, people, colleagues, keys and rules, and what answers say, stay text on every page there is.</summary>
public sealed partial class HostileNamesTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task No_name_and_no_answer_is_markup_on_any_page()
    {
        await StoreAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (string address in await AddressesAsync())
        {
            string html = await browser.ReadAsync(address);
            Assert.All(HostileTextTests.Payloads, payload => Assert.False(html.Contains(payload, StringComparison.OrdinalIgnoreCase), $"{address} has {payload} as it is"));
            shown.UnionWith(HostileTextTests.Payloads.Where(WebUtility.HtmlDecode(html).Contains));
        }
        // A page that shows none of them would prove nothing.
        Assert.Equal(HostileTextTests.Payloads.Length, shown.Count);
    }

    /// <summary>Each page of the route table, of each thing that was stored.</summary>
    async Task<IReadOnlyList<string>> AddressesAsync()
    {
        string response = (string)(await admin.ReadAsync("/responses?survey=after-delivery"))["rows"]![0]!["id"]!;
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null).Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Distinct().ToList();
        Assert.True(routes.Count > 40, $"{routes.Count} pages");
        string[] filtered = ["/responses?q=x", "/people?q=x", "/journey?kind=csat", "/journey?view=table", "/compare?kind=csat&a.touchpoint=t0&b.touchpoint=t1", "/timeline?customer=c0", "/touchpoints/t0?kind=csat&by=segment.store", "/sending?state=refused"];
        return [.. routes.Select(route => Parameter().Replace(route, hole => (route, hole.Value) switch
        {
            (_, "{stage}") => "s0",
            ("/touchpoints/{key}", _) => "t0",
            ("/people/{key}", _) => "c0",
            (_, "{key}" or "{survey}") => "after-delivery",
            ("/responses/{id}", _) => response,
            _ => "1",
        })).Concat(filtered).Distinct()];
    }

    async Task StoreAsync()
    {
        string[] payloads = HostileTextTests.Payloads;
        var touchpoints = payloads.Select((name, i) => $$"""{ "key": "t{{i}}", "name": {{Json(name)}}, "kind": "digital", "team": {{Json(name)}} }""").Chunk(10).Select((some, i) =>
            $$"""{ "key": "s{{i}}", "name": {{Json(payloads[i])}}, "keyQuestion": {{Json(payloads[i])}}, "touchpoints": [ {{string.Join(',', some)}} ] }""");
        await (await admin.PutTextAsync("/journey", $$"""{ "stages": [ {{string.Join(',', touchpoints)}} ] }""")).ReadOkAsync();
        await (await admin.PutTextAsync("/settings", $$"""{ "name": {{Json(payloads[0])}}, "minimumN": 1 }""")).ReadOkAsync();
        await admin.PublishAsync("after-delivery", """{ "name": "After delivery", "languages": ["en"], "questions": [ { "key": "own", "kind": "csat" }, { "key": "why", "kind": "text", "text": { "en": "Why?" } } ] }""");
        for (int i = 0; i < payloads.Length; i++) await StoreAsync(i, payloads[i]);
        int survey = await app.WithDbAsync(db => db.Set<Survey>().Where(s => s.Key == "after-delivery").Select(s => s.Id).SingleAsync());
        await app.WithDbAsync(db =>
        {
            db.AddRange(payloads.Select(name => new SendingRule { Name = name, EventType = name, CancelledBy = [name], SurveyId = survey, CreatedAt = DateTimeOffset.UnixEpoch }));
            return db.SaveChangesAsync();
        });
    }

    async Task StoreAsync(int i, string payload)
    {
        string word = Json(payload), line = Json(payload[..Math.Min(payload.Length, PostedPerson.MaxAttributeName)]);
        await (await admin.PostTextAsync("/people/import", $$"""{ "id": "c{{i}}", "email": "c{{i}}@larkfield.example", "name": {{word}}, "attributes": { {{line}}: {{word}} } }""", "application/x-ndjson")).ReadOkAsync();
        await (await admin.PostTextAsync("/responses", $$"""
            { "id": "{{Guid.CreateVersion7()}}", "survey": "after-delivery", "touchpoint": "t{{i}}", "customer": { "id": "c{{i}}" }, "segment": { "store": {{word}}, {{line}}: "x" }, "answers": { "own": {{(i % 5) + 1}}, "why": {{word}} } }
            """)).ReadOkAsync();
        await (await admin.PostTextAsync("/invitations", $$"""{ "survey": "after-delivery", "touchpoint": "t{{i}}", "customer": { "id": "c{{i}}" } }""")).ReadOkAsync();
        await app.Services.GetRequiredService<ApiKeys>().CreateAsync(payload, KeyRole.Ingest, TestContext.Current.CancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(Account.Create($"a{i}@larkfield.example", payload, Role.Analyst, TimeProvider.System), People.Password);
        Assert.True(result.Succeeded);
    }

    static string Json(string text) => JsonSerializer.Serialize(text);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
