using System.Globalization;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>The same as <see cref="SubtractionTests"/> where a question has two wordings and another one of the kind another scale.</summary>
public sealed class LineSubtractionTests(CxApp app) : IClassFixture<CxApp>
{
    const int Answers = 400;

    static readonly DateOnly Reworded = new(2026, 2, 16);
    static readonly string?[] Places = [null, "purchase", "checkout", "support"], Countries = [null, "ID", "MY"], Plans = [null, "basic"];
    static readonly (DateOnly From, DateOnly To)?[] Days = [null, (new(2026, 2, 1), new(2026, 3, 1)), (new(2026, 2, 16), new(2026, 2, 23))];
    static readonly string[] Lines = ["five 1", "five 2", "seven 1"];

    readonly HttpClient admin = app.WithKey("admin");
    readonly string survey = "s" + Guid.NewGuid().ToString("n")[..12];

    [Theory]
    [InlineData("responses")]
    [InlineData("customers")]
    public async Task No_group_below_the_minimum_comes_out_of_lines_and_definitions(string counting)
    {
        var all = await GivenAsync();
        var told = new Told(all, counting);
        foreach (var asked in from place in Places from country in Countries from plan in Plans from days in Days select new Asked(place, country, plan, days))
            foreach (var more in new[] { "&lines=all", "&lines=all&by=touchpoint", "&lines=all&by=week", "&by=segment.country", "" })
                if (!(more.Contains("country", StringComparison.Ordinal) && asked.Country is not null)) await AskAsync(told, asked, counting, more);

        var recovered = told.Recovered([]);
        Assert.True(recovered.Count == 0, $"{recovered.Count} recovered, such as\n{string.Join('\n', recovered.Take(12))}");
        Assert.True(told.Count > 60, $"{told.Count} are told.");
    }

    async Task AskAsync(Told told, Asked asked, string counting, string more)
    {
        var scores = await admin.ReadAsync($"/scores?kind=csat&survey={survey}&definitions=all&counting={counting}{asked.Query()}{more}");
        foreach (var block in scores["definitions"]!.AsArray())
        {
            var question = (int)block!["definition"]!["max"]! == 5 ? "five" : "seven";
            // What is not in a block is told by its number only.
            foreach (var other in more.StartsWith("&lines", StringComparison.Ordinal) ? [] : block["otherLines"]!.AsArray()) Assert.NotEqual((string?)block["line"], (string?)other!["line"]);
            // Without answers there may be another line, or none.
            if (block["total"] is { } total && (int)total["n"]! > 0) told.Keep(asked with { Line = $"{question} {(string)block["line"]!}" }, total);
            foreach (var row in block["rows"]!.AsArray().Where(r => (int)r!["n"]! > 0))
            {
                var line = asked with { Line = $"{question} {(string?)row!["line"] ?? (string)block["line"]!}" };
                var key = (string)row["key"]!;
                told.Keep(more switch
                {
                    _ when more.EndsWith("touchpoint", StringComparison.Ordinal) => line with { Place = key },
                    _ when more.EndsWith("week", StringComparison.Ordinal) => line with { Days = Inside(asked, DateOnly.Parse(key, CultureInfo.InvariantCulture)) },
                    _ when more.EndsWith("country", StringComparison.Ordinal) => line with { Country = key },
                    _ => line,
                }, row);
            }
        }
    }

    static (DateOnly From, DateOnly To) Inside(Asked asked, DateOnly week) => asked.Days is not { } days
        ? (week, week.AddDays(7))
        : (week > days.From ? week : days.From, week.AddDays(7) < days.To ? week.AddDays(7) : days.To);

    async Task<List<GivenAnswer>> GivenAsync()
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        string Worded(string text) => $$"""{ "name": "S", "languages": ["en"], "questions": [ { "key": "five", "kind": "csat", "text": { "en": "{{text}}" } }, { "key": "seven", "kind": "csat", "text": { "en": "And?" }, "scale": { "min": 1, "max": 7 } } ] }""";
        var all = Dense().ToList();
        await admin.PublishAsync(survey, Worded("How?"));
        await ImportAsync(all.Where(a => a.Line is "five 1" or "seven 1"));
        await admin.PublishAsync(survey, Worded("How was it, really?"));
        await ImportAsync(all.Where(a => a.Line == "five 2"));
        return all;
    }

    Task ImportAsync(IEnumerable<GivenAnswer> answers) => admin.ImportAsync([.. answers.Select(a => Given.Line(
        survey, a.Line![..4] == "five" ? new { five = a.Value } : new { seven = a.Value }, a.Plan is null ? new { country = a.Country } : new { country = a.Country, plan = a.Plan },
        a.Day.ToDateTime(new TimeOnly(9, 0)).AddMinutes(a.Index).ToString("s", CultureInfo.InvariantCulture) + "Z", a.Customer, a.Touchpoint))]);

    static IEnumerable<GivenAnswer> Dense()
    {
        var random = new Random(20260216);
        for (var i = 0; i < Answers; i++)
        {
            var line = Lines[random.Next(Lines.Length)];
            var day = new DateOnly(2026, 2, 2).AddDays(random.Next(28));
            yield return new(
                random.Next(3) == 0 ? "support" : random.Next(2) == 0 ? "checkout" : "delivery", random.Next(6) == 0 ? "MY" : "ID", random.Next(3) == 0 ? null : "basic",
                line == "five 2" && day < Reworded ? day.AddDays(14) : day, random.Next(1, 6), random.Next(5) < 2 ? null : $"c{random.Next(90)}", line, i);
        }
    }
}
