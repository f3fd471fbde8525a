using System.Globalization;
using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>The verb <c>rebuild-scores</c>: writes the cells anew from the answers. Readers see the old ones until it is done.</summary>
internal static class RebuildScores
{
    public static async Task<int> RunAsync(CxDbContext db, TextWriter output, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CellLock.TakeAsync(db, ct);
        var cells = await CellStore.RecountAsync(db, ct);
        await transaction.CommitAsync(ct);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"cells {cells}"));
        return 0;
    }
}
