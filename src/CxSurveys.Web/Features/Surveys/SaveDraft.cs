using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys;

public enum DraftSaved
{
    Saved,

    /// <summary>The definition is wrong; the errors say where.</summary>
    Refused,

    /// <summary>The stored draft is another one than the sender has seen.</summary>
    OtherDraft,
}

/// <summary>Writes the draft of a survey, for the API as for the editor. The definition keeps its own rules already.</summary>
public sealed class SaveDraft(CxDbContext db, JourneyCatalog journey, TimeProvider clock)
{
    /// <summary>Stands for a survey that must not exist yet.</summary>
    public const string NoDraft = "";

    // "/surveys/new" is the page that makes one.
    internal const string Reserved = "new";

    /// <param name="key">Of the survey.</param>
    /// <param name="definition">What is to be the draft.</param>
    /// <param name="seen">The stamp of the draft that the sender has seen, <see cref="NoDraft"/>, or null to replace whatever is there.</param>
    /// <param name="by">Whose words they are.</param>
    /// <param name="errors">Gets what the journey does not have.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<DraftSaved> RunAsync(string key, SurveyDefinition definition, string? seen, string? by, Errors errors, CancellationToken ct)
    {
        CheckKey(key, errors);
        DefinitionPlaces.Check(definition, await journey.GetAsync(ct), errors);
        if (errors.Any) return DraftSaved.Refused;
        var written = new Written(key, DefinitionJson.Write(definition), by, clock.GetUtcNow());
        bool saved = seen switch
        {
            null => await ReplaceAsync(written, ct),
            NoDraft => await AddAsync(written, ct),
            _ => await ReplaceSeenAsync(written, seen, ct),
        };
        return saved ? DraftSaved.Saved : DraftSaved.OtherDraft;
    }

    sealed record Written(string Key, string Draft, string? By, DateTimeOffset At);

    public static void CheckKey(string key, Errors errors)
    {
        if (!TextRules.IsKey(key)) errors.Add("key", TextRules.KeyMessage);
        else if (key == Reserved) errors.Add("key", "This key is the app's own; choose another.");
    }

    async Task<bool> AddAsync(Written written, CancellationToken ct) => await db.Database.ExecuteSqlAsync($"""
        insert into survey (key, draft, draft_saved_at, draft_saved_by) values ({written.Key}, {written.Draft}::jsonb, {written.At}, {written.By})
        on conflict (key) do nothing
        """, ct) == 1;

    // Who sends what is there already has written nothing: it stays the draft of whoever wrote it.
    async Task<bool> ReplaceAsync(Written written, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into survey (key, draft, draft_saved_at, draft_saved_by) values ({written.Key}, {written.Draft}::jsonb, {written.At}, {written.By})
            on conflict (key) do update set draft = excluded.draft, draft_saved_at = excluded.draft_saved_at, draft_saved_by = excluded.draft_saved_by
            where survey.draft is distinct from excluded.draft
            """, ct);
        return true;
    }

    async Task<bool> ReplaceSeenAsync(Written written, string seen, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two admins who save at once wait for each other: the second finds a draft it has not seen.
        var survey = await db.Set<Survey>().FromSql($"select * from survey where key = {written.Key} for update").AsNoTracking().SingleOrDefaultAsync(ct);
        if (survey is null || StoredSurvey.StampOf(survey.Draft) != seen) return false;
        await ReplaceAsync(written, ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
