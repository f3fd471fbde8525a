using CxSurveys.Web.Features.Respond;
using CxSurveys.Web.Features.Surveys;
using Microsoft.Extensions.Primitives;

namespace CxSurveys.Web.Tests.Respond;

public sealed class FormAnswersTests
{
    static FormAnswers Read(QuestionDefinition question, params string[] values) =>
        FormAnswers.Read(Ask.Page(Ask.Version(question)), [new(question.Key, new StringValues(values))], "en");

    [Theory]
    [InlineData("0", 0)]
    [InlineData("10", 10)]
    public void A_value_of_the_scale_is_an_answer(string sent, short expected)
    {
        var read = Read(Ask.Scale(QuestionKind.Nps, 0, 10), sent);
        Assert.Empty(read.Errors);
        Assert.Equal(expected, Assert.Single(read.Answers).Value);
    }

    [Theory]
    [InlineData("11")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("9.0")]
    [InlineData("1e0")]
    [InlineData("09")]
    [InlineData("+9")]
    [InlineData(" 9")]
    [InlineData("9\0")]
    [InlineData("٩")]
    [InlineData("99999999999")]
    public void Anything_else_is_refused_at_its_question(string sent)
    {
        var read = Read(Ask.Scale(QuestionKind.Nps, 0, 10), sent);
        Assert.Equal(FormError.NotOffered, read.Errors["score"]);
        Assert.Empty(read.Answers);
    }

    [Fact]
    public void A_scale_takes_one_value() =>
        Assert.Equal(FormError.NotOffered, Read(Ask.Scale(QuestionKind.Nps, 0, 10), "8", "9").Errors["score"]);

    [Fact]
    public void A_negative_value_may_be_in_the_scale() =>
        Assert.Equal((short)-2, Assert.Single(Read(Ask.Scale(QuestionKind.Rating, -2, 2), "-2").Answers).Value);

    [Fact]
    public void A_form_without_any_answer_is_not_stored() =>
        Assert.Equal(FormError.NothingAnswered, Read(Ask.Scale(QuestionKind.Nps, 0, 10)).Errors["score"]);

    [Fact]
    public void A_required_question_must_be_answered() =>
        Assert.Equal(FormError.Missing, Read(Ask.Scale(QuestionKind.Nps, 0, 10) with { Required = true }, "").Errors["score"]);

    [Fact]
    public void Fields_that_are_no_question_are_ignored()
    {
        var read = FormAnswers.Read(Ask.Page(Ask.Version(Ask.Scale(QuestionKind.Nps, 0, 10))), [new("score", "3"), new("form", "x"), new("extra", "11")], "en");
        Assert.Empty(read.Errors);
        Assert.Single(read.Answers);
    }

    [Fact]
    public void Text_that_cannot_be_stored_is_refused()
    {
        // Not as inline data: a lone surrogate does not survive in an attribute.
        foreach (var sent in new[] { "a\0b", "\uD800", "x\uDC00y" }) Assert.Equal(FormError.Unreadable, Read(Ask.Text(), sent).Errors["why"]);
    }

    [Fact]
    public void Text_is_trimmed_and_keeps_its_lines() => Assert.Equal("ดี\nมาก", Assert.Single(Read(Ask.Text(), "  ดี\r\nมาก \r\n").Answers).Text);

    [Fact]
    public void Blank_text_is_no_answer() => Assert.Equal(FormError.NothingAnswered, Read(Ask.Text(), " \r\n ").Errors["why"]);

    [Fact]
    public void Text_is_counted_in_characters_as_people_see_code_points()
    {
        Assert.Empty(Read(Ask.Text(), string.Concat(Enumerable.Repeat("😀", 4000))).Errors);
        Assert.Equal(FormError.TooLong, Read(Ask.Text(), new string('a', 4001)).Errors["why"]);
    }

    [Fact]
    public void Ticks_are_kept_in_the_order_offered() =>
        Assert.Equal(["web", "phone"], Assert.Single(Read(Ask.Options(QuestionKind.Multi), "phone", "web", "phone").Answers).Options!);

    [Theory]
    [InlineData(QuestionKind.Choice, "web", "shop")]
    [InlineData(QuestionKind.Choice, "WEB")]
    [InlineData(QuestionKind.Multi, "web", "other")]
    public void Options_that_were_not_offered_are_refused(QuestionKind kind, params string[] sent) =>
        Assert.Equal(FormError.NotOffered, Read(Ask.Options(kind), sent).Errors["where"]);
}
