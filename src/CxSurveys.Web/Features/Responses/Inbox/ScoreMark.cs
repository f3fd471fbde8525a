using System.Globalization;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>Which part of the scale an answer is in. None where the question has no such parts.</summary>
public enum Tone { None, Low, Middle, High }

/// <summary>One value of a scale, with its scale and what it means for the score.</summary>
/// <param name="About">Where the question was asked, or its kind.</param>
public sealed record ScoreMark(string Text, Tone Tone, string Word, string About)
{
    public string Class => Tone switch { Tone.Low => "low", Tone.High => "high", _ => "mid" };

    internal static ScoreMark Of(Question question, int value, string about)
    {
        var tone = ToneOf(question, value);
        return new ScoreMark(OnScale(question, value), tone, WordOf(question.Kind, tone), about);
    }

    /// <summary>The sets of the definition decide, so that a list and a score agree also where low is good.</summary>
    internal static Tone ToneOf(Question question, int value)
    {
        if (question.Positive!.Contains(value)) return Tone.High;
        if (question.Negative!.Contains(value)) return Tone.Low;
        return question.Positive!.Length + question.Negative!.Length == 0 ? Tone.None : Tone.Middle;
    }

    internal static string WordOf(QuestionKind kind, Tone tone) => (kind, tone) switch
    {
        (_, Tone.None) => "",
        (QuestionKind.Nps, Tone.Low) => "detractor",
        (QuestionKind.Nps, Tone.High) => "promoter",
        (QuestionKind.Nps, _) => "passive",
        (QuestionKind.Csat, Tone.Low) => "dissatisfied",
        (QuestionKind.Csat, Tone.High) => "satisfied",
        (QuestionKind.Ces, Tone.Low) => "hard",
        (QuestionKind.Ces, Tone.High) => "easy",
        (QuestionKind.Rating, Tone.Low) => "poor",
        (QuestionKind.Rating, Tone.High) => "good",
        _ => "neutral",
    };

    static string OnScale(Question question, int value) => question.Min < 0
        ? $"{Signed(value)} of {Signed(question.Min.Value)} to {Signed(question.Max!.Value)}"
        : $"{Signed(value)} of {Signed(question.Max!.Value)}";

    internal static string Signed(int value) => value.ToString(CultureInfo.InvariantCulture).Replace('-', '−');
}
