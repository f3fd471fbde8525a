using System.Diagnostics;
using System.Net;

namespace CxSurveys.Benchmarks;

/// <summary>How long an address takes to answer, over HTTP on the same machine, client included.</summary>
internal static class Reading
{
    public const int WarmUps = 3;

    /// <returns>Milliseconds, ascending.</returns>
    public static Task<double[]> MeasureAsync(HttpClient client, string address, int times, CancellationToken ct) => MeasureAsync(client, _ => address, times, ct);

    /// <summary>The address may be another each round.</summary>
    public static async Task<double[]> MeasureAsync(HttpClient client, Func<int, string> address, int times, CancellationToken ct)
    {
        var taken = new List<double>();
        for (int i = -WarmUps; i < times; i++)
        {
            var from = new Uri(client.BaseAddress!, "/" + address(i));
            long begin = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(from, ct);
            string text = await answer.Content.ReadAsStringAsync(ct);
            if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{from.PathAndQuery} answered {(int)answer.StatusCode}: {text}");
            if (i >= 0) taken.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        return [.. taken.Order()];
    }
}
