using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Responses;

/// <summary>However a form is filled in and changed, what is stored is what the rules, written down here once more by hand, let be asked.</summary>
public sealed class BranchingProperties(CxApp app) : IClassFixture<CxApp>
{
    const string Survey = """
        { "name": "Properties", "languages": ["en"], "questions": [
            { "key": "a", "kind": "nps", "journey": true },
            { "key": "b", "kind": "csat", "journey": true, "showIf": { "question": "a", "in": ["negative", 8] } },
            { "key": "c", "kind": "choice", "text": { "en": "C" }, "options": [ { "key": "x", "text": { "en": "X" } }, { "key": "y", "text": { "en": "Y" } } ], "newPage": true, "showIf": { "any": [ { "question": "b", "in": [1, 2] }, { "question": "a", "in": [10] } ] } },
            { "key": "d", "kind": "ces", "journey": true, "showIf": { "all": [ { "question": "c", "in": ["x"] }, { "segment": "s", "in": ["1"] } ] } },
            { "key": "e", "kind": "text", "text": { "en": "E" }, "showIf": { "question": "d", "in": ["positive"] } } ] }
        """;

    static readonly string[] Keys = ["a", "b", "c", "d", "e"];
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    readonly ResponseIntake intake = app.Services.GetRequiredService<ResponseIntake>();
    readonly ResponseReader reader = app.Services.GetRequiredService<ResponseReader>();

    /// <summary>Which questions a page asked, and what was answered to them: null = left empty.</summary>
    public sealed record Step(bool[] Asked, int? A, int? B, string? C, int? D, string? E)
    {
        public object? Of(string key) => key switch { "a" => A, "b" => B, "c" => C, "d" => D, _ => E };

        public override string ToString() => string.Join(' ', Keys.Where((_, i) => Asked[i]).Select(key => $"{key}={Of(key) ?? "-"}"));
    }

    static Gen<int?> Value(int min, int max) => Gen.Frequency((1, Gen.Constant((int?)null)), (4, Gen.Choose(min, max).Select(v => (int?)v)));

    static readonly Gen<Step> Steps =
        from asked in Gen.ArrayOf(ArbMap.Default.GeneratorFor<bool>(), Keys.Length)
        from a in Value(0, 10)
        from b in Value(1, 5)
        from c in Gen.Elements(null, "x", "y")
        from d in Value(1, 7)
        from e in Gen.Elements(null, "words", "{other|words}")
        select new Step(asked, a, b, c, d, e);

    static readonly Gen<(bool Segment, Step[] Steps)> Sequences =
        from segment in ArbMap.Default.GeneratorFor<bool>()
        from length in Gen.Choose(1, 6)
        from steps in Gen.ArrayOf(Steps, length)
        select (segment, steps);

    [Fact]
    public async Task No_sequence_of_answers_and_changes_stores_what_was_hidden_or_leaves_the_cells_inexact()
    {
        await app.WithKey("admin").PublishAsync("properties", Survey);
        var version = (await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("properties", Ct))!;
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Sequences.ToArbitrary(), sequence => RunAsync(version, sequence.Segment, sequence.Steps).GetAwaiter().GetResult())), Ct);
        Assert.Equal(0, await app.VerifyAsync());
    }

    async Task<bool> RunAsync(PublishedVersion version, bool inSegment, Step[] steps)
    {
        var id = Guid.CreateVersion7();
        var segment = new SegmentKey(inSegment ? new Dictionary<string, string> { ["s"] = "1" } : new Dictionary<string, string>(), null, null);
        var expected = new Dictionary<string, object>();
        for (int i = 0; i < steps.Length; i++)
        {
            var asked = i == 0 ? Keys : Keys.Where((_, k) => steps[i].Asked[k]).ToArray();
            var answers = asked.Where(key => steps[i].Of(key) is not null).Select(key => New(version.ByKey[key], steps[i].Of(key)!)).ToList();
            if (i == 0) await intake.StoreAsync(new NewResponse { Id = id, Version = version, Segment = segment, SubmittedAt = DateTimeOffset.UtcNow, ContextHash = [1], Answers = answers });
            else await intake.ChangeAsync(id, answers, null, Ct, asked.Select(key => version.ByKey[key].Id).ToHashSet());
            foreach (string key in asked)
            {
                if (steps[i].Of(key) is { } answer) expected[key] = answer;
                else if (key is "c" or "e") expected.Remove(key);
            }
            Hide(expected, inSegment);
        }
        var stored = (await reader.FindAsync(id, Ct))!.Answers.ToDictionary(a => version.Questions.Single(q => q.Id == a.QuestionId).Key, a => a.Value is { } value ? (int)value : a.Text ?? (object)a.Options![0]);
        return expected.OrderBy(e => e.Key).SequenceEqual(stored.OrderBy(s => s.Key)) && await app.VerifyAsync() == 0;
    }

    static void Hide(Dictionary<string, object> given, bool inSegment)
    {
        if (!(given.GetValueOrDefault("a") is int a && (a <= 6 || a == 8))) given.Remove("b");
        if (!(given.GetValueOrDefault("b") is int and <= 2 || given.GetValueOrDefault("a") is 10)) given.Remove("c");
        if (!(given.GetValueOrDefault("c") is "x" && inSegment)) given.Remove("d");
        if (!(given.GetValueOrDefault("d") is int and >= 5)) given.Remove("e");
    }

    static NewAnswer New(Question question, object answer) => answer switch
    {
        int value => new NewAnswer(question.Id, (short)value),
        string key when question.Kind == QuestionKind.Choice => new NewAnswer(question.Id, Options: [key]),
        _ => new NewAnswer(question.Id, Text: (string)answer),
    };
}
