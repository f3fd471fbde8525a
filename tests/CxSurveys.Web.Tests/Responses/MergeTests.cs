using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Invitations;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Responses;

/// <summary>Of two people one is made, with the answers of both.</summary>
public sealed class MergeTests(SilentApp app) : IClassFixture<SilentApp>
{
    static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    readonly string first = $"a-{Guid.NewGuid():N}", second = $"b-{Guid.NewGuid():N}";

    async Task AnswerAsync(string survey, string customer, int score) => await (await app.WithKey("ingest").PostTextAsync("/responses",
        $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "{{survey}}", "customer": { "id": "{{customer}}" }, "answers": { "recommend": {{score}} } }""")).ReadOkAsync();

    async Task<int> CustomersAsync(string survey) => (int)(await app.WithKey("analyst").ReadAsync($"/scores?kind=nps&survey={survey}&counting=customers"))["total"]!["n"]!;

    Task<Person?> PersonAsync(string key) => app.WithDbAsync(db => db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Key == key, Ct));

    [Fact]
    public async Task Their_answers_become_one_customers_and_no_cell_changes()
    {
        string survey = $"s-{Guid.NewGuid():N}";
        await app.WithKey("admin").PublishAsync(survey, Api.SmallSurvey);
        foreach (var (customer, score) in new[] { (first, 9), (second, 2), (second, 3) }) await AnswerAsync(survey, customer, score);
        await (await app.WithKey("ingest").PostTextAsync("/people/import", $"id,email,name,plan,city,consent\n{first},,Ayu,gold,,\n{second},ayu@example.com,A. Lestari,silver,Bandung,no\n", "text/csv")).ReadOkAsync();
        await app.ChangePersonAsync(second, p => p.OptedOutAt = DateTimeOffset.UnixEpoch);
        Assert.Equal(2, await CustomersAsync(survey));

        using var admin = await app.BrowseAsAsync(Role.Admin);
        string asked = WebUtility.HtmlDecode(await admin.ReadAsync($"/people/merge?customer={first}&other={second}"));
        Assert.Contains("2 answers move", asked, StringComparison.Ordinal);
        using var merged = await admin.PostFormAsync($"/people/merge?customer={first}&other={second}", new() { ["other"] = second }, $"/people/merge?customer={first}");
        Assert.Equal(HttpStatusCode.Redirect, merged.StatusCode);

        Assert.Equal(1, await CustomersAsync(survey));
        Assert.Equal(3, (await app.WithKey("analyst").ReadAsync($"/responses?customer={first}"))["rows"]!.AsArray().Count);
        Assert.Null(await PersonAsync(second));
        var one = await PersonAsync(first);
        Assert.Equal(("ayu@example.com", "Ayu", "gold", "Bandung", false, DateTimeOffset.UnixEpoch), (one!.Email, one.Name, one.Attributes["plan"], one.Attributes["city"], one.EmailConsent, one.OptedOutAt));
        Assert.Equal(0, await app.VerifyAsync());
    }

    [Fact]
    public async Task Nobody_is_merged_with_themselves_or_with_nobody()
    {
        await (await app.WithKey("ingest").PostTextAsync("/people/import", $"id\n{first}\n", "text/csv")).ReadOkAsync();
        using var admin = await app.BrowseAsAsync(Role.Admin);
        foreach (string other in new[] { first, "nobody-at-all" })
        {
            using var answer = await admin.PostFormAsync($"/people/merge?customer={first}", new() { ["other"] = other });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        Assert.NotNull(await PersonAsync(first));
    }
}
