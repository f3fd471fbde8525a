using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

[AllowAnonymous]
public sealed class SignInModel(PasswordSignIn signIn, CxDbContext db) : PageModel
{
    const string Home = "/";

    [BindProperty] public string Email { get; set; } = "";
    [BindProperty] public string Password { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public string? Company { get; private set; }
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (User.Identity?.IsAuthenticated == true) return LocalRedirect(Target());
        return await ShowAsync(null, ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (string.IsNullOrEmpty(Email) || string.IsNullOrEmpty(Password)) return await ShowAsync("Enter your email address and your password.", ct);
        if (new Rules().Validate(this).Errors is [var wrong, ..])
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await ShowAsync(wrong.ErrorMessage, ct);
        }
        return await signIn.TryAsync(HttpContext, Email.Trim(), Password, ct) switch
        {
            PasswordSignIn.Outcome.SignedIn => LocalRedirect(Target()),
            PasswordSignIn.Outcome.TooMany => StatusCode(StatusCodes.Status429TooManyRequests),
            _ => await ShowAsync("The email address or the password is not right. After many wrong tries sign-in pauses for some minutes.", ct),
        };
    }

    // Only their length: whether they are an address and a password is nobody's to learn.
    internal sealed class Rules : AbstractValidator<SignInModel>
    {
        public Rules()
        {
            string tooLong = $"An email address has at most {TextRules.MaxEmail} characters, a password at most {PasswordRule.Longest}.";
            RuleFor(f => f.Email).MaximumLength(TextRules.MaxEmail).WithMessage(tooLong);
            RuleFor(f => f.Password).MaximumLength(PasswordRule.Longest).WithMessage(tooLong);
        }
    }

    string Target() => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : Home;

    async Task<PageResult> ShowAsync(string? problem, CancellationToken ct)
    {
        Problem = problem;
        Company = await db.Set<Organisation>().Select(o => o.Name).SingleOrDefaultAsync(ct);
        return Page();
    }
}
