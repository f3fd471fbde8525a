using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Why somebody is not asked, and until when that holds; null where only somebody's act ends it.</summary>
/// <param name="CappedBy">Of a cap: the survey that asked, or goes first.</param>
internal sealed record Refusal(NotSent Why, DateTimeOffset? Until = null, int? CappedBy = null);

/// <summary>Another time the same person was, or will be, asked.</summary>
internal sealed record OtherAsk(int SurveyId, DateTimeOffset At);

/// <summary>The rules by which a person is asked or left alone, in the order in which the first that holds is told.</summary>
internal static class AskRules
{
    /// <summary>What the survey's state forbids; <c>null</c> of a survey that is open.</summary>
    public static Refusal? OfSurvey(PublishedVersion? version) => version switch
    {
        null => new Refusal(NotSent.NotPublished),
        { ClosedAt: not null } => new Refusal(NotSent.SurveyClosed),
        _ => null,
    };

    /// <param name="answeredAt">The person's latest answer to what is to be asked.</param>
    /// <param name="at">When the person would be asked.</param>
    /// <param name="settings">Nobody is asked again within the days of the survey's cap, nor while the answer can still be changed.</param>
    public static Refusal? OfAnswer(DateTimeOffset? answeredAt, DateTimeOffset at, Organisation settings)
    {
        var until = answeredAt?.AddDays(Math.Max(settings.SurveyCapDays, settings.ChangeDays));
        return until > at ? new Refusal(NotSent.AlreadyAnswered, until) : null;
    }

    /// <summary>What the person's address and wishes forbid.</summary>
    /// <param name="suppressed">Addresses that are never written to.</param>
    public static Refusal? OfPerson(Person person, IReadOnlySet<string> suppressed) => person switch
    {
        _ when !TextRules.IsEmail(person.Email) => new Refusal(NotSent.NoAddress),
        _ when suppressed.Contains(person.Email!) => new Refusal(NotSent.Suppressed),
        { OptedOutAt: not null } => new Refusal(NotSent.OptedOut),
        { EmailConsent: false } => new Refusal(NotSent.NoConsent),
        _ => null,
    };

    /// <summary>What the caps forbid, counted from when mails are sent, so that a planned one counts as well as a past one.</summary>
    public static Refusal? OfCaps(IReadOnlyCollection<OtherAsk> others, int surveyId, DateTimeOffset at, Organisation settings)
    {
        var ends = TooClose(others, at, settings.CapDays)
            .Concat(TooClose(others.Where(o => o.SurveyId == surveyId), at, settings.SurveyCapDays))
            .ToList();
        return ends.Count == 0 ? null : ends.MaxBy(end => end.Until);
    }

    static IEnumerable<Refusal> TooClose(IEnumerable<OtherAsk> others, DateTimeOffset at, int days) =>
        others.Where(o => (at - o.At).Duration() < TimeSpan.FromDays(days)).Select(o => new Refusal(NotSent.FrequencyCap, o.At.AddDays(days), o.SurveyId));
}
