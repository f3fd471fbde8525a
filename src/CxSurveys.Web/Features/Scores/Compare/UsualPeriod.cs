using System.Globalization;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>Periods that people ask for by a word. The form sends the word; the address has the days.</summary>
internal static class UsualPeriod
{
    /// <summary>Of B: the days just before those of A, or the same days a year earlier.</summary>
    public const string Before = "before", AYearBefore = "year";

    /// <param name="newest">How the last days are called: of answers that ended long ago they are the newest ones.</param>
    public static IReadOnlyList<(string Word, string Text)> All(string newest) =>
    [
        ("month", "This month"), ("month-1", "The month before"), ("quarter", "This quarter"), ("quarter-1", "The quarter before"),
        ("30", $"{newest} 30 days"), ("90", $"{newest} 90 days"), ("365", $"{newest} 365 days"),
    ];

    /// <param name="word">One of the above, or a number of days.</param>
    /// <param name="last">The day that "last" and "this" go by.</param>
    /// <param name="a">The period of A.</param>
    /// <returns>Null for a word that nobody knows.</returns>
    public static Period? Of(string word, DateOnly last, Period? a) => word switch
    {
        "month" => Months(last, 1, 0),
        "month-1" => Months(last, 1, -1),
        "quarter" => Months(last, MonthsOfAQuarter, 0),
        "quarter-1" => Months(last, MonthsOfAQuarter, -MonthsOfAQuarter),
        Before => a?.Before,
        AYearBefore => a?.AYearBefore,
        _ when int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 3660 => Period.Ending(last, days),
        _ => null,
    };

    const int MonthsOfAQuarter = 3;

    static Period Months(DateOnly day, int count, int moved)
    {
        var first = new DateOnly(day.Year, ((day.Month - 1) / count * count) + 1, 1).AddMonths(moved);
        return new(first, first.AddMonths(count));
    }
}
