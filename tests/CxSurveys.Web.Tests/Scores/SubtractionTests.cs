using System.Globalization;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>
/// Somebody asks for everything there is to ask, keeps what is told, and takes one from the other. No group of fewer than the minimum
/// may come out: not by a group inside a wider one, not by rows from their total, in neither way of counting, from no page, file or API.
/// </summary>
public sealed class SubtractionTests(SubtractionTests.DenseApp app) : IClassFixture<SubtractionTests.DenseApp>
{
    const int Answers = 360;

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

    // Weeks lie across the ends of February 2026, inside it, and after it.
    static readonly DateOnly First = new(2026, 1, 26);
    static readonly string?[] Places = [null, "purchase", "retention", "checkout", "delivery", "support"];
    static readonly string?[] Countries = [null, "ID", "TH", "MY"], Plans = [null, "basic", "pilot"];
    static readonly (DateOnly From, DateOnly To)[] Months = [.. Enumerable.Range(1, 3).Select(m => new DateOnly(2026, m, 1)).Select(m => (m, m.AddMonths(1)))];
    static readonly (DateOnly From, DateOnly To)[] Weeks = [.. Enumerable.Range(0, 6).Select(w => First.AddDays(7 * w)).Select(w => (w, w.AddDays(7)))];
    static readonly (DateOnly From, DateOnly To)?[] Days = [null, Months[1], Months[2], Weeks[0], Weeks[1], Weeks[4]];

    static readonly List<GivenAnswer> all = [.. Dense()];

    static readonly Asked[] Everything =
        [.. from place in Places from country in Countries from plan in Plans from days in Days select new Asked(place, country, plan, days)];

    readonly HttpClient admin = app.WithKey("admin");
    readonly List<(Asked Asked, string Stage)> weighted = [];

    [Theory]
    [InlineData("responses")]
    [InlineData("customers")]
    public async Task No_group_below_the_minimum_comes_out_of_what_is_told(string counting)
    {
        var told = new Told(all, counting);
        // Who counts customers reads answers, not cells: a part of all questions has to do.
        var asked = Everything.Where(a => counting == "responses" || (a.Place is not ("delivery" or "retention") && a.Country != "TH" && a.Days != Months[2] && a.Days != Weeks[4])).ToList();
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, async (one, _) => await AskAsync(told, one, counting));
        await CompareAsync(told, asked, counting);
        await OpenMapsAsync(told, asked, counting);

