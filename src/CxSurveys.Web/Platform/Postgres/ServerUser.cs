using System.Diagnostics;

namespace CxSurveys.Web.Platform.Postgres;

/// <summary>Whom PostgreSQL runs as: ourselves, or an unprivileged user when we are root, because it refuses root.</summary>
internal sealed class ServerUser
{
    readonly (string Name, string UserId, string GroupId)? dropTo;

    ServerUser((string, string, string)? dropTo) => this.dropTo = dropTo;

    public bool IsOther => dropTo is not null;

    public string Name => dropTo?.Name ?? Environment.UserName;

    public static ServerUser Current()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return new ServerUser(null);

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(parts => parts.Length > 3).ToDictionary(parts => parts[0]);
        var user = users.GetValueOrDefault("postgres") ?? users.GetValueOrDefault("nobody")
            ?? throw new InvalidOperationException("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as. Start the app as another user or set ConnectionStrings__CxSurveys.");
        return new ServerUser((user[0], user[2], user[3]));
    }

    /// <summary>Runs a program as the server's user and returns its exit code with everything it said.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo
        {
            // Ours may be closed to the server's user.
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsServerSetting).ToList()) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";

        string[] command = [.. Prefix(), program, .. arguments];
        start.FileName = command[0];
        foreach (string argument in command[1..]) start.ArgumentList.Add(argument);

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, string.Join('\n', await said).Trim());
    }

    public async Task<bool> CanReadAsync(string path, CancellationToken ct) =>
        !IsOther || (await RunAsync("test", ["-r", path], ct)).ExitCode == 0;

    public async Task<bool> CanEnterAsync(string folder, CancellationToken ct) =>
        !IsOther || (await RunAsync("test", ["-x", folder], ct)).ExitCode == 0;

    public async Task GiveAsync(string path, CancellationToken ct)
    {
        if (dropTo is not { } user) return;
        using var chown = Process.Start("chown", ["-R", $"{user.UserId}:{user.GroupId}", path]);
        await chown.WaitForExitAsync(ct);
        if (chown.ExitCode != 0) throw new InvalidOperationException($"{path} could not be given to {user.Name}.");
    }

    // A PGPORT, PGDATA or PGOPTIONS of the shell would quietly change what we start.
    static bool IsServerSetting(string name) => name.StartsWith("PG", StringComparison.Ordinal) || name.StartsWith("LC_", StringComparison.Ordinal) || name == "LANG";

    string[] Prefix()
    {
        if (dropTo is not { } user) return [];
        return File.Exists("/usr/bin/setpriv") || File.Exists("/bin/setpriv")
            ? ["setpriv", $"--reuid={user.UserId}", $"--regid={user.GroupId}", "--clear-groups", "--"]
            : ["runuser", "-u", user.Name, "--"];
    }
}
