namespace CxSurveys.Web.Tests.Respond;

/// <summary>Stands still at an instant, or runs with the machine's clock, until it is moved.</summary>
public sealed class MovableClock(DateTimeOffset? start = null) : TimeProvider
{
    TimeSpan moved;

    public override DateTimeOffset GetUtcNow() => (start ?? base.GetUtcNow()) + moved;

    public void Advance(TimeSpan by) => moved += by;
}
