using System.Globalization;

namespace CxSurveys.Benchmarks;

/// <summary>What a verb prints: rows, what was promised, and how busy the machine was.</summary>
internal sealed class Table(params string[] heads)
{
    readonly List<string[]> rows = [heads];
    readonly List<(bool Held, string Promise)> promises = [];

    public void Add(params object[] row) => rows.Add([.. row.Select(cell => cell is IFormattable figure ? figure.ToString(cell is double ? "0.0" : null, CultureInfo.InvariantCulture) : cell.ToString()!)]);

    public void Promise(bool held, FormattableString promise) => promises.Add((held, promise.ToString(CultureInfo.InvariantCulture)));

    /// <returns>The exit code: 0 when all promises held.</returns>
    public int Print()
    {
        var widths = Enumerable.Range(0, heads.Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        foreach (string[] row in rows) Console.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadLeft(widths[i]))));
        foreach (var (held, promise) in promises) Console.WriteLine($"{(held ? "ok    " : "MISSED")} {promise}");
        Console.WriteLine($"{Environment.ProcessorCount} processors, load average {LoadAverage()}");
        return promises.TrueForAll(p => p.Held) ? 0 : 1;
    }

    static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));
}
