using System.Security.Cryptography;
using System.Text;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Responses;

/// <summary>The answer to an invitation, whichever way it comes in: under the invitation's id, and with what the invitation says of version, place, segment and person.</summary>
internal static class InvitedResponse
{
    /// <summary>How the person was asked.</summary>
    const string Channel = "email";

    public static NewResponse Of(OpenInvitation invitation, string? language, string? channel, DateTimeOffset submittedAt, IReadOnlyList<NewAnswer> answers) => new()
    {
        Id = invitation.Id,
        Version = invitation.Version,
        TouchpointId = invitation.TouchpointId,
        Customer = new Customer(invitation.Person.Key),
        Segment = SegmentOf(invitation, language, channel),
        SubmittedAt = submittedAt,
        // All but the answers is the invitation's: sent again from elsewhere, the same answers are the same content.
        ContextHash = SHA256.HashData(Encoding.UTF8.GetBytes($"invitation:{invitation.Id}")),
        Answers = answers,
        IsInvited = true,
    };

    public static SegmentKey SegmentOf(OpenInvitation invitation, string? language, string? channel) => new(invitation.Attributes, language, channel ?? Channel);

    /// <summary>Whether what was sent of survey, customer and segment is the invitation's; left out is fine.</summary>
    public static void Check(PostedResponse posted, OpenInvitation invitation, Errors errors)
    {
        MustBe(posted.Survey, invitation.SurveyKey, "survey", errors);
        foreach (var (name, value) in posted.Segment ?? []) MustBe(value, invitation.Attributes.GetValueOrDefault(name), "segment." + name, errors);
        if (posted.Customer is not { } customer) return;
        MustBe(customer.Id, invitation.Person.Key, "customer.id", errors);
        MustBe(customer.Name, invitation.Person.Name, "customer.name", errors);
        MustBe(customer.Email, invitation.Person.Email, "customer.email", errors, StringComparison.OrdinalIgnoreCase);
        MustBe(customer.Language, invitation.Person.Language, "customer.language", errors, StringComparison.OrdinalIgnoreCase);
    }

    static void MustBe(string? sent, string? invited, string path, Errors errors, StringComparison comparison = StringComparison.Ordinal)
    {
        if (sent is not null && !sent.Equals(invited, comparison) && !errors.Has(path)) errors.Add(path, "The invitation with this id says otherwise; leave it out.");
    }
}
