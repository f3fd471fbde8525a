using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>How is the whole journey, and where does it hurt?</summary>
[Authorize(Policies.Pages)]
public sealed class JourneyModel(MapQueries map) : PageModel
{
    public MapAddress Address { get; private set; } = new() { Selection = new() };

    /// <summary>Null when <see cref="Start"/> or <see cref="Problems"/> says why.</summary>
    public MapView? View { get; private set; }

    public MapStart? Start { get; private set; }
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var errors = new Errors();
        Address = MapAddress.Parse(Request.QueryString, errors);
        if (!errors.Any)
        {
            (View, Start, var goTo) = await map.ReadAsync(Address, errors, ct);
            if (goTo is not null) return LocalRedirect(goTo.Link());
        }
        Problems = [.. errors.ToDictionary().Select(e => $"{e.Key}: {string.Join(" ", e.Value)}")];
        if (Problems.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Filters of the address that no field of the form shows, each with the address without it.</summary>
    public IEnumerable<(string Text, string Without)> Chips()
    {
        string[] shown = ["kind", "definition", "from", "to", "vs", "counting", .. FieldsShown()];
        return Address.Parameters().Where(p => !shown.Contains(p.Name))
            .Select(p => ($"{p.Name.Replace("segment.", "", StringComparison.Ordinal)}: {p.Value}", Address.LinkWithout(p.Name)));
    }

    IEnumerable<string> FieldsShown()
    {
        if (View is not { Options: { } options }) return [];
        var segments = options.Attributes.Where(a => !Address.Selection.Segment.TryGetValue(a.Name, out var value) || a.Values.Contains(value)).Select(a => "segment." + a.Name);
        return segments
            .Concat(Has(options.Languages, Address.Selection.Language) ? ["language"] : [])
            .Concat(Has(options.Channels, Address.Selection.Channel) ? ["channel"] : []);
    }

    static bool Has(IReadOnlyList<string> offered, string? chosen) => chosen is not null && offered.Contains(chosen);

    /// <summary>The answer to the page's question, from the figures.</summary>
    public IReadOnlyList<Piece> Sentence => MapSentence.Of(View!);
}
