using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>A mail ready to go, or why it does not go.</summary>
internal sealed record Prepared(MimeMessage? Mail, Refusal? Refusal = null, string? Failure = null);

/// <summary>Looks once more, right before sending, whether the person may still be asked, and writes the mail.</summary>
internal sealed class MailPreparation(CxDbContext db, SurveyCatalog surveys, IGivenAnswers answers, MailWriter writer, TimeProvider clock)
{
    public async Task<Prepared> RunAsync(Guid invitationId, CancellationToken ct)
    {
        var invitation = await db.Set<Invitation>().AsNoTracking().SingleAsync(i => i.Id == invitationId, ct);
        var person = await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == invitation.PersonId, ct);
        var company = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        var version = (await surveys.VersionAsync(invitation.VersionId!.Value, ct))!;
        var now = clock.GetUtcNow();

        if (await RefusalAsync(invitation, version, person, company, now, ct) is { } refusal) return new Prepared(null, refusal);
        string? touchpoint = await db.Set<Touchpoint>().Where(t => t.Id == invitation.TouchpointId).Select(t => t.Name).SingleOrDefaultAsync(ct);
        return writer.Write(invitation, links => new InvitationMail(
            invitation.Id, person.Email!, person.Name, person.Language, version, touchpoint, company, links.Link, links.OptOut, now));
    }

    async Task<Refusal?> RefusalAsync(Invitation invitation, PublishedVersion version, Person person, Organisation company, DateTimeOffset now, CancellationToken ct) =>
        AskRules.OfSurvey(version)
        ?? (invitation.AnsweredAt is not null ? new Refusal(NotSent.AlreadyAnswered) : null)
        ?? AskRules.OfAnswer(await answers.LastAsync(person.Id, invitation.SurveyId, invitation.TouchpointId, ct), now, company)
        ?? AskRules.OfPerson(person);
}

/// <summary>From an invitation's seal to a whole mail.</summary>
internal sealed class MailWriter(InvitationSeal seal, MailComposer composer, MailSettings settings)
{
    const string NoLinks = "The links of this mail cannot be read: the key that sealed them is gone.";

    public Prepared Write(Invitation invitation, Func<InvitationSecrets, InvitationMail> words)
    {
        if (invitation.SealedSecrets is not { } secrets || seal.Open(secrets) is not { } links) return new Prepared(null, Failure: NoLinks);
        var mail = words(links);
        var message = composer.Compose(mail);
        MailEnvelope.Address(message, mail, settings.From);
        return new Prepared(message);
    }
}
