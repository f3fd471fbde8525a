using System.Security.Claims;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Shared;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Who may sign in, and what may they do?</summary>
[Authorize(Policies.AdminPages)]
public sealed class ColleaguesModel(Colleagues colleagues, IValidator<ColleaguesModel.AddForm> rules, CxDbContext db, PublicAddress address) : PageModel
{
    public const string Address = "/set-up/colleagues";

    public sealed record AddForm
    {
        public string? Name { get; init; }
        public string? Email { get; init; }
        public Role Role { get; init; } = Role.Manager;
    }

    internal sealed class Rules : AbstractValidator<AddForm>
    {
        public Rules()
        {
            RuleFor(f => f.Name).MustBeLine(Account.MaxName);
            RuleFor(f => f.Email!).MustBeEmail();
            RuleFor(f => f.Role).IsInEnum().WithMessage("Choose a role from the list.");
        }
    }

    [BindProperty] public AddForm Form { get; set; } = new();

    /// <summary>The link just made: this answer is the only one that holds it.</summary>
    public ShownOnce? Link { get; private set; }

    public string? Said { get; private set; }
    public bool Refused { get; private set; }
    public IReadOnlyList<Colleagues.Listed> Listed { get; private set; } = [];
    public Organisation Organisation { get; private set; } = null!;
    public Guid Me => Guid.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public static string MayDo(Role role) => role switch
    {
        Role.Admin => "sets everything up",
        Role.Manager => "sees scores and looks after answers",
        _ => "sees scores and answers",
    };

    public Task OnGetAsync(string? done, CancellationToken ct)
    {
        Said = done switch
        {
            "role" => "The role is changed. It holds from their next click on.",
            "off" => "Switched off. They are signed out everywhere.",
            "on" => "Switched on again.",
            _ => null,
        };
        return ReadAsync(ct);
    }

    /// <summary>Answers with the page itself: a redirect would have to carry the link's secret.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var form = Form with { Email = Form.Email?.Trim() ?? "" };
        foreach (var failure in (await rules.ValidateAsync(form, ct)).Errors) ModelState.AddModelError($"{nameof(Form)}.{failure.PropertyName}", failure.ErrorMessage);
        if (ModelState.IsValid)
        {
            if (await colleagues.AddAsync(form.Email, form.Name, form.Role, ct) is { } secret) ShowLink(form.Email, secret);
            else ModelState.AddModelError("Form.email", "There is an account with this address already.");
        }
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status400BadRequest;
        return await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostLinkAsync(Guid id, CancellationToken ct)
    {
        ModelState.Clear();
        if (await colleagues.NewLinkAsync(id, ct) is not { } made) return NotFound();
        ShowLink(made.Email, made.Secret);
        return await ShowAsync(ct);
    }

    // Nullable, for what cannot be read would else be the first role of all: the admin's.
    public async Task<IActionResult> OnPostRoleAsync(Guid id, Role? role, CancellationToken ct) =>
        role is { } wanted && Enum.IsDefined(wanted) ? await AnswerAsync(await colleagues.ChangeRoleAsync(id, wanted, ct), id, "role", ct) : BadRequest();

    public async Task<IActionResult> OnPostOffAsync(Guid id, CancellationToken ct) => await AnswerAsync(await colleagues.SwitchOffAsync(id, ct), id, "off", ct);

    public async Task<IActionResult> OnPostOnAsync(Guid id, CancellationToken ct) => await AnswerAsync(await colleagues.SwitchOnAsync(id, ct), id, "on", ct);

    async Task<IActionResult> AnswerAsync(Colleagues.Outcome outcome, Guid id, string done, CancellationToken ct)
    {
        if (outcome == Colleagues.Outcome.Unknown) return NotFound();
        // Whoever gave up the right to be here cannot come back to this page.
        if (outcome == Colleagues.Outcome.Done) return LocalRedirect(id == Me && done is not "on" ? "/" : $"{Address}?done={done}");

        ModelState.Clear();
        Refused = true;
        Said = "This is the last administrator who can sign in. Make another one first.";
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await ShowAsync(ct);
    }

    void ShowLink(string email, string secret)
    {
        Link = new($"The link for {email}", "Copy it now: it is shown this once. Give it to them, and to nobody else: it sets their password, once, within 24 hours.", address.ForReader(Request, $"/welcome/{secret}").ToString());
        // The form is ready for the next one; what is in the model state would win over it.
        ModelState.Clear();
        Form = new();
    }

    async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        return Page();
    }

    async Task ReadAsync(CancellationToken ct)
    {
        Organisation = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        Listed = await colleagues.ListAsync(ct);
    }
}
