using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Opened by the link on the console: the first admin, the company's name and zone. Used or wrong links are "not found".</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.OneTimeLinks)]
public sealed class SetupModel(FirstRun firstRun, CxDbContext db, Sessions sessions, IValidator<SetupModel.SetupForm> rules, IConfiguration configuration, TimeProvider clock) : PageModel
{
    public sealed record SetupForm
    {
        public string? Name { get; init; }
        public string Email { get; init; } = "";
        public string Password { get; init; } = "";
        public string Company { get; init; } = "";
        public string TimeZone { get; init; } = "UTC";
    }

    internal sealed class Rules : AbstractValidator<SetupForm>
    {
        public Rules()
        {
            RuleFor(f => f.Name).MustBeLine(Account.MaxName);
            RuleFor(f => f.Email).MustBeEmail();
            RuleFor(f => f.Company).NotEmpty().WithMessage("Enter the name of your company.").MustBeLine(100);
            RuleFor(f => f.TimeZone).Must(zone => TimeZones.Choices.Contains(zone)).WithMessage("Choose a time zone from the list.");
            RuleFor(f => f.Password).Custom((password, context) =>
            {
                var form = context.InstanceToValidate;
                if (PasswordRule.Refusal(password, form.Email, form.Name, form.Company) is { } message) context.AddFailure(message);
            });
        }
    }

    [BindProperty] public SetupForm Form { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string secret, CancellationToken ct)
    {
        if (!await firstRun.IsOpenAsync(secret, ct)) return NotFound();
        var organisation = await firstRun.OrganisationAsync(ct);
        Form = Form with { TimeZone = organisation?.TimeZone ?? configuration["CxSurveys:TimeZone"] ?? "UTC" };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string secret, CancellationToken ct)
    {
        if (!await firstRun.IsOpenAsync(secret, ct)) return NotFound();
        foreach (var failure in (await rules.ValidateAsync(Form, ct)).Errors) ModelState.AddModelError($"{nameof(Form)}.{failure.PropertyName}", failure.ErrorMessage);
        if (ModelState.IsValid && !await TimeZones.IsKnownAsync(db, Form.TimeZone, ct)) ModelState.AddModelError("Form.TimeZone", "The database does not know this time zone; choose another.");
        if (!ModelState.IsValid) return Page();

        var admin = Account.Create(Form.Email, Form.Name, Role.Admin, clock);
        var company = new FirstRun.Company(Form.Company.Trim(), Form.TimeZone);
        if (await firstRun.CompleteAsync(secret, admin, Form.Password, company, ct) is not { } done) return NotFound();
        foreach (var error in done.Result.Errors) ModelState.AddModelError("Form.Email", error.Description);
        if (!done.Result.Succeeded) return Page();

        await sessions.BeginAsync(HttpContext, done.Admin, ct);
        return LocalRedirect("/");
    }
}
