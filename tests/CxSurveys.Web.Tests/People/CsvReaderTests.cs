using System.IO.Pipelines;
using System.Text;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Tests.AboutPeople;

/// <summary>RFC 4180 to the letter, and what is left of a file that breaks it.</summary>
public sealed class CsvReaderTests
{
    static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    static async Task<List<CsvRecord>> ReadAsync(string text)
    {
        var file = PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var records = new List<CsvRecord>();
        await foreach (var record in CsvReader.ReadAsync(LineReader.ReadAsync(file, Ct), Ct)) records.Add(record);
        return records;
    }

    [Theory]
    [InlineData("a,b,c", "1:a|b|c")]
    [InlineData("a,b\r\nc,d\r\n", "1:a|b 2:c|d")]
    [InlineData(",\n", "1:|")]
    [InlineData("a,\r\n", "1:a|")]
    [InlineData("\"a,b\",\"c\"\"d\",\"\"\r\n", "1:a,b|c\"d|")]
    [InlineData("\"a\nb\"\nc", "1:a\nb 3:c")]
    [InlineData("\"a\r\n\r\nb\",x\r\nc", "1:a\r\n\r\nb|x 4:c")]
    [InlineData("\n\n a , b \n", "3: a | b ")]
    [InlineData("a\"b\nc", "1:! 2:c")]
    [InlineData("\"a\"b\nc", "1:! 2:c")]
    [InlineData("\"a\nb\nc", "1:! 2:b 3:c")]
    [InlineData("x,\"a\ny,\"b\"\nz,c", "1:! 2:y|b 3:z|c")]
    public async Task Records_have_their_line_and_cells(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await ReadAsync(text)).Select(r => $"{r.Line}:{(r.Problem is null ? string.Join('|', r.Cells) : "!")}")));

    [Fact]
    public async Task A_quote_that_is_never_closed_does_not_swallow_a_long_file()
    {
        string good = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},name {i}\n"));
        var records = await ReadAsync("a,\"b\n" + good);
        Assert.Equal((1L, 1), (records[0].Line, records[0].BadCell));
        Assert.NotNull(records[0].Problem);
        Assert.Equal(50_000, records.Skip(1).Count(r => r.Problem is null && r.Cells.Count == 2));
        Assert.Equal(50_001, records[^1].Line);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_one_bad_record_inside_quotes_too()
    {
        string huge = new('x', 300_000);
        Assert.Equal(["1!", "2"], (await ReadAsync($"{huge}\na")).Select(r => $"{r.Line}{(r.Problem is null ? "" : "!")}"));
        Assert.Equal(["1!", "2!", "3"], (await ReadAsync($"a,\"b\n{huge}\na")).Select(r => $"{r.Line}{(r.Problem is null ? "" : "!")}"));
    }
}
