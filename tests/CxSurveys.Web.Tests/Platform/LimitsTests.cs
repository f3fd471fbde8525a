using System.Text.Json.Nodes;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CxSurveys.Web.Tests.Platform;

/// <summary>What one sender can make the app do at the most.</summary>
public sealed class LimitsTests(CxApp app) : IClassFixture<CxApp>
{
    [Fact]
    public void Every_page_that_takes_forms_from_strangers_is_limited_by_address()
    {
        var pages = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("s/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.Equal(RateLimits.Public, page.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName));
    }

    [Fact]
    public async Task A_list_looks_for_ten_words_at_the_most()
    {
        using var analyst = app.WithKey("analyst");
        await analyst.ReadAsync("/responses?q=" + string.Join('+', Enumerable.Repeat("word", 10)));
        using var refused = await analyst.GetAsync(Api.Root + "/responses?q=" + string.Join('+', Enumerable.Repeat("word", 11)), TestContext.Current.CancellationToken);
        Assert.Contains("q", (await refused.ReadErrorsAsync()).Keys);
    }

    [Fact]
    public async Task A_request_that_is_wrong_everywhere_gets_a_short_answer()
    {
        using HttpClient admin = app.WithKey("admin"), ingest = app.WithKey("ingest");
        await admin.PublishSmallAsync();
        var answers = new JsonObject(Enumerable.Range(0, 5000).Select(i => KeyValuePair.Create($"none{i}", (JsonNode?)1)));
        using var refused = await ingest.PostTextAsync("/responses", $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "after-delivery", "answers": {{answers.ToJsonString()}} }""");
        Assert.Equal(100, (await refused.ReadErrorsAsync()).Count);
    }

    [Theory]
    [InlineData("Host=x", 30)]
    [InlineData("Host=x;MaxPoolSize=7", 7)]
    public void A_given_connection_string_gets_a_pool_that_leaves_room_for_others(string given, int expected) =>
        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(CxDatabase.WithPoolLimit(given)).MaxPoolSize);

    [Theory]
    [InlineData("dewi@example.com", true)]
    [InlineData("a@b.com, c@d.com", false)]
    [InlineData("Dewi <dewi@example.com>", false)]
    [InlineData("dewi@example.com\n", false)]
    [InlineData("", false)]
    public void Only_one_plain_address_is_an_email_address(string text, bool expected) => Assert.Equal(expected, TextRules.IsEmail(text));

    [Fact]
    public void A_text_is_stored_only_when_the_database_can_hold_it()
    {
        Assert.True(TextRules.IsStorable("plain \U0001F600"));
        Assert.False(TextRules.IsStorable("a\0b"));
        Assert.False(TextRules.IsStorable("half \ud800"));
    }
}
