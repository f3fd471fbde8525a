using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>Whether a survey takes answers.</summary>
public sealed class CloseSurvey(CxDbContext db, SurveyCatalog catalog, TimeProvider clock)
{
    /// <summary>Closes or reopens; one that is closed already keeps its date. False when there is no such survey.</summary>
    public async Task<bool> RunAsync(string key, bool closed, CancellationToken ct)
    {
        if (await db.Set<Survey>().SingleOrDefaultAsync(s => s.Key == key, ct) is not { } survey) return false;
        survey.ClosedAt = closed ? survey.ClosedAt ?? clock.GetUtcNow() : null;
        await db.SaveChangesAsync(ct);
        catalog.Invalidate();
        return true;
    }
}
