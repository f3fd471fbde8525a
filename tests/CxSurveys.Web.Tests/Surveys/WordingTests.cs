using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Respond;

namespace CxSurveys.Web.Tests.Surveys;

public sealed class WordingTests
{
    static readonly StandardWording English = StandardWording.All["en"];

    public static TheoryData<string> Languages => ["en", "id", "ms", "th", "ar"];

    [Theory, MemberData(nameof(Languages))]
    public void Every_language_has_every_wording_of_its_own_with_the_same_place_for_the_company(string language)
    {
        var wording = StandardWording.All[language];
        Assert.Equal(English.Questions.Keys.Order(), wording.Questions.Keys.Order());
        foreach (var (key, text) in wording.Questions)
        {
            Assert.Equal(Regex.Count(English.Questions[key], Regex.Escape(StandardWording.Company)), Regex.Count(text, Regex.Escape(StandardWording.Company)));
            if (language != "en") Assert.NotEqual(English.Questions[key], text);
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_list_of_words_has_a_word_of_its_own_for_each_value(string language)
    {
        Assert.Equal(English.Lists.Keys.Order(), StandardWording.All[language].Lists.Keys.Order());
        foreach (var (key, words) in StandardWording.All[language].Lists)
        {
            Assert.Equal(English.Lists[key].Length, words.Length);
            Assert.Equal(words.Length, words.Distinct().Count());
            Assert.DoesNotContain(words, string.IsNullOrWhiteSpace);
            if (int.TryParse(key.Split('.')[1], out int length)) Assert.Equal(length, words.Length);
        }
    }

    [Theory]
    [InlineData(QuestionKind.Nps, 0, 10, ScaleDirection.Higher, "recommend", "Not at all likely")]
    [InlineData(QuestionKind.Csat, 1, 5, ScaleDirection.Higher, "satisfied", "Very dissatisfied")]
    [InlineData(QuestionKind.Csat, 1, 10, ScaleDirection.Higher, "satisfied", "Very dissatisfied")]
    [InlineData(QuestionKind.Ces, 1, 7, ScaleDirection.Higher, "made it easy", "Strongly disagree")]
    [InlineData(QuestionKind.Ces, 1, 5, ScaleDirection.Higher, "How easy", "Very difficult")]
    [InlineData(QuestionKind.Ces, 1, 5, ScaleDirection.Lower, "How much effort", "Very low effort")]
    public void The_wording_follows_the_kind_and_its_scale(QuestionKind kind, int min, int max, ScaleDirection direction, string part, string low)
    {
        var version = Ask.Version(Ask.Scale(kind, min, max, direction: direction));
        Assert.Contains(part, English.Question(version.Questions[0]), StringComparison.Ordinal);
        Assert.Equal(low, English.Ends(version.Questions[0])!.Value.Low);
    }

    [Theory]
    [InlineData(null, "How likely are you to recommend Larkfield Home to a friend or colleague?", "en")]
    [InlineData("th", "คุณมีแนวโน้มที่จะแนะนำ Larkfield Home ให้เพื่อนหรือเพื่อนร่วมงานมากน้อยเพียงใด", "th")]
    [InlineData("th-TH", "คุณมีแนวโน้มที่จะแนะนำ Larkfield Home ให้เพื่อนหรือเพื่อนร่วมงานมากน้อยเพียงใด", "th")]
    // There are standard wordings in Arabic, but this survey was never shown in it.
    [InlineData("ar", "How likely are you to recommend Larkfield Home to a friend or colleague?", "en")]
    public void A_question_is_told_in_the_language_it_was_asked_in(string? language, string text, string inLanguage)
    {
        var version = Ask.Version(Ask.Scale(QuestionKind.Nps, 0, 10));
        Assert.Equal(new AskedText(text, inLanguage), QuestionWording.Of(version, version.Questions[0], language, "Larkfield Home"));
    }

    [Fact]
    public void A_value_has_its_word_or_that_of_its_end()
    {
        var five = Ask.Version(Ask.Scale(QuestionKind.Csat, 1, 5));
        Assert.Equal("Neutral", QuestionWording.OfValue(five, five.Questions[0], 3, "en")?.Text);
        var ten = Ask.Version(Ask.Scale(QuestionKind.Csat, 1, 10));
        Assert.Null(QuestionWording.OfValue(ten, ten.Questions[0], 3, "en"));
        Assert.Equal("Very satisfied", QuestionWording.OfValue(ten, ten.Questions[0], 10, "en")?.Text);
        var own = Ask.Version(Ask.Scale(QuestionKind.Csat, 1, 5) with { Labels = new EndLabels { Low = new Dictionary<string, string> { ["en"] = "Late" } } });
        Assert.Equal("Late", QuestionWording.OfValue(own, own.Questions[0], 1, "en")?.Text);
        Assert.Null(QuestionWording.OfValue(own, own.Questions[0], 3, "en"));
    }
}
