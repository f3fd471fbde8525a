using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.People;

/// <summary>Which addresses are never written to?</summary>
[Authorize(Policies.AdminPages)]
public sealed class SuppressedModel(Suppression suppression) : PageModel
{
    public const int Most = 10_000;

    [BindProperty] public string? Addresses { get; set; }

    public int Count { get; private set; }
    public string? Outcome { get; private set; }
    public string? Problem { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => Count = await suppression.CountAsync(ct);

    public Task<IActionResult> OnPostAddAsync(CancellationToken ct) => DoAsync(async given =>
    {
        int added = await suppression.AddAsync(given, "by hand", ct);
        return $"{added} added, {given.Count - added} were on the list already.";
    }, ct);

    public Task<IActionResult> OnPostLookAsync(CancellationToken ct) => DoAsync(async given =>
    {
        var listed = await suppression.OfAsync(given, ct);
        return listed.Count == 0 ? "None of them is on the list." : $"On the list: {string.Join(", ", listed)}.";
    }, ct);

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken ct) => DoAsync(async given => $"{await suppression.RemoveAsync(given, ct)} taken off the list.", ct);

    async Task<IActionResult> DoAsync(Func<List<string>, Task<string>> act, CancellationToken ct)
    {
        var given = (Addresses ?? "").Split((char[])['\n', '\r', ',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (given.Count == 0) Problem = "Enter at least one email address.";
        else if (given.Count > Most) Problem = $"At most {Most} at a time; these are {given.Count}.";
        else if (given.Find(address => !TextRules.IsEmail(address)) is { } wrong) Problem = $"Nothing was done: '{wrong}' is not one email address.";
        if (Problem is null)
        {
            Outcome = await act(given);
            Addresses = null;
        }
        else Response.StatusCode = StatusCodes.Status400BadRequest;
        Count = await suppression.CountAsync(ct);
        return Page();
    }
}
