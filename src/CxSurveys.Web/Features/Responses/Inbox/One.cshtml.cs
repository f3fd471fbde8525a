using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>What did this customer say? Beside the list it was opened from, where there is room.</summary>
[Authorize(Policies.Pages)]
internal sealed class OneModel(InboxQueries queries, ResponseIntake intake) : PageModel
{
    public InboxAddress Address { get; private set; } = null!;
    public ResponseView Open { get; private set; } = null!;

    /// <summary>The page of the list that holds the response; null when it was opened by itself.</summary>
    public InboxView? View { get; private set; }

    /// <summary>Counts the response, or keeps it apart.</summary>
    public async Task<IActionResult> OnPostDecideAsync(string id, string state, CancellationToken ct)
    {
        if (!User.IsInRole("admin")) return Forbid();
        if (!Guid.TryParse(id, out var wanted) || !await intake.DecideAsync(wanted, state == "counted" ? ResponseState.Counted : ResponseState.Quarantine, ct)) return NotFound();
        return LocalRedirect($"{InboxAddress.Path}/{wanted}");
    }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        Address = InboxAddress.Of(Request.QueryString);
        if (!Guid.TryParse(id, out var wanted) || await queries.FindAsync(wanted, Address.Words, ct) is not { } open) return NotFound();
        Open = open;
        // Filters that cannot be read are the list's matter; the response is there all the same.
        var (view, _) = await queries.ListAsync(Address, Request.QueryString, new Errors(), ct);
        View = view?.Rows.Any(row => row.Id == wanted) == true ? view : null;
        return Page();
    }

    /// <summary>The ones before and after it in the open page of the list.</summary>
    public (Guid? Newer, Guid? Older) Neighbours()
    {
        if (View is null) return default;
        var ids = View.Rows.Select(row => row.Id).ToList();
        int at = ids.IndexOf(Open.Id);
        return (at > 0 ? ids[at - 1] : null, at + 1 < ids.Count ? ids[at + 1] : null);
    }
}
