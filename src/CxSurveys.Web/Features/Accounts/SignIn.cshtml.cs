using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

[AllowAnonymous]
public sealed class SignInModel(PasswordSignIn signIn, CxDbContext db) : PageModel
{
    const string Home = "/journey";

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
        if (Email.Length > Account.MaxEmail || Password.Length > PasswordRule.Longest)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await ShowAsync($"An email address has at most {Account.MaxEmail} characters, a password at most {PasswordRule.Longest}.", ct);
        }
        return await signIn.TryAsync(HttpContext, Email.Trim(), Password, ct) switch
        {
            PasswordSignIn.Outcome.SignedIn => LocalRedirect(Target()),
            PasswordSignIn.Outcome.TooMany => StatusCode(StatusCodes.Status429TooManyRequests),
            _ => await ShowAsync("The email address or the password is not right. After many wrong tries sign-in pauses for some minutes.", ct),
        };
    }

    string Target() => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : Home;

    async Task<PageResult> ShowAsync(string? problem, CancellationToken ct)
    {
        Problem = problem;
        Company = await db.Set<Organisation>().Select(o => o.Name).SingleOrDefaultAsync(ct);
        return Page();
    }
}
