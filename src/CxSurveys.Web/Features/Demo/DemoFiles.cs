using System.Text.Json;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Demo;

/// <summary>The written part of the demo company, from <c>Data/*.json</c>: journey and surveys as the API takes them, names, comments.</summary>
internal static class DemoFiles
{
    public sealed record Names(IReadOnlyList<string> First, IReadOnlyList<string> Last);

    /// <param name="Words">For each language what stands for <c>{item}</c> and <c>{city}</c>.</param>
    /// <param name="Tails">What some add, by group and language.</param>
    /// <param name="Themes">Sentences by theme, group (low, mid, high) and language.</param>
    public sealed record CommentBank(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> Words,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> Tails,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>> Themes);

    public static JourneyDefinition Journey { get; } = Read<JourneyDefinition>("journey");

    /// <summary>By key, in the order of the file.</summary>
    public static IReadOnlyDictionary<string, SurveyDefinition> Surveys { get; } = Read<Dictionary<string, SurveyDefinition>>("surveys");

    public static IReadOnlyDictionary<string, Names> People { get; } = Read<Dictionary<string, Names>>("names");

    public static CommentBank Comments { get; } = Read<CommentBank>("comments");

    static T Read<T>(string name)
    {
        using var file = typeof(DemoFiles).Assembly.GetManifestResourceStream($"Demo.Data.{name}")!;
        return JsonSerializer.Deserialize<T>(file, JsonBody.Strict)!;
    }
}
