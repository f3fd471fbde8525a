namespace CxSurveys.Web.Tests.Scores;

/// <summary>An organisation for each test: how many answered another survey decides what one may be told of this one.</summary>
public sealed class WithholdingTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly CxApp app = new(postgres);
    HttpClient admin = null!;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        admin = app.WithKey("admin");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    public static TheoryData<string> Names => [.. Given.Cases("minimum-n.json").Select(c => (string)c["name"]!)];

    [Theory, MemberData(nameof(Names))]
    public async Task Small_rows_and_enough_neighbours_are_withheld(string name)
    {
        var worked = Given.Cases("minimum-n.json").Single(c => (string)c["name"]! == name);
        var kind = (string)worked["input"]!["definition"]!["kind"]!;
        var survey = await PublishAsync(kind);
        await admin.SetAsync(new { minimumN = (int)worked["input"]!["minimumN"]! });
        await admin.ImportAsync([.. from row in worked["input"]!["rows"]!.AsObject()
                                    from count in row.Value!["counts"]!.AsObject()
                                    from _ in Enumerable.Range(0, (int)count.Value!)
                                    select Given.Line(survey, new { rate = int.Parse(count.Key, System.Globalization.CultureInfo.InvariantCulture) }, segment: new { row = row.Key })]);

        var scores = await admin.ReadAsync($"/scores?kind={kind}&survey={survey}&by=segment.row");
        foreach (var (key, n) in worked["expected"]!["n"]!.AsObject().Where(r => (int)r.Value! > 0)) Assert.Equal((long)n!, (long)scores.Row(key)["n"]!);
        foreach (var key in worked["expected"]!["withheldAtLeast"]!.AsArray()) Assert.True(scores.Row((string)key!).Withheld());
        var withheld = scores["rows"]!.AsArray().Where(r => r!.Withheld()).ToList();
        Assert.True(withheld.Count >= (int)worked["expected"]!["smallestNumberWithheld"]!);
        Assert.Equal((int)worked["expected"]!["smallestNumberWithheld"]! == 0, withheld.Count == 0);
        Assert.All(withheld, row => Assert.Null(row!["counts"]));
        Assert.False(scores["total"]!.Withheld());
    }

    [Fact]
    public async Task A_total_below_the_minimum_is_withheld_and_one_without_answers_has_nothing_to_withhold()
    {
        var survey = await PublishAsync("csat");
        await admin.SetAsync(new { minimumN = 5 });
        await admin.ImportAsync([Given.Line(survey, new { rate = 4 }), Given.Line(survey, new { rate = 5 })]);
        var total = (await admin.ReadAsync($"/scores?kind=csat&survey={survey}"))["total"]!;
        Assert.Equal((2, true), ((int)total["n"]!, total.Withheld()));
        Assert.Null(total["value"]);
        Assert.Null(total["skipped"]);

        var none = (await admin.ReadAsync($"/scores?kind=csat&survey={survey}&segment.country=none"))["total"]!;
        Assert.Equal((0, false), ((int)none["n"]!, none.Withheld()));
        Assert.Null(none["value"]);
        Assert.Equal(5, none["counts"]!.AsObject().Count);
    }

    [Fact]
    public async Task A_comparison_withholds_a_small_side_and_a_part_that_leaves_a_small_rest()
    {
        var survey = await PublishAsync("csat");
        await admin.SetAsync(new { minimumN = 5 });
        await admin.ImportAsync([
            .. Enumerable.Range(0, 20).Select(i => Given.Line(survey, new { rate = 1 + (i % 5) }, segment: new { country = "ID" })),
            .. Enumerable.Range(0, 3).Select(_ => Given.Line(survey, new { rate = 1 }, segment: new { country = "TH" }))]);

        var sides = await admin.ReadAsync($"/scores/compare?kind=csat&survey={survey}&a.segment.country=ID&b.segment.country=TH");
        Assert.True(sides["b"]!.Withheld());
        Assert.Null(sides["difference"]);
        Assert.Null(sides["verdict"]);

        var part = await admin.ReadAsync($"/scores/compare?kind=csat&survey={survey}&a.segment.country=ID");
        Assert.True(part["a"]!.Withheld());
        Assert.False(part["b"]!.Withheld());
        Assert.Null(part["difference"]);
    }

    async Task<string> PublishAsync(string kind)
    {
        var survey = "s" + Guid.NewGuid().ToString("N");
        await admin.PublishAsync(survey, $$"""{ "name": "N", "languages": ["en"], "questions": [ { "key": "rate", "kind": "{{kind}}", "text": { "en": "How?" } } ] }""");
        return survey;
    }
}
