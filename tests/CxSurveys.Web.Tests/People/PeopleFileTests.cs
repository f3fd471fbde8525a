using System.Net;
using System.Text;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.People.Files;
using CxSurveys.Web.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;

namespace CxSurveys.Web.Tests.AboutPeople;

/// <summary>A file in any form: looked at, told what its columns are, checked, imported, and its mistakes taken home.</summary>
public sealed class PeopleFileTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    readonly string prefix = $"f{Guid.NewGuid():N}";

    People.Browser admin = null!;

    public async ValueTask InitializeAsync() => admin = await app.BrowseAsAsync(Role.Admin);

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        return ValueTask.CompletedTask;
    }

    static string Token(string page) => page.Split("name=\"__form\" type=\"hidden\" value=\"")[1].Split('"')[0];

    /// <summary>The address of the file's page.</summary>
    async Task<string> UploadAsync(byte[] content, string name = "customers.csv")
    {
        using var form = new MultipartFormDataContent { { new StringContent(Token(await admin.ReadAsync("/people/import"))), "__form" }, { new ByteArrayContent(content), "People", name } };
        using var answer = await admin.Client.PostAsync("/people/import", form, Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    async Task<HttpResponseMessage> StartAsync(string page, string act, params (string Column, string Name)[] columns)
    {
        List<KeyValuePair<string, string>> fields = [new("__form", Token(await admin.ReadAsync(page)))];
        foreach (var (column, name) in columns) fields.AddRange([new("Columns", column), new("Names", name)]);
        using var form = new FormUrlEncodedContent(fields);
        return await admin.Client.PostAsync($"{page}?handler={act}", form, Ct);
    }

    async Task<PeopleFile> DoneAsync(string page, string act, params (string Column, string Name)[] columns)
    {
        using var started = await StartAsync(page, act, columns);
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        var id = Guid.Parse(page.Split('/')[^1]);
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(50, Ct))
        {
            var file = await app.WithDbAsync(db => db.Set<PeopleFile>().AsNoTracking().SingleAsync(f => f.Id == id, Ct));
            if (file.State == PeopleFileState.Done) return file;
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), $"The file stays {file.State}.");
        }
    }

    Task<Person?> PersonAsync(string key) => app.WithDbAsync(db => db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Key == $"{prefix}-{key}", Ct));

    public static TheoryData<string, string> Forms => new() { { "utf-8", ";" }, { "utf-8", "\t" }, { "utf-16", "," }, { "utf-16BE", "|" }, { "windows-1252", ";" } };

    [Theory, MemberData(nameof(Forms))]
    public async Task Any_encoding_and_separator_is_found_by_itself(string encoding, string separator)
    {
        string text = string.Join("\r\n", new[] { ["id", "name", "city"], new[] { $"{prefix}-1", "Jürgen \"J\" Weiß", "Köln" } }.Select(row => string.Join(separator, row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))) + "\r\n";
        var letters = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        string page = await UploadAsync([.. letters.GetPreamble(), .. letters.GetBytes(text)]);
        Assert.Contains("Jürgen \"J\" Weiß", WebUtility.HtmlDecode(await admin.ReadAsync(page)), StringComparison.Ordinal);
        var done = await DoneAsync(page, "Import");
        Assert.Equal((1, 0, 0), (done.Accepted, done.Unchanged, done.Rejected));
        var person = await PersonAsync("1");
        Assert.Equal(("Jürgen \"J\" Weiß", "Köln"), (person!.Name, person.Attributes["city"]));
    }

    [Fact]
    public async Task Letters_that_cannot_be_guessed_are_chosen_and_read_anew()
    {
        string page = await UploadAsync(CodePagesEncodingProvider.Instance.GetEncoding("windows-874")!.GetBytes($"id,name\n{prefix}-th,สมชาย\n"));
        using var looked = await admin.PostFormAsync(page, new() { ["Encoding"] = "windows-874", ["Separator"] = "," }, $"{page}?handler=Look");
        Assert.Contains("สมชาย", WebUtility.HtmlDecode(await admin.ReadAsync(page)), StringComparison.Ordinal);
        await DoneAsync(page, "Import");
        Assert.Equal("สมชาย", (await PersonAsync("th"))!.Name);
    }

    [Fact]
    public async Task A_workbook_is_read_with_its_days_and_numbers()
    {
        using var book = new MemoryStream();
        await book.SaveAsAsync(new[] { new { id = $"{prefix}-x", email = "x@example.com", since = new DateTime(2024, 2, 29), orders = 12.5 } }, cancellationToken: Ct);
        await DoneAsync(await UploadAsync(book.ToArray(), "customers.xlsx"), "Import");
        var person = await PersonAsync("x");
        Assert.Equal(("x@example.com", "2024-02-29", "12.5"), (person!.Email, person.Attributes["since"], person.Attributes["orders"]));
    }

    [Fact]
    public async Task The_columns_are_chosen_remembered_and_passed_over()
    {
        (string, string)[] columns = [("id", ""), ("name", ""), ("*", "plan"), ("", "")];
        string head = $"No {prefix};Who;Tarif;Secret\n";
        await DoneAsync(await UploadAsync(Encoding.UTF8.GetBytes($"{head}{prefix}-1;Ayu;gold;s3cret\n")), "Import", columns);
        var person = await PersonAsync("1");
        Assert.Equal(("Ayu", "plan=gold"), (person!.Name, string.Join(' ', person.Attributes.Select(a => $"{a.Key}={a.Value}"))));

        string again = await UploadAsync(Encoding.UTF8.GetBytes($"{head}{prefix}-2;Budi;silver;s3cret\n"));
        await DoneAsync(again, "Import");
        Assert.Equal("silver", (await PersonAsync("2"))!.Attributes["plan"]);
    }

    [Fact]
    public async Task A_check_stores_nothing_and_an_import_again_changes_nothing()
    {
        string page = await UploadAsync(Encoding.UTF8.GetBytes($"id,email\n{prefix}-1,a@example.com\n{prefix}-2,b@example.com\n"));
        var check = await DoneAsync(page, "Check");
        Assert.Equal((true, 2, 0), (check.IsDry, check.Accepted, check.Unchanged));
        Assert.Null(await PersonAsync("1"));
        Assert.Contains("Nothing was stored", await admin.ReadAsync(page), StringComparison.Ordinal);

        var done = await DoneAsync(page, "Import");
        Assert.Equal((false, 2), (done.IsDry, done.Accepted));
        Assert.False(done.IsKept);
        Assert.False(await app.WithDbAsync(db => db.Set<PeopleFileContent>().AnyAsync(c => c.FileId == done.Id, Ct)));
        var again = await DoneAsync(await UploadAsync(Encoding.UTF8.GetBytes($"id,email\n{prefix}-1,a@example.com\n{prefix}-2,b@example.com\n")), "Import");
        Assert.Equal((0, 2), (again.Accepted, again.Unchanged));
    }

    [Fact]
    public async Task Rejected_rows_are_taken_home_mended_and_sent_again()
    {
        string page = await UploadAsync(Encoding.UTF8.GetBytes($"id,email,language\n{prefix}-1,a@example.com,th\n{prefix}-2,nonsense,th\n=1+1,c@example.com,not a language\n"));
        var done = await DoneAsync(page, "Import");
        Assert.Equal((1, 2), (done.Accepted, done.Rejected));
        string rejected = await admin.ReadAsync($"{page}?handler=Rejected");
        Assert.StartsWith("id,email,language,problem", rejected.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains("Line 3: email Enter one email address", rejected, StringComparison.Ordinal);
        Assert.Contains("'=1+1", rejected, StringComparison.Ordinal);

        string mended = rejected.Replace("nonsense", "b@example.com", StringComparison.Ordinal);
        await DoneAsync(await UploadAsync(Encoding.UTF8.GetBytes(mended)), "Import", ("id", ""), ("email", ""), ("language", ""), ("", ""));
        Assert.Equal("b@example.com", (await PersonAsync("2"))!.Email);
    }

    [Fact]
    public async Task Without_an_id_nothing_begins_and_no_two_columns_are_one()
    {
        string page = await UploadAsync(Encoding.UTF8.GetBytes($"a,b\n{prefix},x@example.com\n"));
        using var none = await StartAsync(page, "Import", ("", ""), ("email", ""));
        Assert.Contains("Say which column is the id", await none.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var twice = await StartAsync(page, "Import", ("id", ""), ("id", ""));
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        Assert.Contains("Two columns are this one", await twice.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_of_rows_is_refused()
    {
        using var form = new MultipartFormDataContent { { new StringContent(Token(await admin.ReadAsync("/people/import"))), "__form" }, { new ByteArrayContent("PK\u0003\u0004 not a workbook"u8.ToArray()), "People", "broken.xlsx" } };
        using var answer = await admin.Client.PostAsync("/people/import", form, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The file cannot be read", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }
}
