using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CxSurveys.Benchmarks.Intake;

/// <summary>PostgreSQL's own benchmark tool, inserting the same response: one row, one statement, one transaction, prepared.</summary>
internal sealed partial class Pgbench : IDisposable
{
    const string Name = "pgbench", DatabaseName = "pgbench";

    const string Table = """
        create table response (id uuid primary key, survey int not null, touchpoint int not null, at timestamptz not null, segment int not null, answers jsonb not null);
        create index on response (at);
        """;

    const string Script = """
        \set recommend random(0, 10)
        \set satisfied random(1, 5)
        \set touchpoint random(1, 20)
        \set segment random(1, 90)
        insert into response (id, survey, touchpoint, at, segment, answers) values (uuidv7(), 1, :touchpoint, now(), :segment, jsonb_build_object('recommend', :recommend::int, 'satisfied', :satisfied::int));
        """;

    readonly DatabaseAddress address;
    readonly string tool, script = Path.GetTempFileName();

    Pgbench(string tool, DatabaseAddress address)
    {
        (this.tool, this.address) = (tool, address with { Database = DatabaseName });
        File.WriteAllText(script, Script);
    }

    /// <summary>Null where the tool is not installed.</summary>
    public static async Task<Pgbench?> CreateAsync(AppFolder folder, CancellationToken ct)
    {
        if (Find() is not { } tool) return null;
        var address = DatabaseAddress.Of(folder);
        await using (var app = new Database(address)) await app.RunAsync($"create database {DatabaseName}", ct);
        await using var own = new Database(address with { Database = DatabaseName });
        await own.RunAsync(Table, ct);
        return new Pgbench(tool, address);
    }

    /// <returns>Transactions a second.</returns>
    public async Task<double> RunAsync(int connections, TimeSpan time, CancellationToken ct)
    {
        var info = new ProcessStartInfo(tool, ["-n", "-M", "prepared", "-c", Text(connections), "-j", "2", "-T", Text((int)time.TotalSeconds), "-f", script,
            "-h", address.Host, "-p", Text(address.Port), "-U", address.User, address.Database])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["PGPASSWORD"] = address.Password;
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync(ct);
        string output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        var rate = Rate().Match(output);
        return rate.Success && process.ExitCode == 0 ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException(await errors + output);
    }

    public void Dispose() => File.Delete(script);

    static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).ToList();
        const string Debian = "/usr/lib/postgresql";
        if (Directory.Exists(Debian)) folders.AddRange(Directory.EnumerateDirectories(Debian).OrderDescending().Select(version => Path.Combine(version, "bin")));
        return folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^tps = ([0-9.]+) \(without", RegexOptions.Multiline)]
    private static partial Regex Rate();
}
