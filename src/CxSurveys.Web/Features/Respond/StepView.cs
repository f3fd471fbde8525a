using CxSurveys.Web.Features.Respond.Guarding;

namespace CxSurveys.Web.Features.Respond;

/// <summary>Asked for after an answer that came inside a flood: by script it is done in a moment, without by waiting.</summary>
public sealed record StepView(CustomerTexts Texts, string PostTo, ProofOfWork Challenge, string? Problem = null)
{
    /// <summary>The hidden field; capitals are in no question's key.</summary>
    public const string Field = "Confirm";
}
