using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What do you want to find out? Begins a survey from a ready one, for a touchpoint, or blank.</summary>
[Authorize(Policies.AdminPages)]
public sealed class NewModel(StartSurvey start, JourneyCatalog journey) : PageModel
{
    public const string Template = "template:", Touchpoint = "touchpoint", Blank = "blank";

    public sealed class StartForm
    {
        public string? Name { get; set; }
        public string? Key { get; set; }
        public List<string> Languages { get; set; } = [];

        /// <summary>Tags of languages that do not ship, with commas.</summary>
        public string? Others { get; set; }

        public string? Touchpoint { get; set; }
    }

    [BindProperty] public StartForm Form { get; set; } = new();

    public JourneyCatalog.Snapshot Journey { get; private set; } = null!;
    public IDictionary<string, string[]> Problems { get; private set; } = new Dictionary<string, string[]>();

    /// <summary>English first, as the default where nothing else is chosen.</summary>
    public static IReadOnlyList<string> Shipped { get; } = [.. StandardWording.All.Keys.Order(StringComparer.Ordinal).OrderBy(language => language != "en")];

    public string? Problem(string field) => Problems.TryGetValue(field, out var messages) ? string.Join(" ", messages) : null;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Journey = await journey.GetAsync(ct);
        Form.Languages = [.. Shipped];
    }

    public async Task<IActionResult> OnPostAsync(string? from, CancellationToken ct)
    {
        Journey = await journey.GetAsync(ct);
        var errors = new Errors();
        string[] others = (Form.Others ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        string[] languages = [.. Shipped.Where(Form.Languages.Contains), .. others];
        if (languages.Length == others.Length) errors.Add("languages", "Choose one at least: a language of your own is added to these.");
        if (Draft(from ?? "", languages, errors) is not { } draft) return BadRequest();

        string name = Form.Name?.Trim() is { Length: > 0 } given ? given : draft.Name;
        if (await start.RunAsync(draft with { Name = name }, Form.Key?.Trim() ?? "", User.Identity?.Name, errors, ct) is { } key) return LocalRedirect($"/surveys/{key}/edit");
        // Of the second of several languages, say: there is one field for them.
        Problems = errors.ToDictionary().GroupBy(e => e.Key.StartsWith("languages[", StringComparison.Ordinal) ? "others" : e.Key).ToDictionary(g => g.Key, g => g.SelectMany(e => e.Value).ToArray());
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    SurveyDefinition? Draft(string from, IReadOnlyList<string> languages, Errors errors)
    {
        if (from == Blank) return SurveyTemplates.Blank(languages);
        if (from.StartsWith(Template, StringComparison.Ordinal)) return SurveyTemplates.All.TryGetValue(from[Template.Length..], out var template) ? SurveyTemplates.Draft(template, languages, Journey) : null;
        if (from != Touchpoint) return null;
        if (Journey.Touchpoints.TryGetValue(Form.Touchpoint ?? "", out var touchpoint) && !touchpoint.Retired) return SurveyTemplates.About(touchpoint, languages);
        errors.Add("touchpoint", "Choose one of your touchpoints.");
        return SurveyTemplates.Blank(languages);
    }
}
