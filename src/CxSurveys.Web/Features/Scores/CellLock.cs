using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Lets one at a time write cells: add to them what was appended, or count them anew. Held until the end of the transaction. Who stores answers, or reads, needs none.</summary>
internal static class CellLock
{
    /// <summary>Of the advisory lock; no other use of advisory locks in this database may take it.</summary>
    const long Key = 0x4358_4345_4C4C;

    public static Task TakeAsync(CxDbContext db, CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Key})", ct);
}
