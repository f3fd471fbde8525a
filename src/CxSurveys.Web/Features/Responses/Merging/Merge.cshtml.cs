using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses.Merging;

/// <summary>Are these two the same person?</summary>
[Authorize(Policies.AdminPages)]
public sealed class MergeModel(CxDbContext db, PeopleDirectory people, MergePeople merge) : PageModel
{
    /// <summary>Who stays.</summary>
    public Person Keep { get; private set; } = null!;

    /// <summary>The other one, once found; null while asked for.</summary>
    public Person? Other { get; private set; }

    public string? OtherKey { get; private set; }

    /// <summary>People with the same address or the same name, to choose from.</summary>
    public IReadOnlyList<Person> Alike { get; private set; } = [];

    public long OthersAnswers { get; private set; }
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery] string? customer, [FromQuery] string? other, CancellationToken ct)
    {
        if (!await FindAsync(customer, other, ct)) return NotFound();
        if (Problem is not null) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromQuery] string? customer, [FromForm] string? other, CancellationToken ct)
    {
        if (!await FindAsync(customer, other, ct)) return NotFound();
        if (Other is { } found && await merge.RunAsync(Keep.Id, found.Id, ct)) return LocalRedirect(PersonAddress.Of(Keep));
        Problem ??= "Nothing was changed: one of the two is not there any more.";
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    async Task<bool> FindAsync(string? customer, string? other, CancellationToken ct)
    {
        if (customer is null || await people.FindAsync(customer, ct) is not { } keep) return false;
        (Keep, OtherKey) = (keep, other?.Trim());
        if (OtherKey is { Length: > 0 } key)
        {
            Other = await people.FindAsync(key, ct);
            if (Other is null) Problem = $"There is nobody with the id '{key}'.";
            else if (Other.Id == keep.Id) (Other, Problem) = (null, "This is the person themselves; give the id of the other one.");
            else OthersAnswers = await db.Set<Response>().LongCountAsync(r => r.PersonId == Other.Id, ct);
        }
        string? email = keep.Email?.ToLowerInvariant();
        Alike = Other is not null || (email ?? keep.Name) is null ? [] : await db.Set<Person>().FromSql($"""
            select * from person where id <> {keep.Id} and (lower(email) = {email} or (name is not null and name = {keep.Name})) order by key limit 10
            """).AsNoTracking().ToListAsync(ct);
        return true;
    }
}
