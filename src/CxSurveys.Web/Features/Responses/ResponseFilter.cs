using System.Globalization;
using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Which responses a list shows. A filter on questions or places keeps those with an answer there.</summary>
internal sealed record ResponseFilter
{
    public const int DefaultLimit = 50, MaxLimit = 500, MaxWords = 10;

    public Guid? Id { get; init; }
    public int? SurveyId { get; init; }

    /// <summary>Null = any question at any place.</summary>
    public AnswerFilter? Answered { get; init; }

    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    /// <summary>A JSON object; "{}" = any.</summary>
    public required string Segment { get; init; }

    public string? Language { get; init; }
    public string? Channel { get; init; }
    public string? Customer { get; init; }

    /// <summary>Every one of them is in a text of the response.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Only those with a text.</summary>
    public bool WithText { get; init; }

    /// <summary>Null = any.</summary>
    public ResponseState? State { get; init; } = ResponseState.Counted;

    /// <summary>Only those with this flag; none = with or without.</summary>
    public ResponseFlags Flag { get; init; }

    public int Limit { get; init; } = DefaultLimit;
    public ResponseCursor? After { get; init; }

    /// <param name="Questions">Ids of questions.</param>
    /// <param name="Places">Ids of places.</param>
    /// <param name="Values">Values of a scale; with <paramref name="Options"/> null = any answer.</param>
    /// <param name="Options">Keys of options.</param>
    public sealed record AnswerFilter(int[] Questions, int[] Places, short[]? Values, string[]? Options);

    public IQueryable<Response> Apply(CxDbContext db)
    {
        IQueryable<Response> responses = db.Set<Response>();
        if (State is { } state) responses = responses.Where(r => r.State == state);
        if (Flag is not ResponseFlags.None and var flag) responses = responses.Where(r => r.Flags != ResponseFlags.None && (r.Flags & flag) != ResponseFlags.None);
        if (Id is { } id) responses = responses.Where(r => r.Id == id);
        if (SurveyId is { } survey) responses = responses.Where(r => db.Set<SurveyVersion>().Any(v => v.Id == r.VersionId && v.SurveyId == survey));
        if (From is { } from) responses = responses.Where(r => r.SubmittedAt >= from);
        if (To is { } to) responses = responses.Where(r => r.SubmittedAt < to);
        if (Customer is { } customer) responses = responses.Where(r => db.Set<Person>().Any(p => p.Id == r.PersonId && p.Key == customer));
        if (Segment != "{}" || Language is not null || Channel is not null)
        {
            var segments = db.Set<Segment>().FromSql($"select * from segment where attributes @> {Segment}::jsonb and ({Language}::text is null or language = {Language}) and ({Channel}::text is null or channel = {Channel})");
            responses = responses.Where(r => segments.Any(s => s.Id == r.SegmentId));
        }
        if (Answered is { } answered) responses = WithAnswer(responses, db, answered);
        if (WithText) responses = responses.Where(r => db.Set<Answer>().Any(a => a.ResponseId == r.Id && a.Text != null));
        foreach (string word in Words)
        {
            string pattern = $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            responses = responses.Where(r => db.Set<Answer>().Any(a => a.ResponseId == r.Id && a.Text != null && EF.Functions.ILike(a.Text, pattern, "\\")));
        }
        return responses;
    }

    static IQueryable<Response> WithAnswer(IQueryable<Response> responses, CxDbContext db, AnswerFilter filter)
    {
        var (questions, places, values, options) = filter;
        var answers = db.Set<Answer>().Where(a => questions.Contains(a.QuestionId) && places.Contains(a.PlaceId) && (a.Value == null || a.Value > ScaleValue.NotShown));
        if (values is not null) answers = answers.Where(a => values.Contains(a.Value!.Value));
        if (options is not null) answers = answers.Where(a => a.Options!.Any(o => options.Contains(o)));
        return responses.Where(r => answers.Any(a => a.ResponseId == r.Id));
    }
}

/// <summary>Reads a <see cref="ResponseFilter"/> from an address, in the names of the scores.</summary>
internal sealed class ResponseFilterReader(CxDbContext db)
{
    /// <summary>Null when <paramref name="errors"/> say what is wrong.</summary>
    public async Task<ResponseFilter?> ReadAsync(QueryString address, Errors errors, CancellationToken ct) =>
        await ReadAsync(address, await ScoreCatalog.ReadAsync(db, ct), errors, ct);

