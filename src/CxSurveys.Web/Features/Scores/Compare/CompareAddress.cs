using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Http.Extensions;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>The address of a comparison: the filters of the API by their names, those of one side with <c>a.</c> or <c>b.</c> before them.</summary>
public sealed record CompareAddress
{
    public const string Path = "/compare";

    public required Selection A { get; init; }
    public required Selection B { get; init; }
    public Counting Counting { get; init; }

    /// <summary>What the difference is split by; null = the page's default.</summary>
    public Grouping? By { get; init; }

    /// <summary>Which definition of the kind, where there are several; null = the one with the most answers on both sides.</summary>
    public string? Definition { get; init; }

    /// <summary>What the form said beside the filters; null when the address is in its one form.</summary>
    internal CompareForm? Form { get; private init; }

    internal Func<string, string> PathOfA { get; private init; } = name => name;
    internal Func<string, string> PathOfB { get; private init; } = name => name;

    public static CompareAddress Parse(QueryString query, Errors errors)
    {
        var form = CompareForm.Read(query);
        var given = QueryParameters.Of(form.Filters, errors);
        var metric = form.Sent ? given.Take("metric") : null;
        var (untilA, untilB) = form.Sent ? (Until("a.until", given, errors), Until("b.until", given, errors)) : default;
        var request = ParseFilters(given, metric, errors);
        var address = new CompareAddress
        {
            A = untilA is null ? request.A : request.A with { To = untilA },
            B = untilB is null ? request.B : request.B with { To = untilB },
            Counting = request.Counting,
            Definition = metric ?? given.Take("definition"),
            By = ScoreRequest.ParseBy(given, errors) is { By: not GroupBy.Nothing } by ? by : null,
            Form = form.Sent ? form : null,
            PathOfA = request.PathOfA,
            PathOfB = request.PathOfB,
        };
        given.RefuseRest(errors);
        if (address.A.From > address.A.To) errors.Add("a.from", "The first day lies after the last.");
        if (address.B.From > address.B.To) errors.Add("b.from", "The first day lies after the last.");
        return address;
    }

    static CompareRequest ParseFilters(QueryParameters given, string? metric, Errors errors)
    {
        var (a, b) = (Selection.Parse(given, errors, "a."), Selection.Parse(given, errors, "b."));
        var kind = metric is null ? a.Kind : MapAddress.KindOf(metric, errors);
        return new(a with { Kind = kind }, b with { Kind = kind }, ScoreRequest.ParseCounting(given, errors), Figure.Level)
        {
            PathOfA = name => given.Has("a." + name) ? "a." + name : name,
            PathOfB = name => given.Has("b." + name) ? "b." + name : name,
        };
    }

    static DateOnly? Until(string name, QueryParameters given, Errors errors) =>
        given.Take(name) is { } text ? MapAddress.Day(name, text, errors)?.AddDays(1) : null;

    /// <summary>The period of a page of scores against the one it is compared with; usual days stay out of the address.</summary>
    public static string Link(MapAddress page, Selection filters, Period period, Period versus)
    {
        var usual = page.Selection.From is null && page.Selection.To is null && page.Versus is null;
        return new CompareAddress
        {
            A = usual ? filters : filters with { From = period.From, To = period.To },
            B = usual ? filters : filters with { From = versus.From, To = versus.To },
            Counting = page.Counting,
            Definition = page.Definition,
        }.Link();
    }

    public string Link() => Link(Path);

    /// <summary>The same comparison as a file.</summary>
    public string Export() => Link(Path + ".csv");

    string Link(string path)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Parameters()) query.Add(name, value);
        return path + query.ToQueryString();
    }

    public IEnumerable<(string Name, string Value)> Parameters()
    {
        var (a, b) = (FiltersOf(A), FiltersOf(B));
        (string Name, string? Value)[] shared =
        [
            ("kind", A.Kind is { } kind ? Selection.WordOf(kind) : null),
            ("definition", Definition),
            .. a.Where(f => b.GetValueOrDefault(f.Key) == f.Value).Select(f => (f.Key, f.Value)),
            .. a.Where(f => b.GetValueOrDefault(f.Key) != f.Value).Select(f => ("a." + f.Key, f.Value)),
            .. b.Where(f => a.GetValueOrDefault(f.Key) != f.Value).Select(f => ("b." + f.Key, f.Value)),
            ("counting", Counting == Counting.Customers ? "customers" : null),
            ("by", By?.Word),
        ];
        return shared.Where(p => p.Value is not null).Select(p => (p.Name, p.Value!));
    }

    /// <summary>The same with these days in it, also where they are the usual ones.</summary>
    internal CompareAddress WithDays(Period a, Period b) =>
        this with { A = A with { From = a.From, To = a.To }, B = B with { From = b.From, To = b.To } };

    /// <summary>True when the two sides differ in nothing but, maybe, their days.</summary>
    internal bool Alike => SameFilters(A with { From = null, To = null }, B with { From = null, To = null });

    internal static bool SameFilters(Selection one, Selection other)
    {
        var (filters, others) = (FiltersOf(one), FiltersOf(other));
        return filters.Count == others.Count && filters.All(f => others.GetValueOrDefault(f.Key) == f.Value);
    }

    static Dictionary<string, string?> FiltersOf(Selection selection)
    {
        (string Name, string? Value)[] own =
        [
            ("survey", selection.Survey),
            ("question", selection.Question),
            ("touchpoint", selection.Touchpoint),
            ("stage", selection.Stage),
            ("asked", selection.Asked is { } asked ? Selection.WordOf(asked) : null),
            ("from", Iso(selection.From)),
            ("to", Iso(selection.To)),
            .. selection.Segment.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => ("segment." + s.Key, (string?)s.Value)),
            ("language", selection.Language),
            ("channel", selection.Channel),
        ];
        return own.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
    }

    static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The same comparison by another definition; its kind says enough when no other has it.</summary>
    public CompareAddress Measuring(MetricDefinition definition, IEnumerable<MetricDefinition> definitions)
    {
        var kind = Enum.Parse<QuestionKind>(definition.Kind.ToString());
        return this with
        {
            A = A with { Kind = kind },
            B = B with { Kind = kind },
            Definition = definitions.Any(d => d.Kind == definition.Kind && d != definition) ? definition.Key : null,
        };
    }
}
