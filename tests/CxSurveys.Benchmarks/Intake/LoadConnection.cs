using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CxSurveys.Benchmarks.Intake;

/// <summary>
/// One HTTP/1.1 keep-alive connection that costs the machine next to nothing, as pgbench does: <see cref="HttpClient"/> would take as much
/// of the processors as the app that is measured.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] buffer = new byte[8192];

    public static LoadConnection Open(Uri server)
    {
        var connection = new LoadConnection();
        connection.socket.Connect(IPAddress.Parse(server.Host), server.Port);
        return connection;
    }

    /// <summary>A whole request to be sent as it is.</summary>
    public static byte[] Request(Uri address, string key, string json) => Encoding.UTF8.GetBytes(
        $"POST {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <summary>Sends a request and reads its answer to the end; the answer's status.</summary>
    /// <exception cref="IOException">The server hung up before it had answered.</exception>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken ct)
    {
        await socket.SendAsync(request, ct);
        int length = 0;
        do
        {
            int read = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
            if (read == 0) throw new IOException("The server hung up.");
            length += read;
        }
        while (!IsWhole(buffer.AsSpan(0, length)));
        return Status;
    }

    /// <summary>The same on a thread of its own, which takes the least of the processors.</summary>
    public int Send(ReadOnlySpan<byte> request)
    {
        socket.Send(request);
        int length = 0;
        do
        {
            int read = socket.Receive(buffer.AsSpan(length));
            if (read == 0) throw new IOException("The server hung up.");
            length += read;
        }
        while (!IsWhole(buffer.AsSpan(0, length)));
        return Status;
    }

    public void Dispose() => socket.Dispose();

    int Status => ((buffer[9] - '0') * 100) + ((buffer[10] - '0') * 10) + buffer[11] - '0';

    static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        int head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var body = answer[(head + 4)..];
        var heads = answer[..(head + 2)];
        int at = heads.IndexOf("Content-Length: "u8);
        if (at < 0) return heads.IndexOf("Transfer-Encoding: chunked"u8) < 0 || body.EndsWith("0\r\n\r\n"u8);
        var digits = heads[(at + 16)..];
        return body.Length == int.Parse(digits[..digits.IndexOf((byte)'\r')], System.Globalization.CultureInfo.InvariantCulture);
    }
}
