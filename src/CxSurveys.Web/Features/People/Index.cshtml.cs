using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.People;

/// <summary>Whom may we ask, and what do we know about them?</summary>
[Authorize(Policies.AdminPages)]
public sealed class IndexModel(PeopleList list) : PageModel
{
    public static readonly IReadOnlyList<(Whom Whom, string Word, string Text)> Choices =
    [
        (Whom.All, "", "Everyone"),
        (Whom.May, "may", "May be asked"),
        (Whom.OptedOut, "optedout", "Opted out"),
        (Whom.NoConsent, "noconsent", "No consent"),
        (Whom.NoAddress, "noaddress", "No address"),
    ];

    public string? Q { get; private set; }
    public Whom Whom { get; private set; }
    public bool IsFirstPage { get; private set; }
    public PeopleList.Counts Counts { get; private set; } = null!;
    public PeopleList.Page List { get; private set; } = null!;

    public bool IsFiltered => Whom != Whom.All || !string.IsNullOrWhiteSpace(Q);

    public async Task OnGetAsync([FromQuery] string? q, [FromQuery] string? whom, [FromQuery] string? after, CancellationToken ct)
    {
        Q = q?.Trim();
        Whom = Choices.FirstOrDefault(choice => choice.Word == whom).Whom;
        IsFirstPage = string.IsNullOrEmpty(after);
        Counts = await list.CountAsync(ct);
        List = await list.ReadAsync(Q, Whom, IsFirstPage ? null : after, Counts, ct);
    }

    /// <summary>This list from its start or behind a person.</summary>
    public string Address(string? after)
    {
        string?[] parts =
        [
            string.IsNullOrEmpty(Q) ? null : "q=" + Uri.EscapeDataString(Q),
            Whom == Whom.All ? null : "whom=" + Choices.First(choice => choice.Whom == Whom).Word,
            after is null ? null : "after=" + Uri.EscapeDataString(after),
        ];
        return "/people" + (string.Join('&', parts.OfType<string>()) is { Length: > 0 } query ? "?" + query : "");
    }
}
