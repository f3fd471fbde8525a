using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Decides whether a person is asked, and if so makes the invitation with its link and its mail.</summary>
public sealed class Inviting(CxDbContext db, SurveyCatalog surveys, AskSources sources, InvitationMaker maker, MailSignal signal, TimeProvider clock)
{
    /// <summary>Decides, and returns once the decision is stored. Of two calls for one person the second sees the first.</summary>
    /// <exception cref="ArgumentException">There is no such survey or touchpoint, or the person is not stored.</exception>
    public async Task<Asked> AskAsync(AskRequest request, CancellationToken ct)
    {
        int surveyId = await SurveyAsync(request.SurveyKey, ct);
        int? touchpointId = request.TouchpointKey is { } key ? await TouchpointAsync(key, ct) : null;
        var version = await surveys.NewestAsync(request.SurveyKey, ct);
        var settings = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var person = await LockAsync(request.Person.Id, ct);
        var now = clock.GetUtcNow();
        if (request.Id is { } id && await DecidedAsync(id, ct) is { } earlier) return earlier;
        var hours = new SendingHours(settings);
        var sendAt = hours.Next(request.SendAt > now ? request.SendAt.Value.ToUniversalTime() : now, hours.ZoneOf(person));
        var draft = new InvitationDraft(surveyId, version, touchpointId, person, now, sendAt);
        if (request.Id is { } wanted) draft = draft with { Id = wanted };
        var book = await AskBook.ReadAsync(sources, [person], settings, sendAt, ct);
        var asked = book.Refusal(draft) is { } refusal ? Refuse(draft, refusal) : Ask(draft, settings);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        if (asked.NotSent is null) signal.Ring();
        return asked;
    }

    async Task<Asked?> DecidedAsync(Guid id, CancellationToken ct) =>
        await db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is { } decided
            ? new Asked { Id = id, NotSent = decided.NotSent, Until = decided.NotSentUntil }
            : null;

    Asked Refuse(InvitationDraft draft, Refusal refusal)
    {
        var invitation = InvitationMaker.Refuse(draft, refusal);
        db.Add(invitation);
        return new Asked { Id = invitation.Id, NotSent = refusal.Why, Until = refusal.Until };
    }

    Asked Ask(InvitationDraft draft, Organisation settings)
    {
        var (invitation, link) = maker.Ask(draft, settings);
        db.Add(invitation);
        db.Add(new Message { InvitationId = invitation.Id, DueAt = draft.SendAt });
        return new Asked { Id = invitation.Id, Link = link.AbsoluteUri };
    }

    // Two requests for one person queue here, in whatever process they run; answers, which only refer to the person, do not wait.
    async Task<Person> LockAsync(long id, CancellationToken ct) =>
        await db.Set<Person>().FromSql($"select * from person where id = {id} for no key update").AsNoTracking().SingleOrDefaultAsync(ct)
        ?? throw new ArgumentException($"There is no person {id}.", nameof(id));

    async Task<int> SurveyAsync(string key, CancellationToken ct) =>
        await db.Set<Survey>().Where(s => s.Key == key).Select(s => (int?)s.Id).SingleOrDefaultAsync(ct)
        ?? throw new ArgumentException($"There is no survey '{key}'.", nameof(key));

    async Task<int> TouchpointAsync(string key, CancellationToken ct) =>
        await db.Set<Touchpoint>().Where(t => t.Key == key).Select(t => (int?)t.Id).SingleOrDefaultAsync(ct)
        ?? throw new ArgumentException($"There is no touchpoint '{key}'.", nameof(key));
}
