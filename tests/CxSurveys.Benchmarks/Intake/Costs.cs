using System.Globalization;

namespace CxSurveys.Benchmarks.Intake;

/// <summary>What a stored response costs of the processors, told apart by who spends it.</summary>
internal sealed class Costs(AppProcess app, int database)
{
    public async Task<(LoadResult Result, Cost EachResponse)> OfAsync(Func<Task<LoadResult>> run)
    {
        var (client, ours, postgres) = Now();
        var result = await run();
        var (clientAfter, oursAfter, postgresAfter) = Now();
        double each = 1e6 / result.Stored;
        return (result, new Cost((clientAfter - client) * each, (oursAfter - ours) * each, (postgresAfter - postgres) * each));
    }

    (double Client, double App, double Database) Now() => (Environment.CpuUsage.TotalTime.TotalSeconds, Processor.Seconds(app.Id), Processor.SecondsWithChildren(database));
}

/// <summary>Microseconds of a processor.</summary>
internal sealed record Cost(double Client, double App, double Database)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Client:0} us in the client, {App:0} in the app, {Database:0} in PostgreSQL");
}
