using System.Text.Json;
using System.Text.Json.Serialization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations;

/// <summary><c>POST /invitations</c>: asks one person, or says why not.</summary>
internal sealed class PostInvitation(CxDbContext db, JourneyCatalog journey, PeopleDirectory people, Inviting inviting)
{
    public sealed record Request
    {
        public required string Survey { get; init; }
        public string? Touchpoint { get; init; }
        public required PostedPerson Customer { get; init; }

        /// <summary>RFC 3339 with an offset; left out or past: now.</summary>
        public string? SendAt { get; init; }
    }

    public sealed record Invited(Guid Id, string Link);

    public sealed record Refused(string NotSent, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Until);

    public static void Map(IEndpointRouteBuilder invitations) => invitations.MapPost("", HandleAsync)
        .RequireAuthorization(Policies.Ingest)
        .Accepts<Request>("application/json")
        .Produces<Invited>(StatusCodes.Status201Created).Produces<Refused>().ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithSummary("Ask one person by mail; answers with the person's link, or with why they are not asked.");

    static async Task<IResult> HandleAsync(HttpContext http, IValidator<Request> rules, PostInvitation post, CancellationToken ct)
    {
        var (request, problem) = await JsonBody.ReadAsync(http, rules);
        if (request is null) return problem!;

        var errors = new Errors();
        var asked = await post.RunAsync(request, errors, ct);
        if (asked is null) return errors.ToProblem();
        return asked.NotSent is { } why
            ? TypedResults.Ok(new Refused(JsonNamingPolicy.CamelCase.ConvertName(why.ToString()), asked.Until))
            : TypedResults.Created((string?)null, new Invited(asked.Id, asked.Link!));
    }

    /// <summary>Null when <paramref name="errors"/> say what is wrong; then nothing is stored, of the customer neither.</summary>
    async Task<Asked?> RunAsync(Request request, Errors errors, CancellationToken ct)
    {
        if (!await db.Set<Survey>().AnyAsync(s => s.Key == request.Survey, ct)) errors.Add("survey", $"There is no survey '{request.Survey}'.");
        await CheckTouchpointAsync(request.Touchpoint, errors, ct);
        if (errors.Any) return null;
        return await PersonAsync(request.Customer, errors, ct) is { } person
            ? await inviting.AskAsync(new AskRequest(request.Survey, request.Touchpoint, person, TextRules.Instant(request.SendAt)), ct)
            : null;
    }

    async Task CheckTouchpointAsync(string? key, Errors errors, CancellationToken ct)
    {
        if (key is null) return;
        var known = (await journey.GetAsync(ct)).Touchpoints.GetValueOrDefault(key);
        if (known is null) errors.Add("touchpoint", $"The journey has no touchpoint '{key}'.");
        else if (known.Retired) errors.Add("touchpoint", $"The touchpoint '{key}' is retired; nobody is asked about it any more.");
    }

    async Task<Person?> PersonAsync(PostedPerson customer, Errors errors, CancellationToken ct)
    {
        if (!customer.IsIdAlone) return await people.AddOrUpdateAsync(customer, errors, "customer.", ct);
        if (await people.FindAsync(customer.Id, ct) is { } known) return known;
        errors.Add("customer.id", $"There is no customer '{customer.Id}'; send an email address with the id to add one.");
        return null;
    }

    internal sealed class Rules : AbstractValidator<Request>
    {
        static readonly TimeSpan LongestAhead = TimeSpan.FromDays(366);

        public Rules(TimeProvider clock, IValidator<PostedPerson> person)
        {
            RuleFor(r => r.Survey).MustBeKey();
            RuleFor(r => r.Touchpoint!).MustBeKey().When(r => r.Touchpoint is not null);
            RuleFor(r => r.Customer).SetValidator(person);
            RuleFor(r => r.SendAt).Custom((text, context) =>
            {
                if (text is null) return;
                if (TextRules.Instant(text) is not { } at) context.AddFailure(TextRules.InstantMessage);
                else if (at > clock.GetUtcNow() + LongestAhead) context.AddFailure("Not more than a year ahead.");
            });
        }
    }
}
