using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Respond;

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
        foreach (var key in English.Keys)
        {
            Assert.False(string.IsNullOrWhiteSpace(texts[key]), key);
            Assert.Equal(Places(English[key]), Places(texts[key]));
        }
    }

    [Theory]
    [InlineData("id")]
    [InlineData("ms")]
    [InlineData("th")]
    [InlineData("ar")]
    public void No_sentence_was_left_in_English(string language) =>
        Assert.DoesNotContain(English.Keys.Where(key => English[key].Contains(' ') && !key.StartsWith("date", StringComparison.Ordinal)), key => CustomerTexts.All[language][key] == English[key]);

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

    static string Places(string text) => string.Join(' ', Place().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
