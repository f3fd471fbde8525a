using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MimeKit;

namespace CxSurveys.Web.Tests.Invitations;

/// <summary>A real SMTP server in a process of its own that does what a test plans for the next mails.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    readonly Process process;
    readonly ConcurrentQueue<JsonObject> events = new();
    readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    SmtpServer(Process process) => this.process = process;

    public int Port { get; private set; }

    /// <summary>What was taken, in order.</summary>
    public IReadOnlyList<TakenMail> Mails => [.. Of("mail").Select(e => new TakenMail(e))];

    public IReadOnlyList<JsonObject> Of(string kind) => [.. events.Where(e => (string?)e["event"] == kind)];

    public static async Task<SmtpServer> StartAsync(object? options = null)
    {
        string script = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Platform.ServerFolder.WebFolder))!, "tests", "CxSurveys.Web.Tests", "Invitations", "Smtp", "server.mjs");
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(script);
        start.ArgumentList.Add(JsonSerializer.Serialize(options ?? new { }));
        var server = new SmtpServer(Process.Start(start)!);
        server.process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        server.process.BeginOutputReadLine();
        await server.UntilAsync(() => server.Of("listening").Count > 0);
        server.Port = (int)server.Of("listening")[0]["port"]!;
        return server;
    }

    /// <summary>At that stage of the next mail that comes there: a refusal, or the end of the connection.</summary>
    public Task PlanAsync(string at, int code = 0, string text = "refused by plan", string? to = null) => TellAsync(new { at, code, text, drop = code == 0, to });

    /// <summary>Takes everything from now on.</summary>
    public Task ForgetPlansAsync() => TellAsync(new { clear = true });

    /// <summary>Waits until so many mails were taken in all.</summary>
    public async Task<IReadOnlyList<TakenMail>> MailsAsync(int count)
    {
        await UntilAsync(() => Mails.Count >= count);
        return Mails;
    }

    public async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition()) await news.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    async Task TellAsync(object plan)
    {
        int before = Of("plan").Count;
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(plan));
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => Of("plan").Count > before);
    }

    void Hear(string? line)
    {
        if (line is null) return;
        events.Enqueue(JsonNode.Parse(line)!.AsObject());
        news.Writer.TryWrite(true);
    }
}

/// <summary>A mail as its server took it.</summary>
internal sealed class TakenMail(JsonObject heard)
{
    public MimeMessage Message { get; } = MimeMessage.Load(new MemoryStream(Convert.FromBase64String((string)heard["content"]!)));

    public string Raw => Encoding.UTF8.GetString(Convert.FromBase64String((string)heard["content"]!));

    /// <summary>Of the envelope.</summary>
    public IReadOnlyList<string> To => [.. heard["to"]!.AsArray().Select(to => (string)to!)];

    public bool Secure => (bool)heard["secure"]!;

    public string? User => (string?)heard["user"];

    public string Session => (string)heard["session"]!;

    /// <summary>The one link to answer in the text part.</summary>
    public string Link => Message.TextBody!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).First(word => word.Contains("/r/", StringComparison.Ordinal));
}
