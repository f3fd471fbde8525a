namespace CxSurveys.Web.Features.Accounts;

/// <summary>The verbs <c>keys create</c> and <c>keys revoke</c>. They return the exit code.</summary>
public static class KeysCommand
{
    /// <summary>Prints the key, alone, as the last line of <paramref name="output"/>; it cannot be shown again.</summary>
    public static async Task<int> CreateAsync(IServiceProvider services, string name, string role, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (!Enum.GetNames<KeyRole>().Contains(role, StringComparer.OrdinalIgnoreCase))
            return await FailAsync(error, "The role is one of: ingest, analyst, admin.");

        var (key, problem) = await services.GetRequiredService<ApiKeys>().CreateAsync(name, Enum.Parse<KeyRole>(role, ignoreCase: true), ct);
        if (key is null) return await FailAsync(error, problem!);
        await output.WriteLineAsync(key);
        return 0;
    }

    public static async Task<int> RevokeAsync(IServiceProvider services, string name, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (!await services.GetRequiredService<ApiKeys>().RevokeAsync(name, ct)) return await FailAsync(error, $"There is no key named \"{name}\".");
        await output.WriteLineAsync($"Revoked \"{name}\".");
        return 0;
    }

    static async Task<int> FailAsync(TextWriter error, string message)
    {
        await error.WriteLineAsync(message);
        return 1;
    }
}
