using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>What did they say? The list, and on wide screens its first response beside it.</summary>
[Authorize(Policies.Pages)]
internal sealed class ListModel(InboxQueries queries, ResponseIntake intake) : PageModel
{
    public InboxAddress Address { get; private set; } = null!;

    /// <summary>Null when <see cref="Problems"/> say why.</summary>
    public InboxView? View { get; private set; }

    /// <summary>The one beside the list; null when nothing matches.</summary>
    public ResponseView? Open { get; private set; }

    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>Whether the list is one to decide about as a whole: what is kept apart, or what has a flag.</summary>
    public bool CanDecide => Address["state"] == "quarantine" || Address["flag"] is not null && Address["state"] is null;

    /// <summary>Counts the responses of a page of the list, or keeps them apart.</summary>
    public async Task<IActionResult> OnPostDecideAsync(Guid[] ids, string state, CancellationToken ct)
    {
        if (!User.IsInRole("admin")) return Forbid();
        foreach (var id in ids.Take(InboxQueries.RowsOfAPage)) await intake.DecideAsync(id, state == "counted" ? ResponseState.Counted : ResponseState.Quarantine, ct);
        return LocalRedirect(InboxAddress.Of(Request.QueryString).Without("handler"));
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var errors = new Errors();
        Address = InboxAddress.Of(Request.QueryString);
        (View, var goTo) = await queries.ListAsync(Address, Request.QueryString, errors, ct);
        if (goTo is not null) return LocalRedirect(goTo.Link());
        if (View is { Rows: [var first, ..] }) Open = await queries.FindAsync(first.Id, Address.Words, ct);
        Problems = [.. errors.ToDictionary().Select(e => $"{e.Key}: {string.Join(" ", e.Value)}")];
        if (Problems.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
