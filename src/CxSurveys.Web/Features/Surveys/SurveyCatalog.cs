using System.Collections.Concurrent;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>A published version with everything that asking and checking answers needs.</summary>
public sealed record PublishedVersion(int Id, int Number, string SurveyKey, DateTimeOffset? ClosedAt, SurveyDefinition Definition, IReadOnlyList<Question> Questions)
{
    /// <summary>Questions by key.</summary>
    public IReadOnlyDictionary<string, Question> ByKey { get; } = Questions.ToDictionary(q => q.Key, StringComparer.Ordinal);

    /// <summary>Questions by id; those of a draft have none yet.</summary>
    public IReadOnlyDictionary<int, Question> ById => field ??= Questions.ToDictionary(q => q.Id);

    /// <summary>True when not everybody is asked everything.</summary>
    public bool Branches { get; } = Definition.Questions.Any(q => q.ShowIf is not null);

    /// <summary>Its questions from one page break to the next.</summary>
    public IReadOnlyList<IReadOnlyList<Question>> Pages { get; } = PagesOf(Definition, Questions);

    static List<IReadOnlyList<Question>> PagesOf(SurveyDefinition definition, IReadOnlyList<Question> questions)
    {
        var pages = new List<IReadOnlyList<Question>>();
        foreach (var question in questions)
        {
            if (pages.Count == 0 || definition.Questions[question.Position].NewPage) pages.Add([question]);
            else pages[^1] = [.. pages[^1], question];
        }
        return pages;
    }

    /// <summary>For each question that it is shown.</summary>
    internal bool[] AllShown { get; } = [.. Enumerable.Repeat(true, Questions.Count)];
}

/// <summary>Published surveys, kept in memory: versions never change, only which one is the newest and whether it is open does.</summary>
public sealed class SurveyCatalog(IServiceScopeFactory scopes, TimeProvider clock)
{
    readonly Cached<IReadOnlyDictionary<string, Newest>> newest = new(clock);
    readonly ConcurrentDictionary<int, PublishedVersion> versions = new();

    sealed record Newest(int VersionId, DateTimeOffset? ClosedAt);

    /// <summary>The newest published version; null when the survey is unknown or was never published.</summary>
    public async Task<PublishedVersion?> NewestAsync(string surveyKey, CancellationToken ct)
    {
        var surveys = await newest.GetAsync(ReadNewestAsync, ct);
        if (!surveys.TryGetValue(surveyKey, out var survey)) return null;
        return await LoadAsync(survey.VersionId, ct) is { } version ? version with { ClosedAt = survey.ClosedAt } : null;
    }

    /// <summary>One version by its id; null when there is none.</summary>
    public async Task<PublishedVersion?> VersionAsync(int versionId, CancellationToken ct)
    {
        if (await LoadAsync(versionId, ct) is not { } version) return null;
        var surveys = await newest.GetAsync(ReadNewestAsync, ct);
        return version with { ClosedAt = surveys.GetValueOrDefault(version.SurveyKey)?.ClosedAt };
    }

    /// <summary>One version by its survey and number; null when there is none.</summary>
    public async Task<PublishedVersion?> VersionAsync(string surveyKey, int number, CancellationToken ct)
    {
        int? id = versions.Values.FirstOrDefault(v => v.SurveyKey == surveyKey && v.Number == number)?.Id ?? await FindIdAsync(surveyKey, number, ct);
        return id is { } known ? await VersionAsync(known, ct) : null;
    }

    /// <summary>The same from memory alone; null also when it would have to be read.</summary>
    public PublishedVersion? NewestInMemory(string surveyKey) =>
        newest.Fresh is { } surveys && surveys.TryGetValue(surveyKey, out var survey) && versions.TryGetValue(survey.VersionId, out var version)
            ? version.ClosedAt == survey.ClosedAt ? version : version with { ClosedAt = survey.ClosedAt }
            : null;

    public void Invalidate() => newest.Invalidate();

    async Task<IReadOnlyDictionary<string, Newest>> ReadNewestAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CxDbContext>().Set<Survey>().AsNoTracking()
            .Where(s => s.CurrentVersionId != null)
            .ToDictionaryAsync(s => s.Key, s => new Newest(s.CurrentVersionId!.Value, s.ClosedAt), StringComparer.Ordinal, ct);
    }

    async Task<int?> FindIdAsync(string surveyKey, int number, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CxDbContext>().Set<SurveyVersion>()
            .Where(v => v.Survey.Key == surveyKey && v.Number == number).Select(v => (int?)v.Id).SingleOrDefaultAsync(ct);
    }

    async Task<PublishedVersion?> LoadAsync(int id, CancellationToken ct)
    {
        if (versions.TryGetValue(id, out var known)) return known;

        await using var scope = scopes.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<CxDbContext>().Set<SurveyVersion>().AsNoTracking()
            .Include(v => v.Survey).Include(v => v.Questions.OrderBy(q => q.Position))
            .SingleOrDefaultAsync(v => v.Id == id, ct);
        if (stored is null) return null;
        return versions.GetOrAdd(id, new PublishedVersion(id, stored.Number, stored.Survey.Key, null, stored.Definition, stored.Questions));
    }
}
