using System.Globalization;
using System.Text.Json.Nodes;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>
/// Somebody asks for everything there is to ask, keeps what is told, and takes one from the other. No group of fewer than the minimum
/// may come out: not by a group inside a wider one, not by rows from their total, in neither way of counting.
/// </summary>
public sealed class SubtractionTests(SubtractionTests.DenseApp app) : IClassFixture<SubtractionTests.DenseApp>
{
    const int MinimumN = 5, Answers = 320;

    public sealed class DenseApp(TestPostgres postgres) : CxApp(postgres)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var admin = WithKey("admin");
            await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
            await admin.PublishAsync("s", """{ "name": "S", "languages": ["en"], "questions": [ { "key": "rate", "kind": "csat", "text": { "en": "How?" } } ] }""");
            await admin.ImportAsync([.. all.Select(g => Given.Line(
                "s", new { rate = g.Value }, g.Plan is null ? new { country = g.Country } : new { country = g.Country, plan = g.Plan },
                g.Day.ToDateTime(new TimeOnly(9, 0)).AddMinutes(g.Index).ToString("s", CultureInfo.InvariantCulture) + "Z", g.Customer, g.Touchpoint))]);
        }
    }

    /// <summary>One filter for each respect, null where there is none.</summary>
    sealed record Asked(string? Place, string? Country, string? Plan, string? Days)
    {
        public string Query() => string.Concat(
            Place switch { null => "", "purchase" or "retention" => "&stage=" + Place, _ => "&touchpoint=" + Place },
            Country is null ? "" : "&segment.country=" + Country,
            Plan is null ? "" : "&segment.plan=" + Plan,
            Days is null ? "" : "&" + Windows[Days]);
    }

    sealed record Answer(string Touchpoint, string Country, string? Plan, DateOnly Day, int Value, string? Customer, int Index)
    {
        public string Stage => Touchpoint == "support" ? "retention" : "purchase";

        public bool In(Asked asked) =>
            (asked.Place is null || asked.Place == Touchpoint || asked.Place == Stage)
            && (asked.Country is null || asked.Country == Country) && (asked.Plan is null || asked.Plan == Plan)
            && (asked.Days is null || DaysOf(asked.Days) is var (from, to) && Day >= from && Day < to);
    }

    // February 2021 is four whole weeks; the month after begins with a week of its own.
    static readonly DateOnly First = new(2021, 2, 1);
    static readonly string?[] Places = [null, "purchase", "retention", "checkout", "delivery", "support"];
    static readonly string?[] Countries = [null, "ID", "TH", "MY"], Plans = [null, "basic", "pilot"];
    static readonly string?[] Days = [null, "2021-02", "2021-02-01", "2021-02-08", "2021-02-15", "2021-02-22", "2021-03-01"];
    static readonly Dictionary<string, string> Windows = Days.OfType<string>().ToDictionary(d => d, d => DaysOf(d) is var (from, to) ? $"from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}" : "");

    static readonly List<Answer> all = [.. Dense()];

    static readonly Asked[] Everything =
        [.. from place in Places from country in Countries from plan in Plans from days in Days select new Asked(place, country, plan, days)];

    readonly HttpClient admin = app.WithKey("admin");
    readonly Dictionary<Asked, HashSet<int>> told = [];
    readonly List<string> recovered = [];

    [Theory]
    [InlineData("responses")]
    [InlineData("customers")]
    public async Task No_group_below_the_minimum_comes_out_of_what_is_told(string counting)
    {
        // Who counts customers reads answers, not cells: a part of all questions has to do.
        await Parallel.ForEachAsync(
            Everything.Where(a => counting == "responses" || (a.Place is not ("delivery" or "retention") && a.Country != "TH" && a.Days is null or "2021-02" or "2021-02-08")),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            async (asked, _) => await AskAsync(asked, counting));
        if (counting == "responses") await CompareAsync();
        await OpenMapsAsync(counting);

        foreach (var wide in told.Keys)
            foreach (var narrow in told.Keys)
                if (wide != narrow && Wider(wide, narrow) && Few(told[wide].Count - told[narrow].Count)) recovered.Add($"{wide} less {narrow}");
        foreach (var (whole, rows) in Everything.SelectMany(Splits).Where(s => told.ContainsKey(s.Whole))) TakeFrom(whole, rows);
        foreach (var (asked, stage) in weighted)
            Assert.All(all.Where(g => g.Stage == stage && g.In(asked)), g => Assert.Contains(asked with { Place = g.Touchpoint }, told.Keys));
        Assert.True(recovered.Count == 0, $"{recovered.Count} recovered, such as\n{string.Join('\n', recovered.Take(12))}");

        var enough = Everything.Where(a => Of(a, counting).Count >= MinimumN).ToList();
        Assert.True(told.Count > enough.Count / (counting == "responses" ? 2 : 10), $"{told.Count} of {enough.Count} groups with enough answers are told.");
        TestContext.Current.SendDiagnosticMessage($"{counting}: {told.Count} of {enough.Count} groups with enough answers are told");
    }

    async Task AskAsync(Asked asked, string counting)
    {
        foreach (var (by, whole, row) in Questions(asked))
        {
            var scores = await admin.ReadAsync($"/scores?kind=csat&counting={counting}{asked.Query()}{(by is null ? "" : "&by=" + by)}");
            lock (told) Keep(whole, scores["total"]!, counting);
            foreach (var answered in scores["rows"]!.AsArray())
            {
                lock (told)
                {
                    if (row((string)answered!["key"]!) is { } group) Keep(group, answered!, counting);
                    if (by == "stage" && counting == "responses" && (double?)answered!["weightedValue"] is not null) weighted.Add((asked, (string)answered["key"]!));
                }
            }
        }
    }

    readonly List<(Asked Asked, string Stage)> weighted = [];

    static IEnumerable<(string? By, Asked Whole, Func<string, Asked?> Row)> Questions(Asked asked)
    {
        if (asked.Country is null) yield return ("segment.country", asked, key => asked with { Country = key });
        if (asked.Plan is null && asked.Country is not null) yield return ("segment.plan", asked, key => key.Length == 0 ? null : asked with { Plan = key });
        if (asked.Place is null or "purchase" or "retention") yield return ("touchpoint", asked, key => asked with { Place = key });
        if (asked.Place is null) yield return ("stage", asked, key => asked with { Place = key });
        if (asked.Days is null or "2021-02") yield return ("week", asked, key => Windows.ContainsKey(key) ? asked with { Days = key } : null);
        if (asked.Days is not null && asked.Country is not null && asked.Plan is not null) yield return (null, asked, _ => null);
    }

    /// <summary>The journey page with each filter: its cards, its stages and all touchpoints together.</summary>
    async Task OpenMapsAsync(string counting)
    {
        foreach (var asked in Everything.Where(a => a.Place is null && a.Days is not null && (counting == "responses" || (a.Country is null or "ID" && a.Days is "2021-02" or "2021-02-08"))))
        {
            await using var scope = app.Services.CreateAsyncScope();
            var errors = new Errors();
            var address = MapAddress.Parse(new QueryString($"?kind=csat&counting={counting}{asked.Query()}"), errors);
            var (view, _, _) = await scope.ServiceProvider.GetRequiredService<MapQueries>().ReadAsync(address, errors, TestContext.Current.CancellationToken);
            Assert.False(errors.Any);
            Keep(asked, view!.Touchpoints, counting);
            foreach (var stage in view.Stages)
            {
                Keep(asked with { Place = stage.Stage.Key }, stage.Pooled, counting);
                foreach (var card in stage.Cards.Where(c => c.Figure is not null)) Keep(asked with { Place = card.Touchpoint.Key }, card.Figure!, counting);
            }
        }
    }

    void Keep(Asked asked, Figure figure, string counting)
    {
        Assert.Equal(Of(asked, counting).Count, figure.N);
        Assert.True(!Few((int)figure.N) || figure.Withheld, $"{asked} is on the map");
        if (figure is { Withheld: false, N: > 0 }) told[asked] = Of(asked, counting);
    }

    /// <summary>Every group against the one that is one filter wider, and why they differ.</summary>
    async Task CompareAsync()
    {
        foreach (var (asked, i) in Everything.Select((a, i) => (a, i)).Where(a => a.i % 4 == 1 && a.a is { Place: not null, Country: not null, Days: not null }))
        {
            var wide = asked with { Country = null };
            var sides = await admin.ReadAsync($"/scores/compare?kind=csat{wide.Query()}&a.segment.country={asked.Country}");
            Keep(asked, sides["a"]!, "responses");
            Keep(wide, sides["b"]!, "responses");
            Assert.Equal(sides["a"]!.Withheld() || sides["b"]!.Withheld() || (int)sides["a"]!["n"]! == 0 || (int)sides["b"]!["n"]! == 0, sides["difference"] is null);
            if (asked.Plan is null) await ExplainAsync(asked, wide);
        }
    }

    async Task ExplainAsync(Asked asked, Asked wide)
    {
        var why = await admin.ReadAsync($"/scores/why?kind=csat{wide.Query()}&a.segment.country={asked.Country}&by=segment.plan");
        foreach (var row in why["rows"]!.AsArray().Where(r => r!["within"] is not null && r["other"] is null && ((string)r["key"]!).Length > 0))
        {
            var plan = (string)row!["key"]!;
            foreach (var (group, n) in new[] { (asked with { Plan = plan }, (int)row["nA"]!), (wide with { Plan = plan }, (int)row["nB"]!) })
            {
                Assert.True(n == Of(group, "responses").Count && !Few(n), $"{group} is told by why");
                if (n > 0) told[group] = Of(group, "responses");
            }
        }
    }

    void Keep(Asked asked, JsonNode row, string counting)
    {
        var own = Of(asked, counting);
        Assert.True(own.Count == (int)row["n"]!, $"{asked} has {own.Count}, told {row["n"]}");
        if (own.Count == 0) return;
        Assert.True(!Few(own.Count) || row.Withheld(), $"{asked} is told");
        if (row.Withheld()) return;
        var counts = row["counts"]!.AsObject().ToDictionary(c => int.Parse(c.Key, CultureInfo.InvariantCulture), c => (int)c.Value!);
        Assert.All(counts, c => Assert.Equal(own.Count(i => all[i].Value == c.Key), c.Value));
        told[asked] = own;
    }

    /// <summary>A whole and parts of it that have no answer in common: rows of one split, or stages and touchpoints side by side.</summary>
    IEnumerable<(Asked Whole, Asked[] Rows)> Splits(Asked asked)
    {
        if (asked.Country is null) yield return (asked, [.. Countries.OfType<string>().Select(c => asked with { Country = c })]);
        if (asked.Plan is null) yield return (asked, [.. Plans.OfType<string>().Select(p => asked with { Plan = p })]);
        if (asked.Days is null or "2021-02") yield return (asked, [.. Days.Skip(2).Take(asked.Days is null ? 5 : 4).Select(d => asked with { Days = d })]);
        if (asked.Days is null) yield return (asked, [asked with { Days = "2021-02" }, asked with { Days = "2021-03-01" }]);
        if (asked.Place == "purchase") yield return (asked, [asked with { Place = "checkout" }, asked with { Place = "delivery" }]);
        if (asked.Place is not null) yield break;
        string[][] ways = [["purchase", "retention"], ["checkout", "delivery", "support"], ["checkout", "delivery", "retention"], ["purchase", "support"]];
        foreach (var way in ways) yield return (asked, [.. way.Select(p => asked with { Place = p })]);
    }

    void TakeFrom(Asked whole, Asked[] rows)
    {
        var left = told[whole].ToHashSet();
        // Of customers a row may count an answer that the whole has a later one for: then it cannot be taken from it.
        foreach (var row in rows.Where(r => told.ContainsKey(r) && told[r].IsSubsetOf(left))) left.ExceptWith(told[row]);
        if (Few(left.Count)) recovered.Add($"{whole} less its rows {string.Join(", ", rows.Where(told.ContainsKey))}");
    }

    static HashSet<int> Of(Asked asked, string counting)
    {
        var own = all.Where(g => g.In(asked));
        return counting == "responses"
            ? [.. own.Select(g => g.Index)]
            : [.. own.GroupBy(g => g.Customer ?? g.Index.ToString(CultureInfo.InvariantCulture)).Select(c => c.MaxBy(g => (g.Day, g.Index))!.Index)];
    }

    static bool Wider(Asked wide, Asked narrow) =>
        (wide.Place is null || wide.Place == narrow.Place || (wide.Place == "purchase" && narrow.Place is "checkout" or "delivery") || (wide.Place == "retention" && narrow.Place == "support"))
        && (wide.Country is null || wide.Country == narrow.Country) && (wide.Plan is null || wide.Plan == narrow.Plan)
        && (wide.Days is null || wide.Days == narrow.Days || (wide.Days == "2021-02" && narrow.Days?.StartsWith("2021-02-", StringComparison.Ordinal) == true));

    static bool Few(int n) => n is > 0 and < MinimumN;

    static (DateOnly From, DateOnly To) DaysOf(string days) => days.Length == 7
        ? (First, First.AddMonths(1))
        : (DateOnly.ParseExact(days, "yyyy-MM-dd", CultureInfo.InvariantCulture), DateOnly.ParseExact(days, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(7));

    // Many groups are small, none is far from the minimum, and customers answer again.
    static IEnumerable<Answer> Dense()
    {
        var random = new Random(20210201);
        T Pick<T>(params (int Share, T Value)[] from)
        {
            var at = random.Next(from.Sum(f => f.Share));
            return from.First(f => (at -= f.Share) < 0).Value;
        }

        for (var i = 0; i < Answers; i++)
            yield return new(
                Pick((5, "checkout"), (4, "delivery"), (2, "support")), Pick((6, "ID"), (3, "TH"), (1, "MY")), Pick((6, "basic"), (2, "pilot"), (2, (string?)null)),
                First.AddDays(Pick((10, 0), (8, 7), (9, 14), (3, 21), (2, 28)) + random.Next(7)), random.Next(1, 6), Pick((2, null), (3, $"c{random.Next(90)}")), i);
    }
}
