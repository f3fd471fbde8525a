using System.Diagnostics;
using System.Globalization;

namespace CxSurveys.Benchmarks;

/// <summary>A data folder for the occasion and the ways to run the built app on it. Gone at the end, unless it is kept.</summary>
internal sealed class AppFolder : IDisposable
{
    readonly DirectoryInfo top;
    readonly string webFolder;
    bool isKept;

    /// <param name="parent">Where it lies; by default among temporary files.</param>
    /// <param name="webFolder">The built app's project; by default this source tree's.</param>
    public AppFolder(string? parent = null, string? webFolder = null)
    {
        this.webFolder = webFolder ?? WebFolder;
        top = parent is null ? Directory.CreateTempSubdirectory("cxsurveys-benchmark-") : Directory.CreateDirectory(Path.Combine(parent, "app"));
        // PostgreSQL does not run as root: its own user has to pass through to the folder.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(top.FullName, top.UnixFileMode | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>One that stays for the next run, which finds what this one stored; by default one for the occasion.</summary>
    public static AppFolder KeptAt(string? folder) => folder is null ? new() : new(Path.GetFullPath(folder)) { isKept = true };

    public string Data => Path.Combine(top.FullName, "data");

    /// <param name="ct">Gives up.</param>
    /// <param name="database">A connection string; by default the embedded PostgreSQL of this folder. With one the app has a data folder of its own.</param>
    public Task<AppProcess> StartAsync(CancellationToken ct, string? database = null) => AppProcess.StartAsync(url =>
    {
        var info = StartInfo(["serve"], url);
        if (database is null) return info;
        info.Environment["ConnectionStrings__CxSurveys"] = database;
        info.Environment["CxSurveys__DataFolder"] = Path.Combine(top.FullName, "second");
        return info;
    }, ct);

    /// <summary>Believes what the sender says of its address, as behind a proxy on this machine.</summary>
    public Task<AppProcess> StartBehindProxyAsync(CancellationToken ct) => AppProcess.StartAsync(url =>
    {
        var info = StartInfo(["serve"], url);
        info.Environment["CxSurveys__Proxies"] = "127.0.0.1";
        return info;
    }, ct);

    /// <summary>Runs a verb to its end; its exit code and the last line it printed.</summary>
    public async Task<(int ExitCode, string LastLine)> RunAsync(string[] verb, CancellationToken ct, string input = "")
    {
        var info = StartInfo(verb, null);
        info.RedirectStandardInput = true;
        using var process = Process.Start(info)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(ct);
        string output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) await Console.Error.WriteLineAsync(await errors + output);
        return (process.ExitCode, output.TrimEnd().Split('\n')[^1].Trim());
    }

    public async Task<string> CreateKeyAsync(CancellationToken ct)
    {
        var (exitCode, key) = await RunAsync(["keys", "create", "--name", "benchmark", "--role", "admin"], ct);
        return exitCode == 0 ? key : throw new InvalidOperationException("No key was made.");
    }

    /// <summary>A key, after what <paramref name="prepare"/> does on an empty folder; of a kept one the key of the run before.</summary>
    public async Task<string> PrepareOnceAsync(Func<string, Task> prepare, CancellationToken ct)
    {
        string file = Path.Combine(top.FullName, "key");
        if (File.Exists(file)) return await File.ReadAllTextAsync(file, ct);
        string key = await CreateKeyAsync(ct);
        await prepare(key);
        await File.WriteAllTextAsync(file, key, ct);
        return key;
    }

    /// <summary>The process of the embedded PostgreSQL.</summary>
    public int DatabaseProcess()
    {
        string file = Directory.EnumerateFiles(Data, "postmaster.pid", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).Single();
        return int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!isKept) top.Delete(recursive: true);
    }

    ProcessStartInfo StartInfo(string[] verb, Uri? url)
    {
        var info = new ProcessStartInfo("dotnet", [BuiltApp(webFolder), .. verb]) { WorkingDirectory = webFolder, RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment.Remove("ConnectionStrings__CxSurveys");
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        info.Environment["CxSurveys__DataFolder"] = Data;
        if (url is not null) info.Environment["ASPNETCORE_URLS"] = url.ToString();
        return info;
    }

    public static string WebFolder { get; } = Path.Combine(SourceTree(), "src", "CxSurveys.Web");

    // bin/<configuration>/<framework>, the same for both.
    static string BuiltApp(string webFolder) => Path.Combine([webFolder, "bin", .. AppContext.BaseDirectory.TrimEnd('/', '\\').Split('/', '\\')[^2..], "CxSurveys.Web.dll"]);

    public static string SourceTree()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CxSurveys.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("The benchmarks run outside the source tree.");
    }
}
