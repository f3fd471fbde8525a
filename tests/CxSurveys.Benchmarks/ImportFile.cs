using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CxSurveys.Benchmarks;

/// <summary>
/// A file of responses that is never there as a whole: its lines are made while they are sent. The same size gives the same
/// bytes. About one line in 55 is bad, each in its own way.
/// </summary>
internal sealed class ImportFile : HttpContent
{
    const int BadEvery = 55, MaxText = 4000, Branches = 500, Days = 365, FlushAt = 65_536;

    static readonly string[] Words =
        "room staff breakfast quiet clean friendly slow lift view pillow late early check-in again never lovely noise bathroom ห้องพัก สะอาด kamar bersih غرفة نظيفة".Split(' ');

    static readonly DateTimeOffset FirstDay = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly long size;

    public ImportFile(long size)
    {
        this.size = size;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    public long Lines { get; private set; }

    public long Bad { get; private set; }

    public long Good => Lines - Bad;

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        (Lines, Bad) = (0, 0);
        var random = new Random(20_260_201);
        using var buffer = new MemoryStream();
        for (long sent = 0; sent < size;)
        {
            sent += Append(buffer, random);
            if (buffer.Length < FlushAt && sent < size) continue;
            await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
            buffer.SetLength(0);
        }
    }

    int Append(MemoryStream buffer, Random random)
    {
        Lines++;
        bool bad = Lines % BadEvery == 0;
        if (bad) Bad++;
        string line = Line(random);
        byte[] bytes = bad ? Spoil(line, (int)(Bad % 8)) : Encoding.UTF8.GetBytes(line);
        buffer.Write(bytes);
        buffer.WriteByte((byte)'\n');
        return bytes.Length + 1;
    }

    static string Line(Random random)
    {
        var id = new byte[16];
        random.NextBytes(id);
        var at = FirstDay.AddSeconds(random.Next(Days * 86_400)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $$$"""{"id":"{{{new Guid(id)}}}","survey":"{{{SmallSurvey.Key}}}","submittedAt":"{{{at}}}","channel":"{{{(random.Next(3) == 0 ? "web" : "email")}}}","segment":{"branch":"b{{{random.Next(Branches)}}}"},"answers":{"recommend":{{{random.Next(11)}}},"room":{{{random.Next(1, 6)}}},"why":"{{{Text(random)}}}"}}""";
    }

    static string Text(Random random)
    {
        int length = random.Next(1, MaxText + 1);
        var text = new StringBuilder(length + 16);
        while (text.Length < length) text.Append(Words[random.Next(Words.Length)]).Append(' ');
        return text.ToString(0, length);
    }

    static byte[] Spoil(string line, int way) => way switch
    {
        0 => Encoding.UTF8.GetBytes(line.Replace("\"recommend\":", "\"recommend\":9", StringComparison.Ordinal).Replace("\"room\":", "\"room\":7", StringComparison.Ordinal)),
        1 => Encoding.UTF8.GetBytes(line.Replace("\"room\":", "\"room\":\"4\",\"suite\":", StringComparison.Ordinal)),
        2 => Encoding.UTF8.GetBytes(line[..(line.Length / 2)]),
        3 => Encoding.UTF8.GetBytes(line.Replace("\"why\":\"", "\"why\":\"" + new string('x', MaxText), StringComparison.Ordinal)),
        4 => Encoding.UTF8.GetBytes(line.Replace("\"survey\":\"", "\"survey\":\"un", StringComparison.Ordinal)),
        5 => [.. Encoding.UTF8.GetBytes(line[..^4]), 0xC3, 0x28, (byte)'"', (byte)'}', (byte)'}'],
        6 => Encoding.UTF8.GetBytes(line.Replace("{\"id\"", "{\"channel\":\"web\",\"id\"", StringComparison.Ordinal)),
        _ => Encoding.UTF8.GetBytes(line.Replace("\"why\":\"", "\"why\":\"" + new string('y', 300_000), StringComparison.Ordinal)),
    };
}
