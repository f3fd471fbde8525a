using System.Text.Json;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>What an admin writes: the body of <c>PUT /surveys/{key}</c>, kept as the draft and frozen with each version.</summary>
public sealed record SurveyDefinition
{
    public required string Name { get; init; }

    /// <summary>BCP 47 tags; the first is the default.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    public required IReadOnlyList<QuestionDefinition> Questions { get; init; }

    /// <summary>Headings of the questions that are drawn together as the rows of one table.</summary>
    public IReadOnlyList<MatrixDefinition>? Matrices { get; init; }
}

public sealed record QuestionDefinition
{
    public required string Key { get; init; }
    public required QuestionKind Kind { get; init; }

    /// <summary>Wording by language. Left out: the standard wording of an nps, csat or ces question.</summary>
    public IReadOnlyDictionary<string, string>? Text { get; init; }

    public ScaleDefinition? Scale { get; init; }
    public string? Touchpoint { get; init; }
    public string? Stage { get; init; }
    public bool Journey { get; init; }
    public bool Required { get; init; }
    public Presentation? Presentation { get; init; }

    /// <summary>Words at the lowest and highest value, by language; left out: those of the kind.</summary>
    public EndLabels? Labels { get; init; }

    public IReadOnlyList<OptionDefinition>? Options { get; init; }

    /// <summary>A line below the wording, by language.</summary>
    public IReadOnlyDictionary<string, string>? Help { get; init; }

    /// <summary>When the question is asked; left out: always.</summary>
    public Condition? ShowIf { get; init; }

    /// <summary>Other words for those whose earlier score was low, middle or high.</summary>
    public TextByGroup? TextBy { get; init; }

    /// <summary>Of a text: drawn as one line. How long an answer may be is the same.</summary>
    public bool OneLine { get; init; }

    /// <summary>Begins a new page.</summary>
    public bool NewPage { get; init; }

    /// <summary>The key of the matrix whose row this question is; its rows stand one after the other and share a scale.</summary>
    public string? Matrix { get; init; }
}

/// <summary>
/// One rule, in one of six forms: an earlier answer, a segment attribute, the language or the channel of the response is one of a
/// list, or all, or any, of several rules hold.
/// </summary>
public sealed record Condition
{
    /// <summary>The key of an earlier question; with <see cref="In"/>.</summary>
    public string? Question { get; init; }

    /// <summary>The name of a segment attribute; with <see cref="In"/>.</summary>
    public string? Segment { get; init; }

    /// <summary>
    /// Values of a scale, or <c>negative</c>, <c>neutral</c>, <c>positive</c> for its parts; option keys; true or false of a consent or a
    /// contact request; texts of a segment attribute.
    /// </summary>
    public IReadOnlyList<JsonElement>? In { get; init; }

    public IReadOnlyList<string>? Language { get; init; }
    public IReadOnlyList<string>? Channel { get; init; }
    public IReadOnlyList<Condition>? All { get; init; }
    public IReadOnlyList<Condition>? Any { get; init; }

    /// <summary>A value of <see cref="In"/> as answers are compared with it.</summary>
    internal static string Token(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}

/// <summary>Wordings by the part of the scale that an earlier answer is in; the question's own words stand where there is none.</summary>
public sealed record TextByGroup
{
    public required string Question { get; init; }
    public IReadOnlyDictionary<string, string>? Negative { get; init; }
    public IReadOnlyDictionary<string, string>? Neutral { get; init; }
    public IReadOnlyDictionary<string, string>? Positive { get; init; }
}

public sealed record MatrixDefinition
{
    public required string Key { get; init; }

    /// <summary>The heading, by language.</summary>
    public required IReadOnlyDictionary<string, string> Text { get; init; }
}

public sealed record ScaleDefinition
{
    public required int Min { get; init; }
    public required int Max { get; init; }
    public ScaleDirection? Direction { get; init; }
    public IReadOnlyList<int>? Positive { get; init; }
    public IReadOnlyList<int>? Negative { get; init; }
}

public sealed record EndLabels
{
    public IReadOnlyDictionary<string, string>? Low { get; init; }
    public IReadOnlyDictionary<string, string>? High { get; init; }
}

public sealed record OptionDefinition
{
    public required string Key { get; init; }
    public required IReadOnlyDictionary<string, string> Text { get; init; }
}

public enum QuestionKind
{
    Nps,
    Csat,
    Ces,
    Rating,
    Choice,
    Multi,
    Text,

    /// <summary>Words to read; nothing is answered.</summary>
    Statement,

    /// <summary>A tick under a wording; the answer says in which language it was agreed to.</summary>
    Consent,

    /// <summary>"May we call you?": yes or no, and how to reach the person.</summary>
    Contact,
}

public enum ScaleDirection { Higher, Lower }

public enum Presentation { Numbers, Words, Stars, Faces }
