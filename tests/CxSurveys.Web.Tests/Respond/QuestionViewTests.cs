using CxSurveys.Web.Features.Respond;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Tests.Respond;

public sealed class QuestionViewTests
{
    static readonly Dictionary<string, FormError> NoErrors = [];

    static QuestionView View(QuestionDefinition question, string language = "en", string[]? entry = null) =>
        new QuestionViews(Ask.Version(question), CustomerTexts.For(language), language, new PersonalWords("Larkfield Home"))
            .All(Ask.Page(Ask.Version(question)), new Dictionary<string, string[]> { [question.Key] = entry ?? [] }, NoErrors)[0];

    [Theory]
    [InlineData(QuestionKind.Csat, 5, Presentation.Words, Presentation.Words)]
    [InlineData(QuestionKind.Csat, 6, Presentation.Words, Presentation.Numbers)]
    [InlineData(QuestionKind.Csat, 7, Presentation.Faces, Presentation.Faces)]
    [InlineData(QuestionKind.Csat, 10, Presentation.Faces, Presentation.Numbers)]
    [InlineData(QuestionKind.Csat, 10, Presentation.Stars, Presentation.Stars)]
    [InlineData(QuestionKind.Nps, 10, Presentation.Faces, Presentation.Numbers)]
    [InlineData(QuestionKind.Nps, 10, Presentation.Stars, Presentation.Numbers)]
    [InlineData(QuestionKind.Rating, 5, Presentation.Words, Presentation.Numbers)]
    [InlineData(QuestionKind.Rating, 5, Presentation.Stars, Presentation.Stars)]
    public void A_presentation_that_makes_no_sense_is_shown_as_numbers(QuestionKind kind, int max, Presentation asked, Presentation shown) =>
        Assert.Equal(shown, View(Ask.Scale(kind, 1, max, asked)).Presentation);

    [Fact]
    public void Every_star_and_face_has_a_spoken_name_of_its_own()
    {
        foreach (var presentation in new[] { Presentation.Stars, Presentation.Faces })
        {
            var names = View(Ask.Scale(QuestionKind.Csat, 1, 5, presentation), "th").Choices.Select(c => c.Spoken!).ToList();
            Assert.Equal(StandardWording.All["th"].Lists["csat.5"], names);
        }
        Assert.Equal(["1 of 3", "2 of 3", "3 of 3"], View(Ask.Scale(QuestionKind.Rating, 1, 3, Presentation.Stars)).Choices.Select(c => c.Spoken));
    }

    [Fact]
    public void The_ends_of_a_scale_of_numbers_carry_their_labels()
    {
        var choices = View(Ask.Scale(QuestionKind.Nps, 0, 10)).Choices;
        Assert.Equal("0, Not at all likely", choices[0].Spoken);
        Assert.Null(choices[5].Spoken);
        Assert.Equal("10, Extremely likely", choices[10].Spoken);
    }

    [Fact]
    public void Where_less_is_better_the_lowest_face_smiles()
    {
        var lower = View(Ask.Scale(QuestionKind.Ces, 1, 5, Presentation.Faces, ScaleDirection.Lower)).Choices;
        var higher = View(Ask.Scale(QuestionKind.Ces, 1, 5, Presentation.Faces)).Choices;
        Assert.Equal(higher.Select(c => c.Mouth).Reverse(), lower.Select(c => c.Mouth));
    }

    [Fact]
    public void Own_labels_replace_the_standard_words()
    {
        var labels = new EndLabels { Low = new Dictionary<string, string> { ["en"] = "Unacceptable" }, High = new Dictionary<string, string> { ["en"] = "Outstanding" } };
        var view = View(Ask.Scale(QuestionKind.Csat, 1, 5, Presentation.Words) with { Labels = labels });
        Assert.Equal(Presentation.Numbers, view.Presentation);
        Assert.Equal("Outstanding", view.High!.Plain);
    }

    [Fact]
    public void A_missing_translation_falls_back_to_the_survey_s_default_language_and_says_so()
    {
        var view = View(Ask.Scale(QuestionKind.Nps, 0, 10) with { Text = new Dictionary<string, string> { ["en"] = "Would you?" } }, "th");
        Assert.Equal("Would you?", view.Text.Plain);
        Assert.Equal("en", view.LanguageOf(view.Text));
    }

    [Fact]
    public void Without_any_text_the_standard_wording_names_the_company()
    {
        var text = View(Ask.Scale(QuestionKind.Nps, 0, 10), "ar").Text;
        Assert.Equal(("ar", "Larkfield Home", "؟"), (text.Language, text.Pieces.Single(p => p.Merged).Text, text.Pieces[^1].Text));
    }

    [Theory]
    [InlineData("9", "9")]
    [InlineData("0", "0")]
    [InlineData("11", null)]
    [InlineData("x", null)]
    [InlineData(null, null)]
    public void A_score_in_the_address_preselects_the_first_scale(string? score, string? expected)
    {
        var entries = Entries.Preselect(Ask.Version(Ask.Text(), Ask.Scale(QuestionKind.Nps, 0, 10)), score);
        Assert.Equal(expected, entries.GetValueOrDefault("score")?.Single());
    }
}
