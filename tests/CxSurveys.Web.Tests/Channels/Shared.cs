using CxSurveys.Web.Features.Channels;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Respond;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Channels;

/// <summary>What tests of open links share.</summary>
internal static class Shared
{
    public const string Order = """
        { "name": "Order", "languages": ["en", "th"], "questions": [ { "key": "recommend", "kind": "nps", "required": true }, { "key": "why", "kind": "text", "text": { "en": "Why?" } } ] }
        """;

    /// <summary>The journey, and a survey whose question belongs to the link's touchpoint.</summary>
    public static async Task PublishOrderAsync(this CxApp app)
    {
        await (await app.WithKey("admin").PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        await app.WithKey("admin").PublishAsync("order", Order);
    }

    public static string Link(this CxApp app, LinkContext context, string under = "") =>
        $"/s/order{under}{QueryOf(app.Services.GetRequiredService<SharedLinks>().Sign("order", context))}";

    static string QueryOf(IEnumerable<KeyValuePair<string, string?>> pairs) => Microsoft.AspNetCore.Http.QueryString.Create(pairs).Value!;

    public static async Task<System.Text.Json.Nodes.JsonNode> OnlyRowAsync(this CxApp app, string query) =>
        Assert.Single((await app.WithKey("admin").ReadAsync($"/responses?{query}"))["rows"]!.AsArray())!;

    public static async Task<int> CountedAsync(this CxApp app, string filter = "") => (int)(await app.WithKey("admin").ReadAsync($"/scores?kind=nps{filter}"))["total"]!["n"]!;

    public static async Task AllowAsync(this CxApp app, string[] sites, bool once = false)
    {
        int id = await app.WithDbAsync(db => db.Set<Survey>().Where(s => s.Key == "order").Select(s => s.Id).SingleAsync());
        await app.Services.GetRequiredService<SurveyChannels>().SetAsync(id, new OpenLinkRules(sites, once), TestContext.Current.CancellationToken);
    }

    public static async Task<CustomerPages.Page> AnswerAsync(this HttpClient browser, string link, string score, string? why = null)
    {
        var page = await browser.OpenAsync(link);
        return await browser.SendAndFollowAsync(page, why is null ? [("recommend", score)] : [("recommend", score), ("why", why)]);
    }
}
