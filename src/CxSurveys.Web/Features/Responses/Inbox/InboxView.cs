using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>One line of the list.</summary>
public sealed record InboxRow
{
    public required Guid Id { get; init; }

    /// <summary>The customer's name, else their key; null = anonymous.</summary>
    public string? Who { get; init; }

    public required DateTimeOffset At { get; init; }
    public required IReadOnlyList<ScoreMark> Marks { get; init; }

    /// <summary>The first text, or the first with a searched word; empty when there is none.</summary>
    public required IReadOnlyList<TextPiece> Comment { get; init; }

    public string? Language { get; init; }

    public required ResponseState State { get; init; }

    /// <summary>Whether anything was noticed about it.</summary>
    public required bool Flagged { get; init; }

    /// <summary>Touchpoint, language, channel and segment, as far as known.</summary>
    public required IReadOnlyList<string> Facts { get; init; }
}

/// <summary>How many match; exact up to <see cref="InboxQueries.CountedUpTo"/>.</summary>
/// <param name="WithText">Null where that many were not counted.</param>
public sealed record InboxCount(int N, bool More, int? WithText)
{
    public string Text => More ? $"More than {Words.Count(N)} responses" : N == 1 ? "1 response" : $"{Words.Count(N)} responses";
}

/// <summary>What a field of the form offers.</summary>
public sealed record Choice(string Value, string Text);

/// <summary>What the form offers, by its fields.</summary>
public sealed record InboxOptions
{
    /// <summary>Beside the counted ones, which are shown when nothing is chosen.</summary>
    public static readonly IReadOnlyList<Choice> States = [new("quarantine", "Kept apart as automatic"), new("test", "Tests"), new("all", "All of them")];

    public static IReadOnlyList<Choice> Flags { get; } = [.. FlagNames.All.Select(name => new Choice(name, FlagNames.Words(name)))];

    public required IReadOnlyList<Choice> Surveys { get; init; }
    public required IReadOnlyList<Choice> Questions { get; init; }

    /// <summary>Of the question that is chosen; without one there are none.</summary>
    public required IReadOnlyList<Choice> Scores { get; init; }

    public required IReadOnlyList<Choice> Touchpoints { get; init; }
    public required IReadOnlyList<Choice> Stages { get; init; }
    public required MapOptions Segments { get; init; }
}

/// <summary>The list and what stands around it.</summary>
public sealed record InboxView
{
    public required string Organisation { get; init; }
    public required string TimeZone { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>False before the first response of all.</summary>
    public required bool AnyAtAll { get; init; }

    public required IReadOnlyList<InboxRow> Rows { get; init; }
    public string? Next { get; init; }
    public required InboxCount Count { get; init; }

    /// <summary>How many more match that are kept apart as suspected automatic answers; null where the list is about others than the counted ones.</summary>
    public InboxCount? KeptApart { get; init; }

    public required InboxOptions Options { get; init; }
}

public enum AnswerState { Given, Skipped, NotShown, Empty }

/// <summary>One question of a response with what was said.</summary>
public sealed record AskedView
{
    public required string Key { get; init; }
    public required AskedText Text { get; init; }

    /// <summary>The touchpoint, the stage or the journey it counts for; null = nowhere.</summary>
    public string? Place { get; init; }

    public required AnswerState State { get; init; }
    public ScoreMark? Mark { get; init; }

    /// <summary>What the value was called on the page, where it had a name.</summary>
    public AskedText? ValueWord { get; init; }

    public IReadOnlyList<AskedText> Options { get; init; } = [];
    public IReadOnlyList<TextPiece> Said { get; init; } = [];
}

/// <summary>Another response of the same customer.</summary>
public sealed record OtherResponse(Guid Id, DateTimeOffset At, string About, IReadOnlyList<ScoreMark> Marks);

/// <summary>One response with all its answers.</summary>
public sealed record ResponseView
{
    public required Guid Id { get; init; }
    public required ResponseState State { get; init; }

    /// <summary>What was noticed about it, in words.</summary>
    public required IReadOnlyList<string> Noticed { get; init; }


    /// <summary>The customer's name, else their key; null = anonymous.</summary>
    public string? Who { get; init; }

    public string? CustomerKey { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }
    public required string SurveyKey { get; init; }
    public required string SurveyName { get; init; }
    public required int Version { get; init; }
    public string? Touchpoint { get; init; }
    public string? Stage { get; init; }
    public string? Language { get; init; }
    public string? Channel { get; init; }
    public required IReadOnlyDictionary<string, string> Segment { get; init; }
    public required IReadOnlyList<AskedView> Questions { get; init; }
    public required IReadOnlyList<OtherResponse> Others { get; init; }
    public required bool MoreOthers { get; init; }
}
