using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>One choice of a select.</summary>
public sealed record Choice(string Value, string Text);

/// <summary>Choices under one heading.</summary>
public sealed record ChoiceGroup(string Name, IReadOnlyList<Choice> Choices);

/// <summary>What the form offers for each side.</summary>
public sealed record CompareOptions(IReadOnlyList<ChoiceGroup> Places, IReadOnlyList<ChoiceGroup> Questions, MapOptions Others)
{
    internal static async Task<CompareOptions> ReadAsync(ScoreCatalog catalog, SurveyCatalog surveys, MapOptions others, CancellationToken ct)
    {
        var places = new List<ChoiceGroup> { new("", [new(PlaceOf(null, null, Asked.Touchpoint), "All touchpoints"), new(PlaceOf(null, null, Asked.Journey), "The journey, asked as one")]) };
        foreach (var stage in catalog.Stages)
        {
            var touchpoints = catalog.Touchpoints.Where(t => t.StageId == stage.Id).Select(t => new Choice(PlaceOf(t.Key, null, null), t.Name));
            places.Add(new(stage.Name, [new(PlaceOf(null, stage.Key, null), $"{stage.Name}, touchpoints pooled"), new(PlaceOf(null, stage.Key, Asked.Stage), $"{stage.Name}, asked as one"), .. touchpoints]));
        }
        return new(places, await QuestionsAsync(catalog, surveys, ct), others);
    }

    static async Task<IReadOnlyList<ChoiceGroup>> QuestionsAsync(ScoreCatalog catalog, SurveyCatalog surveys, CancellationToken ct)
    {
        var groups = new List<ChoiceGroup>();
        foreach (var survey in catalog.Questions.Where(q => q.MetricKey is not null).GroupBy(q => q.Survey))
        {
            if (await surveys.NewestAsync(survey.Key, ct) is not { } version) continue;
            var asked = survey.DistinctBy(q => q.Key).Select(q => new Choice(AsksOf(q.Survey, q.Key), WordsOf(q.Key, version, catalog.Organisation.Name)));
            groups.Add(new(version.Definition.Name, [new(AsksOf(survey.Key, null), $"{version.Definition.Name}, all questions"), .. asked]));
        }
        return groups;
    }

    public static string WordsOf(string question, PublishedVersion version, string company) =>
        version.ByKey.TryGetValue(question, out var asked) ? QuestionWording.Of(version, asked, null, company).Text : question;

    public static string PlaceOf(Selection side) => PlaceOf(side.Touchpoint, side.Stage, side.Asked);

    public static string AsksOf(Selection side) => AsksOf(side.Survey, side.Question);

    static string PlaceOf(string? touchpoint, string? stage, Asked? asked) =>
        CompareForm.Join([("touchpoint", touchpoint), ("stage", stage), ("asked", asked is { } word ? Selection.WordOf(word) : null)]);

    static string AsksOf(string? survey, string? question) => CompareForm.Join([("survey", survey), ("question", question)]);

    /// <summary>Fields of the attributes on offer, and of those that the side has a value of without being on offer.</summary>
    public IEnumerable<(string Name, string Label, IReadOnlyList<Choice> Choices)> Attributes(params Selection[] sides) =>
        from name in Others.Attributes.Select(a => a.Name).Concat(sides.SelectMany(s => s.Segment.Keys)).Distinct()
        let attribute = Others.Attributes.FirstOrDefault(a => a.Name == name) ?? new MapOptions.Attribute(name, [])
        select (name, attribute.Label, Offered(attribute.Values, sides.Select(s => s.Segment.GetValueOrDefault(name)), attribute.TextOf));

    public IReadOnlyList<Choice> Languages(params Selection[] sides) => Offered(Others.Languages, sides.Select(s => s.Language), Platform.LanguageTag.EnglishName);

    public IReadOnlyList<Choice> Channels(params Selection[] sides) => Offered(Others.Channels, sides.Select(s => s.Channel), channel => channel);

    static IReadOnlyList<Choice> Offered(IReadOnlyList<string> values, IEnumerable<string?> chosen, Func<string, string> textOf) =>
        [.. values.Union(chosen.OfType<string>(), StringComparer.Ordinal).Select(v => new Choice(v, textOf(v)))];
}
