using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Who is to be asked what, before it is decided.</summary>
internal sealed record InvitationDraft(int SurveyId, PublishedVersion? Version, int? TouchpointId, Person Person, DateTimeOffset At, DateTimeOffset SendAt)
{
    public Guid Id { get; init; } = Guid.CreateVersion7(At);
    public int? RuleId { get; init; }
    public string? EventId { get; init; }
}

/// <summary>Makes the row of a decision; for one who is asked with two fresh links, of which only hashes and a seal are kept.</summary>
public sealed class InvitationMaker(PublicAddress address, InvitationSeal seal)
{
    internal static Invitation Refuse(InvitationDraft draft, Refusal refusal) => new()
    {
        Id = draft.Id,
        SurveyId = draft.SurveyId,
        VersionId = draft.Version?.Id,
        PersonId = draft.Person.Id,
        TouchpointId = draft.TouchpointId,
        Attributes = draft.Person.Attributes,
        CreatedAt = draft.At,
        SendAt = draft.SendAt,
        RuleId = draft.RuleId,
        EventId = draft.EventId,
        NotSent = refusal.Why,
        NotSentUntil = refusal.Until,
        CappedBySurveyId = refusal.CappedBy,
    };

    internal (Invitation Invitation, Uri Link) Ask(InvitationDraft draft, Organisation settings)
    {
        string answer = Secret.Create(), optOut = Secret.Create();
        var links = new InvitationSecrets(address.Of($"/r/{answer}"), address.Of($"/u/{optOut}"));
        var invitation = new Invitation
        {
            Id = draft.Id,
            SurveyId = draft.SurveyId,
            VersionId = draft.Version!.Id,
            PersonId = draft.Person.Id,
            TouchpointId = draft.TouchpointId,
            Attributes = draft.Person.Attributes,
            CreatedAt = draft.At,
            SendAt = draft.SendAt,
            RuleId = draft.RuleId,
            EventId = draft.EventId,
            RemindersLeft = settings.Reminders,
            ReminderDays = settings.ReminderDays,
            LinkHash = Secret.Hash(answer),
            OptOutHash = Secret.Hash(optOut),
            SealedSecrets = seal.Seal(links),
        };
        return (invitation, links.Link);
    }
}
