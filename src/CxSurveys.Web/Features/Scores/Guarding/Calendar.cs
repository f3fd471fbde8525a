namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>Whole weeks and months, and the pieces they cut each other into.</summary>
internal static class Calendar
{
    public static bool IsWeek(Selection days) => days is { From: { } from, To: { } to } && from.DayOfWeek == DayOfWeek.Monday && to.DayNumber == from.DayNumber + 7;

    public static bool IsMonth(Selection days) => days is { From: { Day: 1 } from, To: { } to } && from < DateOnly.MaxValue.AddMonths(-1) && to == from.AddMonths(1);

    /// <summary>The first day of the month that has all of a window and more; else null.</summary>
    public static DateOnly? MonthAround(Selection days) =>
        days is { From: { } from, To: { } to } && from < to && !IsMonth(days) && to.AddDays(-1) is var last && (last.Year, last.Month) == (from.Year, from.Month)
            ? new DateOnly(from.Year, from.Month, 1)
            : null;

    /// <summary>Whether the selection has the whole piece of the calendar that a tally counts.</summary>
    public static bool Has(Selection days, GuardTally piece)
    {
        var (first, end) = Days(piece);
        return !(first < days.From) && !(end > days.To);
    }

    /// <summary>Whether the selection has some of the piece and leaves out some.</summary>
    public static bool Cuts(Selection days, GuardTally piece)
    {
        var (first, end) = Days(piece);
        return !Has(days, piece) && !(end <= days.From) && !(first >= days.To);
    }

    static (DateOnly First, DateOnly End) Days(GuardTally piece)
    {
        var (week, month) = (piece.Week!.Value, piece.Month!.Value);
        var (weekEnd, monthEnd) = (week.AddDays(7), month.AddMonths(1));
        return (week > month ? week : month, weekEnd < monthEnd ? weekEnd : monthEnd);
    }
}
