using System.Diagnostics;
using System.Globalization;

namespace CxSurveys.Web.Platform.Postgres;

/// <summary>The server process of one cluster, as its <c>postmaster.pid</c> tells.</summary>
internal sealed record Postmaster(int ProcessId, int Port)
{
    /// <summary>The living server of a cluster; a file left by a crash, even with its number taken by another program, is none.</summary>
    public static Postmaster? Find(string cluster)
    {
        string[] lines = ReadLines(Path.Combine(cluster, "postmaster.pid"));
        if (lines.Length < 4
            || !int.TryParse(lines[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out int id)
            || !int.TryParse(lines[3], NumberStyles.Integer, CultureInfo.InvariantCulture, out int port)) return null;
        return IsServerOf(cluster, id) ? new Postmaster(id, port) : null;
    }

    static bool IsServerOf(string cluster, int id)
    {
        // A server works in its data folder. A zombie has no folder any more, and Process would still find it.
        if (OperatingSystem.IsLinux())
            return new FileInfo($"/proc/{id}/cwd").LinkTarget is { } folder && Path.GetFullPath(folder) == RealPath(cluster);
        try
        {
            using var process = Process.GetProcessById(id);
            return process.ProcessName.Contains("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The path with every link on the way resolved, as the kernel tells it.</summary>
    internal static string RealPath(string path)
    {
        var folder = new DirectoryInfo(path);
        var final = folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName;
        return Path.GetDirectoryName(final) is { } parent ? Path.Combine(RealPath(parent), Path.GetFileName(final)) : final;
    }
}
