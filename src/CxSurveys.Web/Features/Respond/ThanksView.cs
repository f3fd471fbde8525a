using CxSurveys.Web.Features.Branding;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Responses.Inbox;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>The company's own words after an answer, and where they lead.</summary>
public sealed record ThanksView(AskedText? Text, string? Link, AskedText? LinkText)
{
    /// <summary>Of the group that the first answered scale belongs to; null where nobody wrote any.</summary>
    internal static ThanksView? Of(ThanksTexts? thanks, PublishedVersion version, IReadOnlyList<NewAnswer> answers, string language)
    {
        if (thanks is null) return null;
        var first = (from question in version.Questions where question.Min is not null from answer in answers where answer.QuestionId == question.Id && answer.Value is not null select (question, answer.Value!.Value)).FirstOrDefault();
        if (first.question is null) return null;
        var group = ScoreMark.ToneOf(first.question, first.Value) switch { Tone.Low => thanks.Low, Tone.High => thanks.High, _ => thanks.Middle };
        var text = QuestionWording.Pick(group.Text, version.Definition, language);
        var link = thanks.LinkOf(group);
        return text is null && link is null ? null : new ThanksView(text, link, link is null ? null : QuestionWording.Pick(group.LinkText, version.Definition, language) ?? new AskedText(link, language));
    }
}
