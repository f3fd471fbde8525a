using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace CxSurveys.Web.Platform.Import;

/// <summary>How many lines were read so far, and what became of them.</summary>
public sealed record ImportProgress(long Lines, long Accepted, long Duplicates, long RejectedLines);

public sealed record RejectedLine(long Line, IDictionary<string, string[]> Errors);

/// <summary>The answer to an import, as the contract has it.</summary>
public sealed record ImportResult
{
    public required long Accepted { get; init; }
    public required long Duplicates { get; init; }
    public required IReadOnlyList<RejectedLine> Rejected { get; init; }
}

/// <summary>
/// Writes an <see cref="ImportResult"/> of any size. Rejections wait in memory up to 64 kB and in a temporary file beyond it:
/// a huge file may be bad in every line, and answering while the request is still read would block clients that do not read
/// until they have sent all.
/// </summary>
internal sealed class ImportAnswer : IAsyncDisposable
{
    public static readonly string[] LineTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/json", "text/plain"];

    readonly FileBufferingWriteStream rejected = new(memoryThreshold: 65_536);
    bool any;

    /// <summary>Streamed by the line, a body may be as large as it likes.</summary>
    public static void TakeAnySize(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
    }

    public async Task RejectAsync(RejectedLine line, CancellationToken ct)
    {
        if (any) await rejected.WriteAsync(","u8.ToArray(), ct);
        any = true;
        await JsonSerializer.SerializeAsync(rejected, line, JsonBody.Strict, ct);
    }

    public async Task WriteAsync(HttpResponse response, ImportProgress total, CancellationToken ct)
    {
        response.ContentType = "application/json; charset=utf-8";
        await response.WriteAsync($"{{\"accepted\":{total.Accepted},\"duplicates\":{total.Duplicates},\"rejected\":[", ct);
        await rejected.DrainBufferAsync(response.Body, ct);
        await response.WriteAsync("]}", ct);
    }

    public ValueTask DisposeAsync() => rejected.DisposeAsync();
}
