using CxSurveys.Web.Features.Scores.Live;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>How is the whole journey, and where does it hurt?</summary>
[Authorize(Policies.Pages), ShowsNewAnswers]
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

    /// <summary>The answer to the page's question, from the figures.</summary>
    public IReadOnlyList<Piece> Sentence => Address.AsTable ? MapSentence.OfTable(View!) : MapSentence.Of(View!);
}
