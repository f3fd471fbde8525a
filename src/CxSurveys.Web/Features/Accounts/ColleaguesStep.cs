using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

internal sealed class ColleaguesStep(CxDbContext db) : ISetUpStep
{
    const string Title = "Colleagues";

    public int Position => 60;

    public async Task<SetUpStep> ReadAsync(CancellationToken ct)
    {
        int accounts = await db.Set<Account>().CountAsync(a => a.SwitchedOffAt == null, ct);
        return accounts > 1
            ? new(Title, true, $"{accounts} accounts.", new("Change", ColleaguesModel.Address))
            : new(Title, false, "So far you are alone here. Give the owners of your touchpoints an account.", new("Add", ColleaguesModel.Address)) { MayWait = true };
    }
}
