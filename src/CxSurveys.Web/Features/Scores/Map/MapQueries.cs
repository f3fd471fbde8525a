using System.Data;
using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Scores.Guarding;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>What the page has when there is nothing to score yet.</summary>
/// <param name="HasSurvey">One that is published and asks for a score.</param>
/// <param name="AnySurvey">A draft counts too.</param>
public sealed record MapStart(string Organisation, string TimeZone, bool HasJourney, bool HasSurvey, bool AnySurvey);

/// <summary>Reads the journey page from one snapshot; how many statements that takes does not depend on the journey's size.</summary>
public sealed class MapQueries(CxDbContext db, TimeProvider clock)
{
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
            return (null, new(catalog.Organisation.Name, catalog.Organisation.CellsTimeZone, catalog.Stages.Count > 0, asked, catalog.Surveys.Count > 0), null);

        if (await MapGround.ReadAsync(db, clock, catalog, address, errors, ct) is not { } ground) return default;
        if (address.NeedsRedirect) return (null, null, ground.Canonical(address));
        return (await ViewAsync(address, ground, ct), null, null);
    }

    async Task<MapView> ViewAsync(MapAddress address, MapGround ground, CancellationToken ct)
    {
        var (catalog, definitions, period, versus) = (ground.Catalog, ground.Definitions, ground.Period, ground.Versus);
        var selection = address.Selection with { Kind = null };
        var now = await MapTallies.ReadAsync(db, catalog, selection with { From = period.From, To = period.To }, address.Counting, null, ct);
        var before = await MapTallies.ReadAsync(db, catalog, selection with { From = versus.From, To = versus.To }, address.Counting, now, ct);
        var definition = Chosen(address, definitions, now);
        var (sums, guards) = (new GuardSums(db), new Dictionary<(MapTallies, string), MapGuard>());
        foreach (var tallies in (MapTallies[])[now, before])
            foreach (var asked in tallies.Definitions()) guards[(tallies, asked.Key)] = await MapGuard.JudgeAsync(sums, tallies, asked, ct);
        var builder = new MapBuilder(catalog, definition, now, before, (tallies, asked) => guards.GetValueOrDefault((tallies, asked.Key), MapGuard.Nothing));
        var stages = builder.Stages();
        var own = builder.Own(definition);
        return new MapView
        {
            Organisation = catalog.Organisation.Name,
            TimeZone = catalog.Organisation.CellsTimeZone,
            MinimumN = catalog.Organisation.MinimumN,
            Definition = definition,
            Period = period,
            Versus = versus,
            NewestDay = ground.Newest,
            Moved = ground.Moved,
            Stages = stages,
            Touchpoints = builder.Touchpoints,
            TouchpointsChange = builder.TouchpointsChange,
            Journey = own,
            Gap = MapBuilder.Gap(own, builder.Touchpoints),
            Asked = [.. AskedOfAll(definitions, now).Select(d => new WholeJourney(TitleOf(d), builder.Own(d), builder.OwnChange(d)))],
            Axis = Axis.For(definition, stages.SelectMany(s => s.Cards.Where(c => c.Pooled).Select(c => c.Figure).Append(s.Pooled).Append(s.Asked)).Append(builder.Touchpoints).Append(own).OfType<Figure>()),
            Filters = new(address, await MapOptions.ReadAsync(db, ct), definition, definitions, period, versus, ground.Moved),
        };
    }

    /// <summary>The one asked for; else of its kind, or of all, the one with the most answers at touchpoints; without answers, with the most questions.</summary>
    static MetricDefinition Chosen(MapAddress address, IReadOnlyList<MetricDefinition> definitions, MapTallies now) =>
        definitions.FirstOrDefault(d => d.Key == address.Definition)
        ?? definitions.Where(d => address.Selection.Kind is not { } kind || d.Kind == kind.Metric())
            .DefaultIfEmpty(definitions[0])
            .MaxBy(d => (now.N(d, PlaceKind.Touchpoint), now.N(d, null), now.Catalog.Questions.Count(q => q.Newest && q.MetricKey == d.Key)))!;

    /// <summary>NPS, CSAT and CES asked about the whole journey; of each kind the definition with the most answers.</summary>
    static IEnumerable<MetricDefinition> AskedOfAll(IReadOnlyList<MetricDefinition> definitions, MapTallies now) =>
        definitions.Where(d => d.Kind != MetricKind.Rating && now.N(d, PlaceKind.Journey) > 0).GroupBy(d => d.Kind).Select(d => d.MaxBy(m => now.N(m, PlaceKind.Journey))!);

    static string TitleOf(MetricDefinition definition) => definition.Kind switch
    {
        MetricKind.Nps => "Would recommend us (NPS)",
        MetricKind.Csat => "Satisfied (CSAT)",
        _ => "Made it easy (CES)",
    };
}
