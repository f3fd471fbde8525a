using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>Opens a draft for the editor and takes back what was typed: the rules are those of the API.</summary>
public sealed class DraftEditing(
    CxDbContext db, StoredSurveys surveys, IAnswersSoFar answers, JourneyCatalog journey, IValidator<SurveyDefinition> rules, SaveDraft save)
{
    public async Task<DraftGround?> OpenAsync(string key, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { } stored) return null;
        var asked = await db.Set<Question>().AsNoTracking().Where(q => q.Version.SurveyId == stored.Survey.Id)
            .OrderBy(q => q.Version.Number).ToListAsync(ct);
        return new DraftGround(
            stored,
            await answers.ByQuestionAsync(stored.Survey.Id, ct),
            asked.GroupBy(q => q.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal),
            await journey.GetAsync(ct),
            await CompanyDays.ReadAsync(db, ct));
    }

    /// <summary>The form after a button that stores nothing; null when the button means to save.</summary>
    public static DraftEditor? Act(DraftEditor editor, string act, string newKind)
    {
        if (DraftActs.Apply(editor.Form, act, newKind) is not { } form) return null;
        var errors = new Errors();
        if (act == "add-language" && form.Languages.Count == editor.Form.Languages.Count)
            errors.Add(DraftReader.NewLanguageField, TextRules.IsLanguage(form.NewLanguage.Trim()) ? "This language is there already." : TextRules.LanguageMessage);
        return editor with { Form = form, Unsaved = true, Errors = errors.ToDictionary().AsReadOnly() };
    }

    /// <summary>Null when it is saved; else the editor with what stands against it, and everything that was typed.</summary>
    public async Task<DraftEditor?> SaveAsync(string key, DraftEditor editor, string? by, CancellationToken ct)
    {
        var errors = new Errors();
        var definition = new DraftWriter(editor.Form, editor.Ground, errors).Write();
        // Where a field cannot be read, that says more than what the rules think of nothing.
        foreach (var failure in (await rules.ValidateAsync(definition, ct)).Errors)
            if (!errors.Has(failure.PropertyName)) errors.Add(failure.PropertyName, failure.ErrorMessage);
        if (errors.Any) DefinitionPlaces.Check(definition, editor.Ground.Journey, errors);
        editor = editor with { Unsaved = true };
        if (errors.Any) return editor with { Errors = errors.ToDictionary().AsReadOnly() };

        switch (await save.RunAsync(key, definition, editor.Form.Stamp, by, errors, ct))
        {
            case DraftSaved.Saved:
                return null;
            case DraftSaved.Refused:
                return editor with { Errors = errors.ToDictionary().AsReadOnly() };
            default:
                var stored = (await surveys.FindAsync(key, ct))!;
                return editor with
                {
                    Conflict = true,
                    Theirs = DefinitionChanges.Between(definition, stored.Survey.Draft),
                    Ground = editor.Ground with { Stored = stored },
                };
        }
    }
}
