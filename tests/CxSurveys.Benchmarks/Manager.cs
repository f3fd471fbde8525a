using System.Text.RegularExpressions;

namespace CxSurveys.Benchmarks;

/// <summary>The one who reads pages: a browser with a session.</summary>
internal static partial class Manager
{
    const string Email = "bench@example.com", Password = "seven kettles under a willow";

    public static async Task MakeAsync(AppFolder folder, CancellationToken ct)
    {
        if ((await folder.RunAsync(["admin", "create", "--email", Email, "--password-stdin"], ct, Password)).ExitCode != 0) throw new InvalidOperationException("No account was made.");
    }

    public static async Task<HttpClient> SignInAsync(AppProcess app, CancellationToken ct)
    {
        var browser = app.Browser();
        var signIn = new Uri("sign-in", UriKind.Relative);
        string token = Token().Match(await browser.GetStringAsync(signIn, ct)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = Email, ["password"] = Password, ["__form"] = token });
        using var answer = await browser.PostAsync(signIn, form, ct);
        return answer.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in" ? throw new InvalidOperationException($"Not signed in: {(int)answer.StatusCode}.") : browser;
    }

    [GeneratedRegex("name=\"__form\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
