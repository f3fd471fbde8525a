using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>Freezes the draft as the next version. An unchanged draft stays the present one.</summary>
public sealed class PublishSurvey(CxDbContext db, SurveyCatalog surveys, JourneyCatalog journey, TimeProvider clock)
{
    /// <param name="seen">The stamp of the draft that is meant; null = whatever the draft is now.</param>
    /// <returns>The version number; null when there is no such survey. Errors name what the draft refers to in vain.</returns>
    public async Task<int?> RunAsync(string key, string? seen, Errors errors, CancellationToken ct)
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

        var present = await db.Set<SurveyVersion>().SingleOrDefaultAsync(v => v.Id == survey.CurrentVersionId, ct);
        if (present is not null && DefinitionJson.Write(present.Definition) == DefinitionJson.Write(survey.Draft)) return present.Number;

        var places = await journey.GetAsync(ct);
        DefinitionPlaces.Check(survey.Draft, places, errors);
        PublishChecks.Check(survey.Draft, errors);
        if (errors.Any) return null;

        var version = new SurveyVersion
        {
            Survey = survey,
            Number = (present?.Number ?? 0) + 1,
            Definition = survey.Draft,
            PublishedAt = clock.GetUtcNow(),
            Questions = FrozenQuestions.Of(survey.Draft, places),
        };
        db.Add(version);
        await db.SaveChangesAsync(ct);
        db.AddRange(version.Questions.SelectMany(ScaleValues));
        survey.CurrentVersionId = version.Id;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        surveys.Invalidate();
        return version.Number;
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