    /// <summary>The same by a catalog that was read before.</summary>
    public async Task<ResponseFilter?> ReadAsync(QueryString address, ScoreCatalog catalog, Errors errors, CancellationToken ct)
    {
        var query = QueryParameters.Read(address, errors);
        var selection = Selection.Parse(query, errors);
        string? id = query.Take("id"), value = query.Take("value"), words = query.Take("q"), customer = query.Take("customer"), limit = query.Take("limit"), cursor = query.Take("cursor");
        string? definition = query.Take("definition"), line = query.Take("line"), withText = query.Take("words"), state = query.Take("state"), flag = query.Take("flag");
        query.RefuseRest(errors);
        catalog.Check(selection, errors);
        if (definition is not null && catalog.Questions.All(q => q.MetricKey != definition)) errors.Add("definition", "No published question has this metric definition.");
        if (line is not null && selection.Question is null) errors.Add("line", "Name the question= that the line is one of.");
        if (withText is not (null or "only")) errors.Add("words", "only, or leave it out.");

        var (inState, isState) = StateOf(state);
        if (!isState) errors.Add("state", "counted, quarantine, test or all.");
        if (flag is not null && FlagNames.Find(flag) is null) errors.Add("flag", $"One of {string.Join(", ", FlagNames.All)}.");

        Guid wantedId = default;
        if (id is not null && !Guid.TryParse(id, out wantedId)) errors.Add("id", "A UUID.");
        int rows = ResponseFilter.DefaultLimit;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out rows) && rows is >= 1 and <= ResponseFilter.MaxLimit)) errors.Add("limit", $"A whole number from 1 to {ResponseFilter.MaxLimit}.");
        var after = cursor is null ? null : ResponseCursor.Parse(cursor);
        if (cursor is not null && after is null) errors.Add("cursor", "Not a cursor of this list.");
        if (value is not null && selection.Question is null) errors.Add("value", "Name the question= that the values belong to.");
        string[] wanted = words?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (wanted.Length > ResponseFilter.MaxWords) errors.Add("q", $"At most {ResponseFilter.MaxWords} words: each is looked for in every text.");
        var answered = AnswerFilter(selection, catalog, definition, line, value, errors);
        if (errors.Any) return null;

        return new ResponseFilter
        {
            Id = id is null ? null : wantedId,
            SurveyId = selection.Survey is { } survey ? await db.Set<Survey>().Where(s => s.Key == survey).Select(s => s.Id).SingleAsync(ct) : null,
            Answered = answered,
            From = await StartOfAsync(selection.From, ct),
            To = await StartOfAsync(selection.To, ct),
            Segment = JsonSerializer.Serialize(selection.Segment),
            Language = selection.Language,
            Channel = selection.Channel,
            Customer = customer,
            Words = wanted,
            WithText = withText is not null,
            State = inState,
            Flag = flag is null ? ResponseFlags.None : FlagNames.Find(flag)!.Value,
            Limit = rows,
            After = after,
        };
    }

    static (ResponseState? State, bool IsKnown) StateOf(string? name) => name switch
    {
        null or "counted" => (ResponseState.Counted, true),
        "quarantine" => (ResponseState.Quarantine, true),
        "test" => (ResponseState.Test, true),
        "all" => (null, true),
        _ => (null, false),
    };

    static ResponseFilter.AnswerFilter? AnswerFilter(Selection selection, ScoreCatalog catalog, string? definition, string? line, string? value, Errors errors)
    {
        if (definition is null && selection is { Kind: null, Question: null, Touchpoint: null, Stage: null, Asked: null }) return null;
        var questions = catalog.Questions.Where(q => (selection.Question is null || q.Key == selection.Question)
            && (selection.Survey is null || q.Survey == selection.Survey) && (selection.Kind is null || q.Kind == selection.Kind) && (definition is null || q.MetricKey == definition) && (line is null || q.Line.Name == line)).ToList();
        if (line is not null && questions.Count == 0) errors.Add("line", $"The question has no line {line}. A line is named by its first version.");
        var parts = value?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool scale = questions.Exists(q => q.MetricKey is not null);
        return new ResponseFilter.AnswerFilter(
            [.. questions.Select(q => q.Id)],
            new Scope(catalog, selection, Grouping.None).PlaceIds,
            scale && parts is not null ? Numbers(parts, errors) : null,
            scale ? null : parts);
    }

    static short[] Numbers(string[] parts, Errors errors)
    {
        var numbers = new List<short>(parts.Length);
        foreach (string part in parts)
            if (short.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out short number)) numbers.Add(number);
        if (numbers.Count < parts.Length || parts.Length == 0) errors.Add("value", "Whole numbers of the question's scale with commas between them, for example 9,10.");
        return [.. numbers];
    }

    // The database knows the zone the scores count their days in; a page and its list must mean the same day.
    async Task<DateTimeOffset?> StartOfAsync(DateOnly? day, CancellationToken ct) => day is not { } local
        ? null
        : await db.Database.SqlQuery<DateTimeOffset>($"select {local}::timestamp at time zone cells_time_zone as \"Value\" from organisation").SingleAsync(ct);
}
