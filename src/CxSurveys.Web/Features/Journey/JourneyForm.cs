using System.Globalization;
using System.Text.RegularExpressions;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Journey;

/// <summary>The whole journey as it is being typed. Nothing of it is stored before "Save".</summary>
public sealed partial class JourneyForm
{
    /// <summary>Of the journey this form began with: two admins do not overwrite each other unawares.</summary>
    public string? Stamp { get; set; }

    public List<StageRow> Stages { get; set; } = [];

    internal static JourneyForm Of(JourneyDefinition stored) => new()
    {
        Stamp = stored.Stamp(),
        Stages = [.. stored.Stages.Select(StageRow.Of)],
    };

    /// <summary>Gives each new row a key made of its name; keys of retired ones stay free for bringing them back.</summary>
    internal void FillKeys(IReadOnlySet<string> takenByStages, IReadOnlySet<string> takenByTouchpoints)
    {
        foreach (var stage in Stages.Where(s => string.IsNullOrWhiteSpace(s.Key)))
            stage.Key = FreeKey.Of(stage.Name ?? "", "stage", key => takenByStages.Contains(key) || Stages.Any(s => s.Key == key));
        var touchpoints = Stages.SelectMany(s => s.Touchpoints).ToList();
        foreach (var touchpoint in touchpoints.Where(t => string.IsNullOrWhiteSpace(t.Key)))
            touchpoint.Key = FreeKey.Of(touchpoint.Name ?? "", "touchpoint", key => takenByTouchpoints.Contains(key) || touchpoints.Any(t => t.Key == key));
    }

    /// <summary>What would be stored; a weight that is no number is told in <paramref name="errors"/>, and goes in as 1.</summary>
    internal JourneyDefinition ToDefinition(Errors errors) => new() { Stages = [.. Staying.Select((stage, s) => stage.ToDefinition($"stages[{s}]", errors))] };

    /// <summary>
    /// The rows of the form that are stored already, under their keys alone: enough to foresee what becomes of those that leave, whatever is still to
    /// be mended in the others.
    /// </summary>
    internal JourneyDefinition ToPlan() => new()
    {
        Stages = [.. Staying.Where(s => TextRules.IsKey(s.Key)).DistinctBy(s => s.Key).Select(s => new StageDefinition
        {
            Key = s.Key!,
            Name = s.Key!,
            Touchpoints = [.. s.Staying.Where(t => TextRules.IsKey(t.Key)).Select(t => new TouchpointDefinition { Key = t.Key!, Name = t.Key!, Kind = t.Kind })],
        })],
    };

    /// <summary>Puts each message to the row it is about.</summary>
    internal void Tell(Errors errors)
    {
        foreach (var (path, messages) in errors.ToDictionary())
        {
            if (PathOf().Match(path) is not { Success: true } found) continue;
            var stage = Staying[int.Parse(found.Groups["stage"].Value, CultureInfo.InvariantCulture)];
            var problems = found.Groups["touchpoint"] is { Success: true } at ? stage.Staying[int.Parse(at.Value, CultureInfo.InvariantCulture)].Problems : stage.Problems;
            problems[found.Groups["field"].Value] = messages[0];
        }
    }

    /// <summary>The id of each field that has to be mended, what its row is called, and why.</summary>
    internal IEnumerable<(string At, string Called, string Problem)> Complaints => Stages.SelectMany((stage, s) =>
        stage.Problems.Select(p => ($"s{s}-{p.Key}", Called(stage.Name, $"Stage {s + 1}"), p.Value))
            .Concat(stage.Touchpoints.SelectMany((touchpoint, t) => touchpoint.Problems.Select(p => ($"t{s}-{t}-{p.Key}", Called(touchpoint.Name, $"Touchpoint {t + 1} of stage {s + 1}"), p.Value)))));

    static string Called(string? name, string place) => string.IsNullOrWhiteSpace(name) ? place : name;

    internal List<StageRow> Staying => [.. Stages.Where(s => !s.Leaves)];

    /// <summary>Whether a row is marked to leave with the next "Save".</summary>
    internal bool AnyLeaves => Stages.Any(s => s.Leaves || s.Touchpoints.Any(t => t.Leaves));

    internal int TouchpointCount => Stages.Sum(s => s.Touchpoints.Count);

    [GeneratedRegex(@"^stages\[(?<stage>\d+)\](\.touchpoints\[(?<touchpoint>\d+)\])?\.(?<field>\w+)")]
    private static partial Regex PathOf();
}

public sealed class StageRow
{
    public string? Key { get; set; }
    public string? Name { get; set; }
    public string? KeyQuestion { get; set; }
    public bool Leaves { get; set; }
    public List<TouchpointRow> Touchpoints { get; set; } = [];

    /// <summary>Field to message.</summary>
    internal Dictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>What has the focus when the page is shown again: "name", "up", "down" or "keep".</summary>
    internal string? Focus { get; set; }

    internal List<TouchpointRow> Staying => [.. Touchpoints.Where(t => !t.Leaves)];

    internal bool NeedsALook => Problems.Count > 0 || Focus is not null || Touchpoints.Any(t => t.Problems.Count > 0 || t.Focus is not null);

    internal static StageRow Of(StageDefinition stage) => new()
    {
        Key = stage.Key,
        Name = stage.Name,
        KeyQuestion = stage.KeyQuestion,
        Touchpoints = [.. stage.Touchpoints.Select(TouchpointRow.Of)],
    };

    internal StageDefinition ToDefinition(string path, Errors errors) => new()
    {
        Key = Key ?? "",
        Name = Name?.Trim() ?? "",
        KeyQuestion = string.IsNullOrWhiteSpace(KeyQuestion) ? null : KeyQuestion.Trim(),
        Touchpoints = [.. Staying.Select((touchpoint, t) => touchpoint.ToDefinition($"{path}.touchpoints[{t}]", errors))],
    };
}

public sealed class TouchpointRow
{
    public string? Key { get; set; }
    public string? Name { get; set; }
    public TouchpointKind Kind { get; set; }
    public string? Weight { get; set; }
    public string? Team { get; set; }

    /// <summary>Place of the stage it goes to among those of the form.</summary>
    public int? Stage { get; set; }

    public bool Leaves { get; set; }

    /// <summary>Field to message.</summary>
    internal Dictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>What has the focus when the page is shown again: "name", "up", "down" or "keep".</summary>
    internal string? Focus { get; set; }

    internal static TouchpointRow Of(TouchpointDefinition touchpoint) => new()
    {
        Key = touchpoint.Key,
        Name = touchpoint.Name,
        Kind = touchpoint.Kind,
        Weight = (touchpoint.Weight ?? 1).ToString("0.######", CultureInfo.InvariantCulture),
        Team = touchpoint.Team,
    };

    internal TouchpointDefinition ToDefinition(string path, Errors errors)
    {
        double? weight = null;
        if (!string.IsNullOrWhiteSpace(Weight))
        {
            if (double.TryParse(Weight, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) weight = number;
            else errors.Add($"{path}.weight", "A number above 0, for example 1 or 2.5.");
        }
        return new() { Key = Key ?? "", Name = Name?.Trim() ?? "", Kind = Kind, Weight = weight, Team = string.IsNullOrWhiteSpace(Team) ? null : Team.Trim() };
    }
}
