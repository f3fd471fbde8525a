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
public sealed class SaveDraft(CxDbContext db, JourneyCatalog journey)
{
    /// <summary>Stands for a survey that must not exist yet.</summary>
    public const string NoDraft = "";

    // "/surveys/new" is the page that makes one.
    const string Reserved = "new";

    /// <param name="seen">The stamp of the draft that the sender has seen, <see cref="NoDraft"/>, or null to replace whatever is there.</param>
    public async Task<DraftSaved> RunAsync(string key, SurveyDefinition definition, string? seen, Errors errors, CancellationToken ct)
    {
        CheckKey(key, errors);
        DefinitionPlaces.Check(definition, await journey.GetAsync(ct), errors);
        if (errors.Any) return DraftSaved.Refused;
        string draft = DefinitionJson.Write(definition);
        bool saved = seen switch
        {
            null => await ReplaceAsync(key, draft, ct),
            NoDraft => await db.Database.ExecuteSqlAsync($"insert into survey (key, draft) values ({key}, {draft}::jsonb) on conflict (key) do nothing", ct) == 1,
            _ => await ReplaceSeenAsync(key, draft, seen, ct),
        };
        return saved ? DraftSaved.Saved : DraftSaved.OtherDraft;
    }

    public static void CheckKey(string key, Errors errors)
    {
        if (!TextRules.IsKey(key)) errors.Add("key", TextRules.KeyMessage);
        else if (key == Reserved) errors.Add("key", "This key is the app's own; choose another.");
    }

    async Task<bool> ReplaceAsync(string key, string draft, CancellationToken ct) => await db.Database.ExecuteSqlAsync($"""
        insert into survey (key, draft) values ({key}, {draft}::jsonb)
        on conflict (key) do update set draft = excluded.draft
        """, ct) == 1;

    async Task<bool> ReplaceSeenAsync(string key, string draft, string seen, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two admins who save at once wait for each other: the second finds a draft it has not seen.
        var survey = await db.Set<Survey>().FromSql($"select * from survey where key = {key} for update").AsNoTracking().SingleOrDefaultAsync(ct);
        if (survey is null || StoredSurvey.StampOf(survey.Draft) != seen) return false;
        await db.Database.ExecuteSqlAsync($"update survey set draft = {draft}::jsonb where id = {survey.Id}", ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
