namespace CxSurveys.Web.Platform.Postgres;

/// <summary>A lock file: the operating system frees it when its holder dies, however that happens.</summary>
internal sealed class FolderLock : IDisposable
{
    readonly FileStream file;

    FolderLock(FileStream file) => this.file = file;

    /// <summary>One holder at a time; waits for the one before.</summary>
    public static async Task<FolderLock> ExclusiveAsync(string path, CancellationToken ct)
    {
        while (true)
        {
            if (TryExclusive(path) is { } held) return held;
            await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
        }
    }

    public static FolderLock? TryExclusive(string path)
    {
        try
        {
            return new FolderLock(new FileStream(path, Options()));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Any number of holders; shuts out an exclusive one.</summary>
    public static FolderLock Shared(string path)
    {
        if (!File.Exists(path)) TryExclusive(path)?.Dispose();
        return new FolderLock(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));
    }

    // Whoever may read a lock file may hold it, and keep us waiting for ever.
    static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    public void Dispose() => file.Dispose();
}
