using CxSurveys.Web.Features.Scores.Live;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>How do customers rate this touchpoint, and why?</summary>
[Authorize(Policies.Pages), ShowsNewAnswers]
public sealed class TouchpointModel(DetailQueries queries) : DetailModel
{
    public Task<IActionResult> OnGetAsync(string key, CancellationToken ct) =>
        ShowAsync("touchpoint", (address, errors) => queries.OfTouchpointAsync(key, address, errors, ct));
}
