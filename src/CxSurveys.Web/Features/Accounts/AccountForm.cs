using System.Net.Mail;
using FluentValidation;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>What may stand in the fields of an account. The password's own rule is <see cref="PasswordRule"/>.</summary>
static class AccountForm
{
    /// <summary>One plain address; "a@b.com, c@d.com" and "Name &lt;a@b.com&gt;" parse as mail addresses but are none here.</summary>
    public static bool IsEmail(string? text) =>
        text is { Length: > 2 and <= Account.MaxEmail }
        && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;

    public static IRuleBuilderOptions<T, string> MustBeEmail<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsEmail).WithMessage("Enter one email address, for example name@example.com.");

    public static IRuleBuilderOptions<T, string?> MustBeLine<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.Must(text => text is null || text.Length <= max && !text.Any(char.IsControl)).WithMessage($"At most {max} characters, on one line.");
}
