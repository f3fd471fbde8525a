using System.Text.RegularExpressions;

namespace CxSurveys.Benchmarks;

/// <summary>What PostgreSQL does for a page, by its own account: EXPLAIN (analyze, buffers) of the very statements the app sends.</summary>
internal static partial class Plans
{
    /// <summary>The page asks for its own first, and gets it when nothing has to be read for the first time.</summary>
    const int Loads = 2;

    public static async Task PrintAsync(AppFolder folder, string key, IReadOnlyList<(string Name, string Address)> pages, CancellationToken ct)
    {
        await using (var app = await folder.StartAsync(ct))
        await using (var database = Database.Of(folder))
        {
            await database.RunAsync("""
                alter database cxsurveys set session_preload_libraries = auto_explain;
                alter database cxsurveys set auto_explain.log_min_duration = 0;
                alter database cxsurveys set auto_explain.log_analyze = on;
                alter database cxsurveys set auto_explain.log_buffers = on
                """, ct);
        }
        await using var explained = await folder.StartAsync(ct);
        using var client = explained.Client(key);
        using var manager = await Manager.SignInAsync(explained, ct);
        string log = Directory.EnumerateFiles(folder.Data, "server.log", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).Single();
        foreach (var (name, address) in pages)
        {
            var reader = address.StartsWith("api/", StringComparison.Ordinal) ? client : manager;
            long before = 0;
            for (int load = 0; load < Loads; load++)
            {
                before = new FileInfo(log).Length;
                using var answer = await reader.GetAsync(new Uri(reader.BaseAddress!, "/" + address), ct);
                answer.EnsureSuccessStatusCode();
            }
            Console.WriteLine($"\n== {name}: /{address}");
            foreach (string plan in PlansIn(await TailAsync(log, before, ct))) Console.WriteLine(plan);
        }
    }

    // Who asks, and what questions and places there are, costs the same for every page.
    static IEnumerable<string> PlansIn(string log) => Entry().Split(log).Where(entry => entry.Contains("Query Text:", StringComparison.Ordinal) && Answers().IsMatch(entry)).Select(entry => entry.TrimEnd());

    static async Task<string> TailAsync(string log, long from, CancellationToken ct)
    {
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = from;
        using var text = new StreamReader(file);
        return await text.ReadToEndAsync(ct);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d [^\n]*?LOG:  ", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\b(response|answer)\b")]
    private static partial Regex Answers();
}
