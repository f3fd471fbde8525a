using System.Globalization;

namespace CxSurveys.Benchmarks;

/// <summary>Time of the processors that processes have used, as the kernel counts it: what something costs, however busy the machine is with other things.</summary>
internal static class Processor
{
    const double TicksASecond = 100;
    const int Parent = 1, User = 11, ReapedSystem = 14;

    /// <returns>Seconds, of all its threads.</returns>
    public static double Seconds(int process) => Fields(process) is { } fields ? (Ticks(fields, User) + Ticks(fields, User + 1)) / TicksASecond : 0;

    /// <returns>Seconds, of a process and all it has started, whether they still run or not.</returns>
    public static double SecondsWithChildren(int process)
    {
        if (Fields(process) is not { } own) return 0;
        double ticks = Enumerable.Range(User, ReapedSystem - User + 1).Sum(field => Ticks(own, field));
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int other) && Fields(other) is { } fields && fields[Parent] == process.ToString(CultureInfo.InvariantCulture))
                ticks += Ticks(fields, User) + Ticks(fields, User + 1);
        return ticks / TicksASecond;
    }

    static double Ticks(string[] fields, int field) => double.Parse(fields[field], CultureInfo.InvariantCulture);

    // What comes after the name, which may hold anything: state, parent ... user, system, and those of children that were waited for.
    static string[]? Fields(int process)
    {
        try
        {
            string line = File.ReadAllText($"/proc/{process}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
