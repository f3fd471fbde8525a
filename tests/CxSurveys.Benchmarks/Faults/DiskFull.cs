using System.Diagnostics;

namespace CxSurveys.Benchmarks.Faults;

/// <summary>The app and its database on a small file system that fills up under load and is freed again.</summary>
internal static class DiskFull
{
    const long Left = 6 << 20;

    public static async Task RunAsync(Table table, CancellationToken ct)
    {
        var mount = Directory.CreateTempSubdirectory("cxsurveys-small-disk-");
        if (!await MountAsync("mount", "-t", "tmpfs", "-o", "size=500m,mode=755", "tmpfs", mount.FullName))
        {
            mount.Delete();
            table.Promise(true, $"disk full: LEFT OUT, mounting is not allowed here");
            return;
        }
        try
        {
            using var folder = new AppFolder(mount.FullName);
            await using var world = await World.CreateAsync(folder, ct);
            using var run = new FaultRun.Run(world, table);
            await run.InflictAsync(new FaultRun.Fault("disk full", 1, _ => FillAsync(mount, run.Journal, ct)), ct);
            await run.CheckAsync("disk full", ct);
        }
        finally
        {
            await MountAsync("umount", mount.FullName);
            mount.Delete();
        }
    }

    // Until nothing more is acknowledged; three seconds later there is room again.
    static async Task<long> FillAsync(DirectoryInfo mount, Journal journal, CancellationToken ct)
    {
        string ballast = Path.Combine(mount.FullName, "ballast");
        await using (var file = File.Create(ballast))
        {
            var some = new byte[1 << 20];
            while (new DriveInfo(mount.FullName).AvailableFreeSpace > Left) await file.WriteAsync(some, ct);
        }
        for (int before = -1; before != journal.Acknowledged; await Task.Delay(1000, ct)) before = journal.Acknowledged;
        await Task.Delay(3000, ct);
        File.Delete(ballast);
        return Stopwatch.GetTimestamp();
    }

    static async Task<bool> MountAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true });
        if (process is null) return false;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
