using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys.Versions;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>Freezes the draft as the next version. An unchanged draft stays the present one.</summary>
public sealed class PublishSurvey(CxDbContext db, SurveyCatalog surveys, JourneyCatalog journey, Wordings wordings, TimeProvider clock)
{
    /// <param name="key">Of the survey.</param>
    /// <param name="seen">The stamp of the draft that is meant; null = whatever the draft is now.</param>
    /// <param name="comparable">Questions whose changed words measure the same; each must be in the draft.</param>
    /// <param name="errors">Names what the draft refers to in vain, and comparable questions that it has not.</param>
    /// <param name="ct">Ends the work; nothing is stored then.</param>
    /// <returns>The version number; null when there is no such survey or something is wrong.</returns>
    public async Task<int?> RunAsync(string key, string? seen, IReadOnlyCollection<Comparable> comparable, Errors errors, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two publishes of one survey wait for each other: the second finds an unchanged draft.
        var survey = await db.Set<Survey>().FromSql($"select * from survey where key = {key} for update").SingleOrDefaultAsync(ct);
        if (survey is null) return null;
        if (seen is not null && StoredSurvey.StampOf(survey.Draft) != seen)
        {
            errors.Add("draft", "The draft was changed in the meantime.");
            return null;
        }
        CheckComparable(survey.Draft, comparable, errors);
        if (errors.Any) return null;
        var number = await FreezeAsync(survey, survey.Draft, null, comparable, errors, ct);
        if (errors.Any) return null;
        await transaction.CommitAsync(ct);
        surveys.Invalidate();
        return number;
    }

    /// <summary>Publishes what an earlier version asked once more. A draft with changes of its own stays; one without follows.</summary>
    /// <param name="key">Of the survey.</param>
    /// <param name="version">What is to be asked again.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="errors">Names what the journey no longer has.</param>
    /// <param name="ct">Ends the work; nothing is stored then.</param>
    /// <returns>The version number; null when there is no such survey or version, or something is wrong.</returns>
    public async Task<int?> AgainAsync(string key, int version, string? by, Errors errors, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var survey = await db.Set<Survey>().FromSql($"select * from survey where key = {key} for update").SingleOrDefaultAsync(ct);
        if (survey is null) return null;
        if (await db.Set<SurveyVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.SurveyId == survey.Id && v.Number == version, ct) is not { } earlier) return null;

        var present = await db.Set<SurveyVersion>().AsNoTracking().SingleAsync(v => v.Id == survey.CurrentVersionId, ct);
        if (Same(present.Definition, survey.Draft)) (survey.Draft, survey.DraftSavedAt, survey.DraftSavedBy) = (earlier.Definition, clock.GetUtcNow(), by);
        var number = await FreezeAsync(survey, earlier.Definition, version, [], errors, ct);
        if (errors.Any) return null;
        await transaction.CommitAsync(ct);
        surveys.Invalidate();
        return number;
    }

    async Task<int> FreezeAsync(Survey survey, SurveyDefinition definition, int? again, IReadOnlyCollection<Comparable> comparable, Errors errors, CancellationToken ct)
    {
        var versions = await db.Set<SurveyVersion>().Include(v => v.Questions).Where(v => v.SurveyId == survey.Id).ToListAsync(ct);
        var present = versions.Find(v => v.Id == survey.CurrentVersionId);
        if (present is null || !Same(present.Definition, definition))
        {
            var places = await journey.GetAsync(ct);
            DefinitionPlaces.Check(definition, places, errors);
            PublishChecks.Check(definition, errors);
            if (errors.Any) return 0;
            present = await AddAsync(survey, definition, again, versions, places, ct);
            versions.Add(present);
        }
        if (comparable.Count > 0)
        {
            var history = await wordings.OfAsync(versions, ct);
            foreach (var marked in comparable) await wordings.MarkAsync(history, present.Number, marked, ct);
        }
        return present.Number;
    }

    async Task<SurveyVersion> AddAsync(Survey survey, SurveyDefinition definition, int? again, List<SurveyVersion> earlier, JourneyCatalog.Snapshot places, CancellationToken ct)
    {
        var version = new SurveyVersion
        {
            Survey = survey,
            Number = earlier.Select(v => v.Number).DefaultIfEmpty().Max() + 1,
            Definition = definition,
            PublishedAt = clock.GetUtcNow(),
            Questions = FrozenQuestions.Of(definition, places),
        };
        var history = await wordings.OfAsync(earlier, ct);
        foreach (var question in version.Questions.Where(q => q.MetricKey is not null))
            question.GoesOnWithId = history.Place(question.Key, question.MetricKey!, Wording.Of(definition, question), again).GoesOnWith;
        db.Add(version);
        await db.SaveChangesAsync(ct);
        db.AddRange(version.Questions.SelectMany(ScaleValues));
        survey.CurrentVersionId = version.Id;
        await db.SaveChangesAsync(ct);
        return version;
    }

    static bool Same(SurveyDefinition one, SurveyDefinition other) => DefinitionJson.Write(one) == DefinitionJson.Write(other);

    static void CheckComparable(SurveyDefinition draft, IReadOnlyCollection<Comparable> comparable, Errors errors)
    {
        foreach (var (marked, i) in comparable.Select((c, i) => (c, i)))
            if (draft.Questions.All(q => q.Key != marked.Question)) errors.Add($"comparable[{i}]", $"The draft has no question '{marked.Question}'.");
    }

    static IEnumerable<ScaleValue> ScaleValues(Question question)
    {
        if (question is not { Min: { } min, Max: { } max }) yield break;
        for (int value = min; value <= max; value++) yield return new ScaleValue { QuestionId = question.Id, Value = (short)value };
        yield return new ScaleValue { QuestionId = question.Id, Value = ScaleValue.Skipped };
        yield return new ScaleValue { QuestionId = question.Id, Value = ScaleValue.NotShown };
    }
}

/// <summary>Whether the touchpoints and stages that a definition names are in the journey.</summary>
internal static class DefinitionPlaces
{
    public static void Check(SurveyDefinition definition, JourneyCatalog.Snapshot journey, Errors errors)
    {
        for (int i = 0; i < definition.Questions.Count; i++)
        {
            var question = definition.Questions[i];
            if (question.Touchpoint is { } touchpoint && !(journey.Touchpoints.TryGetValue(touchpoint, out var t) && !t.Retired))
                errors.Add($"questions[{i}].touchpoint", $"The journey has no touchpoint '{touchpoint}'.");
            if (question.Stage is { } stage && !(journey.Stages.TryGetValue(stage, out var s) && !s.Retired))
                errors.Add($"questions[{i}].stage", $"The journey has no stage '{stage}'.");
        }
    }
}
