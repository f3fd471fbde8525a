using System.Text.Json;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>An event as sent: the body of <c>POST /events</c>, or a line of an import.</summary>
public sealed partial record PostedEvent
{
    /// <summary>The sender's own id: the same one counts once.</summary>
    public required string Id { get; init; }

    /// <summary>What happened, for example order.delivered.</summary>
    public required string Type { get; init; }

    /// <summary>To whom; <c>{ id }</c> alone must be known, more fields add or update the person.</summary>
    public required PostedPerson Customer { get; init; }

    /// <summary>RFC 3339 with an offset.</summary>
    public required string OccurredAt { get; init; }

    /// <summary>Whatever rules may look at, as an object.</summary>
    public JsonElement? Data { get; init; }

    public static bool IsType(string? type) => type is not null && TypePattern().IsMatch(type);

    public const string TypeMessage = "1 to 100 of letters, digits and . _ : / -, for example order.delivered.";

    [GeneratedRegex(@"^[A-Za-z0-9._:/-]{1,100}\z")]
    private static partial Regex TypePattern();

    internal sealed class Rules : AbstractValidator<PostedEvent>
    {
        static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        static readonly TimeSpan MostAhead = TimeSpan.FromHours(1);

        public Rules(TimeProvider clock, IValidator<PostedPerson> person)
        {
            RuleFor(e => e.Id).MustBeText(CustomerEvent.MaxId);
            RuleFor(e => e.Type).Must(IsType).WithMessage(TypeMessage);
            RuleFor(e => e.Customer).SetValidator(person);
            RuleFor(e => e.OccurredAt).Custom((text, context) =>
            {
                if (TextRules.Instant(text) is not { } at) context.AddFailure(TextRules.InstantMessage);
                else if (at < First || at > clock.GetUtcNow() + MostAhead) context.AddFailure("Between the year 2000 and one hour from now.");
            });
            RuleFor(e => e.Data).Must(data => data is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Null }).WithMessage("An object, for example { \"order\": \"A-17\", \"amount\": 120 }.");
            RuleFor(e => e.Data).Must(data => data is null || IsStorable(data.Value)).WithMessage("The character NUL and halves of surrogate pairs cannot be stored.");
        }

        static bool IsStorable(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => TextRules.IsStorable(value.GetString()),
            JsonValueKind.Object => value.EnumerateObject().All(member => TextRules.IsStorable(member.Name) && IsStorable(member.Value)),
            JsonValueKind.Array => value.EnumerateArray().All(IsStorable),
            _ => true,
        };
    }
}
