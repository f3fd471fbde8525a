using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Branding;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>A mail ready to go, or why it does not go, or the moment it has to wait for.</summary>
internal sealed record Prepared(MimeMessage? Mail, Refusal? Refusal = null, string? Failure = null, DateTimeOffset? NotBefore = null);

/// <summary>Looks once more, right before sending, whether the person may still be asked, and writes the mail.</summary>
internal sealed class MailPreparation(CxDbContext db, SurveyCatalog surveys, IGivenAnswers answers, Suppression suppression, MailWriter writer, TimeProvider clock)
{
    /// <summary>A cap that ends so soon is waited for: the mail before was late by some tries.</summary>
    static readonly TimeSpan ShortWait = TimeSpan.FromDays(2);

    public async Task<Prepared> RunAsync(Message due, CancellationToken ct)
    {
        var invitation = await db.Set<Invitation>().AsNoTracking().SingleAsync(i => i.Id == due.InvitationId, ct);
        var person = await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == invitation.PersonId, ct);
        var company = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        var version = (await surveys.VersionAsync(invitation.VersionId!.Value, ct))!;
        var now = clock.GetUtcNow();

        if (await RefusalAsync(invitation, version, person, company, now, ct) is { } refusal) return new Prepared(null, refusal);
        // A mail that was begun is finished: whether it arrived is not known, and a day later it would be another.
        if (due.State == MessageState.Waiting && await MustWaitAsync(due, invitation, person, company, now, ct) is { } wait) return wait;
        string? touchpoint = await db.Set<Touchpoint>().Where(t => t.Id == invitation.TouchpointId).Select(t => t.Name).SingleOrDefaultAsync(ct);
        return await writer.WriteAsync(invitation, links => new InvitationMail(
            invitation.Id, person.Email!, person.Name, person.Language, version, touchpoint, company, links.Link, links.OptOut, now, invitation.Attributes)
        { Number = due.Number }, ct);
    }

    async Task<Refusal?> RefusalAsync(Invitation invitation, PublishedVersion version, Person person, Organisation company, DateTimeOffset now, CancellationToken ct) =>
        AskRules.OfSurvey(version)
        ?? (invitation.AnsweredAt is not null ? new Refusal(NotSent.AlreadyAnswered) : null)
        ?? AskRules.OfAnswer(await answers.LastAsync(person.Id, invitation.SurveyId, invitation.TouchpointId, ct), now, company)
        ?? AskRules.OfPerson(person, await suppression.OfAsync([person.Email], ct));

    async Task<Prepared?> MustWaitAsync(Message due, Invitation invitation, Person person, Organisation company, DateTimeOffset now, CancellationToken ct)
    {
        var hours = new SendingHours(company);
        var open = hours.Next(now, hours.ZoneOf(person));
        if (open > now) return new Prepared(null, NotBefore: open);
        if (due.Number > 0 || AskRules.OfCaps(await SentAsync(invitation, company, now, ct), invitation.SurveyId, now, company) is not { Until: { } until } cap) return null;
        return until - now <= ShortWait ? new Prepared(null, NotBefore: until) : new Prepared(null, cap);
    }

    // Caps are kept when people are asked; here only what became late, or a cap that was set since, is in the way.
    Task<List<OtherAsk>> SentAsync(Invitation invitation, Organisation company, DateTimeOffset now, CancellationToken ct)
    {
        var since = now.AddDays(-Math.Max(company.CapDays, company.SurveyCapDays));
        return db.Set<Invitation>()
            .Where(i => i.PersonId == invitation.PersonId && i.Id != invitation.Id)
            .Join(db.Set<Message>().Where(m => m.Number == 0 && m.State == MessageState.Sent && m.SentAt > since), i => i.Id, m => m.InvitationId, (i, m) => new OtherAsk(i.SurveyId, m.SentAt!.Value))
            .ToListAsync(ct);
    }
}

/// <summary>From an invitation's seal to a whole mail.</summary>
internal sealed class MailWriter(InvitationSeal seal, MailComposer composer, MailSettings settings, Looks looks, PublicAddress address)
{
    const string NoLinks = "The links of this mail cannot be read: the key that sealed them is gone.";

    public async Task<Prepared> WriteAsync(Invitation invitation, Func<InvitationSecrets, InvitationMail> words, CancellationToken ct)
    {
        if (invitation.SealedSecrets is not { } secrets || seal.Open(secrets) is not { } links) return new Prepared(null, Failure: NoLinks);
        var look = await looks.GetAsync(ct);
        var mail = words(links) with { Look = look, Logo = look.LogoPath is { } logo ? address.Of(logo) : null };
        var message = composer.Compose(mail);
        MailEnvelope.Address(message, mail, settings.From);
        return new Prepared(message);
    }
}
