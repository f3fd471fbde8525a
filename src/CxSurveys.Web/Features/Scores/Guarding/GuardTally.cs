namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>How many answers, with what tells their group and where they lie on one axis.</summary>
internal sealed record GuardTally(int QuestionId, int PlaceId, DateOnly? Period, string? Segment, string? Value, DateOnly? Week, DateOnly? Month, long Count)
{
    public static GuardTally Of(Tally tally) => new(tally.QuestionId, tally.PlaceId, tally.Period, tally.Segment, null, null, null, tally.Count);

    public Tally Tally => new(QuestionId, PlaceId, Period, Segment, 0, Count, 0);
}
