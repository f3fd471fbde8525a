namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>How many answers, and of them such of a known customer, with what tells their group and where they lie on one axis.</summary>
internal sealed record GuardTally(int QuestionId, int PlaceId, DateOnly? Period, string? Segment, string? Value, DateOnly? Week, DateOnly? Month, long Count, long Named)
{
    public static GuardTally Of(Tally tally) => new(tally.QuestionId, tally.PlaceId, tally.Period, tally.Segment, null, null, null, tally.Count, tally.Count - tally.Anonymous);

    public Tally Tally => new(QuestionId, PlaceId, Period, Segment, 0, Count, Count - Named);
}
