using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>The verbs <c>keys create</c> and <c>keys revoke</c>. They return the exit code.</summary>
public static class KeysCommand
{
    /// <summary>Prints the key, alone, as the last line of <paramref name="output"/>; it cannot be shown again.</summary>
    public static async Task<int> CreateAsync(IServiceProvider services, string name, string role, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > ApiKey.MaxName || name.Any(char.IsControl))
            return await FailAsync(error, $"A name has 1 to {ApiKey.MaxName} characters, on one line.");
        if (!Enum.GetNames<KeyRole>().Contains(role, StringComparer.OrdinalIgnoreCase))
            return await FailAsync(error, "The role is one of: ingest, analyst, admin.");

        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        if (await db.Set<ApiKey>().AnyAsync(k => k.Name == name, ct))
            return await FailAsync(error, $"There is, or was, a key named \"{name}\". Choose another name.");

        await output.WriteLineAsync(await CreateKeyAsync(scope.ServiceProvider, name, role, ct));
        return 0;
    }

    /// <summary>Makes a key whose name is free and whose role exists, and returns it: the database knows only its hash. The services are those of a scope.</summary>
    public static async Task<string> CreateKeyAsync(IServiceProvider services, string name, string role, CancellationToken ct = default)
    {
        var db = services.GetRequiredService<CxDbContext>();
        var key = ApiKey.Prefix + Secret.Create();
        db.Add(new ApiKey
        {
            Name = name,
            Role = Enum.Parse<KeyRole>(role, ignoreCase: true),
            Hash = Secret.Hash(key),
            CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow(),
        });
        await db.SaveChangesAsync(ct);
        return key;
    }

    public static async Task<int> RevokeAsync(IServiceProvider services, string name, TextWriter output, TextWriter error, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        if (await db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Name == name, ct) is not { } key)
            return await FailAsync(error, $"There is no key named \"{name}\".");

        key.RevokedAt ??= scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        await db.SaveChangesAsync(ct);
        await output.WriteLineAsync($"Revoked \"{name}\".");
        return 0;
    }

    static async Task<int> FailAsync(TextWriter error, string message)
    {
        await error.WriteLineAsync(message);
        return 1;
    }
}
