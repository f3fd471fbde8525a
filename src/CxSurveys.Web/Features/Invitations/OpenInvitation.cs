using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>What somebody who holds an invitation's link is asked, and as whom.</summary>
/// <param name="Id">The invitation's id, which is also its answer's.</param>
/// <param name="Version">The version the person was invited to, with whether the survey is closed now.</param>
/// <param name="SurveyKey">The survey's key.</param>
/// <param name="TouchpointId">The touchpoint asked about, if one was named.</param>
/// <param name="Person">Who was asked.</param>
/// <param name="Attributes">What was known of the person then; the segment of the answer.</param>
/// <param name="AnsweredAt">When the first answer was stored; null = not yet.</param>
public sealed record OpenInvitation(
    Guid Id,
    PublishedVersion Version,
    string SurveyKey,
    int? TouchpointId,
    Person Person,
    IReadOnlyDictionary<string, string> Attributes,
    DateTimeOffset? AnsweredAt);
