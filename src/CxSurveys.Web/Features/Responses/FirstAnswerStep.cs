using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

internal sealed class FirstAnswerStep(CxDbContext db) : ISetUpStep
{
    const string Title = "First answer";

    public int Position => 70;

    public async Task<SetUpStep> ReadAsync(CancellationToken ct) => await db.Set<Response>().AnyAsync(ct)
        ? new(Title, true, "Answers are coming in.", new("See", "/journey"))
        : new(Title, false, "Open the link of a published survey and answer it yourself, invite people, or import past answers.", new("Survey links", "/surveys"));
}
