using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>What did they say? The list, and on wide screens its first response beside it.</summary>
[Authorize(Policies.Pages)]
internal sealed class ListModel(InboxQueries queries) : PageModel
{
    public InboxAddress Address { get; private set; } = null!;

    /// <summary>Null when <see cref="Problems"/> say why.</summary>
    public InboxView? View { get; private set; }

    /// <summary>The one beside the list; null when nothing matches.</summary>
    public ResponseView? Open { get; private set; }

    public IReadOnlyList<string> Problems { get; private set; } = [];

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
