using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>A survey's words in two languages beside each other, and the files in which translators take them along.</summary>
[Authorize(Policies.AdminPages), RequestSizeLimit(LargestForm), RequestFormLimits(ValueCountLimit = MostFields, MultipartBodyLengthLimit = LargestForm)]
public sealed class TranslateModel(StoredSurveys surveys, IValidator<SurveyDefinition> rules, SaveDraft save, CxDbContext db) : PageModel
{
    public const string ActField = "act", StampField = "stamp", TextPrefix = "text.";

    const int LargestForm = 4 << 20, MostFields = 20_000;
    const string Copy = "copy", CopyOne = "copy:";

    public StoredSurvey Stored { get; private set; } = null!;
    public CompanyDays Days { get; private set; } = null!;
    public string From { get; private set; } = "";

    /// <summary>Null where the survey has one language only.</summary>
    public string? To { get; private set; }

    public string Stamp { get; private set; } = "";
    internal IReadOnlyList<TranslatedText> Texts { get; private set; } = [];
    internal IReadOnlyList<TranslationProgress> Progress { get; private set; } = [];
    public int? Imported { get; private set; }

    /// <summary>What stands against saving or importing: where, and why.</summary>
    public IDictionary<string, string[]> Problems { get; private set; } = new Dictionary<string, string[]>();

    public bool Overtaken { get; private set; }
    public bool Unsaved { get; private set; }

    SurveyDefinition Draft => Stored.Survey.Draft;

    public async Task<IActionResult> OnGetAsync(string key, string? from, string? to, int? imported, CancellationToken ct)
    {
        Imported = imported;
        return await OpenAsync(key, from, to, ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnGetXliffAsync(string key, string? from, string? to, CancellationToken ct) =>
        await OpenAsync(key, from, to, ct) && To is { } target ? File(Xliff.Write(key, From, target, Texts), "application/xliff+xml", $"{key}.{From}-{target}.xlf") : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(string key, CancellationToken ct) =>
        await OpenAsync(key, null, null, ct) ? File(TextsCsv.Write(Draft), "text/csv", $"{key}.csv") : NotFound();

    public async Task<IActionResult> OnPostAsync(string key, string? from, string? to, CancellationToken ct)
    {
        if (!await OpenAsync(key, from, to, ct) || To is not { } target) return NotFound();
        string act = Request.Form[ActField].ToString();
        Stamp = Request.Form[StampField].ToString();
        Texts = [.. Texts.Select(t => Typed(t, act))];
        if (act.StartsWith(Copy, StringComparison.Ordinal))
        {
            Unsaved = true;
            return Page();
        }
        var errors = new Errors();
        var written = Translation.With(Draft, target, Texts.ToDictionary(t => t.Unit.Id, t => t.Target ?? "", StringComparer.Ordinal));
        bool saved = await SaveAsync(key, written, Stamp, errors, ct);
        if (act == Autosave.Act) return saved && await OpenAsync(key, From, target, ct) ? Autosave.Done(Stored, Days, ProgressText(target)) : (IActionResult)Autosave.Not(errors.ToDictionary(), Overtaken ? OvertakenText : null);
        return saved ? LocalRedirect(Address(target)) : Refuse(errors);
    }

    public async Task<IActionResult> OnPostImportAsync(string key, string? from, string? to, IFormFile? file, CancellationToken ct)
    {
        if (!await OpenAsync(key, from, to, ct)) return NotFound();
        var errors = new Errors();
        if (await ReadAsync(file, errors, ct) is { } texts && ImportTexts.Lay(Draft, texts, errors) is var laid && !errors.Any && await SaveAsync(key, laid, Stored.Stamp, errors, ct))
            return LocalRedirect($"{Address(To)}&imported={texts.Texts.Sum(t => t.Texts.Values.Count(words => words.Length > 0))}");
        return Refuse(errors);
    }

    public string OvertakenText => $"{Stored.Survey.DraftSavedBy ?? "Somebody else"} saved this survey{(Stored.Survey.DraftSavedAt is { } at ? $" on {Days.Moment(at)}" : "")} while you were translating.";

    public string ProgressText(string language) => Progress.First(p => p.Language == language) is var p ? $"{SurveyWords.Language(language)}: {p.Done} of {p.All}" : "";

    public string Address(string? to) => $"/surveys/{Stored.Key}/translate?from={Uri.EscapeDataString(From)}&to={Uri.EscapeDataString(to ?? "")}";

    async Task<bool> OpenAsync(string key, string? from, string? to, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { } stored) return false;
        (Stored, Stamp, Days) = (stored, stored.Stamp, await CompanyDays.ReadAsync(db, ct));
        Progress = [.. Translation.Progress(Draft)];
        From = Draft.Languages.FirstOrDefault(l => l == from) ?? Draft.Languages[0];
        var others = Draft.Languages.Where(l => l != From).ToList();
        To = others.Find(l => l == to) ?? others.Find(l => Progress.Any(p => p.Language == l && !p.Complete)) ?? others.FirstOrDefault();
        Texts = To is null ? [] : Translation.Of(Draft, From, To);
        return true;
    }

    TranslatedText Typed(TranslatedText text, string act)
    {
        string typed = Request.Form.TryGetValue(TextPrefix + text.Unit.Id, out var field) ? field.ToString().ReplaceLineEndings("\n") : text.Target ?? "";
        // Browsers send line ends of their own making: what was not touched stays as it was.
        if (text.Target is { } stored && stored.ReplaceLineEndings("\n") == typed) typed = stored;
        bool copied = string.IsNullOrWhiteSpace(typed) && (act == Copy && text.Standard is null || act == CopyOne + text.Unit.Id);
        return text with { Target = copied ? text.Source : string.IsNullOrWhiteSpace(typed) ? null : typed };
    }

    async Task<bool> SaveAsync(string key, SurveyDefinition written, string seen, Errors errors, CancellationToken ct)
    {
        errors.Add(await rules.ValidateAsync(written, ct));
        if (errors.Any) return false;
        var outcome = await save.RunAsync(key, written, seen, User.Identity?.Name, errors, ct);
        if (outcome == DraftSaved.OtherDraft) Overtaken = true;
        return outcome == DraftSaved.Saved;
    }

    PageResult Refuse(Errors errors)
    {
        Problems = errors.ToDictionary();
        Response.StatusCode = Overtaken ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        Unsaved = true;
        return Page();
    }

    static async Task<ImportedTexts?> ReadAsync(IFormFile? file, Errors errors, CancellationToken ct)
    {
        if (file is null or { Length: 0 })
        {
            errors.Add("file", "Choose a file that is not empty: XLIFF 2 or CSV.");
            return null;
        }
        await using var stream = file.OpenReadStream();
        // What a file is called says little; XML opens with an angle bracket, and no header does.
        int first = stream.ReadByte();
        while (first is 0xEF or 0xBB or 0xBF or ' ' or '\t' or '\r' or '\n') first = stream.ReadByte();
        stream.Position = 0;
        return first == '<' ? Xliff.Read(stream, errors) : await TextsCsv.ReadAsync(stream, errors, ct);
    }
}
