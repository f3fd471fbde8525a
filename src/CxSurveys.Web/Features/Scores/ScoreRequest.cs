using System.Globalization;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores;

public enum Counting { Responses, Customers }

public enum GroupBy { Nothing, Touchpoint, Stage, Question, Day, Week, Month, Segment, Language, Channel }

/// <summary>What makes a row; the segment's name where rows are its values.</summary>
public sealed record Grouping(GroupBy By, string? Segment = null)
{
    public static readonly Grouping None = new(GroupBy.Nothing);

    /// <summary>As an address writes it; null when there are no rows.</summary>
    internal string? Word => By switch
    {
        GroupBy.Nothing => null,
        GroupBy.Segment => "segment." + Segment,
        _ => Selection.WordOf(By),
    };

    /// <summary>What rows are values of: the name of an attribute, or the response's own <c>language</c> or <c>channel</c>; null when rows are something else.</summary>
    internal string? Attribute => By is GroupBy.Segment or GroupBy.Language or GroupBy.Channel ? Word : null;

    /// <summary>The unit of time that <c>date_trunc</c> knows; null when rows are no time.</summary>
    internal string? TimeUnit => By is GroupBy.Day or GroupBy.Week or GroupBy.Month ? Selection.WordOf(By) : null;
}

/// <summary>One question to the scores.</summary>
public sealed record ScoreRequest
{
    public const double UsualLevel = 0.95;

    public required Selection Selection { get; init; }
    public Grouping By { get; init; } = Grouping.None;
    public Counting Counting { get; init; }
    public double Level { get; init; } = UsualLevel;

    /// <summary>Answers a block for each definition; otherwise more than one is refused.</summary>
    public bool AllDefinitions { get; init; }

    /// <summary>Answers each line of each question by itself, and no total; otherwise of each question the newest.</summary>
    public bool AllLines { get; init; }

    public static ScoreRequest Parse(QueryParameters query, Errors errors)
    {
        var request = new ScoreRequest
        {
            Selection = Selection.Parse(query, errors),
            By = ParseBy(query, errors),
            Counting = ParseCounting(query, errors),
            Level = ParseLevel(query, errors),
            AllDefinitions = ParseAll("definitions", query, errors),
            AllLines = ParseAll("lines", query, errors),
        };
        RequireKind(request.Selection, errors);
        query.RefuseRest(errors);
        return request;
    }

    internal static void RequireKind(Selection selection, Errors errors)
    {
        if (selection.Kind is null && !errors.Has("kind")) errors.Add("kind", "Needed: nps, csat, ces or rating.");
    }

    internal static Counting ParseCounting(QueryParameters query, Errors errors)
    {
        switch (query.Take("counting"))
        {
            case null or "responses": return Counting.Responses;
            case "customers": return Counting.Customers;
            default:
                errors.Add("counting", "One of responses, customers.");
                return Counting.Responses;
        }
    }

    internal static double ParseLevel(QueryParameters query, Errors errors)
    {
        if (query.Take("level") is not { } text) return UsualLevel;
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint;
        if (double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var level) && level is >= 0.5 and <= 0.9999) return level;
        errors.Add("level", "A number from 0.5 to 0.9999, like 0.95.");
        return UsualLevel;
    }

    static bool ParseAll(string name, QueryParameters query, Errors errors)
    {
        var text = query.Take(name);
        if (text is not (null or "all")) errors.Add(name, "Only all.");
        return text == "all";
    }

    internal static Grouping ParseBy(QueryParameters query, Errors errors)
    {
        const string Segment = "segment.";
        if (query.Take("by") is not { } text) return Grouping.None;
        if (text.StartsWith(Segment, StringComparison.Ordinal) && text.Length > Segment.Length) return new(GroupBy.Segment, text[Segment.Length..]);

        GroupBy[] words = [GroupBy.Touchpoint, GroupBy.Stage, GroupBy.Question, GroupBy.Day, GroupBy.Week, GroupBy.Month, GroupBy.Language, GroupBy.Channel];
        if (Array.Find(words, word => text == Selection.WordOf(word)) is var by and not GroupBy.Nothing) return new(by);
        errors.Add("by", "One of touchpoint, stage, question, day, week, month, language, channel, segment.<name>.");
        return Grouping.None;
    }
}
