namespace CxSurveys.Scoring;

/// <summary>A metric definition that cannot be: names the member at fault and says in plain words what would be right.</summary>
/// <param name="member">See <see cref="Member"/>.</param>
/// <param name="message">A sentence a person can act on.</param>
public sealed class MetricDefinitionException(string member, string message) : ArgumentException(message)
{
    /// <summary>
    /// The member at fault, as the survey API calls it: <c>kind</c>, <c>scale.min</c>, <c>scale.max</c>,
    /// <c>scale.direction</c>, <c>scale.positive</c> or <c>scale.negative</c>.
    /// </summary>
    public string Member { get; } = member;
}
