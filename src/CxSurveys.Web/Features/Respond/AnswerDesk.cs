using System.Security.Cryptography;
using System.Text;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Respond;

/// <summary>What became of a sent form.</summary>
public enum Handed
{
    Saved,
    Closed,
    Final,
    Busy,

    /// <summary>The answer is another one than the sender saw: nothing was changed.</summary>
    Overtaken,
}

/// <summary>One customer's answers to one version, as they came from a page.</summary>
/// <remarks>
/// With the invitation, where the customer had one; its id is then the answer's. <c>Seen</c> is the stamp of the stored answer it was drawn with,
/// <c>Asked</c> the questions of the page that was sent: what is stored of others stays.
/// </remarks>
internal sealed record HandedIn(Guid Id, FormPage Page, string Language, IReadOnlyList<NewAnswer> Answers, OpenInvitation? Invitation = null, string? Seen = null, Came? Came = null)
{
    public PublishedVersion Version => Page.Version;
    public IReadOnlySet<int> Asked { get; } = Page.Ids;
}

/// <summary>How an answer came to an open link, and what was noticed about it.</summary>
internal sealed record Came(int? TouchpointId, ResponseState State, ResponseFlags Flags);

/// <summary>Takes the forms of customer pages: the first of an id stores, the same again changes nothing, another one changes while that is allowed.</summary>
public sealed class AnswerDesk(ResponseIntake intake, ResponseReader responses, TimeProvider clock)
{
    internal static DateTimeOffset ChangeableUntil(StoredResponse stored, Organisation company) => stored.SubmittedAt.AddDays(company.ChangeDays);

    internal bool IsChangeable(StoredResponse stored, PublishedVersion version, Organisation company) =>
        !IsClosed(version) && clock.GetUtcNow() < ChangeableUntil(stored, company);

    internal bool IsClosed(PublishedVersion version) => version.ClosedAt <= clock.GetUtcNow();

    internal async Task<bool> HasAsync(Guid id, CancellationToken ct) => await responses.FindAsync(id, ct) is not null;

    /// <summary>Counts an answer whose sender has shown to be a person.</summary>
    internal Task<bool> CountAsync(Guid id, CancellationToken ct) => intake.SetStateAsync(id, (state, flags) =>
        (flags & (ResponseFlags.HiddenField | ResponseFlags.ByHand)) == ResponseFlags.None ? (ResponseState.Counted, flags & ~ResponseFlags.Unproven) : (state, flags), ct);

    internal async Task<Handed> TakeAsync(HandedIn form, Organisation company, CancellationToken ct)
    {
        try
        {
            return await StoreOrChangeAsync(form, company, ct);
        }
        catch (Exception e) when (DatabaseFailure.MayPass(e))
        {
            // Should it have been stored after all: the id is the same when the form comes again.
            return Handed.Busy;
        }
    }

    async Task<Handed> StoreOrChangeAsync(HandedIn form, Organisation company, CancellationToken ct)
    {
        if (await responses.FindAsync(form.Id, ct) is { } stored) return await ChangeAsync(form, stored, company, ct);
        if (IsClosed(form.Version)) return Handed.Closed;

        switch (await intake.StoreAsync(New(form)))
        {
            case Intake.Stored or Intake.SameAgain: return Handed.Saved;
            case Intake.Busy: return Handed.Busy;
        }
        // Another request with this id won the race: what was sent here is a change of it.
        return await responses.FindAsync(form.Id, ct) is { } winner ? await ChangeAsync(form, winner, company, ct) : Handed.Busy;
    }

    async Task<Handed> ChangeAsync(HandedIn form, StoredResponse stored, Organisation company, CancellationToken ct)
    {
        if (SameAnswers(form.Answers, [.. stored.Answers.Where(a => form.Asked.Contains(a.QuestionId))])) return Handed.Saved;
        if (!IsChangeable(stored, form.Version, company)) return Handed.Final;
        return await intake.ChangeAsync(form.Id, form.Answers, form.Seen, ct, form.Asked) switch
        {
            Change.Done => Handed.Saved,
            Change.Overtaken => Handed.Overtaken,
            _ => Handed.Busy,
        };
    }

    NewResponse New(HandedIn form) => form.Invitation is { } invitation ? InvitedResponse.Of(invitation, form.Language, null, clock.GetUtcNow(), form.Answers) : new NewResponse
    {
        Id = form.Id,
        Version = form.Version,
        Segment = form.Page.Segment,
        TouchpointId = form.Came?.TouchpointId,
        State = form.Came?.State ?? ResponseState.Counted,
        Flags = form.Came?.Flags ?? ResponseFlags.None,
        SubmittedAt = clock.GetUtcNow(),
        // Not the language: a form sent again after switching it is still the same response.
        ContextHash = SHA256.HashData(Encoding.UTF8.GetBytes($"page:{form.Version.Id}")),
        Answers = form.Answers,
    };

    static bool SameAnswers(IReadOnlyList<NewAnswer> sent, IReadOnlyList<NewAnswer> stored) =>
        sent.Count == stored.Count && sent.All(a => stored.Any(b => Same(a, b)));

    static bool Same(NewAnswer a, NewAnswer b) =>
        (a.QuestionId, a.Value, a.Text, a.Reach) == (b.QuestionId, b.Value, b.Text, b.Reach) && (a.Options ?? []).SequenceEqual(b.Options ?? []);
}
