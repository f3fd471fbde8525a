using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Responses;

/// <summary>A file of past answers through the page, as a browser without JavaScript sends it.</summary>
public sealed partial class ImportPageTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string Page = "/responses/import";

    static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    Accounts.People.Browser admin = null!;

    public async ValueTask InitializeAsync()
    {
        await app.WithKey("admin").PublishSmallAsync();
        admin = await app.BrowseAsAsync(Role.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        Assert.Equal(0, await app.VerifyAsync());
    }

    static string Line(string answers) => $$"""{"id":"{{Guid.CreateVersion7()}}","survey":"after-delivery","answers":{{answers}}}""";

    async Task<HttpResponseMessage> SendAsync(string? file, string? token = null, string? id = null)
    {
        string page = await admin.ReadAsync(Page);
        using var form = new MultipartFormDataContent { { new StringContent(token ?? Field("__form").Match(page).Groups[1].Value), "__form" }, { new StringContent(id ?? Field("id").Match(page).Groups[1].Value), "id" } };
        if (file is not null) form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "past <answers>.ndjson");
        return await admin.Client.PostAsync(Page, form, Ct);
    }

    static Regex Field(string name) => new($"name=\"{name}\"[^>]* value=\"([^\"]+)\"");

    async Task<string> ResultAsync(HttpResponseMessage sent)
    {
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        return await admin.ReadAsync(sent.Headers.Location!.OriginalString);
    }

    static string[] Outcome(string page) => [.. Figure().Matches(page).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("<span class=\"v\">([^<]+)</span>")]
    private static partial Regex Figure();

    [Fact]
    public async Task A_file_is_stored_and_its_bad_lines_are_named_on_the_page_and_in_a_file()
    {
        long before = await app.ResponsesAsync();
        string file = string.Join('\n', Line("""{"recommend":0}"""), "<script>", Line("""{"recommend":11}"""), Line("""{"recommend":10}"""));
        using var sent = await SendAsync(file);
        string page = await ResultAsync(sent);

        Assert.Equal(["2", "0", "2"], Outcome(page));
        Assert.Equal(before + 2, await app.ResponsesAsync());
        Assert.Contains("answers.recommend", page, StringComparison.Ordinal);
        Assert.Contains("past &lt;answers&gt;.ndjson", page, StringComparison.Ordinal);
        string rejected = await admin.ReadAsync(sent.Headers.Location + "/rejected.csv");
        Assert.Equal(["line,field,error", "2,", "3,answers.recommend"], rejected.TrimEnd().Split("\r\n").Select((line, i) => i == 0 ? line : string.Join(',', line.Split(',')[..2])));

        using var again = await SendAsync(file);
        Assert.Equal(["0", "2", "2"], Outcome(await ResultAsync(again)));
        Assert.Contains("past &lt;answers&gt;.ndjson", await admin.ReadAsync(Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_of_the_same_answers_is_known_and_a_wrong_header_stores_nothing()
    {
        using (await SendAsync(Line("""{"recommend":7,"why":"=1+1"}"""))) { }
        string export = await admin.ReadAsync("/responses.csv");
        using var known = await SendAsync(export);
        string[] outcome = Outcome(await ResultAsync(known));
        Assert.Equal("0", outcome[0]);
        Assert.Equal("0", outcome[2]);

        using var refused = await SendAsync("id;survey\n1;2\n");
        string page = await ResultAsync(refused);
        Assert.Contains("Nothing was stored", page, StringComparison.Ordinal);
        Assert.Contains("The header has no column survey", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_or_with_a_form_sent_before_the_page_says_so()
    {
        using var empty = await SendAsync(null);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Contains("Choose a file first.", await empty.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        string id = Guid.CreateVersion7().ToString();
        using (await SendAsync(Line("{}"), id: id)) { }
        long before = await app.ResponsesAsync();
        using var twice = await SendAsync(Line("{}"), id: id);
        Assert.Contains("sent before", await twice.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(before, await app.ResponsesAsync());
    }

    [Fact]
    public async Task Without_the_token_of_the_form_nothing_is_stored()
    {
        long before = await app.ResponsesAsync();
        foreach (string token in (string[])["forged", " "])
        {
            using var refused = await SendAsync(Line("""{"recommend":3}"""), token);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        using var plain = await admin.PostFormAsync(Page, new() { ["id"] = Guid.CreateVersion7().ToString() });
        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
        Assert.Equal(before, await app.ResponsesAsync());
    }
}
