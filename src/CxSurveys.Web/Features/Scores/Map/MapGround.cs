using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>What every page of scores begins with: the catalogue, the definitions there are, and the days that are meant.</summary>
/// <param name="Newest">The last day with answers, whatever the filters; null when there are none at all.</param>
/// <param name="Moved">True when nobody chose the period and the usual one, up to today, has no answers.</param>
internal sealed record MapGround(
    ScoreCatalog Catalog, IReadOnlyList<MetricDefinition> Definitions, DateOnly? Newest, Period Period, Period Versus, bool Moved)
{
    const int UsualDays = 90;

    /// <summary>The day that "the last days" end with: today, or where the usual period has no answers the newest one's.</summary>
    public required DateOnly LastDay { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>The days a selection means: its own, as far as it names any, else the usual ones.</summary>
    public Period PeriodOf(Selection selection) => PeriodOf(new MapAddress { Selection = selection }, Newest, Today).Period;

    /// <summary>Null when <paramref name="errors"/> says what is wrong with the address.</summary>
    public static async Task<MapGround?> ReadAsync(CxDbContext db, TimeProvider clock, ScoreCatalog catalog, MapAddress address, Errors errors, CancellationToken ct)
    {
        catalog.Check(address.Selection, errors);
        var definitions = catalog.Questions.Where(q => q.MetricKey is not null).Select(q => q.MetricKey!).Distinct()
            .Select(MetricDefinition.Parse).OrderBy(d => d.Kind).ThenBy(d => d.Key, StringComparer.Ordinal).ToList();
        if (address.Definition is { } key && definitions.All(d => d.Key != key)) errors.Add("definition", "No published question has this metric definition.");
        if (errors.Any) return null;

        var newest = (await CellDays.ReadAsync(db, catalog, ct))?.Last;
        var today = TodayOf(clock, catalog);
        var (period, moved) = PeriodOf(address, newest, today);
        return new(catalog, definitions, newest, period, address.Versus ?? period.Before, moved) { Today = today, LastDay = LastOf(newest, today) };
    }

    /// <summary>The address in its one form, with what only a form says (the last N days, a year before) made into days.</summary>
    public MapAddress Canonical(MapAddress address)
    {
        var named = Definitions.FirstOrDefault(d => d.Key == address.Definition);
        var chosen = address.LastDays is null ? address.Selection : address.Selection with { From = Period.From, To = Period.To };
        return address with
        {
            Selection = chosen,
            Definition = named is not null && Definitions.Count(d => d.Kind == named.Kind) > 1 ? named.Key : null,
            Versus = address.AgainstAYearBefore ? Period.AYearBefore : address.Versus,
        };
    }

    static (Period Period, bool Moved) PeriodOf(MapAddress address, DateOnly? newest, DateOnly today)
    {
        var asked = address.Selection;
        if (asked.From is { } from) return (new(from, asked.To ?? Later(from, today)), false);
        if (asked.To is { } to) return (new(Earlier(to, address.LastDays ?? UsualDays), to), false);

        var last = LastOf(newest, today);
        return (Period.Ending(last, address.LastDays ?? UsualDays), last != today);
    }

    static DateOnly LastOf(DateOnly? newest, DateOnly today) => newest < Period.Ending(today, UsualDays).From ? newest!.Value : today;

    // An address may name the first and the last day of the calendar.
    static DateOnly Earlier(DateOnly to, int days) => to.DayNumber < days ? DateOnly.MinValue : to.AddDays(-days);

    static DateOnly Later(DateOnly from, DateOnly today) => from == DateOnly.MaxValue ? from : (today > from ? today : from).AddDays(1);

    static DateOnly TodayOf(TimeProvider clock, ScoreCatalog catalog) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(catalog.Organisation.CellsTimeZone)).DateTime);
}
