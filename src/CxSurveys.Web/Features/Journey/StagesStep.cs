using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Journey;

internal sealed class StagesStep(CxDbContext db) : ISetUpStep
{
    const string Title = "Stages and touchpoints";

    public int Position => 20;

    public async Task<SetUpStep> ReadAsync(CancellationToken ct)
    {
        int stages = await db.Set<Stage>().CountAsync(s => !s.Retired, ct);
        int touchpoints = await db.Set<Touchpoint>().CountAsync(t => !t.Retired, ct);
        if (stages == 0) return new(Title, false, "The stretches of your customers' way, and the moments in them that you can ask about. Five usual stages are offered as a start.", new("Begin", EditJourneyModel.Address));

        int withoutTeam = await db.Set<Touchpoint>().CountAsync(t => !t.Retired && t.Team == null, ct);
        string teams = touchpoints == 0 ? "Add the first touchpoint." : withoutTeam == 0 ? "Each touchpoint has a team." : $"{withoutTeam} without a team.";
        return new(Title, touchpoints > 0, $"{Counted(stages, "stage")}, {Counted(touchpoints, "touchpoint")}. {teams}", new(touchpoints > 0 ? "Change" : "Go on", EditJourneyModel.Address));
    }

    static string Counted(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
