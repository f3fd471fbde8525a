using CxSurveys.Web.Features.Scores.Live;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>Is the difference real, and where does it come from?</summary>
[Authorize(Policies.Pages), ShowsNewAnswers]
public sealed class CompareModel(CompareQueries queries) : PageModel
{
    /// <summary>Null when <see cref="Problems"/> says why.</summary>
    public CompareView? View { get; private set; }

    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var errors = new Errors();
        var address = CompareAddress.Parse(Request.QueryString, errors);
        if (!errors.Any)
        {
            (View, var goTo) = await queries.ReadAsync(address, errors, ct);
            if (goTo is not null) return LocalRedirect(goTo.Link());
        }
        Problems = [.. errors.ToDictionary().Select(e => $"{e.Key}: {string.Join(" ", e.Value)}")];
        if (Problems.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>The answer to the page's question, from the figures.</summary>
    public IReadOnlyList<Piece> Sentence => CompareSentence.Of(View!);
}
