using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.People;

internal sealed class PeopleStep(CxDbContext db) : ISetUpStep
{
    const string Title = "People";
    const string Address = "/people";

    public int Position => 40;

    public async Task<SetUpStep> ReadAsync(CancellationToken ct)
    {
        int known = await db.Set<Person>().CountAsync(ct);
        return known > 0
            ? new(Title, true, $"{known.ToString("N0", CultureInfo.InvariantCulture)} {(known == 1 ? "person" : "people")} known.", new("See", Address))
            : new(Title, false, "Import a CSV file, or let your shop send them through the API. An open link needs none.", new("Import", Address)) { MayWait = true };
    }
}
