using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CxSurveys.Web.Tests.Platform;

public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    readonly ServerFolder folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task It_runs_unprivileged_on_loopback_alone_and_speaks_every_script()
    {
        var server = await folder.StartAsync();

        if (OperatingSystem.IsLinux())
            Assert.DoesNotContain("Uid:\t0\t", await File.ReadAllTextAsync($"/proc/{server.ProcessId}/status", TestContext.Current.CancellationToken));
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(l => l.Port == server.Port).ToList();
        Assert.Equal([IPAddress.Loopback], listening.Select(l => l.Address));
        Assert.Equal("", await ServerFolder.AskAsync<string>(server, "show unix_socket_directories"));
        Assert.Equal("ÉÀ การ مرحبا", await ServerFolder.AskAsync<string>(server, "select upper('éà การ مرحبا')"));
        Assert.Empty(await DurabilityCheck.FindWeakAsync(NpgsqlDataSource.Create(server.ConnectionString + ";Pooling=false"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_password_which_only_the_owner_can_read()
    {
        var server = await folder.StartAsync();
        foreach (string guess in (string[])["", "cxsurveys", "postgres"])
        {
            var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = guess, Pooling = false };
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));
        }
        if (OperatingSystem.IsWindows()) return;

        string[] files = Directory.GetFiles(folder.DataFolder);
        Assert.Equal(3, files.Length);
        foreach (string file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Two_starts_at_once_share_one_server_and_the_last_stops_it()
    {
        var both = await Task.WhenAll(folder.StartAsync(), folder.StartAsync());
        int? id = both[0].ProcessId;
        Assert.NotNull(id);
        Assert.Equal(id, both[1].ProcessId);

        await both[0].DisposeAsync();
        Assert.Equal(1, await ServerFolder.AskAsync<int>(both[1], "select 1"));

        await both[1].DisposeAsync();
        Assert.Null(both[1].ProcessId);
    }

    [Fact]
    public async Task Data_outlives_a_stop()
    {
        var first = await folder.StartAsync();
        await ServerFolder.DoAsync(first, "create table kept as select 0 as score");
        await first.DisposeAsync();

        var second = await folder.StartAsync();
        Assert.Equal(0, await ServerFolder.AskAsync<int>(second, "select score from kept"));
    }

    [Fact]
    public async Task A_killed_server_comes_back_under_the_living_app()
    {
        var settings = new Dictionary<string, string?> { ["CxSurveys:DataFolder"] = folder.DataFolder };
        await using var database = new CxDatabase(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            new HostingEnvironment { ContentRootPath = ServerFolder.WebFolder }, NullLoggerFactory.Instance);
        await database.OpenAsync(TestContext.Current.CancellationToken);
        using var watch = new EmbeddedPostgresWatch(database, TimeProvider.System, NullLogger<EmbeddedPostgresWatch>.Instance);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        var server = database.Embedded!;
        await ServerFolder.DoAsync(server, "create table kept as select 7 as score");

        int before = server.ProcessId!.Value;
        using (var postmaster = Process.GetProcessById(before)) postmaster.Kill();

        // A connection's own process outlives the postmaster for a moment and may still answer.
        await UntilAsync(() => server.ProcessId is { } now && now != before);
        Assert.Equal(7, await UntilAnsweredAsync(database.DataSource, "select score from kept"));
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_stale_pid_file_and_a_port_taken_meanwhile_do_not_stop_the_next_start()
    {
        var first = await folder.StartAsync();
        int taken = first.Port;
        string pidFile = Path.Combine(first.ClusterFolder, "postmaster.pid");
        string[] lines = await File.ReadAllLinesAsync(pidFile, TestContext.Current.CancellationToken);
        await first.DisposeAsync();

        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(pidFile, lines, TestContext.Current.CancellationToken);
        using var taker = new TcpListener(IPAddress.Loopback, taken);
        TakeUnlessTaken(taker);

        var second = await folder.StartAsync();
        Assert.NotEqual(taken, second.Port);
        Assert.Equal(1, await ServerFolder.AskAsync<int>(second, "select 1"));
    }

    [Fact]
    public async Task A_data_folder_closed_to_the_servers_user_does_not_stop_it()
    {
        await using var closed = new ServerFolder(closed: true);
        var server = await closed.StartAsync();

        string home = Environment.IsPrivilegedProcess ? closed.SharedFolder : closed.DataFolder;
        Assert.StartsWith(home, server.ClusterFolder, StringComparison.Ordinal);
        Assert.Equal(1, await ServerFolder.AskAsync<int>(server, "select 1"));
    }

    [Fact]
    public async Task A_setting_that_may_lose_answers_is_found()
    {
        var server = await folder.StartAsync();
        await ServerFolder.DoAsync(server, "alter database cxsurveys set synchronous_commit = off");
        await using var data = NpgsqlDataSource.Create(server.ConnectionString + ";Pooling=false");

        Assert.Equal(["synchronous_commit = off"], await DurabilityCheck.FindWeakAsync(data, TestContext.Current.CancellationToken));
    }

    // A test beside this one may have been given the freed port already, which serves as well.
    static void TakeUnlessTaken(TcpListener taker)
    {
        try
        {
            taker.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            Assert.NotEqual(0, ((IPEndPoint)taker.LocalEndpoint).Port);
        }
    }

    static async Task UntilAsync(Func<bool> held)
    {
        var waited = Stopwatch.StartNew();
        while (!held())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), "PostgreSQL was not started again");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    static async Task<int> UntilAnsweredAsync(NpgsqlDataSource data, string sql)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var command = data.CreateCommand(sql);
                return (int)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            }
            catch (NpgsqlException) when (waited.Elapsed < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }
}
