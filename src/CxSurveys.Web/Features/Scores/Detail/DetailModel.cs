using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>What the pages of touchpoints and stages have in common.</summary>
public abstract class DetailModel : PageModel
{
    static readonly GroupBy[] Splits = [GroupBy.Touchpoint, GroupBy.Question, GroupBy.Segment];

    /// <summary>Null when <see cref="Problems"/> says why.</summary>
    public DetailView? View { get; private set; }

    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <param name="named">The filter that the page's own address takes the place of.</param>
    /// <param name="read">The page, or where to go instead; neither and no error when there is no such thing.</param>
    protected async Task<IActionResult> ShowAsync(string named, Func<MapAddress, Errors, Task<(DetailView? View, MapAddress? GoTo)>> read)
    {
        var errors = new Errors();
        var address = MapAddress.Parse(Request.QueryString, errors, Request.Path, splits: true);
        if (address.Parameters().Any(p => p.Name == named)) errors.Add(named, "The page's own address names it.");
        if (address.By is { } by && !Splits.Contains(by.By)) errors.Add("by", "One of touchpoint, question, segment.<name>.");
        if (!errors.Any)
        {
            (View, var goTo) = await read(address, errors);
            if (goTo is not null) return LocalRedirect(goTo.Link());
            if (View is null && !errors.Any) return NotFound();
        }
        Problems = [.. errors.ToDictionary().Select(e => $"{e.Key}: {string.Join(" ", e.Value)}")];
        if (Problems.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>The answer to the page's question, from the figures.</summary>
    public IReadOnlyList<Piece> Sentence => DetailSentence.Of(View!);
}
