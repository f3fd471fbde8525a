using System.Security.Cryptography;
using System.Text;
using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>A survey beside its newest published version; null before the first.</summary>
public sealed record StoredSurvey(Survey Survey, SurveyVersion? Present)
{
    public string Key => Survey.Key;

    /// <summary>True when publishing would make a new version.</summary>
    public bool DraftChanged => Present is null || DefinitionJson.Write(Present.Definition) != DefinitionJson.Write(Survey.Draft);

    public string Stamp => StampOf(Survey.Draft);

    /// <summary>Names the content of a draft: who sends it back has seen that content.</summary>
    public static string StampOf(SurveyDefinition draft) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DefinitionJson.Write(draft))));
}

/// <summary>Surveys as they are stored, read anew each time.</summary>
public sealed class StoredSurveys(CxDbContext db)
{
    /// <summary>All surveys, by key.</summary>
    public async Task<IReadOnlyList<StoredSurvey>> AllAsync(CancellationToken ct)
    {
        var surveys = await db.Set<Survey>().AsNoTracking().OrderBy(s => s.Key).ToListAsync(ct);
        var present = await db.Set<SurveyVersion>().AsNoTracking()
            .Where(v => db.Set<Survey>().Any(s => s.CurrentVersionId == v.Id))
            .ToDictionaryAsync(v => v.SurveyId, ct);
        return [.. surveys.Select(s => new StoredSurvey(s, present.GetValueOrDefault(s.Id)))];
    }

    public async Task<StoredSurvey?> FindAsync(string key, CancellationToken ct)
    {
        if (await db.Set<Survey>().AsNoTracking().SingleOrDefaultAsync(s => s.Key == key, ct) is not { } survey) return null;
        return new StoredSurvey(survey, await db.Set<SurveyVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == survey.CurrentVersionId, ct));
    }

    /// <summary>All its versions, the newest first.</summary>
    public async Task<IReadOnlyList<SurveyVersion>> VersionsAsync(int surveyId, CancellationToken ct) =>
        await db.Set<SurveyVersion>().AsNoTracking().Where(v => v.SurveyId == surveyId).OrderByDescending(v => v.Number).ToListAsync(ct);
}