        var recovered = told.Recovered(Everything.SelectMany(Splits));
        Assert.True(recovered.Count == 0, $"{recovered.Count} recovered, such as\n{string.Join('\n', recovered.Take(12))}");
        foreach (var (whole, stage) in weighted)
            Assert.All(all.Where(g => g.Stage == stage && g.In(whole)), g => Assert.True(told.Has(whole with { Place = g.Touchpoint }), $"{whole}, {stage}: the weighted mean tells {g.Touchpoint}"));
        var enough = asked.Count(a => told.Of(a).Count >= Told.MinimumN);
        var visible = asked.Count(a => told.Of(a).Count > 0 && told.Has(a));
        TestContext.Current.SendDiagnosticMessage($"{counting}: {visible} of {enough} groups with enough answers are told");
        Assert.True(visible > enough / 2, $"{visible} of {enough} groups with enough answers are told.");
    }

    async Task AskAsync(Told told, Asked asked, string counting)
    {
        foreach (var (by, row) in Questions(asked))
        {
            var scores = await admin.ReadAsync($"/scores?kind=csat&counting={counting}{asked.Query()}{(by is null ? "" : "&by=" + by)}");
            told.Keep(asked, scores["total"]!);
            foreach (var answered in scores["rows"]!.AsArray())
            {
                if (row((string)answered!["key"]!) is { } group) told.Keep(group, answered);
                if (by != "stage" || (double?)answered["weightedValue"] is null) continue;
                lock (weighted) weighted.Add((asked, (string)answered["key"]!));
            }
        }
    }

    static IEnumerable<(string? By, Func<string, Asked?> Row)> Questions(Asked asked)
    {
        if (asked.Country is null) yield return ("segment.country", key => asked with { Country = key });
        if (asked.Plan is null && asked.Country is not null) yield return ("segment.plan", key => key.Length == 0 ? null : asked with { Plan = key });
        if (asked.Place is null or "purchase" or "retention") yield return ("touchpoint", key => asked with { Place = key });
        if (asked.Place is null) yield return ("stage", key => asked with { Place = key });
        if (asked.Days is null || Months.Contains(asked.Days.Value)) yield return ("week", key => Inside(asked, DateOnly.Parse(key, CultureInfo.InvariantCulture), from => from.AddDays(7)));
        if (asked.Days is null || Weeks.Contains(asked.Days.Value)) yield return ("month", key => Inside(asked, DateOnly.ParseExact(key, "yyyy-MM", CultureInfo.InvariantCulture), from => from.AddMonths(1)));
        if (asked.Days is not null && asked.Country is not null && asked.Plan is not null) yield return (null, _ => null);
    }

    /// <summary>What of a week or month lies in the days asked for.</summary>
    static Asked Inside(Asked asked, DateOnly from, Func<DateOnly, DateOnly> end)
    {
        if (asked.Days is not { } days) return asked with { Days = (from, end(from)) };
        return asked with { Days = (from > days.From ? from : days.From, end(from) < days.To ? end(from) : days.To) };
    }

    /// <summary>The file of the journey page with each filter: its touchpoints, its stages and all touchpoints together.</summary>
    async Task OpenMapsAsync(Told told, List<Asked> all, string counting)
    {
        using var analyst = await app.BrowseAsAsync(Role.Analyst);
        foreach (var asked in all.Where(a => a.Place is null && a.Days is not null))
        {
            var file = await FileAsync(analyst, $"/journey.csv?kind=csat&counting={counting}{asked.Query()}");
            foreach (var row in file)
            {
                var place = row["touchpoint"].Length > 0 ? row["touchpoint"] : row["name"] is "Purchase" or "Retention" ? row["name"].ToLowerInvariant() : null;
                told.Keep(asked with { Place = place }, int.Parse(row["n"], CultureInfo.InvariantCulture), row["value"].Length > 0);
            }
        }
    }

    /// <summary>Every group against the one that is one filter wider, in the API and in the page's file, and why they differ.</summary>
    async Task CompareAsync(Told told, List<Asked> all, string counting)
    {
        using var analyst = await app.BrowseAsAsync(Role.Analyst);
        foreach (var (asked, i) in all.Select((a, i) => (a, i)).Where(a => a.i % 4 == 1 && a.a is { Place: not null, Country: not null, Days: not null }))
        {
            var wide = i % 8 == 1 ? asked with { Country = null } : asked with { Place = null };
            // Of places in both, so that all rows are touchpoints'.
            var query = i % 8 == 1 ? $"{wide.Query()}&a.segment.country={asked.Country}" : $"&asked=touchpoint{wide.Query()}{new Asked(asked.Place, null, null, null).Query().Replace("&", "&a.", StringComparison.Ordinal)}";
            var sides = await admin.ReadAsync($"/scores/compare?kind=csat&counting={counting}{query}");
            told.Keep(asked, sides["a"]!);
            told.Keep(wide, sides["b"]!);
            Assert.Equal(sides["a"]!.Withheld() || sides["b"]!.Withheld() || (int)sides["a"]!["n"]! == 0 || (int)sides["b"]!["n"]! == 0, sides["difference"] is null);
            if (asked.Plan is not null || i % 8 != 1) continue;
            if (counting == "responses") await ExplainAsync(told, asked, wide);
            foreach (var row in await FileAsync(analyst, $"/compare.csv?kind=csat&counting={counting}{query}&by=segment.plan"))
            {
                if (row["row"] == "other" || row["name"] == "(not given)") continue;
                var plan = row["row"] == "total" ? null : row["name"];
                told.Keep(asked with { Plan = plan }, int.Parse(row["a.n"], CultureInfo.InvariantCulture), row["a.value"].Length > 0);
                told.Keep(wide with { Plan = plan }, int.Parse(row["b.n"], CultureInfo.InvariantCulture), row["b.value"].Length > 0);
            }
        }
    }

    async Task ExplainAsync(Told told, Asked asked, Asked wide)
    {
        var why = await admin.ReadAsync($"/scores/why?kind=csat{wide.Query()}&a.segment.country={asked.Country}&by=segment.plan");
        foreach (var row in why["rows"]!.AsArray().Where(r => r!["within"] is not null && r["other"] is null && ((string)r["key"]!).Length > 0))
        {
            var plan = (string)row!["key"]!;
            told.Keep(asked with { Plan = plan }, (int)row["nA"]!, isTold: true);
            told.Keep(wide with { Plan = plan }, (int)row["nB"]!, isTold: true);
        }
    }

    static async Task<IEnumerable<Dictionary<string, string>>> FileAsync(People.Browser analyst, string address)
    {
        var lines = (await analyst.ReadAsync(address)).TrimStart('\uFEFF').TrimEnd().Split("\r\n").Select(line => line.Split(',')).ToList();
        return lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second));
    }

    /// <summary>A whole and parts of it that have no answer in common: rows of one split, or stages and touchpoints side by side.</summary>
    static IEnumerable<(Asked Whole, Asked[] Parts)> Splits(Asked asked)
    {
        if (asked.Country is null) yield return (asked, [.. Countries.OfType<string>().Select(c => asked with { Country = c })]);
        if (asked.Plan is null) yield return (asked, [.. Plans.OfType<string>().Select(p => asked with { Plan = p })]);
        if (asked.Days is null || Months.Contains(asked.Days.Value)) yield return (asked, [.. Weeks.Select(w => Inside(asked, w.From, from => from.AddDays(7))).Where(w => w.Days!.Value.From < w.Days.Value.To)]);
        if (asked.Days is null || Weeks.Contains(asked.Days.Value)) yield return (asked, [.. Months.Select(m => Inside(asked, m.From, from => from.AddMonths(1))).Where(m => m.Days!.Value.From < m.Days.Value.To)]);
        if (asked.Place == "purchase") yield return (asked, [asked with { Place = "checkout" }, asked with { Place = "delivery" }]);
        if (asked.Place is not null) yield break;
        string[][] ways = [["purchase", "retention"], ["checkout", "delivery", "support"], ["checkout", "delivery", "retention"], ["purchase", "support"]];
        foreach (var way in ways) yield return (asked, [.. way.Select(p => asked with { Place = p })]);
    }

    // Many groups are small, none is far from the minimum, and customers answer again.
    static IEnumerable<GivenAnswer> Dense()
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
                First.AddDays(Pick((9, 0), (8, 7), (6, 14), (3, 21), (7, 28), (2, 35)) + random.Next(7)), random.Next(1, 6), Pick((2, null), (3, $"c{random.Next(90)}")), null, i);
    }
}
