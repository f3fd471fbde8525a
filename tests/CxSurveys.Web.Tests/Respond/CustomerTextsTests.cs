using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Respond;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Tests.Respond;

public sealed partial class CustomerTextsTests
{
    static readonly CustomerTexts English = CustomerTexts.All["en"];

    public static TheoryData<string> Languages => ["en", "id", "ms", "th", "ar"];

    [Theory, MemberData(nameof(Languages))]
    public void Every_text_is_there_with_the_same_places_to_fill_in(string language)
    {
        var texts = CustomerTexts.All[language];
        Assert.Equal(English.Keys.Order(), texts.Keys.Order());
        foreach (var key in English.Keys.Except(English.Lists.Keys))
        {
            Assert.False(string.IsNullOrWhiteSpace(texts[key]), key);
            Assert.Equal(Places(English[key]), Places(texts[key]));
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_list_of_words_has_a_word_of_its_own_for_each_value(string language)
    {
        foreach (var (key, words) in CustomerTexts.All[language].Lists)
        {
            Assert.Equal(English.Lists[key].Length, words.Length);
            Assert.Equal(words.Length, words.Distinct().Count());
            Assert.DoesNotContain(words, string.IsNullOrWhiteSpace);
            if (int.TryParse(key.Split('.')[1], out int length)) Assert.Equal(length, words.Length);
        }
    }

    [Theory]
    [InlineData("id")]
    [InlineData("ms")]
    [InlineData("th")]
    [InlineData("ar")]
    public void No_sentence_was_left_in_English(string language) =>
        Assert.DoesNotContain(English.Keys.Except(English.Lists.Keys).Where(key => English[key].Contains(' ') && !key.StartsWith("date", StringComparison.Ordinal)), key => CustomerTexts.All[language][key] == English[key]);

    [Theory]
    [InlineData("en", "6 December 2026, 14:02")]
    [InlineData("id", "6 Desember 2026 pukul 14.02")]
    [InlineData("th", "6 ธันวาคม 2569 เวลา 14:02 น.")]
    [InlineData("ar", "6 ديسمبر 2026، الساعة 14:02")]
    public void Dates_are_written_as_readers_of_the_language_write_them(string language, string expected) =>
        Assert.Equal(expected, CustomerTexts.All[language].DateAndTime(new DateTimeOffset(2026, 12, 6, 14, 2, 0, TimeSpan.Zero)));

    [Fact]
    public void A_regional_tag_speaks_its_language_and_an_unknown_one_English()
    {
        Assert.Equal("th", CustomerTexts.For("th-TH").Language);
        Assert.Equal("en", CustomerTexts.For("xx").Language);
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
        Assert.Contains(part, StandardWording.Question(version.Questions[0], English), StringComparison.Ordinal);
        Assert.Equal(low, StandardWording.Ends(version.Questions[0], English)!.Value.Low);
    }

    static string Places(string text) => string.Join(' ', Place().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
