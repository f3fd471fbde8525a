using Microsoft.AspNetCore.Identity;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Length, and that it cannot be guessed; any characters will do.</summary>
public sealed class PasswordRule : IPasswordValidator<Account>
{
    public const int Shortest = 12;

    /// <summary>A hash of more would only cost time: the machine's, not the attacker's.</summary>
    public const int Longest = 128;

    /// <summary>Of 0 to 4: from here on an offline attack on the hash takes more than about 10^8 guesses.</summary>
    const int LowestScore = 3;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Refusal(password, user.Email, user.Name) is { } message
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = message })
            : IdentityResult.Success);

    /// <summary>What is wrong with a password, or null. <paramref name="known"/> holds words an attacker tries first.</summary>
    public static string? Refusal(string? password, params IEnumerable<string?> known)
    {
        if (password is null || password.Length < Shortest) return $"Use at least {Shortest} characters.";
        if (password.Length > Longest) return $"Use at most {Longest} characters.";

        // The mail name and the site's own name are the first guesses of whoever knows the person.
        var words = known.OfType<string>().SelectMany(word => (string[])[word, .. word.Split('@', '.', ' ', '-', '_')])
            .Append("cxsurveys").Where(word => word.Length > 2).Distinct();
        return Zxcvbn.Zxcvbn.MatchPassword(password, words).Score >= LowestScore
            ? null
            : "This password is easy to guess. Use several unrelated words, or a password manager.";
    }
}
