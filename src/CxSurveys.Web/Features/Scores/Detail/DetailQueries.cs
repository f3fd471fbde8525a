using System.Data;
using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Scores.Compare;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>Reads the page of a touchpoint or a stage from one snapshot, by the same queries and rules as the API's scores.</summary>
public sealed class DetailQueries(CxDbContext db, SurveyCatalog surveys, ICommentSource comments, TimeProvider clock)
{
    const int MostComments = 6;

    /// <summary>
    /// The page, or the address to go to instead. Both null when <paramref name="errors"/> says what is wrong with the address,
    /// and with nothing wrong when there is no such touchpoint or stage.
    /// </summary>
    public Task<(DetailView? View, MapAddress? GoTo)> OfTouchpointAsync(string key, MapAddress address, Errors errors, CancellationToken ct) =>
        ReadAsync(catalog => catalog.Touchpoints.FirstOrDefault(t => t.Key == key) is { } found ? new(catalog.Stages.First(s => s.Id == found.StageId), found) : null, address, errors, ct);

    /// <summary>Likewise.</summary>
    public Task<(DetailView? View, MapAddress? GoTo)> OfStageAsync(string key, MapAddress address, Errors errors, CancellationToken ct) =>
        ReadAsync(catalog => catalog.Stages.FirstOrDefault(s => s.Key == key) is { } found ? new(found, null) : null, address, errors, ct);

    async Task<(DetailView? View, MapAddress? GoTo)> ReadAsync(Func<ScoreCatalog, Subject?> find, MapAddress address, Errors errors, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var catalog = await ScoreCatalog.ReadAsync(db, ct);
        if (find(catalog) is not { } subject) return default;
        if (await MapGround.ReadAsync(db, clock, catalog, address, errors, ct) is not { } ground) return default;
        if (address.NeedsRedirect) return (null, ground.Canonical(address));
        return (await ViewAsync(subject, address, ground, ct), null);
    }

    async Task<DetailView> ViewAsync(Subject subject, MapAddress address, MapGround ground, CancellationToken ct)
    {
        var reader = new DetailReader(db, surveys, subject, address, ground);
        var (weeks, unit) = await reader.ByTimeAsync(ct);
        var definitions = reader.Definitions(weeks);
        var definition = Chosen(address, ground.Catalog, definitions, weeks);
        var measured = address.Measuring(definition, ground.Definitions);

        var now = await reader.BlockAsync(definition, unit, weeks, ct);
        var counted = await reader.BeforeAsync(unit, ct);
        var before = await reader.BlockAsync(reader.BeforeScope, definition, unit, counted, ct, now.Lines);
        var questions = await reader.BlockAsync(definition, new(GroupBy.Question), weeks with { Rows = weeks.Total }, ct);
        var options = await MapOptions.ReadAsync(db, ct);
        var figure = Figure.Of(definition, now.Total);
        var split = await reader.SplitAsync(definition, figure, questions, options, ct);
        var earlier = Figure.Of(definition, before.Total);
        return new DetailView
        {
            Subject = subject,
            Organisation = ground.Catalog.Organisation.Name,
            TimeZone = ground.Catalog.Organisation.CellsTimeZone,
            MinimumN = ground.Catalog.Organisation.MinimumN,
            NewestDay = ground.Newest,
            Filters = new(address, options, definition, [.. definitions.Append(definition).Distinct()], ground.Period, ground.Versus, ground.Moved),
            Figure = figure,
            Before = earlier,
            Change = MapBuilder.ChangeOf(figure, earlier, now.Lines.DifferingFrom(before.Lines).Any()),
            Skipped = now.Total.Skipped,
            NotShown = now.Total.NotShown,
            Trend = await reader.TrendAsync(definition, unit, (weeks, now), (counted, before), questions, ct),
            OtherLines = [.. now.OtherLines.Select(o => new LeftOut(questions.Rows.Count > 1 ? questions.Rows.FirstOrDefault(r => r.Key == o.Question && r.Survey == o.Survey)?.Name ?? o.Question : null, DetailReader.VersionsText(o.Versions), o.N))],
            Versions = questions.Rows is [{ Line: not null } only] ? DetailReader.VersionsText(ground.Catalog.VersionsOf(new(only.Survey!, only.Key, definition.Key, int.Parse(only.Line, CultureInfo.InvariantCulture)))) : null,
            Bars = Bar.Of(figure, new(reader.Scope, ground, measured, subject, weeks.Cells, questions, await reader.WordsAsync(definition, questions, ct))),
            Split = split,
            Others = await OthersAsync(reader, definition, definitions, weeks, ct),
            OfStage = subject.Touchpoint is null ? await reader.StageFiguresAsync(definition, figure, ct) : null,
            Questions = questions.Rows,
            Comments = figure.Shown ? await CommentsAsync(reader, definition, now.Lines, ct) : [],
            Responses = ResponsesLink.Of(subject.Within(measured.Selection), measured.Definition, ground.Period),
            Export = ResponsesLink.Of(subject.Within(measured.Selection), measured.Definition, ground.Period, path: "/responses.csv"),
            Compared = CompareAddress.Link(measured, subject.Within(measured.Selection), ground.Period, ground.Versus),
            Axis = Axis.For(definition, (split?.Rows.Select(r => r.Figure) ?? []).Append(figure)),
        };
    }

    /// <summary>The one asked for; else of its kind, or of all, the one with the most answers here.</summary>
    static MetricDefinition Chosen(MapAddress address, ScoreCatalog catalog, IReadOnlyList<MetricDefinition> here, Counts counts)
    {
        if (address.Definition is { } key) return MetricDefinition.Parse(key);
        var kind = address.Selection.Kind;
        var fitting = here.Where(d => kind is null || d.Kind == kind.Value.Metric()).ToList();
        return fitting.Count > 0 ? fitting.MaxBy(d => N(catalog, counts, d))! : ScoreBlocks.Usual(kind);
    }

    static long N(ScoreCatalog catalog, Counts counts, MetricDefinition definition) =>
        counts.Cells.Where(c => c.Answered && catalog.Question(c.QuestionId).MetricKey == definition.Key).Sum(c => c.Count);

    static async Task<List<LinkedFigure>> OthersAsync(DetailReader reader, MetricDefinition definition, IReadOnlyList<MetricDefinition> definitions, Counts counts, CancellationToken ct)
    {
        var others = new List<LinkedFigure>();
        foreach (var other in definitions.Where(d => d != definition))
        {
            var block = await reader.BlockAsync(other, Grouping.None, counts, ct);
            others.Add(new(Words.Name(other), Figure.Of(other, block.Total), reader.LinkTo(other)));
        }
        return others;
    }

    Task<IReadOnlyList<Comment>> CommentsAsync(DetailReader reader, MetricDefinition definition, LineChoice lines, CancellationToken ct)
    {
        var scope = reader.Scope;
        int[] anywhere = [.. scope.PlaceIds, .. scope.Catalog.Places.Where(p => p.Kind == PlaceKind.None).Select(p => p.Id)];
        var questions = scope.Questions.Where(q => q.MetricKey == definition.Key && lines.Has(q)).Select(q => q.Id);
        return comments.NewestAsync(new([.. questions], scope.PlaceIds, anywhere, scope.Selection), MostComments, ct);
    }
}
