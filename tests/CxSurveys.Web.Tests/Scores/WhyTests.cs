namespace CxSurveys.Web.Tests.Scores;

/// <summary>Two months of NPS by country and language: the decomposition against one worked out here, answer by answer.</summary>
public sealed class WhyTests(WhyTests.TwoMonths app) : IClassFixture<WhyTests.TwoMonths>
{
    public sealed class TwoMonths(TestPostgres postgres) : CxApp(postgres)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var admin = WithKey("admin");
            await admin.PublishAsync(Survey, """{ "name": "N", "languages": ["en"], "questions": [ { "key": "rate", "kind": "nps", "text": { "en": "Recommend?" } } ] }""");
            await admin.ImportAsync([.. from a in Answers
                                        from i in Enumerable.Range(0, a.Count)
                                        select Given.Line(Survey, new { rate = a.Value }, new { country = a.Country }, $"2026-{a.Month}-{1 + (i % 28):00}T09:00:00Z", language: a.Country.ToLowerInvariant())]);
        }
    }

    const string Survey = "months";
    const string Months = "a.from=2026-02-01&a.to=2026-03-01&b.from=2026-01-01&b.to=2026-02-01";

    readonly HttpClient admin = app.WithKey("admin");

    static readonly (string Country, string Month, int Value, int Count)[] Answers =
    [
        ("ID", "01", 10, 30), ("ID", "01", 3, 10), ("ID", "02", 10, 20), ("ID", "02", 3, 20),
        ("TH", "01", 9, 8), ("TH", "01", 0, 12), ("TH", "02", 9, 25), ("TH", "02", 0, 15),
        ("VN", "02", 8, 9),
        ("MY", "01", 7, 3), ("MY", "02", 7, 6), ("SG", "01", 1, 4), ("SG", "02", 1, 2),
    ];

    [Theory]
    [InlineData("segment.country")]
    [InlineData("language")]
    public async Task Inside_and_mix_are_those_worked_out_by_hand_and_add_up(string by)
    {
        var why = await admin.ReadAsync($"/scores/why?kind=nps&survey={Survey}&{Months}&by={by}");
        var compared = await admin.ReadAsync($"/scores/compare?kind=nps&survey={Survey}&{Months}");
        Assert.Equal((double)compared["difference"]!, (double)why["difference"]!, 1e-9);
        Assert.Equal((double)why["difference"]!, (double)why["within"]! + (double)why["mix"]!, 1e-9);

        // MY and SG are too small: one row, of both.
        string[][] segments = [["ID"], ["TH"], ["VN"], ["MY", "SG"]];
        Assert.Equal(segments.Length, why["rows"]!.AsArray().Count);
        var (within, mix) = (0.0, 0.0);
        foreach (var segment in segments)
        {
            var row = why["rows"]!.AsArray().Single(r => segment.Length > 1 ? r!["other"] is not null : Matches((string)r!["key"]!, segment[0]))!;
            var (a, b) = (Of("02", segment), Of("01", segment));
            var (allA, allB) = (Of("02", null), Of("01", null));
            double shareA = (double)a.N / allA.N, shareB = (double)b.N / allB.N, scoreA = a.Score ?? b.Score!.Value, scoreB = b.Score ?? a.Score!.Value;
            within += (shareA + shareB) / 2 * (scoreA - scoreB);
            mix += (scoreA + scoreB) / 2 * (shareA - shareB);
            Assert.Equal((a.N, b.N), ((int)row["nA"]!, (int)row["nB"]!));
            Assert.Equal((shareA + shareB) / 2 * (scoreA - scoreB), (double)row["within"]!, 1e-9);
            Assert.Equal((scoreA + scoreB) / 2 * (shareA - shareB), (double)row["mix"]!, 1e-9);
        }
        Assert.Equal(within, (double)why["within"]!, 1e-9);
        Assert.Equal(mix, (double)why["mix"]!, 1e-9);
    }

    [Fact]
    public async Task Where_the_pool_of_small_segments_is_too_small_itself_nothing_is_told()
    {
        var few = await admin.ReadAsync($"/scores/why?kind=nps&survey={Survey}&segment.country=SG&{Months}&by=language");
        Assert.True((bool)few["withheld"]!);
        Assert.Null(few["difference"]);
        Assert.All(few["rows"]!.AsArray(), row => Assert.Null(row!["within"]));
    }

    [Theory]
    [InlineData("", "by")]
    [InlineData("&by=week", "by")]
    [InlineData("&by=language&counting=customers", "counting")]
    public async Task What_cannot_be_explained_is_refused_by_name(string more, string path)
    {
        using var answer = await admin.GetAsync($"{Api.Root}/scores/why?kind=nps&survey={Survey}&{Months}{more}", TestContext.Current.CancellationToken);
        Assert.Contains(path, (await answer.ReadErrorsAsync()).Keys);
    }

    static bool Matches(string key, string country) => string.Equals(key, country, StringComparison.OrdinalIgnoreCase);

    static (int N, double? Score) Of(string month, string[]? countries)
    {
        var own = Answers.Where(a => a.Month == month && countries?.Contains(a.Country) != false).ToList();
        var n = own.Sum(a => a.Count);
        return (n, n == 0 ? null : 100.0 * (own.Where(a => a.Value >= 9).Sum(a => a.Count) - own.Where(a => a.Value <= 6).Sum(a => a.Count)) / n);
    }
}
