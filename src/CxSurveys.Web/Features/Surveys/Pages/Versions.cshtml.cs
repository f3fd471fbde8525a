using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys.Versions;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>All versions of a survey, how two of them differ, which wordings count as one, and the way back to any of them.</summary>
[Authorize(Policies.AdminPages)]
public sealed class VersionsModel(
    CxDbContext db, StoredSurveys surveys, IAnswersSoFar answers, JourneyCatalog journey, Wordings wordings, MarkWordings mark, PublishSurvey publish) : PageModel
{
    const int MostReason = 1000;

    /// <summary>A scored question whose words are others than in the version before.</summary>
    public sealed record Changed(string Key, string Headline, int Instead, WordingMark? Mark);

    public StoredSurvey Stored { get; private set; } = null!;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<SurveyVersion> Versions { get; private set; } = [];

    public IReadOnlyDictionary<int, long> Answers { get; private set; } = new Dictionary<int, long>();
    public JourneyCatalog.Snapshot Journey { get; private set; } = null!;
    public CompanyDays Days { get; private set; } = null!;

    /// <summary>The two that are compared; null when there is only one.</summary>
    public (SurveyVersion Before, SurveyVersion After)? Compared { get; private set; }

    public DefinitionChanges? Changes => Compared is var (before, after) ? DefinitionChanges.Between(before.Definition, after.Definition) : null;

    /// <summary>Why an act was refused.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    WordingHistory history = null!;

    public async Task<IActionResult> OnGetAsync(string key, int? from, int? to, CancellationToken ct)
    {
        if (!await ReadAsync(key, ct)) return NotFound();
        if ((from is not null && Find(from) is null) || (to is not null && Find(to) is null)) return NotFound();
        Compare(from, to);
        return Page();
    }

    public async Task<IActionResult> OnPostAgainAsync(string key, int version, CancellationToken ct)
    {
        var errors = new Errors();
        var number = await publish.AgainAsync(key, version, User.Identity?.Name, errors, ct);
        if (errors.Any) return await RefuseAsync(key, errors.ToDictionary().Select(e => $"{FieldId.Label(e.Key)}: {string.Join(" ", e.Value)}"), ct);
        return number is null ? NotFound() : LocalRedirect($"/surveys/{key}/versions");
    }

    public Task<IActionResult> OnPostMarkAsync(string key, int version, string? question, string? reason, CancellationToken ct) => reason?.Trim() switch
    {
        null or "" => RefuseAsync(key, ["A reason is needed; whoever reads the trend sees it."], ct),
        { Length: > MostReason } => RefuseAsync(key, [$"A reason has at most {MostReason} characters."], ct),
        { } said => SetAsync(key, version, new(question ?? "", said, User.Identity!.Name!), true, ct),
    };

    public Task<IActionResult> OnPostUnmarkAsync(string key, int version, string? question, CancellationToken ct) =>
        SetAsync(key, version, new(question ?? "", null, User.Identity!.Name!), false, ct);

    public IEnumerable<Changed> ChangedIn(SurveyVersion version) =>
        from question in version.Definition.Questions
        let asked = history.Find(version.Number, question.Key)
        where asked is not null
        let instead = history.ReplacedBy(asked)
        where instead is not null
        select new Changed(question.Key, SurveyWords.Headline(question, version.Definition), instead.Version, history.MarkBetween(asked, instead));

    async Task<IActionResult> SetAsync(string key, int version, Comparable question, bool comparable, CancellationToken ct)
    {
        var errors = new Errors();
        if (!TextRules.IsStorable(question.Reason ?? "")) errors.Add("reason", "The character NUL cannot be stored.");
        var found = !errors.Any && await mark.SetOneAsync(key, version, question, comparable, errors, ct);
        if (errors.Any) return await RefuseAsync(key, errors.ToDictionary().SelectMany(e => e.Value), ct);
        return found ? LocalRedirect($"/surveys/{key}/versions") : NotFound();
    }

    async Task<IActionResult> RefuseAsync(string key, IEnumerable<string> problems, CancellationToken ct)
    {
        if (!await ReadAsync(key, ct)) return NotFound();
        Compare(null, null);
        Problems = [.. problems];
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    async Task<bool> ReadAsync(string key, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { } stored) return false;
        Stored = stored;
        Versions = await surveys.VersionsAsync(stored.Survey.Id, ct);
        history = await wordings.ReadAsync(stored.Survey.Id, ct);
        var counted = await answers.ByVersionAsync(stored.Survey.Id, ct);
        Answers = Versions.ToDictionary(v => v.Number, v => counted.GetValueOrDefault(v.Id));
        Journey = await journey.GetAsync(ct);
        Days = await CompanyDays.ReadAsync(db, ct);
        return true;
    }

    SurveyVersion? Find(int? number) => Versions.FirstOrDefault(v => v.Number == number);

    // Left out: the newest, and the one before it.
    void Compare(int? from, int? to)
    {
        if (Versions.Count < 2) return;
        var after = Find(to) ?? (from is null || Find(from)!.Number < Versions[0].Number ? Versions[0] : Versions[1]);
        var before = Find(from) ?? Versions.FirstOrDefault(v => v.Number < after.Number) ?? Versions[^2];
        Compared = (before, after);
    }
}
