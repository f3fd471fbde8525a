using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What freezes, what it changes, and what stands against it.</summary>
[Authorize(Policies.AdminPages)]
public sealed class PublishModel(StoredSurveys surveys, JourneyCatalog journey, IValidator<SurveyDefinition> rules, PublishSurvey publish) : PageModel
{
    /// <summary>Words that a language lacks, by the path of the field.</summary>
    public sealed record Missing(string Language, IReadOnlyList<string> Fields);

    public StoredSurvey Stored { get; private set; } = null!;
    public JourneyCatalog.Snapshot Journey { get; private set; } = null!;
    public int Next => (Stored.Present?.Number ?? 0) + 1;
    public SurveyDefinition Draft => Stored.Survey.Draft;

    /// <summary>Against the published version; null before the first.</summary>
    public DefinitionChanges? Changes => Stored.Present is { } present ? DefinitionChanges.Between(present.Definition, Draft) : null;

    public IReadOnlyList<Missing> MissingWords { get; private set; } = [];

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
        if (!Moved && Problems.Count == 0)
        {
            var errors = new Errors();
            if (await publish.RunAsync(key, stamp, [], errors, ct) is not null) return LocalRedirect($"/surveys/{key}");
            if (!await ReadAsync(key, ct)) return NotFound();
            Moved = stamp != Stored.Stamp;
        }
        Response.StatusCode = Moved ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return Page();
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
        var gaps = TranslationGaps.Of(Draft).ToLookup(gap => gap.Language, gap => gap.Path);
        MissingWords = [.. Draft.Languages.Skip(1).Select(language => new Missing(language, [.. gaps[language]])).Where(m => m.Fields.Count > 0)];
        return true;
    }
}
