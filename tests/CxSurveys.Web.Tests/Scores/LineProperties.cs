using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>
/// No sequence of edits, publishes, marks, marks taken back, returns to a version and answers puts two definitions, or two lines, into
/// one number. Every answer to version n has the value n, so that a number tells by its counts which versions are in it.
/// </summary>
public sealed class LineProperties(CxApp app) : IClassFixture<CxApp>
{
    const int MostVersions = 30;

    /// <summary>One thing an admin or a customer does.</summary>
    /// <param name="Kind">publish, comparable (publish and mark), again, mark, unmark or answer.</param>
    /// <param name="Words">Which words the draft has, for a publish; which of the versions is meant, else.</param>
    /// <param name="Sets">Which positive set the draft has.</param>
    public sealed record Step(string Kind, int Words, int Sets);

    public static class Steps
    {
        public static Arbitrary<Step> Any() => (
            from kind in Gen.Elements("publish", "publish", "comparable", "again", "mark", "unmark", "answer", "answer", "answer")
            from words in Gen.Choose(0, 4)
            from sets in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(1)))
            select new Step(kind, words, sets)).ToArbitrary();
    }

    // The first two say the same.
    static readonly string[] Texts = ["How was it?", "how was it", "Was it good?", "Did you like it?", "And now?"];
    static readonly string[] Sets = ["[30]", "[29, 30]"];

    readonly HttpClient admin = app.WithKey("admin");

    [Property(Arbitrary = [typeof(Steps)], MaxTest = 15, EndSize = 16, QuietOnSuccess = true)]
    public async Task No_sequence_of_steps_mixes_two_definitions_or_two_lines_in_one_number(Step[] steps)
    {
        await admin.SetAsync(new { minimumN = 1 });
        var told = new Told("s" + Guid.NewGuid().ToString("n")[..16]);
        await PublishAsync(told, new("publish", 0, 0));
        foreach (var step in steps)
        {
            await TakeAsync(told, step);
            if (step.Kind is "mark" or "unmark" or "comparable") await CheckAsync(told, "");
        }
        foreach (var filter in new[] { "", "&by=month", "&by=question", "&counting=customers", "&from=2026-02-01&to=2026-04-01" }) await CheckAsync(told, filter);
    }

    async Task TakeAsync(Told told, Step step)
    {
        var version = told.Versions.ElementAtOrDefault(step.Words % told.Versions.Count)!;
        switch (step.Kind)
        {
            case "publish" or "comparable" when told.Versions.Count < MostVersions:
                await PublishAsync(told, step);
                break;
            case "again" when told.Versions.Count < MostVersions:
                Assert.Equal(told.Publish(version.Text, version.Set), await NumberAsync($"/surveys/{told.Survey}/versions/{version.Number}/publish", ""));
                break;
            case "mark" or "unmark":
                await (await admin.PutTextAsync($"/surveys/{told.Survey}/versions/{version.Number}/comparable", step.Kind == "mark" ? """{ "comparable": ["rate"] }""" : """{ "comparable": [] }""")).ReadOkAsync();
                if (step.Kind == "mark") told.Mark(version);
                else told.Unmark(version);
                break;
            case "answer":
                await admin.ImportAsync([Given.Line(told.Survey, new { rate = told.Versions[^1].Number }, at: $"2026-0{1 + step.Words}-10T09:00:00Z")]);
                told.Versions[^1].Answers++;
                break;
        }
    }

    async Task PublishAsync(Told told, Step step)
    {
        await (await admin.PutTextAsync($"/surveys/{told.Survey}", $$"""
            { "name": "S", "languages": ["en"], "questions": [ { "key": "rate", "kind": "rating", "text": { "en": "{{Texts[step.Words]}}" }, "scale": { "min": 1, "max": 30, "positive": {{Sets[step.Sets]}} } } ] }
            """)).ReadOkAsync();
        var expected = told.Publish(Texts[step.Words], Sets[step.Sets]);
        Assert.Equal(expected, await NumberAsync($"/surveys/{told.Survey}/publish", step.Kind == "comparable" ? """{ "comparable": ["rate"] }""" : "{}"));
        if (step.Kind == "comparable") told.Mark(told.Versions[^1]);
    }

    async Task<int> NumberAsync(string path, string body) => (int)(await (await admin.PostTextAsync(path, body)).ReadOkAsync())["version"]!;

    async Task CheckAsync(Told told, string filter)
    {
        foreach (var lines in new[] { "", "&lines=all" })
        {
            var scores = await admin.ReadAsync($"/scores?kind=rating&survey={told.Survey}&definitions=all{filter}{lines}");
            foreach (var block in scores["definitions"]!.AsArray())
            {
                if (lines.Length > 0) Assert.Null(block!["total"]);
                foreach (var row in block!["rows"]!.AsArray().Append(block["total"]).OfType<JsonObject>()) AssertOne(told, row, block);
                if (!filter.Contains("from", StringComparison.Ordinal)) AssertAll(told, block, lines.Length > 0);
            }
        }
    }

    /// <summary>All answers in the number are to one line.</summary>
    static void AssertOne(Told told, JsonObject row, JsonNode block)
    {
        var counted = VersionsIn(row);
        if (counted.Count == 0) return;
        var line = told.LineOf(counted[0]);
        Assert.All(counted, version => Assert.True(line.Contains(version), $"{told}: version {version.Number} is counted with {counted[0].Number} in {row}"));
        Assert.All(counted, version => Assert.Equal(SetOf(block), version.Set));
        List<Published> VersionsIn(JsonObject number) =>
            [.. number["counts"]!.AsObject().Where(c => (long)c.Value! > 0).Select(c => told.Versions[int.Parse(c.Key, CultureInfo.InvariantCulture) - 1])];
    }

    /// <summary>And all answers to that line are in it; otherLines has the other ones of the definition.</summary>
    static void AssertAll(Told told, JsonNode block, bool byLine)
    {
        var answered = told.Versions.Where(v => v.Set == SetOf(block) && v.Answers > 0).ToList();
        var lines = answered.Select(told.LineOf).DistinctBy(line => line[0].Number).OrderByDescending(line => line[^1].Number).ToList();
        if (lines.Count == 0) return;
        if (!byLine)
        {
            Assert.Equal(lines[0].Sum(v => v.Answers), (int)block["total"]!["n"]!);
            Assert.Equal(lines[0][0].Number.ToString(CultureInfo.InvariantCulture), (string)block["line"]!);
        }
        else
        {
            var line = Assert.Single(lines, l => l[0].Number.ToString(CultureInfo.InvariantCulture) == (string)block["line"]!);
            Assert.Equal(line.Sum(v => v.Answers), block["rows"]!.AsArray().Sum(r => (int)r!["n"]!));
        }
        Assert.Equal(
            lines.Skip(1).Select(line => (string.Join(' ', line.Select(v => v.Number)), line.Sum(v => v.Answers))),
            block["otherLines"]!.AsArray().Select(o => (string.Join(' ', o!["versions"]!.AsArray().Select(v => (int)v!)), (int)o["n"]!)));
    }

    static string SetOf(JsonNode block) => block["definition"]!["positive"]!.AsArray().Count == 1 ? Sets[0] : Sets[1];

    sealed record Published(int Number, string Text, string Set)
    {
        public int Answers { get; set; }
    }

    /// <summary>
    /// What was done, and what follows from it by the rules alone: versions are joined that say the same, that correct what nobody had
    /// answered, or that somebody marked; whatever is connected is a line.
    /// </summary>
    sealed class Told(string survey)
    {
        readonly HashSet<(int, int)> words = [], marks = [];

        public string Survey => survey;
        public List<Published> Versions { get; } = [];

        public int Publish(string text, string set)
        {
            if (Versions is [.., var present] && present.Text == text && present.Set == set) return present.Number;
            var next = new Published(Versions.Count + 1, text, set);
            var before = Versions.Where(v => v.Set == set).ToList();
            // Words that were corrected before anybody answered them are no longer those of their wording.
            var same = before.LastOrDefault(v => Says(Wording(v)[^1].Text) == Says(text));
            if (same is null && before is [.., var last] && Wording(last).TrueForAll(v => v.Answers == 0) && !marks.Any(m => Wording(last).Exists(v => v.Number == m.Item1 || v.Number == m.Item2)))
                same = last;
            if (same is not null) words.Add((same.Number, next.Number));
            Versions.Add(next);
            return next.Number;
        }

        public void Mark(Published version)
        {
            if (Replaced(version) is { } earlier && !LineOf(version).Contains(earlier)) marks.Add((Wording(version)[0].Number, Wording(earlier)[0].Number));
        }

        /// <summary>Takes back the mark without which the two would be apart; of several on the way from one to the other the nearest.</summary>
        public void Unmark(Published version)
        {
            if (Replaced(version) is not { } earlier || !LineOf(version).Contains(earlier)) return;
            var wording = Wording(version)[0].Number;
            marks.Remove(marks.Single(m => (m.Item1 == wording || m.Item2 == wording) && !Connected(version, [.. words, .. marks.Except([m])]).Contains(earlier)));
        }

        /// <summary>The last version before it in other words that somebody answered; else the one before it. Null where its words go on.</summary>
        Published? Replaced(Published version)
        {
            var before = Versions.Where(v => v.Set == version.Set && v.Number < version.Number).ToList();
            var wording = Wording(version);
            if (before.Count == 0 || wording.Contains(before[^1])) return null;
            return before.LastOrDefault(v => !wording.Contains(v) && Wording(v).Exists(w => w.Answers > 0)) ?? before[^1];
        }

        List<Published> Wording(Published version) => Connected(version, words);

        /// <summary>In the order of their numbers.</summary>
        public List<Published> LineOf(Published version) => Connected(version, [.. words, .. marks]);

        List<Published> Connected(Published from, HashSet<(int, int)> edges)
        {
            var reached = new HashSet<int> { from.Number };
            while (edges.Where(e => reached.Contains(e.Item1) != reached.Contains(e.Item2)).ToList() is { Count: > 0 } more)
                foreach (var (one, other) in more) reached.UnionWith([one, other]);
            return [.. Versions.Where(v => reached.Contains(v.Number))];
        }

        static string Says(string text) => new([.. text.Where(char.IsLetter).Select(char.ToLowerInvariant)]);

        public override string ToString() => string.Join(", ", Versions.Select(v => $"{v.Number}:{v.Text}/{v.Set}/{v.Answers}")) + $" marks {string.Join(' ', marks)}";
    }
}
