using System.Net;
using System.Text.Json.Nodes;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Responses;

/// <summary>Suspected automatic answers: kept, in no cell, seen apart, and let out again on their own day.</summary>
public sealed class QuarantineTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    readonly HttpClient admin = app.WithKey("admin");
    readonly CancellationToken ct = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await admin.PublishSmallAsync();

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    async Task<Guid> StoreAsync(ResponseState state, ResponseFlags flags = ResponseFlags.None, string? customer = null)
    {
        var version = (await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("after-delivery", ct))!;
        var response = new NewResponse
        {
            Id = Guid.CreateVersion7(),
            Version = version,
            Customer = customer is null ? null : new Customer(customer),
            Segment = new SegmentKey(new Dictionary<string, string>(), "en", "web"),
            SubmittedAt = new DateTimeOffset(2026, 2, 16, 9, 30, 0, TimeSpan.Zero),
            State = state,
            Flags = flags,
            ContextHash = [1],
            Answers = [new NewAnswer(version.ByKey["recommend"].Id, Value: 0)],
        };
        Assert.Equal(Intake.Stored, Assert.Single(await app.Services.GetRequiredService<ResponseIntake>().StoreBatchAsync([response], ct)));
        return response.Id;
    }

    async Task<int> CountedAsync(string filter = "") => (int)(await admin.ReadAsync($"/scores?kind=nps{filter}"))["total"]!["n"]!;

    async Task<JsonArray> RowsAsync(string query) => (await admin.ReadAsync($"/responses?{query}"))["rows"]!.AsArray();

    async Task<HttpStatusCode> SetAsync(Guid id, string state)
    {
        using var answer = await admin.PutTextAsync($"/responses/{id}/state", $$"""{ "state": "{{state}}" }""");
        return answer.StatusCode;
    }

    [Theory]
    [InlineData(ResponseState.Counted, "response.stored")]
    [InlineData(ResponseState.Quarantine, "response.quarantined")]
    [InlineData(ResponseState.Test, null)]
    public async Task Others_are_told_of_what_counts_and_apart_from_it_of_what_does_not_yet(ResponseState state, string? told)
    {
        var id = await StoreAsync(state);
        var types = await app.WithDbAsync(db => db.Database.SqlQuery<string>($"select type as \"Value\" from outbox where {id} = any(subject_ids)").ToListAsync(ct));
        Assert.Equal(told, types.SingleOrDefault());
    }

    [Fact]
    public async Task What_is_kept_apart_is_in_no_cell_and_counts_on_its_own_day_once_released()
    {
        int before = await CountedAsync("&from=2026-02-16&to=2026-02-17");
        var id = await StoreAsync(ResponseState.Quarantine, ResponseFlags.HiddenField);
        Assert.Equal(before, await CountedAsync("&from=2026-02-16&to=2026-02-17"));
        Assert.Empty(await RowsAsync($"id={id}"));
        var kept = Assert.Single(await RowsAsync($"id={id}&state=quarantine"))!;
        Assert.Equal(("quarantine", "hiddenField"), ((string?)kept["state"], (string?)Assert.Single(kept["flags"]!.AsArray())));

        Assert.Equal(HttpStatusCode.OK, await SetAsync(id, "counted"));
        Assert.Equal(HttpStatusCode.OK, await SetAsync(id, "counted"));
        Assert.Equal(before + 1, await CountedAsync("&from=2026-02-16&to=2026-02-17"));
        Assert.Equal(0, await app.VerifyAsync());

        Assert.Equal(HttpStatusCode.OK, await SetAsync(id, "quarantine"));
        Assert.Equal(before, await CountedAsync("&from=2026-02-16&to=2026-02-17"));
        Assert.Equal(["hiddenField", "byHand"], (await RowsAsync($"id={id}&state=all"))[0]!["flags"]!.AsArray().Select(f => (string?)f));
    }

    [Fact]
    public async Task A_customers_latest_answer_is_a_counted_one()
    {
        var customer = $"c-{Guid.NewGuid():N}";
        int before = await CountedAsync("&counting=customers");
        var id = await StoreAsync(ResponseState.Quarantine, customer: customer);
        Assert.Equal(before, await CountedAsync("&counting=customers"));
        await SetAsync(id, "counted");
        Assert.Equal(before + 1, await CountedAsync("&counting=customers"));
        await SetAsync(id, "quarantine");
        Assert.Equal(before, await CountedAsync("&counting=customers"));
    }

    [Fact]
    public async Task Deciding_many_times_at_once_leaves_the_cells_exact()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => StoreAsync(i % 2 == 0 ? ResponseState.Quarantine : ResponseState.Counted)));
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => SetAsync(ids[i % 10], i % 3 == 0 ? "quarantine" : "counted")));
        foreach (var id in ids) await SetAsync(id, "counted");
        Assert.Equal(0, await app.VerifyAsync());
    }

    [Fact]
    public async Task Bad_decisions_are_refused_by_name()
    {
        var id = await StoreAsync(ResponseState.Counted);
        using var wrong = await admin.PutTextAsync($"/responses/{id}/state", """{ "state": "test" }""");
        Assert.Equal(["state"], (await wrong.ReadErrorsAsync()).Keys);
        Assert.Equal(HttpStatusCode.NotFound, await SetAsync(Guid.NewGuid(), "counted"));
        Assert.Equal(HttpStatusCode.NotFound, await SetAsync(await StoreAsync(ResponseState.Test), "counted"));
        using var state = await admin.GetAsync("api/v1/responses?state=gone", ct);
        Assert.Equal(["state"], (await state.ReadErrorsAsync()).Keys);
        using var flag = await admin.GetAsync("api/v1/responses?flag=odd", ct);
        Assert.Equal(["flag"], (await flag.ReadErrorsAsync()).Keys);
    }

    [Fact]
    public async Task The_list_says_how_many_are_kept_apart_and_an_admin_lets_them_out()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var id = await StoreAsync(ResponseState.Quarantine, ResponseFlags.Unproven);
        await StoreAsync(ResponseState.Counted);
        var list = await browser.ReadAsync("/responses");
        Assert.Matches("suspected automatic answers? (is|are) kept apart", list);
        Assert.Contains("Came inside a flood", await browser.ReadAsync($"/responses/{id}"), StringComparison.Ordinal);

        using var released = await browser.PostFormAsync($"/responses/{id}", new() { ["state"] = "counted" }, $"/responses/{id}?handler=Decide");
        Assert.Equal(HttpStatusCode.Redirect, released.StatusCode);
        Assert.Equal("counted", (string?)Assert.Single(await RowsAsync($"id={id}"))!["state"]);

        using var analyst = await app.BrowseAsAsync(Role.Analyst);
        Assert.DoesNotContain("Keep it apart", await analyst.ReadAsync($"/responses/{id}"), StringComparison.Ordinal);
        using var refused = await analyst.PostFormAsync("/responses", new() { ["state"] = "quarantine" }, $"/responses/{id}?handler=Decide");
        Assert.True(refused.StatusCode == HttpStatusCode.Forbidden, $"{(int)refused.StatusCode} {refused.Headers.Location}");
        Assert.Equal("counted", (string?)Assert.Single(await RowsAsync($"id={id}"))!["state"]);
    }

    [Fact]
    public async Task A_page_of_the_quarantine_is_released_at_once()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var ids = new[] { await StoreAsync(ResponseState.Quarantine), await StoreAsync(ResponseState.Quarantine) };
        var page = await browser.ReadAsync("/responses?state=quarantine");
        Assert.Contains("count on the day they were given", page, StringComparison.Ordinal);
        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"__form\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        using var content = new FormUrlEncodedContent([new("__form", token), new("state", "counted"), .. ids.Select(id => KeyValuePair.Create("ids", id.ToString()))]);
        using var answer = await browser.Client.PostAsync("/responses?state=quarantine&handler=Decide", content, ct);
        Assert.Equal((HttpStatusCode.Redirect, "/responses?state=quarantine"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        foreach (var id in ids) Assert.Single(await RowsAsync($"id={id}"));
    }

    [Fact]
    public async Task An_export_brings_states_and_flags_and_an_import_takes_them_back()
    {
        var id = await StoreAsync(ResponseState.Quarantine, ResponseFlags.TooFast | ResponseFlags.Unproven);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/responses?state=all&id={id}") { Headers = { { "Accept", "text/csv" } } };
        using var exported = await admin.SendAsync(request, ct);
        var csv = await exported.Content.ReadAsStringAsync(ct);
        Assert.Contains(",quarantine,tooFast;unproven,", csv, StringComparison.Ordinal);

        var copy = Guid.CreateVersion7();
        await (await admin.PostTextAsync("/responses/import", csv.Replace(id.ToString(), copy.ToString(), StringComparison.Ordinal), "text/csv")).ReadOkAsync();
        var back = Assert.Single(await RowsAsync($"id={copy}&state=quarantine"))!;
        Assert.Equal(["tooFast", "unproven"], back["flags"]!.AsArray().Select(f => (string?)f));
    }

    [Fact]
    public async Task Odd_answers_are_flagged_and_counted_and_a_change_is_looked_at_again()
    {
        await admin.PublishAsync("grid", $$"""
            { "name": "Grid", "languages": ["en"], "questions": [ {{string.Join(',', Enumerable.Range(0, 5).Select(i => $$"""{ "key": "q{{i}}", "kind": "csat" }"""))}},
                { "key": "a", "kind": "text", "text": { "en": "A?" } }, { "key": "b", "kind": "text", "text": { "en": "B?" } } ] }
            """);
        var id = Guid.CreateVersion7();
        await (await admin.PostTextAsync("/responses", $$"""{ "id": "{{id}}", "survey": "grid", "answers": { "q0": 3, "q1": 3, "q2": 3, "q3": 3, "q4": 3, "a": "Fine, thanks", "b": "fine,  THANKS" } }""")).ReadOkAsync();
        Assert.Equal(["straightLining", "repeatedText"], Assert.Single(await RowsAsync("survey=grid&flag=straightLining"))!["flags"]!.AsArray().Select(f => (string?)f));
        Assert.Equal(5, (int)(await admin.ReadAsync("/scores?kind=csat&survey=grid"))["total"]!["n"]!);

        var version = (await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("grid", ct))!;
        await app.Services.GetRequiredService<ResponseIntake>().ChangeAsync(id, [new NewAnswer(version.ByKey["q0"].Id, Value: 5)], null, ct);
        Assert.Empty((await RowsAsync($"id={id}"))[0]!["flags"]!.AsArray());
    }
}
