using System.Data;
using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>What the page has when there is nothing to score yet.</summary>
public sealed record MapStart(string Organisation, string TimeZone, bool HasJourney, bool HasSurvey);

/// <summary>Reads the journey page from one snapshot; how many statements that takes does not depend on the journey's size.</summary>
public sealed class MapQueries(CxDbContext db, TimeProvider clock)
{
    const int UsualDays = 90;

    sealed record NewestDay(DateOnly Day);

    /// <summary>
    /// The map, or what is missing before there can be one; an address the form made comes back as the one to go to.
    /// All null when <paramref name="errors"/> says what is wrong with the address.
    /// </summary>
    public async Task<(MapView? View, MapStart? Start, MapAddress? GoTo)> ReadAsync(MapAddress address, Errors errors, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var catalog = await ScoreCatalog.ReadAsync(db, ct);
        var asked = catalog.Questions.Any(q => q.MetricKey is not null);
        if (catalog.Stages.Count == 0 || !asked)
            return (null, new(catalog.Organisation.Name, catalog.Organisation.CellsTimeZone, catalog.Stages.Count > 0, asked), null);

        catalog.Check(address.Selection, errors);
        var definitions = catalog.Questions.Where(q => q.MetricKey is not null).Select(q => q.MetricKey!).Distinct().Select(MetricDefinition.Parse).OrderBy(d => d.Kind).ThenBy(d => d.Key, StringComparer.Ordinal).ToList();
        if (address.Definition is { } key && definitions.All(d => d.Key != key)) errors.Add("definition", "No published question has this metric definition.");
        if (errors.Any) return default;

        var newest = await NewestDayAsync(catalog, ct);
        var today = Today(catalog);
        var (period, moved) = PeriodOf(address, newest, today);
        if (address.NeedsRedirect) return (null, null, Canonical(address, definitions, period));
        return (await ViewAsync(address, catalog, definitions, period, moved, newest, ct), null, null);
    }

    async Task<MapView> ViewAsync(MapAddress address, ScoreCatalog catalog, List<MetricDefinition> definitions, Period period, bool moved, DateOnly? newest, CancellationToken ct)
    {
        var versus = address.Versus ?? period.Before;
        var selection = address.Selection with { Kind = null };
        var now = await MapTallies.ReadAsync(db, catalog, selection with { From = period.From, To = period.To }, address.Counting, ct);
        var before = await MapTallies.ReadAsync(db, catalog, selection with { From = versus.From, To = versus.To }, address.Counting, ct);
        var definition = Chosen(address, definitions, now);
        var builder = new MapBuilder(catalog, definition, now, before);
        var stages = builder.Stages();
        var own = builder.Own(definition);
        return new MapView
        {
            Organisation = catalog.Organisation.Name,
            TimeZone = catalog.Organisation.CellsTimeZone,
            MinimumN = catalog.Organisation.MinimumN,
            Definition = definition,
            Definitions = definitions,
            Period = period,
            Versus = versus,
            NewestDay = newest,
            Moved = moved,
            Stages = stages,
            Touchpoints = builder.Touchpoints,
            TouchpointsChange = builder.TouchpointsChange,
            Journey = own,
            Gap = MapBuilder.Gap(own, builder.Touchpoints),
            Asked = [.. AskedOfAll(definitions, now).Select(d => new WholeJourney(TitleOf(d), builder.Own(d), builder.OwnChange(d)))],
            Axis = Axis.For(definition, stages.SelectMany(s => s.Cards.Where(c => c.Pooled).Select(c => c.Figure).Append(s.Pooled).Append(s.Asked)).Append(builder.Touchpoints).Append(own).OfType<Figure>()),
            Options = await MapOptions.ReadAsync(db, ct),
        };
    }

    /// <summary>The one asked for; else of its kind, or of all, the one with the most answers at touchpoints; without answers, with the most questions.</summary>
    static MetricDefinition Chosen(MapAddress address, List<MetricDefinition> definitions, MapTallies now) =>
        definitions.Find(d => d.Key == address.Definition)
        ?? definitions.Where(d => address.Selection.Kind is not { } kind || d.Kind == kind.Metric())
            .DefaultIfEmpty(definitions[0])
            .MaxBy(d => (now.N(d, PlaceKind.Touchpoint), now.N(d, null), now.Catalog.Questions.Count(q => q.Newest && q.MetricKey == d.Key)))!;

    /// <summary>NPS, CSAT and CES asked about the whole journey; of each kind the definition with the most answers.</summary>
    static IEnumerable<MetricDefinition> AskedOfAll(List<MetricDefinition> definitions, MapTallies now) =>
        definitions.Where(d => d.Kind != MetricKind.Rating && now.N(d, PlaceKind.Journey) > 0).GroupBy(d => d.Kind).Select(d => d.MaxBy(m => now.N(m, PlaceKind.Journey))!);

    static string TitleOf(MetricDefinition definition) => definition.Kind switch
    {
        MetricKind.Nps => "Would recommend us (NPS)",
        MetricKind.Csat => "Satisfied (CSAT)",
        _ => "Made it easy (CES)",
    };

    static (Period, bool Moved) PeriodOf(MapAddress address, DateOnly? newest, DateOnly today)
    {
        var asked = address.Selection;
        if (asked.From is { } from) return (new(from, asked.To ?? Later(from, today)), false);
        if (asked.To is { } to) return (new(to.AddDays(-(address.LastDays ?? UsualDays)), to), false);

        var usual = Period.Ending(today, UsualDays);
        var moved = newest < usual.From;
        return (Period.Ending(moved ? newest!.Value : today, address.LastDays ?? UsualDays), moved);
    }

    static DateOnly Later(DateOnly from, DateOnly today) => (today > from ? today : from).AddDays(1);

    static MapAddress Canonical(MapAddress address, List<MetricDefinition> definitions, Period period)
    {
        var named = definitions.Find(d => d.Key == address.Definition);
        var chosen = address.LastDays is null ? address.Selection : address.Selection with { From = period.From, To = period.To };
        return address with
        {
            Selection = chosen,
            Definition = named is not null && definitions.Count(d => d.Kind == named.Kind) > 1 ? named.Key : null,
            Versus = address.AgainstAYearBefore ? period.AYearBefore : address.Versus,
        };
    }

    DateOnly Today(ScoreCatalog catalog) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(catalog.Organisation.CellsTimeZone)).DateTime);

    // By question, since cells are in that order: the last day of each is found without reading the days before it.
    async Task<DateOnly?> NewestDayAsync(ScoreCatalog catalog, CancellationToken ct)
    {
        int[] questions = [.. catalog.Questions.Where(q => q.MetricKey is not null).Select(q => q.Id)];
        var days = await db.Database.SqlQuery<NewestDay>($"""
            select max(latest.day) as day
            from unnest({questions}) as q(id),
                 lateral (select c.day from cell c where c.question_id = q.id and c.segment_id = {Segment.All} and c.count <> 0 order by c.day desc limit 1) as latest
            having max(latest.day) is not null
            """).ToListAsync(ct);
        return days.Count == 0 ? null : days[0].Day;
    }
}
