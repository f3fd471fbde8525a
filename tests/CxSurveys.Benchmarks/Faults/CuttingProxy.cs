using System.Net;
using System.Net.Sockets;

namespace CxSurveys.Benchmarks.Faults;

/// <summary>
/// Between the app and its database. Cuts connections where it hurts: at the message that commits, just before the server gets it or
/// just after, before its answer.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    // Sync, which ends what was sent at once and commits it.
    static readonly byte[] Sync = [(byte)'S', 0, 0, 0, 4];

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly int serverPort;
    readonly Task accepting;
    readonly CancellationTokenSource end = new();
    int armed, cuts;

    public CuttingProxy(int serverPort)
    {
        this.serverPort = serverPort;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Cuts => cuts;

    /// <summary>The next commit is cut.</summary>
    public void Arm() => Interlocked.Exchange(ref armed, 1);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    async Task AcceptAsync()
    {
        while (true) _ = ServeAsync(await listener.AcceptSocketAsync(end.Token));
    }

    async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, serverPort, end.Token);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                await Task.WhenAny(PassAsync(client, server, mayCut: true, both.Token), PassAsync(server, client, mayCut: false, both.Token));
                await both.CancelAsync();
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // One of the two is gone, and so is the other when this ends.
            }
        }
    }

    async Task PassAsync(Socket from, Socket to, bool mayCut, CancellationToken ct)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReceiveAsync(buffer, ct) is > 0 and int length)
        {
            bool cut = mayCut && length > Sync.Length * 10 && buffer.AsSpan(0, length).EndsWith(Sync) && Interlocked.Exchange(ref armed, 0) == 1;
            bool before = cut && Interlocked.Increment(ref cuts) % 2 == 0;
            if (before) return;
            await to.SendAsync(buffer.AsMemory(0, length), ct);
            // Long enough for the server to commit, not for its answer to be passed on: that task ends with this one.
            if (cut) return;
        }
    }
}
