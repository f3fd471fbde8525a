using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Respond;

namespace CxSurveys.Web.Tests.Responses;

public sealed class AnswerQualityTests
{
    [Theory]
    [InlineData(new short[] { 3, 3, 3, 3, 3 }, true)]
    [InlineData(new short[] { 3, 3, 3, 3, 2 }, false)]
    [InlineData(new short[] { 3, 3, 3, 3 }, false)]
    public void Five_scales_alike_answered_alike_are_a_straight_line(short[] values, bool flagged)
    {
        var version = Ask.Version([.. values.Select((_, i) => Ask.Scale(QuestionKind.Csat, 1, 5) with { Key = $"q{i}" })]);
        Assert.Equal(flagged, AnswerQuality.Of(version, [.. values.Select((value, i) => new NewAnswer(version.Questions[i].Id, value))]) == ResponseFlags.StraightLining);
    }

    [Fact]
    public void The_same_number_on_other_scales_is_no_line()
    {
        var version = Ask.Version([.. Enumerable.Range(0, 6).Select(i => Ask.Scale(QuestionKind.Rating, 1, i < 3 ? 5 : 10) with { Key = $"q{i}" })]);
        Assert.Equal(ResponseFlags.None, AnswerQuality.Of(version, [.. version.Questions.Select(q => new NewAnswer(q.Id, 5))]));
    }

    [Theory]
    [InlineData("aaaaaa", true)]
    [InlineData("good good good", true)]
    [InlineData("asdfasdfasdf", true)]
    [InlineData("ดีดีดีดี", true)]
    [InlineData("no", false)]
    [InlineData("good good", false)]
    [InlineData("The courier was kind and quick.", false)]
    public void One_unit_over_and_over_is_a_repeated_text(string text, bool flagged) =>
        Assert.Equal(flagged, AnswerQuality.Of(Ask.Version(Ask.Text()), [new NewAnswer(100, Text: text)]) == ResponseFlags.RepeatedText);

    [Fact]
    public void One_text_for_two_questions_is_repeated_whatever_its_spaces_and_capitals()
    {
        var version = Ask.Version(Ask.Text("a"), Ask.Text("b"));
        Assert.Equal(ResponseFlags.RepeatedText, AnswerQuality.Of(version, [new NewAnswer(100, Text: "All good"), new NewAnswer(101, Text: " all  GOOD")]));
        Assert.Equal(ResponseFlags.None, AnswerQuality.Of(version, [new NewAnswer(100, Text: "ok"), new NewAnswer(101, Text: "ok")]));
    }
}
