using System.Globalization;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Demo;

/// <summary>Words to go with a score; the unhappy write more often, and most leave the field empty.</summary>
internal static class DemoComments
{
    const string Low = "low", Mid = "mid", High = "high", Delivery = "delivery";

    public static void Add(DemoResponse response, bool lately, Dice dice)
    {
        var questions = DemoFiles.Surveys[response.Source.Survey].Questions;
        var asked = questions.First(q => q.ToMetric() is not null && response.Answers.ContainsKey(q.Key));
        string group = Group(asked, (int)response.Answers[asked.Key]);
        if (!dice.Hits(group switch { Low => 0.55, Mid => 0.25, _ => 0.22 })) return;
        response.Answers[questions.First(q => q.Kind == QuestionKind.Text).Key] = Sentence(Theme(response, group, lately, dice), group, response.Language, dice);
    }

    static string Group(QuestionDefinition question, int value) =>
        question.ToMetric() is var metric && metric!.Positive.Contains(value) ? High : metric.Negative.Contains(value) ? Low : Mid;

    // Who was hit by the fall speaks of it also where the whole journey is asked about.
    static string Theme(DemoResponse response, string group, bool lately, Dice dice) =>
        lately && group == Low && response is { Source.Touchpoint: null, Country: DemoPlan.FallenMost } && dice.Hits(0.6) ? Delivery : response.Source.Theme;

    static string Sentence(string theme, string group, string language, Dice dice)
    {
        var bank = DemoFiles.Comments;
        string text = dice.Of(bank.Themes[theme][group][language])
            .Replace("{days}", (2 + dice.Below(6)).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{minutes}", (10 + (5 * dice.Below(8))).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        foreach (var (name, words) in bank.Words[language]) text = text.Replace($"{{{name}}}", dice.Of(words), StringComparison.Ordinal);
        string tail = dice.Hits(0.35) ? " " + dice.Of(bank.Tails[group][language]) : "";
        return char.ToUpperInvariant(text[0]) + text[1..] + tail;
    }
}
