using System.Text.Json;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Responses;

/// <summary>One response as it is sent: the body of <c>POST /responses</c> and a line of an import.</summary>
public sealed record PostedResponse
{
    public required Guid Id { get; init; }

    /// <summary>The survey's key. Only an import that names a survey itself may leave it out.</summary>
    public string? Survey { get; init; }

    public string? Touchpoint { get; init; }

    /// <summary>By question key: an integer of the scale, a text, an option key or a list of them; null is a skip.</summary>
    public required Dictionary<string, JsonElement> Answers { get; init; }

    public PostedCustomer? Customer { get; init; }

    /// <summary>Reporting attributes by name.</summary>
    public Dictionary<string, string>? Segment { get; init; }

    /// <summary>RFC 3339 with an offset; left out: when it came in.</summary>
    public string? SubmittedAt { get; init; }

    public string? Language { get; init; }
    public string? Channel { get; init; }

    /// <summary>Of an exported line; what is posted is counted.</summary>
    internal ResponseState State { get; init; }

    /// <summary>Of an exported line.</summary>
    internal ResponseFlags Flags { get; init; }

    /// <summary>The instant of <see cref="SubmittedAt"/>; null when left out or unreadable.</summary>
    public DateTimeOffset? SubmittedInstant() => TextRules.Instant(SubmittedAt);

    internal sealed class Rules : AbstractValidator<PostedResponse>
    {
        internal const int MaxValue = 200, MaxName = 64, MaxSegments = 20;
        static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public Rules(TimeProvider clock)
        {
            RuleFor(r => r.Id).NotEmpty().WithMessage("A UUID other than all zeros.");
            RuleFor(r => r.Survey!).MustBeKey();
            RuleFor(r => r.Touchpoint!).MustBeKey().When(r => r.Touchpoint is not null);
            RuleFor(r => r.Customer!).SetValidator(new PostedCustomer.Rules()).When(r => r.Customer is not null);
            RuleFor(r => r.Segment!).Custom(CheckSegment).When(r => r.Segment is not null);
            RuleFor(r => r.Language).MayBeLanguage();
            RuleFor(r => r.Channel!).MustBeText(MaxValue).When(r => r.Channel is not null);
            RuleFor(r => r.SubmittedAt).Custom((text, context) =>
            {
                if (text is null) return;
                if (context.InstanceToValidate.SubmittedInstant() is not { } instant) context.AddFailure(TextRules.InstantMessage);
                else if (instant < Earliest) context.AddFailure("Not before the year 2000.");
                else if (instant > clock.GetUtcNow().AddHours(1)) context.AddFailure("Not more than one hour from now.");
            });
        }

        static void CheckSegment(Dictionary<string, string> segment, ValidationContext<PostedResponse> context)
        {
            if (segment.Count > MaxSegments) context.AddFailure("segment", $"At most {MaxSegments} segments.");
            foreach (var (name, value) in segment)
            {
                string path = "segment." + name;
                if (string.IsNullOrWhiteSpace(name) || TextRules.CodePoints(name) > MaxName || !TextRules.IsStorable(name)) context.AddFailure(path, $"A name of 1 to {MaxName} characters.");
                else if (value is null) context.AddFailure(path, "A text is needed; leave the segment out where there is none.");
                else if (value.Length == 0 || TextRules.CodePoints(value) > MaxValue) context.AddFailure(path, $"1 to {MaxValue} characters.");
                else if (!TextRules.IsStorable(value)) context.AddFailure(path, "The character NUL cannot be stored.");
            }
        }
    }
}

public sealed record PostedCustomer
{
    public required string Id { get; init; }
    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? Language { get; init; }

    internal sealed class Rules : AbstractValidator<PostedCustomer>
    {
        public Rules()
        {
            RuleFor(c => c.Id).MustBeText(200);
            RuleFor(c => c.Name!).MustBeText(200).When(c => c.Name is not null);
            RuleFor(c => c.Language).MayBeLanguage();
            RuleFor(c => c.Email!).MustBeEmail().When(c => c.Email is not null);
        }
    }
}
