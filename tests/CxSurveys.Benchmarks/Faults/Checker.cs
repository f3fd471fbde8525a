using System.Globalization;

namespace CxSurveys.Benchmarks.Faults;

/// <summary>The journal against what the database holds.</summary>
/// <param name="Acknowledged">Ids in the journal.</param>
/// <param name="Stored">Responses, each row one.</param>
/// <param name="Lost">Acknowledged and not stored.</param>
/// <param name="Twice">Stored more than once, under one id or under two.</param>
/// <param name="Other">Stored with another score than was sent.</param>
/// <param name="Cells">What <c>verify</c> says.</param>
/// <param name="CellsAgree">That it found no difference.</param>
internal sealed record Verdict(int Acknowledged, int Stored, int Lost, int Twice, int Other, string Cells, bool CellsAgree)
{
    public bool IsClean => Lost == 0 && Twice == 0 && Other == 0 && CellsAgree;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Acknowledged} acknowledged, {Stored} stored: {Lost} lost, {Twice} twice, {Other} with another score; {Cells}");
}

internal static class Checker
{
    public static async Task<Verdict> CheckAsync(World world, Journal journal, CancellationToken ct)
    {
        var stored = await StoredAsync(world, ct);
        var ids = stored.Select(s => s.Id).ToHashSet();
        var acknowledged = journal.Read().ToList();
        int lost = acknowledged.Count(sent => !ids.Contains(sent.Id));
        int twice = stored.GroupBy(s => s.Mark).Count(g => g.Count() > 1);
        int other = stored.Count(s => s.Stored != new Sent(s.Id, s.Mark).Score);
        var (exitCode, cells) = await world.Folder.RunAsync(["verify"], ct);
        return new Verdict(acknowledged.Count, stored.Count, lost, twice, other, "verify: " + cells, exitCode == 0);
    }

    // Past the app, which need not bear what a fault has done to its tables.
    static async Task<List<(Guid Id, Guid Mark, int Stored)>> StoredAsync(World world, CancellationToken ct)
    {
        await using var database = Database.Of(world.Folder);
        await database.ReadyAsync(ct);
        var stored = new List<(Guid, Guid, int)>();
        await database.ReadAsync("""
            select r.id, (select min(a.text) from answer a where a.response_id = r.id)::uuid,
                (select max(a.value)::int from answer a join question q on q.id = a.question_id where a.response_id = r.id and q.key = 'recommend')
            from response r
            """, row => stored.Add((row.GetGuid(0), row.GetGuid(1), row.GetInt32(2))), ct);
        return stored;
    }
}
