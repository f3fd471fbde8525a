using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary><c>GET /invitations</c>: every decision to ask somebody or not, and what rules have planned; newest first.</summary>
internal sealed class ListInvitations(CxDbContext db, SendingQueries sending)
{
    public const int DefaultLimit = 100, MaxLimit = 500;

    public sealed record Page(IReadOnlyList<InvitationRow> Rows, string? Next);

    public static void Map(IEndpointRouteBuilder invitations) => invitations.MapGet("", HandleAsync)
        .RequireAuthorization(Policies.Read)
        .Produces<Page>().ProducesValidationProblem()
        .WithSummary("Who was asked, who was not and why, newest first; with Accept: text/csv the whole selection, streamed.")
        .WithQuery([("from", "Decided on this local day or later."), ("to", "Decided before this local day."), ("survey", "Its key."), ("touchpoint", "Its key."), ("customer", "The company's id of the customer."),
            ("state", "waiting, sent, answered, failed or notSent."), ("reason", "Why not: a code of notSent."), ("rule", "The number of a sending rule."),
            ("limit", $"Rows of a page, at most {MaxLimit}; left out, {DefaultLimit}."), ("cursor", "The next of the page before.")]);

    static async Task HandleAsync(HttpContext http, ListInvitations list, CancellationToken ct)
    {
        var errors = new Errors();
        var filter = await list.FilterAsync(http.Request.Query, errors, ct);
        int limit = Limit(http.Request.Query["limit"], errors);
        if (errors.Any) await errors.ToProblem().ExecuteAsync(http);
        else if (http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/csv")) await list.ExportAsync(http.Response, filter, ct);
        else await TypedResults.Ok(await list.PageAsync(filter, limit, ct)).ExecuteAsync(http);
    }

    async Task<Page> PageAsync(SendingFilter filter, int limit, CancellationToken ct)
    {
        // One more than asked for tells whether there is a next page.
        var found = await sending.List(filter).Take(limit + 1).ToListAsync(ct);
        string? next = found.Count > limit ? SendingFilter.CursorOf(found[limit - 1].CreatedAt, found[limit - 1].Id) : null;
        return new Page([.. found.Take(limit).Select(InvitationRow.Of)], next);
    }

    /// <summary>Streams the whole selection as CSV.</summary>
    public async Task ExportAsync(HttpResponse response, SendingFilter filter, CancellationToken ct)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"invitations.csv\"";
        await using var csv = new InvitationCsv(response.Body);
        await csv.HeadAsync();
        int rows = 0;
        await foreach (var row in sending.List(filter).AsAsyncEnumerable().WithCancellation(ct))
        {
            await csv.AddAsync(InvitationRow.Of(row));
            if (++rows % 500 == 0) await csv.FlushAsync();
        }
        await csv.FlushAsync();
    }

    async Task<SendingFilter> FilterAsync(IQueryCollection query, Errors errors, CancellationToken ct)
    {
        string[] known = ["from", "to", "survey", "touchpoint", "customer", "state", "reason", "rule", "limit", "cursor"];
        foreach (string other in query.Keys.Where(key => !known.Contains(key))) errors.Add(other, "There is no such filter.");
        var filter = SendingFilter.Parse(query, errors) with { Days = 0 };
        if (filter.Survey is { } survey && !await db.Set<Survey>().AnyAsync(s => s.Key == survey, ct)) errors.Add("survey", $"There is no survey '{survey}'.");
        if (filter.Touchpoint is { } touchpoint && !await db.Set<Touchpoint>().AnyAsync(t => t.Key == touchpoint, ct)) errors.Add("touchpoint", $"The journey has no touchpoint '{touchpoint}'.");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await db.Set<Organisation>().Select(o => o.TimeZone).SingleAsync(ct));
        filter = filter with { From = Day(query, "from", zone, errors), To = Day(query, "to", zone, errors) };
        if (filter.From > filter.To) errors.Add("to", "Not before from.");
        return filter;
    }

    static DateTimeOffset? Day(IQueryCollection query, string name, TimeZoneInfo zone, Errors errors)
    {
        if (query[name] is not [{ Length: > 0 } text]) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 9000) return LocalTime.ToInstant(day.ToDateTime(TimeOnly.MinValue), zone);
        errors.Add(name, "A day, for example 2026-02-16.");
        return null;
    }

    static int Limit(string? text, Errors errors)
    {
        if (string.IsNullOrEmpty(text)) return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is > 0 and <= MaxLimit) return limit;
        errors.Add("limit", $"A whole number from 1 to {MaxLimit}.");
        return DefaultLimit;
    }
}
