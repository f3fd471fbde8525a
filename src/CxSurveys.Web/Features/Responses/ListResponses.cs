using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary><c>GET /responses</c>: newest first, a page at a time; as CSV or XLSX the whole selection, streamed.</summary>
internal sealed class ListResponses(CxDbContext db, ResponseRows reader, ResponseIntake intake)
{
    const int ExportChunk = 500;

    public sealed record Page(IReadOnlyList<ResponseRow> Rows, string? Next);

    public static void Map(IEndpointRouteBuilder responses) => responses.MapGet("", HandleAsync)
        .RequireAuthorization(Policies.Read)
        .Produces<Page>().ProducesValidationProblem()
        .WithSummary("Responses, newest first; with Accept: text/csv, or the type of XLSX, the whole selection, streamed.")
        .WithQuery([("id", "The response of this id."), ("kind", "nps, csat, ces or rating."), .. ScoresApi.Filters,
            ("value", "With question: only these values, like 1,2."), ("definition", "The metric definition of the question, where its versions have several."), ("line", "With question: only answers to this wording, by the number of its first version."), ("q", "Words that are all in its texts."), ("words", "only: those with a text."), ("customer", "The company's id of the customer."),
            ("state", "counted (left out), quarantine, test or all."), ("flag", $"Only those with this flag: {string.Join(", ", FlagNames.All)}."),
            ("limit", $"Rows of a page, at most {ResponseFilter.MaxLimit}; left out, {ResponseFilter.DefaultLimit}."), ("cursor", "The next of the page before.")]);

    static async Task HandleAsync(HttpContext http, ResponseFilterReader filters, ListResponses list, CancellationToken ct)
    {
        var errors = new Errors();
        var filter = await filters.ReadAsync(http.Request.QueryString, errors, ct);
        if (filter is null)
        {
            await errors.ToProblem().ExecuteAsync(http);
            return;
        }
        if (ExportForm.All.FirstOrDefault(form => http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == form.MediaType)) is { } form) await list.ExportAsync(http.Response, filter, form, ct);
        else await TypedResults.Ok(await list.PageAsync(filter, ct)).ExecuteAsync(http);
    }

    public async Task<Page> PageAsync(ResponseFilter filter, CancellationToken ct)
    {
        var (found, next) = await FindAsync(filter, ct);
        return new Page(await reader.ReadAsync(found, ct), next);
    }

    /// <summary>One page, and the cursor of the next.</summary>
    public async Task<(List<Response> Found, string? Next)> FindAsync(ResponseFilter filter, CancellationToken ct)
    {
        // One more than asked for tells whether there is a next page.
        var found = await After(filter.Apply(db), filter.After).Take(filter.Limit + 1).ToListAsync(ct);
        var page = found.Take(filter.Limit).ToList();
        return (page, found.Count > filter.Limit ? new ResponseCursor(page[^1].SubmittedAt, page[^1].Id).ToString() : null);
    }

    /// <summary>Streams the whole selection.</summary>
    public async Task ExportAsync(HttpResponse response, ResponseFilter filter, ExportForm form, CancellationToken ct)
    {
        response.ContentType = form.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"responses.{form.Extension}\"";
        var columns = new ExportColumns(await SegmentNamesAsync(ct), await QuestionKeysAsync(filter, ct), await BranchesAsync(filter, ct));
        await using var writer = form.Open(response.Body);
        await writer.WriteAsync([columns.Heads], ct);
        var after = filter.After;
        while (true)
        {
            long begin = Stopwatch.GetTimestamp();
            var chunk = await After(filter.Apply(db), after).Take(ExportChunk).ToListAsync(ct);
            await writer.WriteAsync((await reader.ReadAsync(chunk, ct)).Select(columns.Cells), ct);
            if (chunk.Count < ExportChunk) return;
            await intake.GiveWayAsync(Stopwatch.GetElapsedTime(begin), ct);
            after = new ResponseCursor(chunk[^1].SubmittedAt, chunk[^1].Id);
        }
    }

    static IQueryable<Response> After(IQueryable<Response> responses, ResponseCursor? cursor)
    {
        // The bound on the instant stands alone: in an "or" it would not tell the index where to begin, and every page would be read from the newest on.
        if (cursor is not null)
            responses = responses.Where(r => r.SubmittedAt <= cursor.SubmittedAt && (r.SubmittedAt < cursor.SubmittedAt || r.Id.CompareTo(cursor.Id) > 0));
        return responses.AsNoTracking().OrderByDescending(r => r.SubmittedAt).ThenBy(r => r.Id);
    }

    Task<List<string>> SegmentNamesAsync(CancellationToken ct) =>
        db.Database.SqlQuery<string>($"select distinct jsonb_object_keys(attributes) collate \"C\" as \"Value\" from segment order by 1").ToListAsync(ct);

    async Task<List<string>> QuestionKeysAsync(ResponseFilter filter, CancellationToken ct) =>
        await db.Database.SqlQuery<string>($"""
            select q.key as "Value" from question q join survey_version v on v.id = q.version_id
            where ({filter.SurveyId}::int is null or v.survey_id = {filter.SurveyId}) and q.kind <> {nameof(QuestionKind.Statement)}
            group by q.key order by min(v.survey_id), max(v.number) desc, min(q.position), q.key
            """).ToListAsync(ct);

    Task<bool> BranchesAsync(ResponseFilter filter, CancellationToken ct) =>
        db.Database.SqlQuery<bool>($"""
            select exists (select from survey_version v where ({filter.SurveyId}::int is null or v.survey_id = {filter.SurveyId}) and v.definition @? '$.questions[*].showIf') as "Value"
            """).SingleAsync(ct);
}

/// <summary>The place in the list after which the next page starts.</summary>
internal sealed record ResponseCursor(DateTimeOffset SubmittedAt, Guid Id)
{
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, SubmittedAt.UtcTicks);
        Id.TryWriteBytes(bytes[8..]);
        return Base64Url.EncodeToString(bytes);
    }

    public static ResponseCursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[24];
        if (text.Length != 32 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out int length) || length != 24) return null;
        long ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks ? null : new ResponseCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..]));
    }
}
