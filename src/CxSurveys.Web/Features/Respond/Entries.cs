using System.Globalization;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using Microsoft.Extensions.Primitives;

namespace CxSurveys.Web.Features.Respond;

/// <summary>What the fields of a form hold when it is shown: nothing, a score taken from the address, what was sent, or what is stored.</summary>
internal static class Entries
{
    public static IReadOnlyDictionary<string, string[]> Preselect(PublishedVersion version, string? score)
    {
        var first = version.Questions.FirstOrDefault(q => q.Min is not null);
        var fits = first is not null && int.TryParse(score, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= first.Min && value <= first.Max;
        return fits ? new Dictionary<string, string[]> { [first!.Key] = [score!] } : [];
    }

    public static IReadOnlyDictionary<string, string[]> Sent(IEnumerable<KeyValuePair<string, StringValues>> form) =>
        form.ToDictionary(field => field.Key, field => field.Value.OfType<string>().ToArray(), StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, string[]> Stored(PublishedVersion version, IReadOnlyList<NewAnswer> answers)
    {
        var keys = version.Questions.ToDictionary(q => q.Id, q => q.Key);
        var entries = answers.Where(a => keys.ContainsKey(a.QuestionId)).ToDictionary(a => keys[a.QuestionId], a => version.ByKey[keys[a.QuestionId]].Kind == QuestionKind.Consent ? [ContactAnswer.Yes] : Values(a));
        foreach (var answer in answers)
            if (answer.Reach is { } reach && keys.TryGetValue(answer.QuestionId, out string? key)) entries[FormAnswers.ReachField(key)] = [reach];
        return entries;
    }

    static string[] Values(NewAnswer answer) => answer switch
    {
        { Value: { } value } => [value.ToString(CultureInfo.InvariantCulture)],
        { Text: { } text } => [text],
        _ => [.. answer.Options ?? []],
    };
}
