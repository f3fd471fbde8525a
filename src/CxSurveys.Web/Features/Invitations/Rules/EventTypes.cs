using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>The kinds of event that ever came.</summary>
internal static class EventTypes
{
    // From one kind to the next along the index: counting through all events would take as long as there are events.
    public static Task<List<string>> ReadAsync(CxDbContext db, CancellationToken ct) => db.Database.SqlQuery<string>($"""
        with recursive kind as (
            (select type from customer_event order by type limit 1)
            union all
            select (select e.type from customer_event e where e.type > kind.type order by e.type limit 1) from kind where kind.type is not null)
        select type as "Value" from kind where type is not null limit 200
        """).ToListAsync(ct);
}
