using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace CxSurveys.Web.Tests.Platform;

/// <summary>The built app as a process of its own, killed at the end.</summary>
internal sealed partial class ServedProcess : IDisposable
{
    readonly Process process;

    ServedProcess(Process process) => this.process = process;

    public Uri Address { get; private set; } = null!;

    /// <exception cref="InvalidOperationException">It ended; the message is what it said.</exception>
    public static async Task<ServedProcess> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "serve"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = ServerFolder.WebFolder };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var served = new ServedProcess(Process.Start(start)!);
        try
        {
            await served.ListensAsync(ct);
            return served;
        }
        catch
        {
            served.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    // It logs to its standard error.
    async Task ListensAsync(CancellationToken ct)
    {
        Drain(process.StandardOutput);
        var said = new StringBuilder();
        while (await process.StandardError.ReadLineAsync(ct) is { } line)
        {
            said.AppendLine(line);
            if (Listening().Match(line) is not { Success: true } found) continue;
            Address = new Uri(found.Groups[1].Value);
            Drain(process.StandardError);
            return;
        }
        throw new InvalidOperationException(said.ToString());
    }

    // Nobody reads it, and a full pipe would stop the process.
    static void Drain(StreamReader said) => _ = said.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);

    [GeneratedRegex("""listening on:? [\\"]*(http://[^\\"\s]+)""")]
    private static partial Regex Listening();
}
