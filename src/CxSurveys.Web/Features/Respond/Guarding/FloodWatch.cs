using System.Collections.Concurrent;

namespace CxSurveys.Web.Features.Respond.Guarding;

/// <summary>
/// Notices that far more answers come to a survey's open link than people send. While that lasts, an answer counts with a proof only;
/// a wrong alarm costs people nothing, for their browsers work it out while they read. Each process watches its own share.
/// </summary>
public sealed class FloodWatch(TimeProvider clock, ILogger<FloodWatch> log)
{
    /// <summary>Answers to one survey within a minute: sent faster than the questions can be read, and all of them.</summary>
    public const int FastInAMinute = 60, AnyInAMinute = 150;

    /// <summary>After the last minute that was over.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    readonly RecentCounts fast = new(TimeSpan.FromMinutes(1), clock), any = new(TimeSpan.FromMinutes(1), clock);
    readonly ConcurrentDictionary<string, DateTimeOffset> until = new(StringComparer.Ordinal);

    /// <summary>Counts an answer; true when it came inside a flood.</summary>
    public bool Note(string survey, bool tooFast)
    {
        bool over = any.Add(survey) > AnyInAMinute | (tooFast && fast.Add(survey) > FastInAMinute);
        if (!over) return IsOn(survey);
        if (!IsOn(survey)) log.LogWarning("A flood of answers to the open link of {Survey}: until it ends they count with a proof only, others are kept apart", survey);
        until[survey] = clock.GetUtcNow() + Lasts;
        return true;
    }

    public bool IsOn(string survey) => until.TryGetValue(survey, out var end) && clock.GetUtcNow() < end;
}
