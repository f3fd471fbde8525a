using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What do we ask, and is it open?</summary>
[Authorize(Policies.AdminPages)]
public sealed class IndexModel(StoredSurveys surveys, IAnswersSoFar answers) : PageModel
{
    public sealed record Row(StoredSurvey Survey, SurveyState State, long Answers);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var all = await surveys.AllAsync(ct);
        var bySurvey = await answers.BySurveyAsync(ct);
        Rows = [.. all.Select(s => new Row(s, s.StateOf(), bySurvey.GetValueOrDefault(s.Survey.Id)))
            .OrderBy(r => r.State == SurveyState.Closed).ThenBy(r => r.Survey.Survey.Draft.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(r => r.Survey.Key, StringComparer.Ordinal)];
    }
}
