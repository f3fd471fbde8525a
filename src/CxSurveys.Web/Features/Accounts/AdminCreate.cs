using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>The verb <c>admin create --email E --password-stdin</c>.</summary>
public static class AdminCreate
{
    /// <returns>The exit code: 0, or 1 with the reasons on standard error.</returns>
    public static Task<int> RunAsync(IServiceProvider services, string email, TextReader stdin) =>
        RunAsync(services, email, stdin, Console.Out, Console.Error, CancellationToken.None);

    public static async Task<int> RunAsync(IServiceProvider services, string email, TextReader stdin, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (!TextRules.IsEmail(email))
        {
            await error.WriteLineAsync("That is not an email address.");
            return 1;
        }
        var password = await stdin.ReadLineAsync(ct) ?? "";

        await using var scope = services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<FirstRun>().CreateAdminAsync(email, password, ct);
        foreach (var wrong in result.Errors) await error.WriteLineAsync(wrong.Description);
        if (result.Succeeded) await output.WriteLineAsync($"Administrator {email} can sign in.");
        return result.Succeeded ? 0 : 1;
    }
}
