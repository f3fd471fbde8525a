using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What customers are asked now, or were in an earlier version; before the first, the draft.</summary>
[Authorize(Policies.AdminPages)]
public sealed class ShowModel(CxDbContext db, StoredSurveys surveys, IAnswersSoFar answers, JourneyCatalog journey, CloseSurvey close, PublicAddress address) : PageModel
{
    public StoredSurvey Stored { get; private set; } = null!;
    public SurveyState State => Stored.StateOf();
    public IReadOnlyList<SurveyVersion> Versions { get; private set; } = [];
    public IReadOnlyDictionary<int, long> Answers { get; private set; } = new Dictionary<int, long>();
    public JourneyCatalog.Snapshot Journey { get; private set; } = null!;
    public CompanyDays Days { get; private set; } = null!;

    /// <summary>The version to read; null = the draft, where nothing was published.</summary>
    public SurveyVersion? Version { get; private set; }

    public SurveyDefinition Definition => Version?.Definition ?? Stored.Survey.Draft;

    /// <summary>One of the definition's.</summary>
    public string Language { get; private set; } = "";

    public bool IsNewest => Version?.Id == Stored.Present?.Id;
    public long AllAnswers => Answers.Values.Sum();

    /// <summary>What differs between what is published and the draft; null when there is nothing to compare.</summary>
    public DefinitionChanges? Changes => Stored is { Present: { } present, DraftChanged: true } ? DefinitionChanges.Between(present.Definition, Stored.Survey.Draft) : null;

    public string OpenLink => address.ForReader(Request, $"/s/{Stored.Key}").ToString();

    /// <summary>The definition as customers are asked by it: with the standard words where the author wrote none.</summary>
    public PublishedVersion Asked { get; private set; } = null!;

    public string Company { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string key, int? version, string? lang, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { } stored) return NotFound();
        Stored = stored;
        Versions = await surveys.VersionsAsync(stored.Survey.Id, ct);
        Version = version is null ? stored.Present : Versions.FirstOrDefault(v => v.Number == version);
        if (version is not null && Version is null) return NotFound();
        var counted = await answers.ByVersionAsync(stored.Survey.Id, ct);
        Answers = Versions.ToDictionary(v => v.Number, v => counted.GetValueOrDefault(v.Id));
        Language = Definition.Languages.FirstOrDefault(l => l.Equals(lang, StringComparison.OrdinalIgnoreCase)) ?? Definition.Languages[0];
        Journey = await journey.GetAsync(ct);
        Days = await CompanyDays.ReadAsync(db, ct);
        Company = await db.Set<Organisation>().Select(o => o.Name).SingleAsync(ct);
        Asked = new PublishedVersion(Version?.Id ?? 0, Version?.Number ?? 0, key, stored.Survey.ClosedAt, Definition, FrozenQuestions.Of(Definition, Journey));
        return Page();
    }

    public Task<IActionResult> OnPostCloseAsync(string key, CancellationToken ct) => SetClosedAsync(key, true, ct);

    public Task<IActionResult> OnPostReopenAsync(string key, CancellationToken ct) => SetClosedAsync(key, false, ct);

    async Task<IActionResult> SetClosedAsync(string key, bool closed, CancellationToken ct) =>
        await close.RunAsync(key, closed, ct) ? LocalRedirect($"/surveys/{key}") : NotFound();
}
