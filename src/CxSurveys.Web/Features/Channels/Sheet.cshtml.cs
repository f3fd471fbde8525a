using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Channels;

/// <summary>Codes to print and put up: one for the touchpoint that is chosen, or one for each there is.</summary>
[Authorize(Policies.AdminPages)]
public sealed class SheetModel(StoredSurveys surveys, SharedSurvey shared) : PageModel
{
    public sealed record Code(string? Touchpoint, string Picture, string Link);

    public StoredSurvey Stored { get; private set; } = null!;
    public IReadOnlyList<Code> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { } stored) return NotFound();
        Stored = stored;
        var errors = new Errors();
        var context = await shared.ReadAsync(Request.Query, errors, ct);
        if (errors.Any) return LocalRedirect($"/surveys/{key}/share{Request.QueryString}");
        var touchpoints = await shared.TouchpointsAsync(ct);
        var chosen = touchpoints.Where(t => context.Touchpoint is null || t.Key == context.Touchpoint).Select(t => (t.Key, t.Name)).ToList();
        Codes = chosen.Count == 0 ? [CodeOf(context, null)] : [.. chosen.Select(t => CodeOf(context with { Touchpoint = t.Key }, t.Name))];
        return Page();
    }

    Code CodeOf(LinkContext context, string? name) => new(name,
        $"/surveys/{Stored.Key}/share/qr.svg{SharedSurvey.Query(context)}",
        shared.Link(Request, Stored.Key, context with { Channel = Channel.Qr }).ToString());
}
