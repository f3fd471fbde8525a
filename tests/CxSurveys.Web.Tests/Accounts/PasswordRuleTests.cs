using CxSurveys.Web.Features.Accounts;

namespace CxSurveys.Web.Tests.Accounts;

public sealed class PasswordRuleTests
{
    public static TheoryData<string, string, bool> Cases => new()
    {
        { "eleven characters are too few", "kqzv8t2mwpx", false },
        { "twelve at random will do", "kqzv8t2mwpxr", true },
        { "words will do, without digits or capitals", "correct horse battery staple", true },
        { "any script will do", "สวัสดีชาวโลกทุกคน", true },
        { "129 characters are too many", string.Concat(Enumerable.Repeat("kqz8v", 26))[..129], false },
        { "one of the most common", "123456789012", false },
        { "common, in other letters", "P@ssw0rd1234", false },
        { "common, twice", "passwordpassword", false },
        { "a row of keys", "qwertyuiop123", false },
        { "one character, repeated", "aaaaaaaaaaaa", false },
        { "a season and a year", "Summer2026!!", false },
        { "the person's own address", "nadia.rahman@larkfield.example", false },
        { "the company with a year", "LarkfieldHome2026", false },
    };

    [Theory, MemberData(nameof(Cases))]
    public void A_password_is_long_enough_and_hard_to_guess(string why, string password, bool good) =>
        Assert.True(good == PasswordRule.Refusal(password, "nadia.rahman@larkfield.example", "Nadia Rahman", "Larkfield Home") is null, why);
}
