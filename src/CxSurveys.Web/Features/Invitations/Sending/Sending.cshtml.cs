using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary>Who was asked, who was not, and why?</summary>
[Authorize(Policies.AdminPages)]
public sealed class SendingModel(SendingQueries sending, CxDbContext db) : PageModel
{
    TimeZoneInfo zone = TimeZoneInfo.Utc;

    public SendingFilter Filter { get; private set; } = new();

    /// <summary>Null when <see cref="Problems"/> says why.</summary>
    public SendingView? View { get; private set; }

    public Organisation Company { get; private set; } = null!;
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Company = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        zone = TimeZoneInfo.FindSystemTimeZoneById(Company.TimeZone);
        var errors = new Errors();
        Filter = SendingFilter.Parse(Request.Query, errors);
        if (!errors.Any) View = await sending.ReadAsync(Filter, ct);
        Problems = [.. errors.ToDictionary().Select(e => $"{e.Key}: {string.Join(" ", e.Value)}")];
        if (Problems.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    public string At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    public string Because(SendingRow row) => SendingWords.Because(row, At);

    /// <summary>Filters of the address that the form does not show.</summary>
    public bool Filtered => Filter with { After = null } != new SendingFilter();
}
