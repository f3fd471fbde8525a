using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Responses;

/// <summary>The checks every posted or imported response passes: shape, survey, touchpoint, answers.</summary>
internal sealed class ResponseDoor(IValidator<PostedResponse> rules, SurveyCatalog surveys, JourneyCatalog journey, ResponseReader stored, TimeProvider clock)
{
    /// <summary>The response to store; null when <paramref name="errors"/> say what is wrong.</summary>
    /// <param name="invitations">What <see cref="InvitedAnswers"/> know of its id.</param>
    /// <param name="version">The version it says it answers; null = the newest.</param>
    public Task<NewResponse?> CheckAsync(PostedResponse posted, IReadOnlyDictionary<Guid, OpenInvitation?> invitations, Errors errors, CancellationToken ct, PublishedVersion? version = null)
    {
        errors.Add(rules.Validate(posted));
        return invitations.TryGetValue(posted.Id, out var invitation) ? CheckInvitedAsync(posted, invitation, errors, ct) : CheckOpenAsync(posted, version, errors, ct);
    }

    async Task<NewResponse?> CheckInvitedAsync(PostedResponse posted, OpenInvitation? invitation, Errors errors, CancellationToken ct)
    {
        if (invitation is null)
        {
            errors.Add("id", "The person was not asked: this invitation has no answer.");
            return null;
        }
        InvitedResponse.Check(posted, invitation, errors);
        int? touchpoint = await TouchpointAsync(posted.Touchpoint, errors, ct);
        if (touchpoint is not null && touchpoint != invitation.TouchpointId) errors.Add("touchpoint", "The invitation with this id is about another touchpoint, or none; leave it out.");
        var answers = AnswerCheck.Run(posted.Answers, invitation.Version, InvitedResponse.SegmentOf(invitation, posted.Language, posted.Channel), errors);
        // One that is stored is compared, also after the survey's end.
        if (invitation.AnsweredAt is null && IsClosed(invitation.Version, posted)) errors.Add("survey", "This survey is closed.");
        return errors.Any ? null : InvitedResponse.Of(invitation, posted.Language, posted.Channel, posted.SubmittedInstant() ?? clock.GetUtcNow(), answers);
    }

    async Task<NewResponse?> CheckOpenAsync(PostedResponse posted, PublishedVersion? version, Errors errors, CancellationToken ct)
    {
        bool wellFormed = !errors.Any;
        version ??= await surveys.NewestAsync(posted.Survey ?? "", ct);
        if (version is null && !errors.Has("survey")) errors.Add("survey", $"There is no published survey '{posted.Survey}'.");
        int? touchpoint = await TouchpointAsync(posted.Touchpoint, errors, ct);
        var answers = version is null ? [] : AnswerCheck.Run(posted.Answers, version, SegmentOf(posted), errors);
        if (version is not null && IsClosed(version, posted)) errors.Add("survey", "This survey is closed.");

        // Sent again after the survey has moved on: then the version it was stored with is the one to compare by.
        if (errors.Any && wellFormed && version is not null && await StoredVersionAsync(posted.Id, ct) is { } earlier)
        {
            var again = new Errors();
            answers = AnswerCheck.Run(posted.Answers, earlier, SegmentOf(posted), again);
            if (!again.Any) return ToNew(posted, earlier, touchpoint, answers);
        }
        return errors.Any ? null : ToNew(posted, version!, touchpoint, answers);
    }

    /// <summary>What has passed every check.</summary>
    internal NewResponse ToNew(PostedResponse posted, PublishedVersion version, int? touchpoint, List<NewAnswer> answers) => new()
    {
        Id = posted.Id,
        Version = version,
        TouchpointId = touchpoint,
        Customer = posted.Customer is { } c ? new Customer(c.Id, c.Email, c.Name, c.Language) : null,
        Segment = SegmentOf(posted),
        SubmittedAt = posted.SubmittedInstant() ?? clock.GetUtcNow(),
        State = posted.State,
        Flags = posted.Flags,
        ContextHash = ContentHash.OfContext(posted),
        Answers = answers,
    };

    public static SegmentKey SegmentOf(PostedResponse posted) => new(posted.Segment ?? [], posted.Language, posted.Channel);

    async Task<int?> TouchpointAsync(string? key, Errors errors, CancellationToken ct)
    {
        if (key is null || errors.Has("touchpoint")) return null;
        if ((await journey.GetAsync(ct)).Touchpoints.TryGetValue(key, out var touchpoint)) return touchpoint.Id;
        errors.Add("touchpoint", $"The journey has no touchpoint '{key}'.");
        return null;
    }

    // Past answers may still be brought in after closing; new ones may not.
    internal bool IsClosed(PublishedVersion version, PostedResponse posted) =>
        version.ClosedAt is { } closedAt && (posted.SubmittedInstant() ?? clock.GetUtcNow()) >= closedAt;

    async Task<PublishedVersion?> StoredVersionAsync(Guid id, CancellationToken ct) =>
        await stored.FindAsync(id, ct) is { } response ? await surveys.VersionAsync(response.VersionId, ct) : null;
}
