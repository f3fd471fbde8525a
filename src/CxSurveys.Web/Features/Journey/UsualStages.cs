namespace CxSurveys.Web.Features.Journey;

/// <summary>What a company without a journey is offered as a start: stages of buying and staying, each with the question it answers.</summary>
internal static class UsualStages
{
    public static readonly IReadOnlyList<(string Key, string Name, string KeyQuestion)> All =
    [
        ("awareness", "Awareness", "Do people find us and grasp what we offer?"),
        ("consideration", "Consideration", "Can they choose with confidence?"),
        ("purchase", "Purchase", "Is buying easy, safe and on time?"),
        ("retention", "Retention", "Do we keep our promise after the sale?"),
        ("advocacy", "Advocacy", "Would they speak up for us?"),
    ];
}
