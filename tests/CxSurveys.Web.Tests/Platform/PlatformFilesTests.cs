using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxSurveys.Web.Tests.Platform;

public sealed class PlatformFilesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("cxsurveys-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Library_links_that_npm_left_out_are_made()
    {
        string native = Path.Combine(folder, "native");
        Directory.CreateDirectory(Path.Combine(native, "lib"));
        File.WriteAllText(Path.Combine(native, "lib", "libpq.so.5.18"), "library");
        File.WriteAllText(Path.Combine(native, "pg-symlinks.json"), """[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]""");
        string link = Path.Combine(native, "lib", "libpq.so.5");
        File.CreateSymbolicLink(link, "gone");

        Assert.True(PostgresBinaries.TryLink(native, NullLogger.Instance));
        Assert.Equal("library", File.ReadAllText(link));
        Assert.True(PostgresBinaries.TryLink(native, NullLogger.Instance));
    }

    [Fact]
    public async Task Processes_that_start_together_seal_with_one_certificate()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => KeyRing.FindOrMake(folder).Thumbprint)));

        Assert.Single(made.Distinct());
        string file = Assert.Single(Directory.GetFiles(folder));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task An_exclusive_lock_waits_for_all_who_share()
    {
        string file = Path.Combine(folder, "lock");
        using (FolderLock.Shared(file))
        using (FolderLock.Shared(file))
            Assert.Null(FolderLock.TryExclusive(file));

        using var held = await FolderLock.ExclusiveAsync(file, TestContext.Current.CancellationToken);
        Assert.Null(FolderLock.TryExclusive(file));
    }
}
