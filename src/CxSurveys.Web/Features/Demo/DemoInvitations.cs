using System.Security.Cryptography;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Demo;

/// <summary>
/// The last invitations before today: answered, not answered, refused by a mail server, and never sent for a reason. None is left
/// to be sent, so no later setting can mail anyone; nobody knows the secrets of their links.
/// </summary>
internal sealed class DemoInvitations(CxDbContext db)
{
    const int Answered = 120, Unanswered = 64, Bounced = 4, Refused = 24, BeforeToday = 6;
    const string Survey = "after-delivery", Touchpoint = "delivery";

    sealed record Known(
        IReadOnlyDictionary<string, Person> People, IReadOnlyDictionary<string, (int Survey, int Version)> Surveys, IReadOnlyDictionary<string, int> Touchpoints);

    public async Task AddAsync(DemoStory story, CancellationToken ct)
    {
        if (await db.Set<Invitation>().AnyAsync(ct)) return;
        var known = new Known(
            await db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => p.Key, ct),
            await db.Set<SurveyVersion>().Select(v => new { v.Survey.Key, v.SurveyId, v.Id }).ToDictionaryAsync(v => v.Key, v => (v.SurveyId, v.Id), ct),
            await db.Set<Touchpoint>().ToDictionaryAsync(t => t.Key, t => t.Id, ct));
        var dice = new Dice((ulong)story.Today.DayNumber);
        var asked = story.Responses.Where(r => r.Person is not null).TakeLast(Answered).ToList();
        foreach (var response in asked) AddAnswered(response, known, dice);
        foreach (var (i, person) in Others(story, asked, Reach.Fine).Take(Unanswered + Bounced).Index()) AddSilent(person, At(story, dice), bounced: i < Bounced, known, dice);
        foreach (var (i, person) in Unreachable(story, asked).Take(Refused).Index()) AddRefused(person, i, At(story, dice), known);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>An answer bears the id of its invitation.</summary>
    void AddAnswered(DemoResponse response, Known known, Dice dice)
    {
        var sent = response.At.AddMinutes(-20 - dice.Below(1800));
        var invitation = Invited(response.Id, response.Source.Survey, response.Source.Touchpoint, response.Person!, sent, known);
        invitation.AnsweredAt = response.At;
        db.Add(invitation);
        db.Add(new Visit { InvitationId = invitation.Id, Kind = VisitKind.Answer, At = response.At.AddMinutes(-1) });
        db.Add(Mail(invitation, sent, MessageState.Sent, dice));
    }

    void AddSilent(DemoPerson person, DateTimeOffset at, bool bounced, Known known, Dice dice)
    {
        var invitation = Invited(Guid.CreateVersion7(at), Survey, Touchpoint, person, at, known);
        db.Add(invitation);
        var mail = Mail(invitation, at, bounced ? MessageState.Failed : MessageState.Sent, dice);
        if (bounced) mail.LastProblem = "550 5.1.1 mailbox unavailable";
        else if (dice.Hits(0.3)) db.Add(new Visit { InvitationId = invitation.Id, Kind = VisitKind.Answer, At = at.AddSeconds(40 + dice.Below(20)) });
        db.Add(mail);
    }

    void AddRefused(DemoPerson person, int index, DateTimeOffset at, Known known) => db.Add(new Invitation
    {
        Id = Guid.CreateVersion7(at),
        SurveyId = known.Surveys[Survey].Survey,
        VersionId = known.Surveys[Survey].Version,
        PersonId = known.People[person.Key].Id,
        TouchpointId = known.Touchpoints[Touchpoint],
        Attributes = known.People[person.Key].Attributes,
        CreatedAt = at,
        SendAt = at,
        NotSent = person.Reach switch { Reach.NoConsent => NotSent.NoConsent, Reach.OptedOut => NotSent.OptedOut, Reach.NoAddress => NotSent.NoAddress, _ => NotSent.FrequencyCap },
        NotSentUntil = person.Reach == Reach.Fine ? at.AddDays(3 + (index % 20)) : null,
    });

    static Invitation Invited(Guid id, string survey, string? touchpoint, DemoPerson person, DateTimeOffset at, Known known) => new()
    {
        Id = id,
        SurveyId = known.Surveys[survey].Survey,
        VersionId = known.Surveys[survey].Version,
        PersonId = known.People[person.Key].Id,
        TouchpointId = touchpoint is null ? null : known.Touchpoints[touchpoint],
        Attributes = known.People[person.Key].Attributes,
        CreatedAt = at.AddSeconds(-5),
        SendAt = at.AddSeconds(-5),
        LinkHash = RandomNumberGenerator.GetBytes(32),
        OptOutHash = RandomNumberGenerator.GetBytes(32),
    };

    static Message Mail(Invitation invitation, DateTimeOffset at, MessageState state, Dice dice) => new()
    {
        InvitationId = invitation.Id,
        State = state,
        DueAt = invitation.SendAt,
        Attempts = 1 + (dice.Hits(0.05) ? 1 : 0),
        FirstTriedAt = at,
        SentAt = state == MessageState.Sent ? at : null,
    };

    /// <summary>Some who must not be asked, of each reason, and some of those just asked.</summary>
    static IEnumerable<DemoPerson> Unreachable(DemoStory story, List<DemoResponse> asked) =>
        new[] { Others(story, asked, Reach.NoConsent).Take(7), Others(story, asked, Reach.OptedOut).Take(5), Others(story, asked, Reach.NoAddress).Take(4), asked.Select(r => r.Person!).Distinct().Take(8) }.SelectMany(p => p);

    static IEnumerable<DemoPerson> Others(DemoStory story, List<DemoResponse> asked, Reach reach)
    {
        var busy = asked.Select(r => r.Person).ToHashSet();
        return story.People.Where(p => p.Reach == reach && !busy.Contains(p) && !DemoPlan.SmallPlans.Contains(p.Plan));
    }

    static DateTimeOffset At(DemoStory story, Dice dice) => DemoPost.Instant(story.Today.AddDays(-1 - dice.Below(BeforeToday)), TimeSpan.FromMinutes(dice.Below(24 * 60)));
}
