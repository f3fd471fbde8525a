using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Channels;

/// <summary>Where shall customers meet this survey? Links, codes, frames, widget and kiosk for a touchpoint and segment, and the rules of the open link.</summary>
[Authorize(Policies.AdminPages)]
public sealed class ShareModel(StoredSurveys surveys, SharedSurvey shared, SurveyChannels channels, PublicAddress address) : PageModel
{
    public const int SegmentRows = 3;

    /// <summary>As typed: what is no address comes back for mending.</summary>
    public sealed record RulesForm(string? Sites = null, bool OneAnswerPerBrowser = false);

    public StoredSurvey Stored { get; private set; } = null!;
    public IReadOnlyList<Touchpoint> Touchpoints { get; private set; } = [];
    public LinkContext Context { get; private set; } = LinkContext.Plain;
    public IReadOnlyDictionary<string, string> Wrong { get; private set; } = new Dictionary<string, string>();
    public WidgetRules Widget { get; private set; } = null!;
    public RulesForm Form { get; private set; } = new();
    public bool Saved { get; private set; }
    public string Root => $"/surveys/{Stored.Key}/share";

    /// <summary>The rows of the form: those that are filled in, and empty ones.</summary>
    public IEnumerable<(string Name, string Value)> SegmentFields =>
        SharedSurvey.Pairs(Request.Query).Where(p => p.Name.Length + p.Value.Length > 0).Concat(Enumerable.Repeat(("", ""), SegmentRows)).Take(SegmentRows);

    public string LinkOf(string channel, string under = "") => shared.Link(Request, Stored.Key, Context with { Channel = channel }, under).ToString();

    public string Frame => $"<iframe src=\"{LinkOf(Channel.Iframe).Replace("&", "&amp;", StringComparison.Ordinal)}\" title=\"{Stored.Survey.Draft.Name.Replace("\"", "&quot;", StringComparison.Ordinal)}\" style=\"width:100%;height:640px;border:0\"></iframe>";

    public string Script => Widget.Script(address.ForReader(Request, "/assets/widget.js").ToString(), LinkOf(Channel.Widget));

    public async Task<IActionResult> OnGetAsync(string key, bool saved, CancellationToken ct)
    {
        if (!await FindAsync(key, ct)) return NotFound();
        var rules = await channels.OfAsync(key, ct);
        Form = new RulesForm(string.Join('\n', rules.Sites), rules.OneAnswerPerBrowser);
        Saved = saved;
        if (Wrong.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string key, RulesForm form, CancellationToken ct)
    {
        if (!await FindAsync(key, ct)) return NotFound();
        Form = form;
        string[] typed = (form.Sites ?? "").Split(['\n', '\r', ' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var bad = Array.Find(typed, site => SurveyChannels.Origin(site) is null);
        if (bad is not null) ModelState.AddModelError(nameof(form.Sites), $"“{bad}” is not the address of a site. Write it like https://shop.example, without a path or a star.");
        if (typed.Length > SurveyChannels.MaxSites) ModelState.AddModelError(nameof(form.Sites), $"At most {SurveyChannels.MaxSites} sites.");
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        await channels.SetAsync(Stored.Survey.Id, new OpenLinkRules([.. typed.Select(site => SurveyChannels.Origin(site)!).Distinct()], form.OneAnswerPerBrowser), ct);
        return LocalRedirect($"{Root}?saved=true");
    }

    async Task<bool> FindAsync(string key, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { } stored) return false;
        Stored = stored;
        Touchpoints = await shared.TouchpointsAsync(ct);
        var errors = new Errors();
        Context = await shared.ReadAsync(Request.Query, errors, ct);
        Widget = WidgetRules.Read(Request.Query, errors);
        Wrong = errors.ToDictionary().ToDictionary(e => e.Key, e => e.Value[0]);
        return true;
    }
}
