using System.Security.Cryptography;
using System.Text.Json;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Journey;

/// <summary>The body of <c>PUT /journey</c> and the answer of <c>GET /journey</c>: stages and their touchpoints in order.</summary>
public sealed record JourneyDefinition
{
    public required IReadOnlyList<StageDefinition> Stages { get; init; }

    /// <summary>What is offered now, in order; retired ones among the given are left out.</summary>
    internal static JourneyDefinition Of(IEnumerable<Stage> stages, IEnumerable<Touchpoint> touchpoints)
    {
        var offered = touchpoints.Where(t => !t.Retired).OrderBy(t => t.Position).ToLookup(t => t.StageId);
        return new() { Stages = [.. stages.Where(s => !s.Retired).OrderBy(s => s.Position).Select(s => StageDefinition.Of(s, offered[s.Id]))] };
    }

    /// <summary>The same for the same content: tells whether someone changed the journey meanwhile.</summary>
    internal string Stamp() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Default)));

    internal sealed class Rules : AbstractValidator<JourneyDefinition>
    {
        public Rules()
        {
            RuleForEach(j => j.Stages).NotNull().SetValidator(new StageDefinition.Rules());
            RuleFor(j => j.Stages).Must(s => s.Count <= 100).WithMessage("At most 100 stages.");
            RuleFor(j => j.Stages).Custom((stages, context) =>
            {
                HashSet<string> stageKeys = [], touchpointKeys = [];
                for (int s = 0; s < stages.Count; s++)
                {
                    if (stages[s] is not { Touchpoints: { } touchpoints } stage) continue;
                    if (!stageKeys.Add(stage.Key)) context.AddFailure($"stages[{s}].key", "This stage key stands twice.");
                    for (int t = 0; t < touchpoints.Count; t++)
                    {
                        if (touchpoints[t] is { } touchpoint && !touchpointKeys.Add(touchpoint.Key))
                            context.AddFailure($"stages[{s}].touchpoints[{t}].key", "This touchpoint key stands twice in the journey.");
                    }
                }
            });
        }
    }
}

public sealed record StageDefinition
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public string? KeyQuestion { get; init; }
    public required IReadOnlyList<TouchpointDefinition> Touchpoints { get; init; }

    internal static StageDefinition Of(Stage stage, IEnumerable<Touchpoint> touchpoints) => new()
    {
        Key = stage.Key,
        Name = stage.Name,
        KeyQuestion = stage.KeyQuestion,
        Touchpoints = [.. touchpoints.Select(t => new TouchpointDefinition { Key = t.Key, Name = t.Name, Kind = t.Kind, Weight = t.Weight, Team = t.Team })],
    };

    internal sealed class Rules : AbstractValidator<StageDefinition>
    {
        public Rules()
        {
            RuleFor(s => s.Key).MustBeKey();
            RuleFor(s => s.Name).MustBeText(200);
            RuleFor(s => s.KeyQuestion!).MustBeText(500).When(s => s.KeyQuestion is not null);
            RuleFor(s => s.Touchpoints).Must(t => t.Count <= 500).WithMessage("At most 500 touchpoints in a stage.");
            RuleForEach(s => s.Touchpoints).NotNull().SetValidator(new TouchpointDefinition.Rules());
        }
    }
}

public sealed record TouchpointDefinition
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required TouchpointKind Kind { get; init; }

    /// <summary>Above 0; left out = 1.</summary>
    public double? Weight { get; init; }

    public string? Team { get; init; }

    internal sealed class Rules : AbstractValidator<TouchpointDefinition>
    {
        public Rules()
        {
            RuleFor(t => t.Key).MustBeKey();
            RuleFor(t => t.Name).MustBeText(200);
            RuleFor(t => t.Weight).Must(w => w is null or (> 0 and <= 1_000_000)).WithMessage("A number above 0, at most 1,000,000.");
            RuleFor(t => t.Team!).MustBeText(200).When(t => t.Team is not null);
        }
    }
}
