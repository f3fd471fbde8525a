using System.Globalization;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Which questions of its version a response was shown: its answers, segment, language and channel decide, and nobody else.</summary>
internal static class ShownQuestions
{
    static readonly HashSet<string> None = [];

    /// <summary>By position in the version.</summary>
    public static bool[] Of(PublishedVersion version, IReadOnlyList<NewAnswer> answers, SegmentKey segment) => !version.Branches
        ? version.AllShown
        : new Branching(version, Circumstances(segment)).Shown(question => Tokens(question, Find(answers, question.Id)));

    public static Circumstances Circumstances(SegmentKey segment) => new(segment.Attributes, segment.Language, segment.Channel);

    /// <summary>An answer as rules see it; empty without one.</summary>
    public static IReadOnlySet<string> Tokens(Question question, NewAnswer? answer) => answer switch
    {
        { Value: { } value and > ScaleValue.NotShown } => Tokens(question, value),
        { Options: { } options } when question.Kind == QuestionKind.Consent => new HashSet<string> { options.Count > 0 ? "true" : "false" },
        { Options: [var said, ..] } when question.Kind == QuestionKind.Contact => new HashSet<string> { said == ContactAnswer.Yes ? "true" : "false" },
        { Options: { } options } => options.ToHashSet(StringComparer.Ordinal),
        _ => None,
    };

    static HashSet<string> Tokens(Question question, short value)
    {
        string number = value.ToString(CultureInfo.InvariantCulture);
        return ScoreGroups.Of(question, value) is { } group ? [number, group] : [number];
    }

    public static NewAnswer? Find(IReadOnlyList<NewAnswer> answers, int question)
    {
        foreach (var answer in answers)
            if (answer.QuestionId == question) return answer;
        return null;
    }
}

/// <summary>What a contact request is answered with: yes or no, and how to reach the person, which is kept apart from all texts.</summary>
internal static class ContactAnswer
{
    public const string Yes = "yes", No = "no";
    public const string Message = "A phone number or an email address.";
    const int FewestDigits = 5, MostDigits = 20;

    public static bool IsReach(string text) => Platform.TextRules.IsEmail(text) || IsPhone(text);

    // Digits of any script: they are dialled by people.
    static bool IsPhone(string text) =>
        text.All(c => char.IsDigit(c) || "+()-./ ".Contains(c, StringComparison.Ordinal)) && text.Count(char.IsDigit) is >= FewestDigits and <= MostDigits;
}
