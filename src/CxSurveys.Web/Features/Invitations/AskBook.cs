using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Where a decision looks.</summary>
public sealed class AskSources(CxDbContext db, IGivenAnswers answers, Suppression suppression)
{
    internal CxDbContext Db => db;
    internal IGivenAnswers Answers => answers;
    internal Suppression Suppression => suppression;
}

/// <summary>
/// What was asked of some people and what they answered, read at once for all of them. Whoever holds their locks decides by it; what
/// is decided goes into it, so that of two asks in one batch the second sees the first.
/// </summary>
internal sealed class AskBook
{
    readonly Dictionary<long, List<OtherAsk>> asked = [];
    readonly ILookup<long, GivenAnswer> answered;
    readonly IReadOnlySet<string> suppressed;
    readonly Organisation settings;

    AskBook(Organisation settings, ILookup<long, GivenAnswer> answered, IReadOnlySet<string> suppressed) => (this.settings, this.answered, this.suppressed) = (settings, answered, suppressed);

    /// <param name="people">Whom to read of.</param>
    /// <param name="butOf">A rule whose asks are left out, because they are to be made up anew.</param>
    public static async Task<AskBook> ReadAsync(AskSources sources, IReadOnlyCollection<Person> people, Organisation settings, DateTimeOffset at, CancellationToken ct, int? butOf = null)
    {
        long[] ids = [.. people.Select(p => p.Id)];
        var book = new AskBook(settings, (await sources.Answers.LastOfAsync(ids, ct)).ToLookup(a => a.PersonId), await sources.Suppression.OfAsync(people.Select(p => p.Email), ct));
        var since = at.AddDays(-Math.Max(settings.CapDays, settings.SurveyCapDays));
        foreach (var (person, other) in await AskedAsync(sources.Db, ids, since, butOf, ct)) book.Add(person, other);
        return book;
    }

    /// <summary>Times people were or will be asked. A mail that was refused for good asked nobody; one that may have arrived did.</summary>
    static async Task<List<(long Person, OtherAsk Ask)>> AskedAsync(CxDbContext db, long[] people, DateTimeOffset since, int? butOf, CancellationToken ct)
    {
        var rows = await (
            from invitation in db.Set<Invitation>()
            where people.Contains(invitation.PersonId) && invitation.NotSent == null && (butOf == null || invitation.RuleId != butOf)
            from message in db.Set<Message>().Where(m => m.InvitationId == invitation.Id && m.Number == 0).DefaultIfEmpty()
            where message == null || message.State != MessageState.Failed || message.LastProblem == MessageQueue.InFlightAgain
            select new { invitation.PersonId, invitation.SurveyId, At = message != null && message.SentAt != null ? message.SentAt.Value : invitation.SendAt })
            .Where(row => row.At > since).ToListAsync(ct);
        return rows.ConvertAll(row => (row.PersonId, new OtherAsk(row.SurveyId, row.At)));
    }

    public void Add(long person, OtherAsk ask)
    {
        if (!asked.TryGetValue(person, out var list)) asked[person] = list = [];
        list.Add(ask);
    }

    /// <summary>Why the person is not asked; the first reason in the contract's order. Null = may be asked.</summary>
    public Refusal? Refusal(InvitationDraft draft) =>
        AskRules.OfSurvey(draft.Version)
        ?? AskRules.OfAnswer(LastAnswer(draft), draft.SendAt, settings)
        ?? AskRules.OfPerson(draft.Person, suppressed)
        ?? AskRules.OfCaps(asked.GetValueOrDefault(draft.Person.Id) ?? [], draft.SurveyId, draft.SendAt, settings);

    DateTimeOffset? LastAnswer(InvitationDraft draft) =>
        answered[draft.Person.Id]
            .Where(a => a.SurveyId == draft.SurveyId && (draft.TouchpointId is null || a.TouchpointId == draft.TouchpointId) && a.At <= draft.SendAt)
            .Max(a => (DateTimeOffset?)a.At);
}
