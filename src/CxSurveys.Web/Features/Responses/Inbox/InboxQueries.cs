using System.Data;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>Reads a page of the list and one response; what it costs does not depend on how many responses there are.</summary>
internal sealed class InboxQueries(CxDbContext db, ResponseFilterReader filters, ListResponses list, ResponseParts parts, OptionsReader options, TimeProvider clock)
{
    /// <summary>Up to here the number that match is exact; beyond it, "more than" is said and no more counted.</summary>
    public const int CountedUpTo = 1_000;

    public const int RowsOfAPage = 50;

    const int OthersShown = 10;

    /// <summary>The list, or the address to go to instead; both null when <paramref name="errors"/> say what is wrong.</summary>
    public async Task<(InboxView? View, InboxAddress? GoTo)> ListAsync(InboxAddress address, QueryString query, Errors errors, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var catalog = await ScoreCatalog.ReadAsync(db, ct);
        var told = new Told(catalog);
        var today = DateOnly.FromDateTime(told.Local(clock.GetUtcNow()).DateTime);
        if (address.Canonical(today) is { } goTo) return (null, goTo);
        if (await filters.ReadAsync(query, catalog, errors, ct) is not { } filter) return default;

        var (found, next) = await list.FindAsync(filter with { Limit = RowsOfAPage }, ct);
        var count = await CountAsync(filter, found, next, ct);
        return (new InboxView
        {
            Organisation = catalog.Organisation.Name,
            TimeZone = catalog.Organisation.CellsTimeZone,
            Today = today,
            AnyAtAll = count.N > 0 || await db.Set<Response>().AnyAsync(r => r.State == ResponseState.Counted, ct),
            Rows = [.. (await parts.ReadAsync(found, ct)).Select(whole => told.Row(whole, filter))],
            Next = next,
            Count = count,
            KeptApart = filter.State == ResponseState.Counted ? await KeptApartAsync(filter, ct) : null,
            Options = await options.ReadAsync(catalog, address, ct),
        }, null);
    }

    /// <summary>One response; null when there is none of this id.</summary>
    public async Task<ResponseView?> FindAsync(Guid id, IReadOnlyList<string> words, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        if (await db.Set<Response>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } response) return null;
        var told = new Told(await ScoreCatalog.ReadAsync(db, ct));
        var others = await OthersAsync(response, ct);
        var whole = await parts.ReadAsync([response, .. others.Take(OthersShown)], ct);
        return ViewOf(whole[0], told, words) with { Others = [.. whole.Skip(1).Select(told.Other)], MoreOthers = others.Count > OthersShown };
    }

    async Task<InboxCount> KeptApartAsync(ResponseFilter filter, CancellationToken ct)
    {
        int n = await (filter with { State = ResponseState.Quarantine }).Apply(db).OrderByDescending(r => r.SubmittedAt).Take(CountedUpTo + 1).CountAsync(ct);
        return new InboxCount(Math.Min(n, CountedUpTo), n > CountedUpTo, null);
    }

    async Task<InboxCount> CountAsync(ResponseFilter filter, List<Response> found, string? next, CancellationToken ct)
    {
        bool all = filter.After is null && next is null;
        var ids = all ? [.. found.Select(r => r.Id)] : await filter.Apply(db).OrderByDescending(r => r.SubmittedAt).Take(CountedUpTo + 1).Select(r => r.Id).ToListAsync(ct);
        if (ids.Count > CountedUpTo) return new InboxCount(CountedUpTo, true, null);
        if (filter.WithText || filter.Words.Count > 0) return new InboxCount(ids.Count, false, ids.Count);
        // By the ids: put into one statement, the planner reads every answer there is.
        return new InboxCount(ids.Count, false, await db.Set<Answer>().Where(a => ids.Contains(a.ResponseId) && a.Text != null).Select(a => a.ResponseId).Distinct().CountAsync(ct));
    }

    async Task<List<Response>> OthersAsync(Response response, CancellationToken ct) => response.PersonId is not { } person
        ? []
        : await db.Set<Response>().AsNoTracking()
            .Where(r => r.PersonId == person && r.Id != response.Id && r.State == ResponseState.Counted)
            .OrderByDescending(r => r.SubmittedAt).ThenBy(r => r.Id).Take(OthersShown + 1).ToListAsync(ct);

    static ResponseView ViewOf(WholeResponse whole, Told told, IReadOnlyList<string> words) => new()
    {
        Id = whole.Response.Id,
        State = whole.Response.State,
        Noticed = [.. FlagNames.Of(whole.Response.Flags).Select(FlagNames.Words)],
        Who = Told.NameOf(whole.Person),
        CustomerKey = whole.Person?.Key,
        At = told.Local(whole.Response.SubmittedAt),
        ChangedAt = whole.Response.ChangedAt is { } changed ? told.Local(changed) : null,
        SurveyKey = whole.Version.SurveyKey,
        SurveyName = whole.Version.Definition.Name,
        Version = whole.Version.Number,
        Touchpoint = told.TouchpointOf(whole.Response),
        Stage = told.StageOf(whole),
        Language = whole.Segment.Language,
        Channel = whole.Segment.Channel,
        Segment = whole.Segment.Attributes,
        Questions = [.. whole.Version.Questions.Where(q => q.Kind != QuestionKind.Statement).Select(question => told.Asked(whole, question, words))],
        Others = [],
        MoreOthers = false,
    };
}
