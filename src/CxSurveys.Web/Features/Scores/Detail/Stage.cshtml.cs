using CxSurveys.Web.Features.Scores.Live;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>How do customers rate this stage, and why?</summary>
[Authorize(Policies.Pages), ShowsNewAnswers]
public sealed class StageModel(DetailQueries queries) : DetailModel
{
    public Task<IActionResult> OnGetAsync(string stage, CancellationToken ct) =>
        ShowAsync("stage", (address, errors) => queries.OfStageAsync(stage, address, errors, ct));
}
