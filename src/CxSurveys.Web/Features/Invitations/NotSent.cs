namespace CxSurveys.Web.Features.Invitations;

/// <summary>Why a person was not asked. When several hold, the first in this order is told. The names are the API's codes.</summary>
public enum NotSent : short
{
    NotPublished = 1,
    SurveyClosed = 2,
    AlreadyAnswered = 3,
    NoAddress = 4,
    Bounced = 5,
    Suppressed = 6,
    OptedOut = 7,
    NoConsent = 8,
    FrequencyCap = 9,
    SampledOut = 10,

    /// <summary>Its moment had passed by more days than the rule allows.</summary>
    TooLate = 11,

    /// <summary>Another event called it off, such as a return of the order.</summary>
    CalledOff = 12,

    /// <summary>The rule was switched off while it waited.</summary>
    RuleOff = 13,
}
