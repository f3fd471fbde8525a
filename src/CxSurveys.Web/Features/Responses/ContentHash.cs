using System.Globalization;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Responses;

/// <summary>The fingerprints by which the same content is known again, member order aside.</summary>
internal static class ContentHash
{
    public static byte[] OfContext(PostedResponse posted)
    {
        var text = new Fingerprint(stackalloc byte[Fingerprint.Usual]);
        Append(ref text, posted.Survey, posted.Touchpoint, posted.Customer?.Id, posted.Customer?.Email, posted.Customer?.Name, posted.Customer?.Language,
            posted.SubmittedInstant()?.UtcTicks.ToString(CultureInfo.InvariantCulture), posted.Language, posted.Channel);
        if (posted.Segment is { Count: > 0 } segment)
            foreach (string name in Ordered([.. segment.Keys])) Append(ref text, name, segment[name]);
        return text.Sha256().ToArray();
    }

    /// <summary>Over question keys, not ids: the same answers to another version of the survey are the same content.</summary>
    public static byte[] OfAnswers(PublishedVersion version, IReadOnlyList<NewAnswer> answers)
    {
        var keys = new string[answers.Count];
        var sorted = new NewAnswer[answers.Count];
        for (int i = 0; i < keys.Length; i++) (keys[i], sorted[i]) = (version.ById[answers[i].QuestionId].Key, answers[i]);
        Array.Sort(keys, sorted, StringComparer.Ordinal);

        var text = new Fingerprint(stackalloc byte[Fingerprint.Usual]);
        for (int i = 0; i < keys.Length; i++)
        {
            Append(ref text, keys[i], sorted[i].Value?.ToString(CultureInfo.InvariantCulture), sorted[i].Text);
            // In which language it was agreed to is not the sender's to say.
            if (sorted[i].Options is { } options) Append(ref text, version.ById[sorted[i].QuestionId].Kind == QuestionKind.Consent ? ["true"] : [.. options]);
            if (sorted[i].Reach is { } reach) Append(ref text, reach);
        }
        return text.Sha256().ToArray();
    }

    static string[] Ordered(string[] names)
    {
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    // Length before content: no two lists of texts are written alike.
    static void Append(ref Fingerprint text, params ReadOnlySpan<string?> parts)
    {
        foreach (string? part in parts)
        {
            if (part is null) text.Add((byte)'-');
            else
            {
                text.AddDecimal(part.Length);
                text.Add((byte)':');
                text.AddText(part);
            }
            text.Add((byte)';');
        }
        text.Add((byte)'|');
    }
}
