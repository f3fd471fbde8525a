using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Platform;

/// <summary>What every door of the contract answers to bodies it does not take, over the real server.</summary>
public sealed class DoorsTests(ServedApp app) : IClassFixture<ServedApp>, IAsyncLifetime
{
    const int Largest = 262_144;
    readonly HttpClient admin = app.WithKey("admin");

    public async ValueTask InitializeAsync() => await admin.PublishSmallAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static byte[] Posted(int length = 0) =>
        Encoding.UTF8.GetBytes($$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "after-delivery", "answers": { "recommend": 0 } }""".PadRight(length));

    async Task<(int Status, string? Type)> SendAsync(HttpMethod method, string path, byte[]? body = null, string type = "application/json", string? encoding = null, bool chunked = false)
    {
        using var request = new HttpRequestMessage(method, Api.Root + path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            if (encoding is not null) request.Content.Headers.ContentEncoding.Add(encoding);
            request.Headers.TransferEncodingChunked = chunked;
        }
        using var answer = await admin.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
    }

    Task<(int Status, string? Type)> PostAsync(byte[] body, string type = "application/json", string? encoding = null, bool chunked = false) =>
        SendAsync(HttpMethod.Post, "/responses", body, type, encoding, chunked);

    [Fact]
    public async Task A_chunked_body_has_the_same_limit_as_one_of_known_length()
    {
        foreach (bool chunked in new[] { false, true })
        {
            Assert.Equal(201, (await PostAsync(Posted(Largest), chunked: chunked)).Status);
            Assert.Equal((413, "application/problem+json"), await PostAsync(Posted(Largest + 1), chunked: chunked));
        }
    }

    [Fact]
    public async Task A_failure_nobody_expected_is_told_as_problem_details_too()
    {
        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"alter table organisation rename to elsewhere"));
        var answer = await SendAsync(HttpMethod.Get, "/settings");
        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"alter table elsewhere rename to organisation"));
        Assert.Equal((500, "application/problem+json"), answer);
    }

    [Fact]
    public async Task What_is_compressed_or_not_in_utf8_is_415_at_each_door()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) await gzip.WriteAsync(Posted(), TestContext.Current.CancellationToken);

        Assert.Equal((415, "application/problem+json"), await PostAsync(packed.ToArray(), encoding: "gzip"));
        Assert.Equal(415, (await PostAsync(Posted(), "application/json; charset=latin1")).Status);
        Assert.Equal(201, (await PostAsync(Posted(), "application/json; charset=\"UTF-8\"")).Status);

        var import = (byte[] body, string type, string? encoding) => SendAsync(HttpMethod.Post, "/responses/import", body, type, encoding);
        Assert.Equal(415, (await import(packed.ToArray(), "application/x-ndjson", "gzip")).Status);
        Assert.Equal(415, (await import(Posted(), "application/x-ndjson; charset=latin1", null)).Status);
        Assert.Equal(200, (await import(Posted(), "application/X-NDJSON; charset=utf-8", null)).Status);
    }

    [Theory]
    [InlineData("/journey", "\"digital\"", "\"Digital\"", "stages[0].touchpoints[0].kind")]
    [InlineData("/surveys/other", "\"nps\"", "\"NPS\"", "questions[0].kind")]
    [InlineData("/surveys/other", "\"nps\"", "\"nps, csat\"", "questions[0].kind")]
    [InlineData("/surveys/other", "\"nps\"", "0", "questions[0].kind")]
    public async Task Words_of_the_contract_have_one_spelling(string path, string word, string sent, string named)
    {
        string body = path == "/journey" ? Api.SmallJourney : Api.SmallSurvey;
        var errors = await (await admin.PutTextAsync(path, body.Replace(word, sent, StringComparison.Ordinal))).ReadErrorsAsync();
        Assert.Contains(named, errors.Keys);
    }
}
