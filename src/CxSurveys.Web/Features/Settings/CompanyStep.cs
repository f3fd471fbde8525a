using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Settings;

internal sealed class CompanyStep(CxDbContext db) : ISetUpStep
{
    public int Position => 10;

    public async Task<SetUpStep> ReadAsync(CancellationToken ct)
    {
        var organisation = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        bool named = organisation.Name != FirstOrganisation.Unnamed;
        string words = named
            ? $"{organisation.Name}, days in {organisation.TimeZone}. Scores show from {organisation.MinimumN} {(organisation.MinimumN == 1 ? "answer" : "answers")} on."
            : $"Still called “{organisation.Name}”, days in {organisation.TimeZone}. Customers see the name above their questions.";
        return new("Your company", named, words, new(named ? "Change" : "Name it", SettingsModel.Address)) { MayWait = true };
    }
}
