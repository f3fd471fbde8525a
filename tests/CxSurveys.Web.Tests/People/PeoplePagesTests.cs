using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Tests.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.AboutPeople;

/// <summary>What an admin sees and does, through the pages alone.</summary>
public sealed class PeoplePagesTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    People.Browser admin = null!;

    public async ValueTask InitializeAsync() => admin = await app.BrowseAsAsync(Role.Admin);

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task GivenAsync(string csv) => await (await app.WithKey("ingest").PostTextAsync("/people/import", csv, "text/csv")).ReadOkAsync();

    Task<Person?> PersonAsync(string key) => app.WithDbAsync(db => db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Key == key, Ct));

    async Task<string> UploadAsync(string? file, string? lines)
    {
        string page = await admin.ReadAsync("/people/import");
        string token = page.Split("name=\"__form\" type=\"hidden\" value=\"")[1].Split('"')[0];
        using var form = new MultipartFormDataContent { { new StringContent(token), "__form" }, { new StringContent(lines ?? ""), "Lines" } };
        if (file is not null)
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.ms-excel");
            form.Add(content, "People", "customers.csv");
        }
        using var answer = await admin.Client.PostAsync("/people/import", form, Ct);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}";
    }

    Task<HttpResponseMessage> SaveAsync(string page, Dictionary<string, string> fields) => admin.PostFormAsync(page, fields);

    [Fact]
    public async Task The_list_finds_by_name_email_and_id_and_filters_by_whom_we_may_ask()
    {
        await GivenAsync("id,email,name,consent\nfind-1,ayu@find.example,Ayu Lestari,yes\nfind-2,,Budi 100%_Sure,\nfind-3,citra@find.example,Citra,no\n");
        static string Rows(string page) => string.Join(' ', ((string[])["find-1", "find-2", "find-3"]).Where(id => page.Contains($">{id}<", StringComparison.Ordinal)));
        Assert.Equal("find-1 find-2 find-3", Rows(await admin.ReadAsync("/people?q=FIND-")));
        Assert.Equal("find-1", Rows(await admin.ReadAsync("/people?q=lestari+ayu")));
        Assert.Equal("find-1 find-3", Rows(await admin.ReadAsync("/people?q=@find.example")));
        Assert.Equal("find-2", Rows(await admin.ReadAsync("/people?q=100%25_")));
        Assert.Equal("", Rows(await admin.ReadAsync("/people?q=1_0")));
        Assert.Equal("find-1", Rows(await admin.ReadAsync("/people?q=find-&whom=may")));
        Assert.Equal("find-2", Rows(await admin.ReadAsync("/people?q=find-&whom=noaddress")));
        Assert.Equal("find-3", Rows(await admin.ReadAsync("/people?q=find-&whom=noconsent")));
        Assert.Equal("", Rows(await admin.ReadAsync("/people?q=find-&whom=optedout")));
        Assert.Contains("Nobody matches", await admin.ReadAsync("/people?q=%00&after=%00"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_fifty_lead_through_all_of_them_once()
    {
        await GivenAsync("id,name\n" + string.Join('\n', Enumerable.Range(0, 120).Select(i => $"page & {i:000},Paged")));
        var seen = new List<string>();
        string? next = "/people?q=paged";
        while (next is not null)
        {
            string page = WebUtility.HtmlDecode(await admin.ReadAsync(next));
            Assert.Contains("120 people of", page, StringComparison.Ordinal);
            var ids = Enumerable.Range(0, 120).Select(i => $"page & {i:000}").Where(id => page.Contains($"<bdi>{id}</bdi>", StringComparison.Ordinal)).ToList();
            Assert.InRange(ids.Count, 1, PeopleList.PageSize);
            seen.AddRange(ids);
            next = page.Contains("rel=\"next\"", StringComparison.Ordinal) ? page.Split("rel=\"next\" href=\"")[1].Split('"')[0] : null;
        }
        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("plain-1")]
    [InlineData("a/b c")]
    [InlineData("a%2Fb c")]
    [InlineData("..")]
    [InlineData("import")]
    [InlineData("New")]
    [InlineData("~YS9iIGM")]
    [InlineData("ก?x=1#&;+\\")]
    [InlineData("<b>\"'&amp;")]
    public async Task Every_id_has_a_page_of_its_own(string key)
    {
        using var added = await SaveAsync("/people/new", new() { ["Form.Id"] = key, ["Form.Name"] = $"Named {key}" });
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        Assert.Equal(PersonAddress.Of(key), added.Headers.Location!.OriginalString);
        string page = WebUtility.HtmlDecode(await admin.ReadAsync(PersonAddress.Of(key)));
        Assert.Contains($"<b class=\"person-key\"><bdi>{key}</bdi></b>", page, StringComparison.Ordinal);
        Assert.Contains($"/responses?customer={Uri.EscapeDataString(key)}\"", page, StringComparison.Ordinal);
    }

    // The test server decodes an address before the app sees it; a real one hands it over as it was sent.
    [Theory]
    [InlineData("/people/by%2Fhand", "by/hand")]
    [InlineData("/people/by%252Fhand?saved", "by%2Fhand")]
    [InlineData("/people/%E0%B8%81%20+%3F", "ก +?")]
    [InlineData("/people/~Li4", "..")]
    [InlineData("/people/~!!", "~!!")]
    [InlineData("http://proxy/elsewhere", "from the route")]
    public void An_address_is_read_as_it_was_sent(string sent, string key)
    {
        var http = new DefaultHttpContext();
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = sent;
        Assert.Equal(key, PersonAddress.KeyOf(http, "from the route"));
    }

    [Fact]
    public async Task An_id_of_nobody_is_not_found()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/people/nobody")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/people/~!!")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/people/~AA")).StatusCode);
    }

    [Fact]
    public async Task A_person_is_changed_field_by_field_and_emptied_fields_are_forgotten()
    {
        await GivenAsync("id,email,name,consent,plan,country\nedit,e@example.com,Eka,yes,gold,ID\n");
        using var saved = await SaveAsync("/people/edit", new()
        {
            ["Form.Email"] = "",
            ["Form.Name"] = " Eka Putri ",
            ["Form.Language"] = "id",
            ["Form.TimeZone"] = "Asia/Jakarta",
            ["Form.Consent"] = "no",
            ["Form.Names"] = "country",
            ["Form.Values"] = "=1+1",
        });
        Assert.Equal("/people/edit?saved", saved.Headers.Location!.OriginalString);
        var person = (await PersonAsync("edit"))!;
        Assert.Equal((null, "Eka Putri", "id", "Asia/Jakarta", false), (person.Email, person.Name, person.Language, person.TimeZone, person.EmailConsent));
        Assert.Equal(new() { ["country"] = "=1+1" }, person.Attributes);
    }

    [Theory]
    [InlineData("Form.Email", "Eka <e@example.com>", "one email address")]
    [InlineData("Form.Email", "e@example.com\r\nBcc: x@example.com", "one email address")]
    [InlineData("Form.Name", "Eka\r\nBcc: x@example.com", "stands on one line")]
    [InlineData("Form.Language", "<script>", "A language tag")]
    [InlineData("Form.TimeZone", "../../etc/passwd", "An IANA time zone")]
    [InlineData("Form.Values", "two\nlines", "One line of text")]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_saved(string field, string value, string words)
    {
        await GivenAsync("id,name\nkeep,Kept\n");
        var fields = new Dictionary<string, string> { ["Form.Name"] = "Other", ["Form.Names"] = "plan", ["Form.Values"] = "gold", [field] = value };
        using var refused = await SaveAsync("/people/keep", fields);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(words, await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal("Kept", (await PersonAsync("keep"))!.Name);
    }

    [Fact]
    public async Task An_id_that_is_taken_is_not_overwritten_by_a_new_person()
    {
        await GivenAsync("id,name\ntaken,First\n");
        using var refused = await SaveAsync("/people/new", new() { ["Form.Id"] = "taken", ["Form.Name"] = "Second" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("First", (await PersonAsync("taken"))!.Name);
    }

    [Fact]
    public async Task Opting_out_holds_until_the_person_wishes_otherwise()
    {
        await GivenAsync("id,email\nwish,w@example.com\n");
        using (var opted = await admin.PostFormAsync("/people/wish", [], "/people/wish?handler=OptOut")) Assert.Equal("/people/wish", opted.Headers.Location!.OriginalString);
        Assert.NotNull((await PersonAsync("wish"))!.OptedOutAt);
        Assert.Contains("opted out on", await admin.ReadAsync("/people/wish"), StringComparison.Ordinal);
        Assert.Contains(">wish<", await admin.ReadAsync("/people?whom=optedout"), StringComparison.Ordinal);

        await GivenAsync("id,consent\nwish,yes\n");
        using (await SaveAsync("/people/wish", new() { ["Form.Email"] = "w2@example.com", ["Form.Consent"] = "yes" }))
            Assert.NotNull((await PersonAsync("wish"))!.OptedOutAt);

        using (var refused = await admin.PostFormAsync("/people/wish", [], "/people/wish?handler=LetIn")) Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotNull((await PersonAsync("wish"))!.OptedOutAt);
        using (await admin.PostFormAsync("/people/wish", new() { ["OwnWish"] = "true" }, "/people/wish?handler=LetIn")) Assert.Null((await PersonAsync("wish"))!.OptedOutAt);
    }

    [Fact]
    public async Task Pasted_lines_tell_what_became_of_its_lines_and_shows_cells_as_text_only()
    {
        const string Lines = "id,email,name,<i>plan</i>\nup-1,up@example.com,<script>alert(1)</script>,=cmd|' /C calc'!A1\nup-2,no address,,\nup-3,,\n";
        string page = await UploadAsync(null, Lines);
        Assert.StartsWith("200 ", page, StringComparison.Ordinal);
        Assert.Contains("Rejected lines", page, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;plan&lt;/i&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>plan", page, StringComparison.Ordinal);
        Assert.NotNull(await PersonAsync("up-1"));

        string list = await admin.ReadAsync("/people?q=up-1");
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", list, StringComparison.Ordinal);
        Assert.Contains("=cmd|&#x27; /C calc&#x27;!A1", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pasted_lines_of_either_kind_are_taken_and_a_wrong_header_is_explained()
    {
        Assert.StartsWith("200 ", await UploadAsync(null, "id,name\r\npaste-1,One\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await UploadAsync(null, """  {"id":"paste-2","name":"Two"}"""), StringComparison.Ordinal);
        Assert.NotNull(await PersonAsync("paste-1"));
        Assert.NotNull(await PersonAsync("paste-2"));
        Assert.Contains("not by semicolons", await UploadAsync(null, "id;name\r\npaste-3;Three\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("400 ", await UploadAsync("", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_token_of_the_form_nothing_is_changed()
    {
        await GivenAsync("id,email\ncsrf,c@example.com\n");
        foreach (string path in (string[])["/people/csrf", "/people/csrf?handler=OptOut", "/people/new", "/people/import"])
        {
            using var form = new FormUrlEncodedContent([new("Form.Name", "Forged"), new("Form.Id", "forged"), new("Lines", "id\nforged")]);
            using var refused = await admin.Client.PostAsync(path, form, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        var person = (await PersonAsync("csrf"))!;
        Assert.Null(person.OptedOutAt);
        Assert.Null(person.Name);
        Assert.Null(await PersonAsync("forged"));
    }
}
