namespace CxSurveys.Benchmarks;

/// <summary>How long a start takes, with the embedded PostgreSQL's.</summary>
internal static class StartTimes
{
    const double BoundSeconds = 5;

    public static async Task<int> RunAsync(int rounds, CancellationToken ct)
    {
        var (first, second) = (new List<double>(), new List<double>());
        for (int i = 0; i < rounds; i++)
        {
            using var folder = new AppFolder();
            first.Add(await StartAsync(folder, ct));
            second.Add(await StartAsync(folder, ct));
        }

        var table = new Table("start", "median s", "fastest s", "slowest s");
        table.Add(1, Median(first), first.Min(), first.Max());
        table.Add(2, Median(second), second.Min(), second.Max());
        table.Promise(Median(second) < BoundSeconds, $"the second start takes {Median(second):0.0} s, less than {BoundSeconds:0}");
        return table.Print();
    }

    static async Task<double> StartAsync(AppFolder folder, CancellationToken ct)
    {
        await using var app = await folder.StartAsync(ct);
        return app.StartTime.TotalSeconds;
    }

    static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
