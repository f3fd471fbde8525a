using System.Diagnostics;

namespace CxSurveys.Benchmarks.Faults;

/// <summary>A harness that cannot fail shows nothing: the app is built with one fault after the other, and each has to be found.</summary>
internal static class SeededFaults
{
    const string Intake = "Features/Responses/ResponseIntake.cs", Sql = "Features/Responses/ResponseSql.cs";

    sealed record Change(string File, string From, string To);

    sealed record Seed(string Name, Change[] Changes, Func<World, CancellationToken, Task<long>> InflictAsync, string[] Prepare, bool NewId = false);

    static readonly Seed[] Seeds =
    [
        new("acknowledged before the commit",
            [new(Intake, "            var outcomes = await StoreBatchAsync(connection,", "            batch.ForEach(w => w.TrySetResult(Intake.Stored));\n            var outcomes = await StoreBatchAsync(connection,")],
            (world, _) => world.StopImmediatelyAsync(), []),
        new("no unique id",
            [new(Sql, "            on conflict (id) do nothing\n", ""), new(Sql, " where not exists (select from response r where r.id = i.id) and ", " where ")],
            (world, ct) => world.KillAppAsync(ct), ["alter table response drop constraint pk_response", "alter table answer drop constraint pk_answer", "create index on answer (response_id)", "create index on response (id)"]),
        new("cells in a second transaction",
            [
                new(Sql, "        ), counted as (\n            {CellStore.AppendFrom(\"scored\")}\n        ), told as (", "        ), told as ("),
                new(Sql, "        return stored;", """
                        await reader.CloseAsync();
                        await using var later = new NpgsqlCommand("with scored as (select a.* from scored_answer a where a.response_id = any($1)) " + CellStore.AppendFrom("scored"), connection) { Parameters = { new() { Value = stored.ToArray() } } };
                        await later.ExecuteNonQueryAsync(ct);
                        return stored;
                """),
            ],
            (world, ct) => world.KillAppAsync(ct), []),
        new("synchronous_commit off", [], (world, _) => world.StopImmediatelyAsync(), ["alter system set synchronous_commit = off", "select pg_reload_conf()"]),
        new("sent again under a new id", [], (world, ct) => world.KillAppAsync(ct), [], NewId: true),
    ];

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        const int Times = 5;
        var table = new Table("seeded fault", "lost", "twice", "cells agree");
        foreach (var seed in Seeds)
        {
            using var source = seed.Changes.Length == 0 ? null : await SourceCopy.BuildAsync(seed.Changes.Select(c => (c.File, c.From, c.To)), ct);
            using var folder = new AppFolder(webFolder: source?.WebFolder);
            var verdict = await FaultRun.SeededAsync(folder, world => PrepareAsync(world, seed.Prepare, ct), world => seed.InflictAsync(world, ct), Times, seed.NewId, ct);
            table.Add(seed.Name, verdict.Lost, verdict.Twice, verdict.CellsAgree);
            table.Promise(!verdict.IsClean, $"{seed.Name} is found: {verdict}");
        }
        return table.Print();
    }

    static async Task PrepareAsync(World world, string[] statements, CancellationToken ct)
    {
        await using var database = Database.Of(world.Folder);
        foreach (string statement in statements) await database.RunAsync(statement, ct);
    }

    /// <summary>The app's sources with some text replaced, built.</summary>
    sealed class SourceCopy : IDisposable
    {
        readonly DirectoryInfo top = Directory.CreateTempSubdirectory("cxsurveys-seeded-");

        public string WebFolder => Path.Combine(top.FullName, "src", "CxSurveys.Web");

        public static async Task<SourceCopy> BuildAsync(IEnumerable<(string File, string From, string To)> changes, CancellationToken ct)
        {
            var copy = new SourceCopy();
            var tree = new DirectoryInfo(AppFolder.SourceTree());
            foreach (var file in tree.EnumerateFiles()) file.CopyTo(Path.Combine(copy.top.FullName, file.Name));
            Copy(new DirectoryInfo(Path.Combine(tree.FullName, "src")), copy.top.CreateSubdirectory("src"));
            File.CreateSymbolicLink(Path.Combine(copy.WebFolder, "node_modules"), Path.Combine(AppFolder.WebFolder, "node_modules"));
            foreach (var (name, from, to) in changes) await ReplaceAsync(Path.Combine(copy.WebFolder, name), from, to, ct);
            await copy.BuildAsync(ct);
            return copy;
        }

        public void Dispose() => top.Delete(recursive: true);

        static void Copy(DirectoryInfo from, DirectoryInfo to)
        {
            foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to.FullName, file.Name));
            foreach (var folder in from.EnumerateDirectories().Where(f => f.Name is not ("bin" or "obj" or "node_modules"))) Copy(folder, to.CreateSubdirectory(folder.Name));
        }

        static async Task ReplaceAsync(string file, string from, string to, CancellationToken ct)
        {
            string text = await File.ReadAllTextAsync(file, ct);
            if (text.Split(from).Length != 2) throw new InvalidOperationException($"{file} has not once: {from}");
            await File.WriteAllTextAsync(file, text.Replace(from, to, StringComparison.Ordinal), ct);
        }

        async Task BuildAsync(CancellationToken ct)
        {
            using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", WebFolder, "-c", "Release", "-p:EnforceCodeStyleInBuild=false", "-p:TreatWarningsAsErrors=false"]) { RedirectStandardOutput = true })!;
            string output = await build.StandardOutput.ReadToEndAsync(ct);
            await build.WaitForExitAsync(ct);
            if (build.ExitCode != 0) throw new InvalidOperationException(output);
        }
    }
}
