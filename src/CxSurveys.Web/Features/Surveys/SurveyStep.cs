using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys;

internal sealed class SurveyStep(CxDbContext db) : ISetUpStep
{
    const string Title = "First survey";
    const string Address = "/surveys";

    public int Position => 30;

    public async Task<SetUpStep> ReadAsync(CancellationToken ct)
    {
        int published = await db.Set<Survey>().CountAsync(s => s.CurrentVersionId != null, ct);
        int drafts = await db.Set<Survey>().CountAsync(ct) - published;
        if (published > 0) return new(Title, true, published == 1 ? "1 survey is published." : $"{published} surveys are published.", new("Change", Address));
        return drafts > 0
            ? new(Title, false, $"{(drafts == 1 ? "1 draft" : $"{drafts} drafts")}, none published yet: customers see published surveys only.", new("Publish", Address))
            : new(Title, false, "Write the questions, then publish: from then on its link takes answers.", new("Write", Address));
    }
}
