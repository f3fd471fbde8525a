using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Http.Extensions;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>Whole days; the last one is the day before <paramref name="To"/>.</summary>
public sealed record Period(DateOnly From, DateOnly To)
{
    public int Days => To.DayNumber - From.DayNumber;

    /// <summary>As many days just before; before whole months as many whole months.</summary>
    public Period Before => new(Months is { } months ? From.AddMonths(-months) : From.AddDays(-Math.Min(Days, From.DayNumber)), From);

    // An address may name the first year of the calendar: nothing lies before it.
    int? Months => From.Day == 1 && To.Day == 1 && To > From && ((To.Year - From.Year) * 12) + To.Month - From.Month is var months && months < ((From.Year - 1) * 12) + From.Month ? months : null;

    public Period AYearBefore => new(AYearEarlier(From), AYearEarlier(To));

    static DateOnly AYearEarlier(DateOnly day) => day.Year == 1 ? DateOnly.MinValue : day.AddYears(-1);

    public static Period Ending(DateOnly last, int days) => new(last.AddDays(1 - days), last.AddDays(1));
}

/// <summary>
/// The address of a page of scores: the filters of the API by their names, and <c>vs</c>, the period compared with.
/// What the form sends more than that (a preset, an inclusive last day, empty fields) is turned into it by a redirect,
/// so that an address can be kept and sent to others.
/// </summary>
public sealed record MapAddress
{
    public const string Journey = "/journey";

    static readonly string[] FormOnly = ["period", "until", "metric"];

    /// <summary>The page; a touchpoint or stage that it names is not in the filters.</summary>
    public string Path { get; init; } = Journey;

    public required Selection Selection { get; init; }

    /// <summary>What the page is split by; null = its default.</summary>
    public Grouping? By { get; init; }

    /// <summary>Which definition of the kind, where there are several; null = the one with the most answers.</summary>
    public string? Definition { get; init; }

    public Period? Versus { get; init; }
    public Counting Counting { get; init; }

    /// <summary>Of the journey: its touchpoints as a table instead of a map.</summary>
    public bool AsTable { get; init; }

    /// <summary>The order of that table; null = by stage.</summary>
    public string? Sort { get; init; }

    /// <summary>Days asked for as "the last N", to be resolved; null = none.</summary>
    public int? LastDays { get; init; }

    /// <summary>"The same days a year before", to be resolved.</summary>
    public bool AgainstAYearBefore { get; init; }

    /// <summary>True when the form's own names or empty fields are in the address.</summary>
    public bool NeedsRedirect { get; init; }

    /// <param name="splits">Whether the page takes <c>by</c>.</param>
    public static MapAddress Parse(QueryString query, Errors errors, string path = Journey, bool splits = false)
    {
        var pairs = QueryParameters.Pairs(query).ToList();
        var given = QueryParameters.Of(pairs.Where(p => p.Value.Length > 0), errors);
        var (metric, vs) = (given.Take("metric"), given.Take("vs"));
        var selection = Selection.Parse(given, errors);
        if (given.Take("until") is { } until) selection = selection with { To = Day("until", until, errors)?.AddDays(1) };
        var lastDays = given.Take("period") is { } period ? Days(period, errors) : null;
        var definition = metric ?? given.Take("definition");
        if (metric is not null) selection = selection with { Kind = KindOf(metric, errors) };
        var address = new MapAddress
        {
            Path = path,
            By = splits ? ScoreRequest.ParseBy(given, errors) is { By: not GroupBy.Nothing } by ? by : null : null,
            Selection = lastDays is null ? selection : selection with { From = null, To = null },
            Definition = definition,
            Versus = vs is null or "year" ? null : Range(vs, errors),
            Counting = ScoreRequest.ParseCounting(given, errors),
            AsTable = !splits && ParseView(given, errors),
            Sort = splits ? null : ParseSort(given, errors),
            LastDays = lastDays,
            AgainstAYearBefore = vs == "year",
            NeedsRedirect = vs == "year" || pairs.Exists(p => p.Value.Length == 0 || FormOnly.Contains(p.Name)),
        };
        given.RefuseRest(errors);
        if (selection.From > selection.To) errors.Add("from", "The first day lies after the last.");
        return address;
    }

