namespace CxSurveys.Web.Features.Demo;

/// <summary>
/// Gives a question its answers so that its level holds in every period: of each few dozen answers in a row the shares are
/// exactly the wanted ones, and only who gave which is left to mood and chance. Independent dice would make one touchpoint in
/// twenty look changed.
/// </summary>
internal static class DemoLevels
{
    /// <summary>Blocks in a quarter: enough to hold the level, few enough that weeks differ.</summary>
    const int BlocksInAQuarter = 8, SmallestBlock = 10;

    public static void Answer(Measure measure, List<DemoResponse> responses, DateOnly fall, Dice dice)
    {
        int size = Math.Max(SmallestBlock, responses.Count / 4 / BlocksInAQuarter);
        responses.RemoveAll(_ => dice.Hits(measure.Skipped));
        var owed = new double[measure.Shape.Length];
        foreach (var phase in responses.GroupBy(r => measure.Lately is not null && r.Day >= fall).OrderBy(p => p.Key))
            foreach (var block in phase.Chunk(size))
                Fill(measure, block, phase.Key, owed, dice);
    }

    static void Fill(Measure measure, DemoResponse[] block, bool lately, double[] owed, Dice dice)
    {
        var keys = block.Select(r => r.Mood + dice.Bell() + Taste(r, lately)).ToArray();
        Array.Sort(keys, block);
        int next = 0;
        foreach (var (value, count) in Counts(lately ? measure.Lately! : measure.Shape, block.Length, owed).Index())
            for (int i = 0; i < count; i++) block[next++].Answers[measure.Question] = measure.Min + value;
    }

    // The fall is one company's in one country: split by country the page shows it.
    static double Taste(DemoResponse response, bool lately) => response.Country switch
    {
        DemoPlan.FallenMost when lately => -1.6,
        "SG" => 0.2,
        "VN" => -0.1,
        _ => 0,
    };

    /// <summary>Whole numbers in the wanted shares, adding up to <paramref name="n"/>; what rounding leaves out is owed to the next block.</summary>
    static int[] Counts(double[] shape, int n, double[] owed)
    {
        double total = shape.Sum();
        for (int v = 0; v < shape.Length; v++) owed[v] += n * shape[v] / total;
        var counts = owed.Select(o => Math.Max(0, (int)Math.Floor(o))).ToArray();
        foreach (int v in Enumerable.Range(0, shape.Length).OrderByDescending(v => owed[v] - counts[v]).ThenBy(v => v).Take(Math.Max(0, n - counts.Sum())))
            counts[v]++;
        for (int v = shape.Length - 1; counts.Sum() > n; v = v == 0 ? shape.Length - 1 : v - 1)
            if (counts[v] > 0) counts[v]--;
        for (int v = 0; v < shape.Length; v++) owed[v] -= counts[v];
        return counts;
    }
}
