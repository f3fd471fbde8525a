using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys.Versions;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What freezes, what it changes, and what stands against it.</summary>
[Authorize(Policies.AdminPages)]
public sealed class PublishModel(StoredSurveys surveys, JourneyCatalog journey, IValidator<SurveyDefinition> rules, Wordings wordings, PublishSurvey publish) : PageModel
{
    public const string SameMeaning = "same";
    const int MostReason = 1000;

    /// <summary>Words that a language lacks, by the path of the field.</summary>
    public sealed record Missing(string Language, IReadOnlyList<string> Fields);

    public StoredSurvey Stored { get; private set; } = null!;
    public JourneyCatalog.Snapshot Journey { get; private set; } = null!;
    public int Next => (Stored.Present?.Number ?? 0) + 1;
    public SurveyDefinition Draft => Stored.Survey.Draft;

    /// <summary>Against the published version; null before the first.</summary>
    public DefinitionChanges? Changes => Stored.Present is { } present ? DefinitionChanges.Between(present.Definition, Draft) : null;

    public IReadOnlyList<Missing> MissingWords { get; private set; } = [];

    /// <summary>Where the words of each scored question lead to, by its key.</summary>
    public IReadOnlyDictionary<string, PlacedWording> Placed { get; private set; } = new Dictionary<string, PlacedWording>();

    /// <summary>What was chosen for a changed wording, by the key of its question.</summary>
    [BindProperty] public Dictionary<string, string?> Means { get; set; } = [];

    /// <summary>Why it means the same.</summary>
    [BindProperty] public Dictionary<string, string?> Why { get; set; } = [];

    /// <summary>Reasons that are missing or too long.</summary>
    public SortedDictionary<string, string> Unsaid { get; } = new(StringComparer.Ordinal);

    /// <summary>Why it cannot be published, by the path of the field.</summary>
    public IDictionary<string, string[]> Problems { get; private set; } = new Dictionary<string, string[]>();

    /// <summary>True when somebody saved the draft after this page was opened.</summary>
    public bool Moved { get; private set; }

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken ct) => await ReadAsync(key, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string key, string? stamp, CancellationToken ct)
    {
        if (!await ReadAsync(key, ct)) return NotFound();
        // Without a stamp nobody has seen anything.
        Moved = stamp != Stored.Stamp;
        var comparable = Comparables();
        if (!Moved && Problems.Count == 0 && Unsaid.Count == 0)
        {
            var errors = new Errors();
            if (await publish.RunAsync(key, stamp, comparable, errors, ct) is not null) return LocalRedirect($"/surveys/{key}");
            if (!await ReadAsync(key, ct)) return NotFound();
            Moved = stamp != Stored.Stamp;
        }
        Response.StatusCode = Moved ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return Page();
    }

    List<Comparable> Comparables()
    {
        var marked = Placed.Where(p => p.Value.Before is not null && Means.GetValueOrDefault(p.Key) == SameMeaning).Select(p => new Comparable(p.Key, Why.GetValueOrDefault(p.Key)?.Trim(), User.Identity!.Name!)).ToList();
        foreach (var question in marked)
        {
            if (string.IsNullOrEmpty(question.Reason)) Unsaid[question.Question] = "A reason is needed; whoever reads the trend sees it.";
            else if (question.Reason.Length > MostReason || !TextRules.IsStorable(question.Reason)) Unsaid[question.Question] = $"At most {MostReason} characters, without NUL.";
        }
        return marked;
    }

    async Task<Dictionary<string, PlacedWording>> PlaceAsync(CancellationToken ct)
    {
        var history = await wordings.ReadAsync(Stored.Survey.Id, ct);
        return FrozenQuestions.Of(Draft, Journey).Where(q => q.MetricKey is not null).ToDictionary(q => q.Key, q => history.Place(q.Key, q.MetricKey!, Wording.Of(Draft, q)), StringComparer.Ordinal);
    }

    async Task<bool> ReadAsync(string key, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { } stored) return false;
        Stored = stored;
        Journey = await journey.GetAsync(ct);
        var errors = new Errors();
        errors.Add(await rules.ValidateAsync(Draft, ct));
        DefinitionPlaces.Check(Draft, Journey, errors);
        if (!errors.Any) PublishChecks.Check(Draft, errors);
        Problems = errors.ToDictionary();
        if (Problems.Count == 0 && Stored.DraftChanged) Placed = await PlaceAsync(ct);
        var gaps = TranslationGaps.Of(Draft).ToLookup(gap => gap.Language, gap => gap.Path);
        MissingWords = [.. Draft.Languages.Skip(1).Select(language => new Missing(language, [.. gaps[language]])).Where(m => m.Fields.Count > 0)];
        return true;
    }
}
