namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>The scales of an NPS, CSAT or CES question in one select: lowest, highest and direction with colons, nothing = as usual.</summary>
internal static class ScaleChoice
{
    public static IEnumerable<(string Value, string Text)> Of(QuestionForm question)
    {
        (string, string)[] usual = question.Kind switch
        {
            QuestionKind.Nps => [("", "0 to 10, as usual"), ("1:10:", "1 to 10; a number of its own, never added to 0 to 10")],
            QuestionKind.Csat => [("", "1 to 5: very dissatisfied to very satisfied, as usual"), ("1:2:", "1 to 2: dissatisfied, satisfied"), ("1:3:", "1 to 3, neutral between"), ("1:4:", "1 to 4, without a middle"), ("1:7:", "1 to 7, finer steps"), ("1:10:", "1 to 10")],
            _ => [("", "1 to 7: strongly disagree to strongly agree that it was easy, as usual"), ("1:5:", "1 to 5: very difficult to very easy"), ("1:5:lower", "1 to 5: very low to very high effort; low is good")],
        };
        string chosen = Chosen(question);
        return usual.Any(choice => choice.Item1 == chosen) ? usual : [.. usual, (chosen, Words(question))];
    }

    public static string Chosen(QuestionForm question) =>
        question is { Min: "", Max: "", Direction: "" } ? "" : $"{question.Min}:{question.Max}:{question.Direction}";

    /// <summary>The question with the scale that was chosen; under another kind than before, with that kind's own.</summary>
    public static QuestionForm Put(QuestionForm question, string chosen, string kindWas)
    {
        if (kindWas.Length > 0 && kindWas != Wire.Name(question.Kind)) return question with { Positive = "", Negative = "" };
        return chosen.Split(':') is [var min, var max, var direction] ? question with { Min = min, Max = max, Direction = direction } : question;
    }

    static string Words(QuestionForm question) => $"{question.Min} to {question.Max}{(question.Direction.Length == 0 ? "" : question.Direction == "lower" ? "; low is good" : "; high is good")}";
}
