using System.Reflection;
using System.Text.Json;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>A survey that comes ready, with its words in every language that ships. A template is a file in <c>Templates</c>; no code knows which there are.</summary>
public sealed record SurveyTemplate
{
    /// <summary>Among the templates, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>For admins, by language.</summary>
    public required IReadOnlyDictionary<string, string> Name { get; init; }

    /// <summary>What it finds out, and when to ask it, by language.</summary>
    public required IReadOnlyDictionary<string, string> About { get; init; }

    public required SurveyDefinition Survey { get; init; }
}

/// <summary>The ready surveys, and drafts made of them.</summary>
internal static class SurveyTemplates
{
    const string ResourcePrefix = "Surveys.Templates.";

    /// <summary>By key, in their order.</summary>
    public static IReadOnlyDictionary<string, SurveyTemplate> All { get; } = Load();

    /// <summary>The template's survey in some languages, with its questions at places that the journey has.</summary>
    public static SurveyDefinition Draft(SurveyTemplate template, IReadOnlyList<string> languages, JourneyCatalog.Snapshot journey) => template.Survey with
    {
        Languages = languages,
        Questions = [.. template.Survey.Questions.Select(question => Placed(question, journey))],
    };

    /// <summary>One score about a touchpoint, by the metric that suits it, its main reason, and an offer to those who are not content.</summary>
    public static SurveyDefinition About(Touchpoint touchpoint, IReadOnlyList<string> languages)
    {
        var kind = TouchpointCatalogue.MetricOf(touchpoint.Key) switch { CatalogueMetric.Nps => QuestionKind.Nps, CatalogueMetric.Ces => QuestionKind.Ces, _ => QuestionKind.Csat };
        var score = new QuestionDefinition { Key = "score", Kind = kind, Touchpoint = touchpoint.Key, Required = true };
        return new SurveyDefinition { Name = touchpoint.Name, Languages = languages, Questions = [score, StandardFollowUp.ReasonOf(score), StandardFollowUp.Contact(score)] };
    }

    /// <summary>One question, to begin with.</summary>
    public static SurveyDefinition Blank(IReadOnlyList<string> languages) =>
        new() { Name = "New survey", Languages = languages, Questions = [new QuestionDefinition { Key = "nps", Kind = QuestionKind.Nps }] };

    // A company that has no such touchpoint asks about the stage it would be in; one without that stage leaves it to the answer.
    static QuestionDefinition Placed(QuestionDefinition question, JourneyCatalog.Snapshot journey)
    {
        if (question.Touchpoint is { } touchpoint && !(journey.Touchpoints.TryGetValue(touchpoint, out var known) && !known.Retired))
            question = question with { Touchpoint = null, Stage = TouchpointCatalogue.StageOf(touchpoint) };
        return question.Stage is { } stage && !(journey.Stages.TryGetValue(stage, out var there) && !there.Retired) ? question with { Stage = null } : question;
    }

    static Dictionary<string, SurveyTemplate> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(name => (Key: name[ResourcePrefix.Length..], Template: Read(assembly, name)))
            .OrderBy(t => t.Template.Position).ToDictionary(t => t.Key, t => t.Template, StringComparer.Ordinal);
    }

    static SurveyTemplate Read(Assembly assembly, string name)
    {
        using var file = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<SurveyTemplate>(file, JsonBody.Strict)!;
    }
}
