using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Features.Surveys.Versions;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>A published question that can have a score, in one version.</summary>
internal sealed record AskedQuestion(
    int Id, string Survey, string Key, int Position, QuestionKind Kind, string? MetricKey, bool Newest, int? TouchpointId, int? StageId, bool Journey)
{
    public required int VersionId { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>The first question of the same wording.</summary>
    public required int WordingId { get; init; }

    /// <summary>What it may be added to: itself over versions, as long as measure and words stay, or are marked as the same measure.</summary>
    public required QuestionLine Line { get; init; }

    public bool Floats => TouchpointId is null && StageId is null && !Journey;
}

/// <summary>What scores are made of but cells: questions, places and their owners, and the settings, read from one snapshot.</summary>
internal sealed class ScoreCatalog
{
    readonly Dictionary<int, AskedQuestion> questionsById;
    readonly Dictionary<int, Place> placesById;
    readonly Dictionary<QuestionLine, int> newestOfLine;
    readonly Dictionary<(string, string, string?), QuestionLine> newestLines;

    ScoreCatalog(Organisation organisation, HashSet<string> surveys, List<AskedQuestion> questions, List<Stage> stages, List<Touchpoint> touchpoints, List<Place> places)
    {
        (Organisation, Surveys, Questions, Places) = (organisation, surveys, questions, places);
        Stages = [.. stages.OrderBy(s => s.Retired).ThenBy(s => s.Position).ThenBy(s => s.Id)];
        var stageOrder = Stages.Select((stage, index) => (stage.Id, index)).ToDictionary(s => s.Id, s => s.index);
        Touchpoints = [.. touchpoints.OrderBy(t => t.Retired).ThenBy(t => stageOrder[t.StageId]).ThenBy(t => t.Position).ThenBy(t => t.Id)];
        questionsById = questions.ToDictionary(q => q.Id);
        placesById = places.ToDictionary(p => p.Id);
        newestOfLine = questions.GroupBy(q => q.Line).ToDictionary(l => l.Key, l => l.Max(q => q.Version));
        newestLines = newestOfLine.GroupBy(l => l.Key.Measure).ToDictionary(m => m.Key, m => m.MaxBy(l => l.Value).Key);
    }

    public Organisation Organisation { get; }

    /// <summary>Keys of all surveys, drafts among them.</summary>
    public IReadOnlySet<string> Surveys { get; }

    /// <summary>Of all published versions, by survey and in the order asked.</summary>
    public IReadOnlyList<AskedQuestion> Questions { get; }

    /// <summary>In journey order, retired ones last.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>Likewise.</summary>
    public IReadOnlyList<Touchpoint> Touchpoints { get; }

    public IReadOnlyList<Place> Places { get; }

    public AskedQuestion Question(int id) => questionsById[id];

    public Place Place(int id) => placesById[id];

    /// <summary>Wordings marked as the same measure.</summary>
    public IReadOnlyList<WordingMark> Marks { get; private init; } = [];

    /// <summary>The last version of a line.</summary>
    public int NewestOf(QuestionLine line) => newestOfLine[line];

    /// <summary>The line of a question that was published last.</summary>
    public QuestionLine NewestLine((string Survey, string Question, string? Metric) measure) => newestLines[measure];

    /// <summary>The mark because of which two wordings are in one line; null when they are in two.</summary>
    public WordingMark? MarkBetween(AskedQuestion one, AskedQuestion other) =>
        WordingLines.MarkBetween([.. Questions.Where(q => q.Survey == one.Survey).Select(q => new WordingLines.Member(q.Id, q.WordingId == q.Id ? null : q.WordingId, q.Version))], Marks, one.WordingId, other.WordingId);

    /// <summary>All versions of a line, the first one first.</summary>
    public IReadOnlyList<int> VersionsOf(QuestionLine line) => [.. Questions.Where(q => q.Line == line).Select(q => q.Version).Order()];

    /// <summary>Where an answer to the question would count now; null when its response says so.</summary>
    public Place? PlaceNow(AskedQuestion question) => question switch
    {
        { Floats: true } => null,
        { Journey: true } => placesById[Journey.Place.WholeJourney],
        { StageId: { } stage } => Places.First(p => p.Kind == PlaceKind.Stage && p.StageId == stage),
        _ => Places.First(p => p.TouchpointId == question.TouchpointId && p.StageId == Touchpoints.First(t => t.Id == question.TouchpointId).StageId),
    };

    public static async Task<ScoreCatalog> ReadAsync(CxDbContext db, CancellationToken ct)
    {
        var surveys = await db.Set<Survey>().AsNoTracking().Select(s => new { s.Id, s.Key, s.CurrentVersionId }).ToListAsync(ct);
        var questions = await db.Set<Question>().AsNoTracking()
            .OrderByDescending(q => q.Version.Number).ThenBy(q => q.Position)
            .Select(q => new { q.Id, q.Version.SurveyId, q.Key, q.Position, q.Kind, q.MetricKey, q.VersionId, q.TouchpointId, q.StageId, q.Journey, q.GoesOnWithId, q.Version.Number, q.Version.PublishedAt })
            .ToListAsync(ct);
        var marks = await db.Set<WordingMark>().AsNoTracking().Where(m => m.RevokedAt == null).ToListAsync(ct);
        var first = WordingLines.Of([.. questions.Select(q => new WordingLines.Member(q.Id, q.GoesOnWithId, q.Number))], marks.Select(m => (m.QuestionId, m.EarlierId)));
        var asked = from q in questions
                    join survey in surveys on q.SurveyId equals survey.Id
                    orderby survey.Key
                    select new AskedQuestion(q.Id, survey.Key, q.Key, q.Position, q.Kind, q.MetricKey, q.VersionId == survey.CurrentVersionId, q.TouchpointId, q.StageId, q.Journey)
                    {
                        VersionId = q.VersionId,
                        Version = q.Number,
                        PublishedAt = q.PublishedAt,
                        WordingId = q.GoesOnWithId ?? q.Id,
                        Line = new(survey.Key, q.Key, q.MetricKey, first[q.Id]),
                    };
        return new ScoreCatalog(
            await db.Set<Organisation>().AsNoTracking().SingleAsync(ct),
            [.. surveys.Select(s => s.Key)],
            [.. asked],
            await db.Set<Stage>().AsNoTracking().ToListAsync(ct),
            await db.Set<Touchpoint>().AsNoTracking().ToListAsync(ct),
            await db.Set<Place>().AsNoTracking().ToListAsync(ct))
        {
            Marks = marks,
        };
    }

    /// <summary>Names as errors what the selection names and nobody knows.</summary>
    public void Check(Selection selection, Errors errors, Func<string, string>? pathOf = null)
    {
        pathOf ??= name => name;
        if (selection.Survey is { } survey && !Surveys.Contains(survey)) errors.Add(pathOf("survey"), $"There is no survey {survey}.");
        if (selection.Touchpoint is { } touchpoint && Touchpoints.All(t => t.Key != touchpoint)) errors.Add(pathOf("touchpoint"), $"There is no touchpoint {touchpoint}.");
        if (selection.Stage is { } stage && Stages.All(s => s.Key != stage)) errors.Add(pathOf("stage"), $"There is no stage {stage}.");
        if (selection.Question is { } question) CheckQuestion(question, selection, errors, pathOf("question"));
    }

    void CheckQuestion(string key, Selection selection, Errors errors, string path)
    {
        var named = Questions.Where(q => q.Key == key && (selection.Survey is null || q.Survey == selection.Survey)).ToList();
        if (named.Count == 0)
            errors.Add(path, $"There is no published question {key}{(selection.Survey is null ? "" : $" in {selection.Survey}")}.");
        else if (selection.Kind is { } kind && named.All(q => q.Kind != kind))
            errors.Add(path, $"The question {key} is of kind {string.Join(", ", named.Select(q => Selection.WordOf(q.Kind)).Distinct())}.");
    }
}
