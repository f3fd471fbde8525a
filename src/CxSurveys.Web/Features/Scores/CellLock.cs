using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// Keeps a recount apart from those who add to cells: an added answer must count on a day of the same zone as all others.
/// Held until the end of the transaction it was taken in. Readers need neither.
/// </summary>
internal static class CellLock
{
    /// <summary>Of the advisory lock; no other use of advisory locks in this database may take it.</summary>
    public const long Key = 0x4358_4345_4C4C;

    /// <summary>Together with other writers of cells.</summary>
    public static Task SharedAsync(CxDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({Key})", ct);

    /// <summary>The same as a statement to send along.</summary>
    public static NpgsqlBatchCommand Shared() => new("select pg_advisory_xact_lock_shared($1)") { Parameters = { new NpgsqlParameter<long> { TypedValue = Key } } };

    /// <summary>Alone.</summary>
    public static Task ExclusiveAsync(CxDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Key})", ct);
}