    /// <summary>The address in its one form; defaults stay out.</summary>
    public string Link()
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Parameters()) query.Add(name, value);
        return Path + query.ToQueryString();
    }

    public IEnumerable<(string Name, string Value)> Parameters()
    {
        (string Name, string? Value)[] own =
        [
            ("kind", Selection.Kind is { } kind ? Selection.WordOf(kind) : null),
            ("definition", Definition),
            ("from", Iso(Selection.From)),
            ("to", Iso(Selection.To)),
            ("vs", Versus is { } vs ? $"{Iso(vs.From)}..{Iso(vs.To)}" : null),
            ("survey", Selection.Survey),
            ("question", Selection.Question),
            ("touchpoint", Selection.Touchpoint),
            ("stage", Selection.Stage),
            ("asked", Selection.Asked is { } asked ? Selection.WordOf(asked) : null),
            ("language", Selection.Language),
            ("channel", Selection.Channel),
            ("counting", Counting == Counting.Customers ? "customers" : null),
            ("by", By?.Word),
            ("view", AsTable && Path == Journey ? "table" : null),
            ("sort", AsTable && Path == Journey ? Sort : null),
        ];
        return own.Where(p => p.Value is not null).Select(p => (p.Name, p.Value!))
            .Concat(Selection.Segment.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => ("segment." + s.Key, s.Value)));
    }

    /// <summary>The same filters on the journey page.</summary>
    public MapAddress ToJourney() => this with { Path = Journey, By = null };

    /// <summary>The same filters on the page of a stage.</summary>
    public MapAddress ToStage(string key) => this with { Path = $"{Journey}/{key}", By = null, Selection = Selection with { Stage = null } };

    /// <summary>The same filters on the page of a touchpoint; with a stage only what was asked there while it belonged to it.</summary>
    public MapAddress ToTouchpoint(string key, string? stage = null) =>
        this with { Path = "/touchpoints/" + key, By = null, Selection = Selection with { Touchpoint = null, Stage = stage, Asked = null } };

    /// <summary>The same page with another definition; its kind says enough when no other has it.</summary>
    public MapAddress Measuring(MetricDefinition definition, IEnumerable<MetricDefinition> definitions) => this with
    {
        Selection = Selection with { Kind = KindOf(definition) },
        Definition = definitions.Any(d => d.Kind == definition.Kind && d != definition) ? definition.Key : null,
    };

    /// <summary>The same page with one segment only.</summary>
    public MapAddress Within(string attribute, string value) =>
        this with { By = null, Selection = Selection with { Segment = new Dictionary<string, string>(Selection.Segment, StringComparer.Ordinal) { [attribute] = value } } };

    /// <summary>The same page without one of its filters.</summary>
    public string LinkWithout(string name)
    {
        var query = new QueryBuilder();
        foreach (var (other, value) in Parameters().Where(p => p.Name != name)) query.Add(other, value);
        return Path + query.ToQueryString();
    }

    static bool ParseView(QueryParameters given, Errors errors)
    {
        var view = given.Take("view");
        if (view is not (null or "map" or "table")) errors.Add("view", "One of map, table.");
        return view == "table";
    }

    static string? ParseSort(QueryParameters given, Errors errors)
    {
        if (given.Take("sort") is not { } sort) return null;
        if (!MapTable.Sorts.Contains(sort)) errors.Add("sort", $"One of {string.Join(", ", MapTable.Sorts)}.");
        return sort == MapTable.ByStage ? null : sort;
    }

    static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static DateOnly? Day(string name, string text, Errors errors)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue) return day;
        errors.Add(name, "A date like 2026-02-16.");
        return null;
    }

    static int? Days(string text, Errors errors)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 3660) return days;
        errors.Add("period", "A number of days from 1 to 3660.");
        return null;
    }

    static Period? Range(string text, Errors errors)
    {
        var days = text.Split("..");
        if (days.Length == 2 && Day("vs", days[0], errors) is { } from && Day("vs", days[1], errors) is { } to && from < to) return new(from, to);
        errors.Add("vs", "Two days like 2026-02-16..2026-03-16; the second is no longer in it.");
        return null;
    }

    static Surveys.QuestionKind KindOf(MetricDefinition definition) => Enum.Parse<Surveys.QuestionKind>(definition.Kind.ToString());

    internal static Surveys.QuestionKind? KindOf(string metric, Errors errors)
    {
        try
        {
            return KindOf(MetricDefinition.Parse(metric));
        }
        catch (FormatException)
        {
            errors.Add("metric", "Not a metric definition.");
            return null;
        }
    }
}
