using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CxSurveys.Web.Features.People;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.AboutPeople;

public sealed class ImportTests(CxApp app) : IClassFixture<CxApp>
{
    static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    readonly HttpClient ingest = app.WithKey("ingest");

    Task<HttpResponseMessage> SendAsync(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return ingest.PostAsync(Api.Root + "/people/import", content, Ct);
    }

    async Task<JsonObject> CsvAsync(string text) => await (await SendAsync(Encoding.UTF8.GetBytes(text), "text/csv")).ReadOkAsync();

    async Task<JsonObject> LinesAsync(params string[] lines) => await (await SendAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines)), "application/x-ndjson")).ReadOkAsync();

    Task<Person?> PersonAsync(string key) => app.WithDbAsync(db => db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Key == key, Ct));

    /// <summary>"accepted, duplicates", then each rejected line with the fields that are named.</summary>
    static string Told(JsonObject result) => $"{result["accepted"]}, {result["duplicates"]}" + string.Concat(result["rejected"]!.AsArray().Select(r =>
        $"; {r!["line"]}: {string.Join(' ', r["errors"]!.AsObject().Select(e => e.Key))}"));

    [Fact]
    public async Task Columns_go_by_name_in_any_order_and_all_others_are_attributes()
    {
        const string Csv = "\uFEFFcountry,Email,id,\"timeZone\",consent,name,language,plan\r\n"
            + "ID,\"siti@example.com\",order-1,Asia/Jakarta,yes,\"Siti \"\"Ti\"\", the 1st\",id,\r\n"
            + "\r\n"
            + ",,order-2,,No,Ảnh 東京,,gold";
        Assert.Equal("2, 0", Told(await CsvAsync(Csv)));
        var siti = (await PersonAsync("order-1"))!;
        Assert.Equal(("siti@example.com", "Siti \"Ti\", the 1st", "id", "Asia/Jakarta", true), (siti.Email, siti.Name, siti.Language, siti.TimeZone, siti.EmailConsent));
        Assert.Equal(new() { ["country"] = "ID" }, siti.Attributes);
        var anh = (await PersonAsync("order-2"))!;
        Assert.Equal((null, "Ảnh 東京", null, false), (anh.Email, anh.Name, anh.TimeZone, anh.EmailConsent));
        Assert.Equal(new() { ["plan"] = "gold" }, anh.Attributes);
        Assert.Equal("0, 2", Told(await CsvAsync(Csv)));
    }

    [Theory]
    [InlineData("id;email;name\n1;a@example.com;Ann\n", "header", "comma")]
    [InlineData("id\temail\n1\ta@example.com\n", "header", "comma")]
    [InlineData("email,name\na@example.com,Ann\n", "id", "no column id")]
    [InlineData("id,email,Email\n1,a@example.com,b@example.com\n", "email", "Two columns")]
    [InlineData("id,plan,plan\n1,a,b\n", "plan", "Two columns")]
    [InlineData("id,,plan\n1,a,b\n", "header", "Column 2")]
    [InlineData("id,plan,\n1,a,\n", "header", "Column 3")]
    [InlineData("\nid,plan\n1,a\n", "header", "first line is empty")]
    [InlineData("", "header", "nothing in it")]
    [InlineData("id,\"pl\"an\n1,a\n", "header", "comma")]
    [InlineData("id,\"two\nlines\"\n1,a\n", "two\nlines", "on one line")]
    public async Task A_header_that_cannot_be_used_is_explained_and_nothing_is_stored(string csv, string path, string words)
    {
        var errors = await (await SendAsync(Encoding.UTF8.GetBytes(csv), "text/csv")).ReadErrorsAsync();
        Assert.Contains(words, string.Join(' ', errors[path]), StringComparison.Ordinal);
        Assert.Null(await PersonAsync("1"));
    }

    [Fact]
    public async Task Each_defect_costs_its_own_line_only_and_is_named_by_line_and_field()
    {
        byte[] csv =
        [
            .. "id,email,name,language,timeZone,consent,plan\n"u8,                      // 1
            .. "d1,a@example.com,Ann,en,Asia/Jakarta,yes,gold\n"u8,
            .. "d2,a@example.com,Ann\n"u8,                                                // 3: too few cells
            .. "d3,a@example.com,Ann,en,Asia/Jakarta,yes,gold,more\n"u8,                  // 4: too many
            .. "d4,,\"Two\nlines\",,,,\n"u8,                                              // 5 and 6: a line break in a cell
            .. ",a@example.com,Ann,,,,\n"u8,                                              // 7: no id
            .. "d6,not an address,,,,,\n"u8,
            .. "d7,,,klingon!,,,\n"u8,
            .. "d8,,,,Jakarta,,\n"u8,
            .. "d9,,,,,maybe,\n"u8,                                                       // 11
            .. "d10,,Ann "u8, 0xFF, 0xFE, .. ",,,,\n"u8,                               // 12: not UTF-8
            .. "d11,,Ann \"Lee\",,,,\n"u8,                                                // 13: a bare quote
            .. "d12,,\"Ann\" Lee,,,,\n"u8,                                                // 14: text behind a closing quote
            .. Encoding.UTF8.GetBytes("d13,,,,,," + new string('x', 201) + "\n"),         // 15: too long a value
            .. Encoding.UTF8.GetBytes("d14,,,,,," + new string('x', 300_000) + "\n"),     // 16: too long a line
            .. "d15,,a\0b,,,,\n"u8,                                                       // 17: NUL
            .. "d16,\"a@example.com\r\nBcc: b@example.com\",,,,,\n"u8,                    // 18 and 19: a header smuggled into a mail
            .. "d17,,\"never closed,,,,\n"u8,                                             // 20
            .. "d18,,Good,,,,\n"u8,
            .. "d19,,\"Good, too\",,,,silver"u8,
        ];
        var result = await (await SendAsync(csv, "text/csv; charset=utf-8")).ReadOkAsync();
        Assert.Equal("3, 0; 3: language; 4: plan; 5: name; 7: id; 8: email; 9: language; 10: timeZone; 11: consent; 12: name; 13: name; 14: name; 15: plan; 16: ; 17: name; 18: email; 20: name", Told(result));
        Assert.NotNull(await PersonAsync("d18"));
        Assert.Equal("silver", (await PersonAsync("d19"))!.Attributes["plan"]);
        Assert.Null(await PersonAsync("d4"));
    }

    [Fact]
    public async Task Lines_of_JSON_are_checked_alike()
    {
        var result = await LinesAsync(
            """{"id":"j1","email":"j@example.com","consent":true,"country":"TH"}""",
            """{"id":"j2","consent":"no","attributes":{"country":"MY"}}""",
            "not json",
            """{"email":"j@example.com"}""",
            """{"id":"j3","name":"a\r\nb"}""",
            """{"id":"j4","age":3}""",
            """{"id":"j5","id":"j6"}""",
            "",
            """{"id":"j7","name":null,"country":null}""");
        Assert.Equal("3, 0; 3: ; 4: id; 5: name; 6: age; 7: id", Told(result));
        Assert.True((await PersonAsync("j1"))!.EmailConsent);
        Assert.Equal("MY", (await PersonAsync("j2"))!.Attributes["country"]);
        Assert.Equal("0, 1", Told(await LinesAsync("""{"id":"j1","country":"TH"}""")));
        Assert.Equal("0, 0", Told(await LinesAsync("")));
    }

    [Fact]
    public async Task Of_one_id_twice_the_later_line_wins_and_what_it_leaves_out_stays()
    {
        Assert.Equal("2, 1", Told(await CsvAsync("id,name,plan\ntwice,Old,gold\ntwice,New,\ntwice,New,gold\n")));
        var person = (await PersonAsync("twice"))!;
        Assert.Equal(("New", "gold"), (person.Name, person.Attributes["plan"]));
    }

    [Fact]
    public async Task Nothing_that_is_sent_undoes_an_opt_out_or_wipes_what_is_known()
    {
        await CsvAsync("id,email,name,plan\nout,out@example.com,Ola,gold\n");
        await app.WithDbAsync(async db =>
        {
            await new PeopleDirectory(db, TimeProvider.System).OptOutAsync((await db.Set<Person>().SingleAsync(p => p.Key == "out", Ct)).Id, Ct);
            return 0;
        });
        var before = (await PersonAsync("out"))!;
        Assert.Equal("1, 0", Told(await CsvAsync("id,consent,language\nout,yes,en\n")));
        await app.WithKey("admin").PublishSmallAsync();
        string answer = $$"""{"id":"{{Guid.CreateVersion7()}}","survey":"after-delivery","answers":{"recommend":9},"customer":{"id":"out","name":"Ola Nordmann"} }""";
        await (await ingest.PostTextAsync("/responses", answer)).ReadOkAsync();

        var after = (await PersonAsync("out"))!;
        Assert.NotNull(after.OptedOutAt);
        Assert.Equal(before.OptedOutAt, after.OptedOutAt);
        Assert.Equal(("out@example.com", "Ola Nordmann", "en"), (after.Email, after.Name, after.Language));
        Assert.Equal(new() { ["plan"] = "gold" }, after.Attributes);
    }

    [Fact]
    public async Task Attributes_that_would_be_too_many_with_the_known_ones_are_a_rejected_line()
    {
        string columns = string.Join(',', Enumerable.Range(0, 20).Select(i => $"a{i}"));
        Assert.Equal("1, 0", Told(await CsvAsync($"id,{columns}\nmany,{string.Join(',', Enumerable.Repeat("x", 20))}\n")));
        Assert.Equal("1, 0; 2: attributes", Told(await CsvAsync("id,b\nmany,x\nother,x\n")));
    }

    [Fact]
    public async Task Other_types_and_compressed_bodies_are_415()
    {
        foreach (string type in (string[])["image/png", "application/xml", "text/csv; charset=utf-16", "application/vnd.ms-excel"])
            Assert.Equal(415, (int)(await SendAsync("id\n415\n"u8.ToArray(), type)).StatusCode);
        Assert.Null(await PersonAsync("415"));
    }

    [Fact]
    public async Task Two_files_with_the_same_people_in_other_orders_do_not_stand_in_each_others_way()
    {
        string[] rows = [.. Enumerable.Range(0, 3000).Select(i => $"both{i},Name {i}")];
        string there = "id,name\n" + string.Join('\n', rows), back = "id,name\n" + string.Join('\n', rows.Reverse());
        var results = await Task.WhenAll(CsvAsync(there), CsvAsync(back), CsvAsync(there), CsvAsync(back));
        Assert.Equal(3000, results.Sum(r => (int)r["accepted"]!));
        Assert.Equal(9000, results.Sum(r => (int)r["duplicates"]!));
    }
}
