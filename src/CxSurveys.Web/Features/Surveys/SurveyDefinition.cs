namespace CxSurveys.Web.Features.Surveys;

/// <summary>What an admin writes: the body of <c>PUT /surveys/{key}</c>, kept as the draft and frozen with each version.</summary>
public sealed record SurveyDefinition
{
    public required string Name { get; init; }

    /// <summary>BCP 47 tags; the first is the default.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    public required IReadOnlyList<QuestionDefinition> Questions { get; init; }
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

public enum QuestionKind { Nps, Csat, Ces, Rating, Choice, Multi, Text }

public enum ScaleDirection { Higher, Lower }

public enum Presentation { Numbers, Words, Stars, Faces }
