using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>What the form of the list offers.</summary>
internal sealed class OptionsReader(CxDbContext db, SurveyCatalog surveys)
{
    const int LongestWording = 70;

    public async Task<InboxOptions> ReadAsync(ScoreCatalog catalog, InboxAddress address, CancellationToken ct)
    {
        var newest = await NewestAsync(catalog, ct);
        var offered = newest.Where(v => address["survey"] is not { } survey || v.SurveyKey == survey)
            .SelectMany(v => v.Questions.Where(q => q.Kind != QuestionKind.Statement).Select(q => (Version: v, Question: q))).DistinctBy(q => q.Question.Key).ToList();
        var chosen = offered.Find(q => q.Question.Key == address["question"]);
        return new InboxOptions
        {
            Surveys = [.. newest.Select(v => new Choice(v.SurveyKey, v.Definition.Name))],
            Questions = [.. offered.Select(q => new Choice(q.Question.Key, Short(QuestionWording.Of(q.Version, q.Question, null, catalog.Organisation.Name).Text)))],
            Scores = chosen.Question is null ? [] : [.. Scores(chosen.Version, chosen.Question)],
            Touchpoints = [.. catalog.Touchpoints.Select(t => new Choice(t.Key, t.Retired ? t.Name + ", retired" : t.Name))],
            Stages = [.. catalog.Stages.Select(s => new Choice(s.Key, s.Retired ? s.Name + ", retired" : s.Name))],
            Segments = await MapOptions.ReadAsync(db, ct),
        };
    }

    async Task<List<PublishedVersion>> NewestAsync(ScoreCatalog catalog, CancellationToken ct)
    {
        var newest = new List<PublishedVersion>();
        foreach (var key in catalog.Surveys.Order(StringComparer.Ordinal))
            if (await surveys.NewestAsync(key, ct) is { } version) newest.Add(version);
        return newest;
    }

    /// <summary>The parts of the scale, then each value; of a choice its options.</summary>
    static IEnumerable<Choice> Scores(PublishedVersion version, Question question)
    {
        if (question is not { Min: { } min, Max: { } max })
            return (version.Definition.Questions[question.Position].Options ?? []).Select(o => new Choice(o.Key, Short(QuestionWording.OfOption(version, question, o.Key, null).Text)));
        var values = Enumerable.Range(min, max - min + 1).ToList();
        var tones = values.GroupBy(value => ScoreMark.ToneOf(question, value)).Where(tone => tone.Key != Tone.None && tone.Count() > 1)
            .Select(tone => new Choice(Joined(tone, ","), $"{Range([.. tone])}, {ScoreMark.WordOf(question.Kind, tone.Key)}"));
        return tones.Concat(values.Select(value => new Choice(value.ToString(CultureInfo.InvariantCulture), ScoreMark.Signed(value))));
    }

    static string Range(List<int> values) => values[^1] - values[0] == values.Count - 1 && values.Count > 2
        ? $"{ScoreMark.Signed(values[0])} to {ScoreMark.Signed(values[^1])}"
        : string.Join(" and ", values.Select(ScoreMark.Signed));

    static string Joined(IEnumerable<int> values, string between) => string.Join(between, values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    static string Short(string text) => text.Length <= LongestWording ? text : text[..(char.IsLowSurrogate(text[LongestWording]) ? LongestWording - 1 : LongestWording)].TrimEnd() + " …";
}
