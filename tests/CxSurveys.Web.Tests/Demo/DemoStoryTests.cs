using System.Security.Cryptography;
using System.Text;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Demo;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Tests.Demo;

/// <summary>The story itself, before anything is stored.</summary>
public sealed class DemoStoryTests
{
    static readonly DateOnly Day = new(2026, 6, 15);

    [Theory]
    [InlineData("2025-01-01")]
    [InlineData("2026-03-10")]
    [InlineData("2026-06-15")]
    [InlineData("2026-11-12")]
    [InlineData("2026-12-31")]
    [InlineData("2028-02-29")]
    [InlineData("2031-07-07")]
    public void Delivery_alone_changed_whatever_day_it_is(string day)
    {
        var changes = Changes(new DemoStory(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
        var adjusted = Holm.Adjust([.. changes.Select(c => c.Comparison.PValue!.Value)]);
        Assert.Equal(17, changes.Count);
        Assert.Equal([("delivery", Verdict.Lower)], changes.Where(c => c.Comparison.Verdict != Verdict.NotDistinguishable).Select(c => (c.Touchpoint, c.Comparison.Verdict!.Value)));
        Assert.All(changes.Index(), c => Assert.Equal(c.Item.Touchpoint == "delivery", adjusted[c.Index] < 0.05));
    }

    [Fact]
    public void The_same_day_tells_the_same_story()
    {
        var story = new DemoStory(Day, 0.05);
        Assert.Equal("ED65371C404FFBEE", Fingerprint(story));
        Assert.NotEqual(Fingerprint(story), Fingerprint(new DemoStory(Day.AddDays(1), 0.05)));
        Assert.Equal(story.Responses.Count, story.Responses.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public void Days_are_as_busy_as_their_season()
    {
        var days = new DemoStory(Day).Responses.CountBy(r => r.Day).ToDictionary();
        Assert.Equal(DemoPlan.Days, days.Count);
        double usual = days.Values.Order().ElementAt(days.Count / 2);
        Assert.InRange(days[new(2025, 11, 11)] / usual, 2, 4);
        Assert.InRange(days[new(2025, 12, 12)] / usual, 2, 4);
        Assert.InRange(days[new(2026, 3, 21)] / usual, 0.3, 0.8);   // Eid in Indonesia and Malaysia
        Assert.True(days.Where(d => d.Key.DayOfWeek == DayOfWeek.Sunday).Average(d => d.Value) > 1.2 * days.Where(d => d.Key.DayOfWeek == DayOfWeek.Tuesday).Average(d => d.Value));
    }

    [Fact]
    public void Customers_are_invented_and_seldom_asked()
    {
        var story = new DemoStory(Day);
        Assert.All(story.People, p => Assert.EndsWith("@mail.example", p.Email, StringComparison.Ordinal));
        Assert.Equal(story.People.Count, story.People.Select(p => p.Email).Distinct().Count());
        Assert.InRange(story.Responses.Select(r => r.Person).OfType<DemoPerson>().CountBy(p => p.Key).Max(p => p.Value), 2, 14);
        var words = story.Responses.SelectMany(r => r.Answers.Values.OfType<string>()).ToList();
        Assert.InRange(words.Count, 6_000, 12_000);
        Assert.True(words.Distinct().Count() > 1_500);
        Assert.DoesNotContain(words, w => w.Contains('{', StringComparison.Ordinal));
        Assert.InRange(DemoFiles.Comments.Themes.Values.SelectMany(t => t.Values).SelectMany(g => g.Values).Sum(s => s.Count), 150, int.MaxValue);
    }

    sealed record Change(string Touchpoint, Comparison Comparison);

    /// <summary>Of each definition at each touchpoint: the usual period of the journey page against the one before.</summary>
    static List<Change> Changes(DemoStory story)
    {
        var answers = from response in story.Responses
                      from question in DemoFiles.Surveys[response.Source.Survey].Questions
                      let touchpoint = question.Touchpoint ?? (question.Journey || question.Stage is not null ? null : response.Source.Touchpoint)
                      where touchpoint is not null && question.ToMetric() is not null && response.Answers.ContainsKey(question.Key)
                      select (Touchpoint: touchpoint, Metric: question.ToMetric()!, response.Day, Value: (int)response.Answers[question.Key]);
        var changes = from at in answers.GroupBy(a => (a.Touchpoint, a.Metric.Key))
                      let metric = at.First().Metric
                      let now = Of(metric, at.Where(a => a.Day >= story.Today.AddDays(-89)).Select(a => a.Value))
                      let before = Of(metric, at.Where(a => a.Day >= story.Today.AddDays(-179) && a.Day < story.Today.AddDays(-89)).Select(a => a.Value))
                      where now.N >= 5
                      select new Change(at.Key.Touchpoint, Comparison.Of(metric, now, before, 0.95));
        return [.. changes];
    }

    static Histogram Of(MetricDefinition metric, IEnumerable<int> values) =>
        new(metric.Min, metric.Max, values.CountBy(v => v).Select(v => KeyValuePair.Create(v.Key, (long)v.Value)));

    static string Fingerprint(DemoStory story)
    {
        var text = new StringBuilder();
        foreach (var response in story.Responses)
            text.Append(response.Id).Append(response.Day.DayNumber).Append(response.Person?.Key).AppendJoin(',', response.Answers.Select(a => $"{a.Key}={a.Value}")).Append('\n');
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
