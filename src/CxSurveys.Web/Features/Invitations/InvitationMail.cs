using CxSurveys.Web.Features.Branding;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Everything the words of one invitation's mail are made of.</summary>
/// <param name="InvitationId">Whose mail it is.</param>
/// <param name="Email">The person's address.</param>
/// <param name="Name">The person's name, as the company wrote it.</param>
/// <param name="Language">The person's language; null where it is not known.</param>
/// <param name="Version">What is asked.</param>
/// <param name="Touchpoint">The name of the touchpoint the person is asked about; null where the invitation names none.</param>
/// <param name="Company">Who asks.</param>
/// <param name="Link">Where to answer; carries a secret.</param>
/// <param name="OptOut">Where to say not to be asked again; carries a secret.</param>
/// <param name="SentAt">When this mail is sent.</param>
/// <param name="Attributes">What was known of the person when they were asked.</param>
public sealed record InvitationMail(
    Guid InvitationId,
    string Email,
    string? Name,
    string? Language,
    PublishedVersion Version,
    string? Touchpoint,
    Organisation Company,
    Uri Link,
    Uri OptOut,
    DateTimeOffset SentAt,
    IReadOnlyDictionary<string, string>? Attributes = null)
{
    /// <summary>0 is the invitation itself, then its reminders from 1 on.</summary>
    public int Number { get; init; }

    /// <summary>How the company looks.</summary>
    public Look Look { get; init; } = Look.Ours;

    /// <summary>Where its logo is; null = its name stands there.</summary>
    public Uri? Logo { get; init; }
}
