using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Opened by the link a colleague was handed: sets the password, once. Used, wrong and old links are "not found".</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.OneTimeLinks)]
public sealed class WelcomeModel(AccountLinks links, Sessions sessions, IValidator<WelcomeModel.WelcomeForm> rules, CxDbContext db) : PageModel
{
    public sealed record WelcomeForm
    {
        public string? Name { get; init; }
        public string? Password { get; init; }
    }

    internal sealed class Rules : AbstractValidator<WelcomeForm>
    {
        public Rules() => RuleFor(f => f.Name).MustBeLine(Account.MaxName);
    }

    [BindProperty] public WelcomeForm Form { get; set; } = new();

    public Account Account { get; private set; } = null!;
    public string? Company { get; private set; }

    public async Task<IActionResult> OnGetAsync(string secret, CancellationToken ct)
    {
        if (!await FindAsync(secret, ct)) return NotFound();
        Form = new() { Name = Account.Name };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string secret, CancellationToken ct)
    {
        if (!await FindAsync(secret, ct)) return NotFound();
        foreach (var failure in (await rules.ValidateAsync(Form, ct)).Errors) ModelState.AddModelError($"{nameof(Form)}.{failure.PropertyName}", failure.ErrorMessage);
        if (PasswordRule.Refusal(Form.Password, Account.Email, Form.Name, Company) is { } message) ModelState.AddModelError("Form.Password", message);
        if (!ModelState.IsValid) return Refused();

        if (await links.UseAsync(secret, Form.Name, Form.Password!, ct) is not { } done) return NotFound();
        foreach (var error in done.Result.Errors) ModelState.AddModelError("Form.Password", error.Description);
        if (!done.Result.Succeeded) return Refused();

        await sessions.BeginAsync(HttpContext, done.Account, ct);
        return LocalRedirect("/");
    }

    async Task<bool> FindAsync(string secret, CancellationToken ct)
    {
        if (await links.FindAsync(secret, ct) is not { } account) return false;
        Account = account;
        Company = await db.Set<Organisation>().Select(o => o.Name).SingleOrDefaultAsync(ct);
        return true;
    }

    PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
